package io.github.layerc.quality;

import com.google.gson.JsonArray;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.VectorSupport;
import io.github.layerc.network.Network;
import io.github.layerc.training.Trainer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time of one whole training, from the start of a process to its end, beside that of scikit-learn, in milliseconds. Not a part of any build:
 *
 * <pre>
 * mvn test -pl generated-sources -am -Dtest=TrainingTimes -Dsurefire.failIfNoSpecifiedTests=false -Dlayerc.python=PROGRAM
 * </pre>
 *
 * <p>Each number is the median of several processes, in turns, so that a busy machine is busy for all. Java reads the samples from a file and trains; Python also draws the split, writes it and predicts
 * the test part, some milliseconds.
 */
class TrainingTimes {
    private static final int TURNS = 7;

    @TempDir
    private Path folder;

    /** A way to train. */
    private enum Way {
        SCIKIT_LEARN("scikit-learn"),
        SCALAR("scalar"),
        /** C1 alone, which compiles no loop well, but all of them soon. */
        SCALAR_C1("scalar, C1 alone"),
        VECTOR("vector");

        private final String label;

        Way(String label) {
            this.label = label;
        }

        /** The flags of its JVM. */
        private List<String> flags() {
            return switch (this) {
                case SCIKIT_LEARN, SCALAR -> List.of();
                case SCALAR_C1 -> List.of("-XX:TieredStopAtLevel=1");
                case VECTOR -> List.of("--add-modules=" + VectorSupport.MODULE);
            };
        }
    }

    /** Milliseconds of a process, and of the training in it. */
    private record Time(double process, double training) {}

    @Test
    void print() throws Exception {
        System.out.printf(Locale.ROOT, "%-14s  %-16s  %7s  %8s%n", "table", "way", "process", "training");
        for (Table table : Table.values()) {
            Network network = table.compile(folder);
            Map<Way, List<Time>> times = new EnumMap<>(Way.class);
            for (int turn = 0; turn < TURNS; turn++) {
                for (Way way : Way.values()) {
                    times.computeIfAbsent(way, any -> new ArrayList<>())
                            .add(way == Way.SCIKIT_LEARN ? python(table, network) : java(table, network, way));
                }
            }
            times.forEach((way, all) -> System.out.printf(
                    Locale.ROOT,
                    "%-14s  %-16s  %7.0f  %8.0f%n",
                    table.keyword(),
                    way.label,
                    median(all.stream().map(Time::process)),
                    median(all.stream().map(Time::training))));
        }
    }

    /** Leaves the split that Java trains with. */
    private Time python(Table table, Network network) throws IOException, InterruptedException {
        JsonArray settings = new JsonArray();
        settings.add(table.settings(network, List.of(0)));
        long begin = System.nanoTime();
        try {
            Sklearn sklearn = Sklearn.run(Sklearn.python(), folder, settings);
            return new Time(since(begin), 1e3 * sklearn.tables().get(0).seconds()[0]);
        } catch (Sklearn.NotThereException e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    private Time java(Table table, Network network, Way way) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(way.flags());
        Target target = way == Way.VECTOR ? Target.VECTOR : Target.SCALAR;
        String samples = Part.file(folder, table.keyword(), 0, "train").toString();
        command.addAll(
                List.of("-cp", classPath(), TrainOnce.class.getName(), network.className(), target.name(), samples));
        File errors = folder.resolve("java.err").toFile();
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + found);
        }
        return new Time(since(begin), 1e3 * Double.parseDouble(found.strip()));
    }

    /** No more than a program needs. */
    private String classPath() {
        return Stream.concat(
                        Stream.of(folder),
                        Stream.of(TrainOnce.class, Engine.class, Trainer.class).map(TrainingTimes::placeOf))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double median(Stream<Double> values) {
        return values.sorted().toList().get(TURNS / 2);
    }
}
