package io.github.layerc.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Spark as it is installed, a folder of jars, and the classes of this module in a jar as a job brings them. */
final class SparkHome {
    static final Path FOLDER = Path.of("target", "cluster").toAbsolutePath();

    private final Path home = FOLDER.resolve("home");
    private final Path job = FOLDER.resolve("layerc.jar");

    SparkHome() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try {
            make(Arrays.stream(path.split(File.pathSeparator, -1))
                    .filter(entry -> !entry.isEmpty())
                    .map(Path::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make(List<Path> classPath) throws IOException {
        Path jars = home.resolve("jars");
        Files.createDirectories(jars);
        Set<String> entries = new HashSet<>();
        try (OutputStream out = Files.newOutputStream(job);
                JarOutputStream classes = new JarOutputStream(out)) {
            for (Path path : classPath) {
                if (Files.isDirectory(path)) {
                    add(path, classes, entries);
                } else if (Files.isRegularFile(path)) {
                    Path link = jars.resolve(path.getFileName());
                    Files.deleteIfExists(link);
                    Files.createSymbolicLink(link, path.toAbsolutePath());
                }
            }
        }
    }

    private static void add(Path folder, JarOutputStream jar, Set<String> entries) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (entries.add(name) && !name.equals("module-info.class")) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(file, jar);
                    jar.closeEntry();
                }
            }
        }
    }

    /** The jar of the job. */
    Path job() {
        return job;
    }

    /** Starts a program of Spark in a JVM of its own. */
    Process start(String name, String... command) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                home.resolve("jars") + "/*"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Djdk.reflect"))
                .forEach(all::add);
        all.addAll(Arrays.asList(command));
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_LOCAL_HOSTNAME", "127.0.0.1");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
