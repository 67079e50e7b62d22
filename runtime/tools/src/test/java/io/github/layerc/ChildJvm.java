package io.github.layerc;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM of its own, with the class path of the tests, left.
 *
 * @param output both streams
 */
public record ChildJvm(int exit, String output) {

    public static ChildJvm run(List<String> flags, Class<?> main, String... arguments) throws Exception {
        Process process = start(flags, main, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ChildJvm(process.waitFor(), output);
    }

    /** One whose output the caller reads, both streams in one. */
    public static Process start(List<String> flags, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(main), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String classPath(Class<?> main) throws Exception {
        String tests = Path.of(
                        main.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
        String ours = Path.of(ChildJvm.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        return Stream.of(
                        tests,
                        ours,
                        Path.of(ours).resolveSibling("classes").toString(),
                        Path.of(ours).resolveSibling("test-classes").toString(),
                        System.getProperty("java.class.path"),
                        System.getProperty("jdk.module.path"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
