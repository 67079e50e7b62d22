package io.github.layerc.quality;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What scikit-learn makes of the tables, by sklearn-mlp.py.
 *
 * @param version of scikit-learn
 */
record Sklearn(String version, List<Trained> tables) {
    /** Exit code of the script where scikit-learn is not there. */
    private static final int MISSING = 77;

    /** The numbers of a table, one for each seed: accuracy or R2 of the test part, and how long fit took by the clock and of the processor. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Trained(String table, double[] score, double[] seconds, double[] processor_seconds) {}

    /** No Python, or none with scikit-learn; the message says which was asked. */
    static final class NotThereException extends Exception {
        private static final long serialVersionUID = 1;

        NotThereException(String python, String found) {
            super("no scikit-learn: expected a Python that has it, by -Dlayerc.python=PROGRAM: " + python + ": "
                    + found);
        }
    }

    /** The program that the property {@code layerc.python} names. */
    static String python() {
        return System.getProperty("layerc.python", "python3");
    }

    /** A run of the script, on one thread of BLAS: more of them are slower with matrices as small as these. */
    static ProcessBuilder script(String python, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path script = folder.resolve("sklearn-mlp.py");
        Files.write(script, Table.resource("sklearn-mlp.py"));
        ProcessBuilder process = new ProcessBuilder(python, script.toString(), folder.toString())
                .redirectError(folder.resolve("sklearn-mlp.err").toFile());
        process.environment().put("OPENBLAS_NUM_THREADS", "1");
        process.environment().put("OMP_NUM_THREADS", "1");
        return process;
    }

    /**
     * Runs the script, which leaves the splits in the folder.
     *
     * @param settings as {@link Table#settings} has them
     * @throws NotThereException if there is no such program, or it has no scikit-learn
     */
    static Sklearn run(String python, Path folder, JsonArray settings)
            throws IOException, InterruptedException, NotThereException {
        ProcessBuilder script = script(python, folder);
        Process process;
        try {
            process = script.start();
        } catch (IOException e) {
            throw new NotThereException(python, e.getMessage());
        }
        try (OutputStream in = process.getOutputStream()) {
            in.write(settings.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it has ended before it has read them: its exit code says why
        }
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        String errors = Files.readString(folder.resolve("sklearn-mlp.err"));
        if (exit == MISSING) {
            throw new NotThereException(python, errors.strip());
        }
        if (exit != 0) {
            throw new AssertionError("sklearn-mlp.py ended with " + exit + ": " + errors);
        }
        return new Gson().fromJson(found, Sklearn.class);
    }
}
