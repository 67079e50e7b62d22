package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages models at random, and imports them: that ends in a network or in one documented exception, whatever a file says of its sizes. {@code -Dlayerc.mutations} says how many,
 * {@code -Dlayerc.mutations.seed} which ones.
 */
final class MutatedModelsTest {
    private static final Path MODELS = Path.of("src/test/resources/models");
    private static final int COUNT = Integer.getInteger("layerc.mutations", 1500);
    private static final long SEED = Long.getLong("layerc.mutations.seed", 1);

    @TempDir
    private Path folder;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private double longest;

    @Test
    void endInANetworkOrInOneException() throws IOException {
        List<Path> models;
        try (Stream<Path> files = Files.list(MODELS)) {
            models = files.filter(file -> ForeignFormat.of(file).isPresent())
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < COUNT; i++) {
            Random random = new Random(SEED * 1_000_003 + i);
            Path model = models.get(i % models.size());
            Path damaged = folder.resolve(model.getFileName());
            Files.write(damaged, mutated(Files.readAllBytes(model), random));
            read(damaged, "mutation " + i + " of seed " + SEED + ", of " + model.getFileName());
        }
        assertThat(outcomes).as("some damage does not matter").containsKeys("read", "refused");
        if (System.getProperty("layerc.mutations") != null) {
            System.out.println(COUNT + " damaged models of seed " + SEED + ": " + outcomes + ", the longest read "
                    + Math.round(1000 * longest) + " ms");
        }
    }

    private void read(Path file, String name) {
        long start = System.nanoTime();
        String outcome = "refused";
        try {
            ImportedModel model = new ModelImport("", "Net", Optional.empty()).read(file);
            assertThat(model.parameters()).as(name).hasSize(model.network().parameterCount());
            outcome = "read";
        } catch (DataException e) {
            assertThat(e.getMessage()).as(name).doesNotContain("\n");
        } catch (DataErrors e) {
            assertThat(e.getMessage()).as(name).contains("errors in");
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name, e);
        }
        longest = Math.max(longest, (System.nanoTime() - start) * 1e-9);
        outcomes.merge(outcome, 1, Integer::sum);
    }

    /** Some bytes are others, more, fewer, or come twice. */
    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] out = bytes.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && out.length > 0; i++) {
            int at = random.nextInt(out.length);
            int length = Math.min(1 + random.nextInt(8), out.length - at);
            switch (random.nextInt(6)) {
                case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> out[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(out, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
                case 3 -> out = Arrays.copyOf(out, at);
                case 4 -> out = spliced(out, at, length, new byte[0]);
                default -> {
                    byte[] again = Arrays.copyOfRange(out, at, at + length);
                    out = spliced(out, random.nextInt(out.length), 0, again);
                }
            }
        }
        return out;
    }

    private static byte[] spliced(byte[] bytes, int at, int left, byte[] in) {
        byte[] out = Arrays.copyOf(bytes, bytes.length - left + in.length);
        System.arraycopy(in, 0, out, at, in.length);
        System.arraycopy(bytes, at + left, out, at + in.length, bytes.length - at - left);
        return out;
    }
}
