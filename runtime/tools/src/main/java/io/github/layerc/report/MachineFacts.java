package io.github.layerc.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JDK and the machine that this JVM runs on, in the words of the system. Names no host and no user. */
public final class MachineFacts {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private MachineFacts() {}

    public static List<Fact> all() {
        return List.of(new Fact("JDK", jdk()), new Fact("machine", machine(PROCESSORS)));
    }

    /** Both in one line. */
    public static String line() {
        return all().stream().map(fact -> fact.name() + " " + fact.value()).collect(Collectors.joining("; "));
    }

    private static String jdk() {
        return Runtime.version() + ", " + System.getProperty("java.vm.name", "");
    }

    /** @param processors the file in which Linux describes them; other systems have none */
    static String machine(Path processors) {
        int count = Runtime.getRuntime().availableProcessors();
        return processorName(processors).map(name -> name + ", ").orElse("")
                + count + (count == 1 ? " processor, " : " processors, ")
                + System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
    }

    private static Optional<String> processorName(Path file) {
        // a stray byte must not cost the rest
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name") && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
