package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Damages files at random, and has them read: that ends in success or in one documented exception, and takes no more memory than a file of its size justifies. {@code -Dlayerc.mutations} says
 * how many, {@code -Dlayerc.mutations.seed} which ones.
 */
final class Mutations {
    private static final int COUNT = Integer.getInteger("layerc.mutations", 1100);
    private static final long SEED = Long.getLong("layerc.mutations.seed", 1);

    /** Of files of 24 KB at most: what DEFLATE can pack in them, twice, and room for the readers themselves. */
    private static final long MOST_BYTES = 64L << 20;

    /** What a number of a text becomes. */
    private static final List<String> NUMBERS =
            List.of("0", "-1", "2147483647", "4294967296", "1e400", "null", "[]", "{}", "\"\"", "9", "99999999");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Path folder;
    private final Consumer<Path> reader;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private double longest;
    private long largest;

    /**
     * @param folder for damaged files
     * @param reader of a file; it also checks what it has read
     */
    Mutations(Path folder, Consumer<Path> reader) {
        this.folder = folder;
        this.reader = reader;
    }

    /** Takes the files in turn. */
    void read(List<Path> files) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            Random random = new Random(SEED * 1_000_003 + i);
            Path file = files.get(i % files.size());
            Path damaged = folder.resolve(file.getFileName());
            Files.write(damaged, damaged(Files.readAllBytes(file), random));
            read(damaged, "mutation " + i + " of seed " + SEED + ", of " + file.getFileName());
        }
        assertThat(outcomes).as("some damage does not matter").containsKeys("read", "refused");
        if (System.getProperty("layerc.mutations") != null) {
            System.out.println(COUNT + " damaged files of seed " + SEED + ": " + outcomes + ", the longest read "
                    + Math.round(1000 * longest) + " ms, the largest one " + (largest >> 10) + " KB");
        }
    }

    private void read(Path file, String name) {
        long start = System.nanoTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        String outcome = "refused";
        try {
            reader.accept(file);
            outcome = "read";
        } catch (DataException e) {
            assertThat(e.getMessage()).as(name).doesNotContain("\n");
        } catch (DataErrors e) {
            assertThat(e.getMessage()).as(name).contains("errors in");
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name, e);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes for " + name).isLessThan(MOST_BYTES);
        largest = Math.max(largest, bytes);
        longest = Math.max(longest, (System.nanoTime() - start) * 1e-9);
        outcomes.merge(outcome, 1, Integer::sum);
    }

    /** Most archives are damaged in one of their entries, with a checksum that is right: as a whole they are refused for that alone. */
    private static byte[] damaged(byte[] bytes, Random random) throws IOException {
        boolean isArchive = bytes[0] == 'P' && bytes[1] == 'K';
        if (!isArchive || random.nextInt(4) == 0) {
            return mutated(bytes, random);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        List<String> names = List.copyOf(entries.keySet());
        entries.compute(names.get(random.nextInt(names.size())), (name, content) -> mutated(content, random));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    /** Some bytes are others, more, fewer, or come twice; some digits and words of a text are others. */
    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] out = bytes.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && out.length > 0; i++) {
            int at = random.nextInt(out.length);
            int length = Math.min(1 + random.nextInt(8), out.length - at);
            switch (random.nextInt(8)) {
                case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> out[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(out, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
                case 3 -> out = random.nextInt(4) == 0 ? Arrays.copyOf(out, at) : out;
                case 4 -> out = spliced(out, at, length, new byte[0]);
                case 5, 6 -> out = renumbered(out, at, random);
                default -> {
                    byte[] again = Arrays.copyOfRange(out, at, at + length);
                    out = spliced(out, random.nextInt(out.length), 0, again);
                }
            }
        }
        return out;
    }

    /** The next number of a text becomes another one, or no number, without a change of what is behind it where it has as many digits. */
    private static byte[] renumbered(byte[] bytes, int from, Random random) {
        int at = from;
        while (at < bytes.length && !Character.isDigit(bytes[at])) {
            at++;
        }
        int end = at;
        while (end < bytes.length && Character.isDigit(bytes[end])) {
            end++;
        }
        return at == end
                ? bytes
                : spliced(
                        bytes,
                        at,
                        end - at,
                        NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] spliced(byte[] bytes, int at, int left, byte[] in) {
        byte[] out = Arrays.copyOf(bytes, bytes.length - left + in.length);
        System.arraycopy(in, 0, out, at, in.length);
        System.arraycopy(bytes, at + left, out, at + in.length, bytes.length - at - left);
        return out;
    }
}
