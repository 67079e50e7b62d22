package io.github.layerc.schedule;

import io.github.layerc.engine.VectorSupport;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks at the machine that this JVM runs on. Vectors are as long as the Vector API prefers them; a JVM without the module asks another one.
 * Registers are 32 where vectors have 512 bits and on AArch64, else 16. Caches are those that Linux reports for its first processor. What
 * cannot be found out is taken from {@link Machine#NEON} on AArch64, else from {@link Machine#GENERIC}.
 */
public final class HostMachine {
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private HostMachine() {}

    /** Prints the bytes of the vectors that the Vector API prefers: what a JVM without the module starts. */
    public static void main(String[] arguments) {
        System.out.println(preferredBytes());
    }

    static Machine probe() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        Machine known = arm ? Machine.NEON : Machine.GENERIC;
        int bytes = vectorBytes(known.vectorBytes());
        return new Machine(
                Machine.HOST,
                arm || bytes >= 64 ? 32 : 16,
                bytes,
                cacheBytes(CACHES, "1", known.l1Bytes()),
                cacheBytes(CACHES, "2", known.l2Bytes()));
    }

    private static int vectorBytes(int otherwise) {
        if (ModuleLayer.boot().findModule(VectorSupport.MODULE).isPresent()) {
            return preferredBytes();
        }
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--add-modules=" + VectorSupport.MODULE,
                            "-cp",
                            Path.of(HostMachine.class
                                            .getProtectionDomain()
                                            .getCodeSource()
                                            .getLocation()
                                            .toURI())
                                    .toString(),
                            HostMachine.class.getName()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? Integer.parseInt(printed.strip()) : otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (IOException | URISyntaxException | NumberFormatException e) {
            return otherwise;
        }
    }

    /** Read by reflection, so that nothing here links the module. */
    private static int preferredBytes() {
        try {
            Object shape = Class.forName(VectorSupport.MODULE + ".VectorShape")
                    .getMethod("preferredShape")
                    .invoke(null);
            return (int) shape.getClass().getMethod("vectorBitSize").invoke(shape) / Byte.SIZE;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the Vector API of this JVM has no preferred shape", e);
        }
    }

    /**
     * The size of a data cache.
     *
     * @param folder with a folder for each cache, in which the files {@code level}, {@code type} and {@code size} hold {@code 2},
     *     {@code Unified} and {@code 1024K}
     */
    static int cacheBytes(Path folder, String level, int otherwise) {
        try (Stream<Path> caches = Files.list(folder)) {
            for (Path cache : caches.filter(Files::isDirectory).sorted().toList()) {
                if (Files.exists(cache.resolve("level"))
                        && line(cache, "level").equals(level)
                        && !line(cache, "type").equals("Instruction")) {
                    return bytes(line(cache, "size"));
                }
            }
            return otherwise;
        } catch (IOException | NumberFormatException e) {
            return otherwise;
        }
    }

    private static String line(Path cache, String name) throws IOException {
        return Files.readString(cache.resolve(name)).strip();
    }

    private static int bytes(String size) {
        int last = size.length() - 1;
        return switch (size.charAt(last)) {
            case 'K' -> Integer.parseInt(size.substring(0, last)) << 10;
            case 'M' -> Integer.parseInt(size.substring(0, last)) << 20;
            default -> Integer.parseInt(size);
        };
    }
}
