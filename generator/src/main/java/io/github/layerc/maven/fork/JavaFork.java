package io.github.layerc.maven.fork;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A JVM of the same installation as Maven's. Its command line goes through a file, which has no limit of length and can be run again by hand:
 * {@code java @target/layerc/CatNet4/train.args}.
 *
 * @param flags of the JVM
 * @param classPath in the order of search
 * @param mainClass with its package
 * @param arguments of the program
 */
public record JavaFork(List<String> flags, List<Path> classPath, String mainClass, List<String> arguments) {

    /** Runs the program to its end, on the input and the outputs of this process, and returns its exit code. */
    public int run(Path argumentFile, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(argumentFile.toAbsolutePath().getParent());
        // the launcher reads the file in the encoding of the system
        Files.writeString(argumentFile, argumentFileText(), Charset.forName(System.getProperty("native.encoding")));
        Process process = new ProcessBuilder(javaExecutable().toString(), "@" + argumentFile.toAbsolutePath())
                .directory(directory.toFile())
                .inheritIO()
                .start();
        // a build that is stopped takes the program with it, and waits for what the program has to do then
        Thread stop = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return process.waitFor();
        } finally {
            process.destroy();
            removeHook(stop);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One argument a line, quoted for the launcher. */
    String argumentFileText() {
        List<String> lines = new ArrayList<>(flags);
        lines.add("-cp");
        lines.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        lines.add(mainClass);
        lines.addAll(arguments);
        return lines.stream().map(JavaFork::quoted).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Path javaExecutable() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this JVM is going down: the hook runs
        }
    }
}
