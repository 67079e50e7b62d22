package io.github.layerc.source;

import static io.github.layerc.array.ArrayFixture.data;
import static io.github.layerc.array.ArrayFixture.gzip;
import static io.github.layerc.array.ArrayFixture.header;
import static io.github.layerc.array.ArrayFixture.idx;
import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.npz;
import static io.github.layerc.array.ArrayFixture.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.array.ArrayFixture;
import io.github.layerc.array.ArrayFormat;
import io.github.layerc.array.StoredArray;
import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.samples.SampleInputs;
import io.jhdf.api.DatasetCreationOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages files of all formats at random, and reads them: that ends in values or in one documented exception, whatever a file says of its sizes. {@code
 * -Dlayerc.mutations} says how many files, {@code -Dlayerc.mutations.seed} which ones, and {@code -Dlayerc.mutations.keep} names a folder for those that can
 * still be read, which {@code compare.py} reads, too.
 */
final class MutatedFilesTest {
    private static final int COUNT = Integer.getInteger("layerc.mutations", 1500);
    private static final long SEED = Long.getLong("layerc.mutations.seed", 1);
    private static final Optional<Path> KEEP =
            Optional.ofNullable(System.getProperty("layerc.mutations.keep")).map(Path::of);

    private static final Network NETWORK = Network.builder("", "Net")
            .input(new Input(List.of(2, 3), Scale.ONE))
            .layer(1, Activation.SIGMOID)
            .loss(Loss.BINARY_CROSS_ENTROPY)
            .build();

    private static final double[] VALUES =
            IntStream.range(0, 24).mapToDouble(i -> i * 5).toArray();

    @TempDir
    private Path folder;

    /**
     * A file to damage.
     *
     * @param data what a training reads: the file, or its folder, in which it has others beside it
     * @param damaged its bytes after some damage, to the file or to what is then packed in it
     */
    private record Victim(Path file, Path data, Function<UnaryOperator<byte[]>, byte[]> damaged) {}

    /** What became of the reads. */
    private final Map<String, Integer> outcomes = new TreeMap<>();

    private double longest;

    @Test
    void endInValuesOrInOneException() throws IOException {
        List<Victim> victims = victims();
        for (int i = 0; i < COUNT; i++) {
            Random random = new Random(SEED * 1_000_003 + i);
            Victim victim = victims.get(i % victims.size());
            // the first of each is whole
            boolean whole = i < victims.size();
            ArrayFixture.write(victim.file, victim.damaged.apply(bytes -> whole ? bytes : mutated(bytes, random)));
            String name = "mutation " + i + " of seed " + SEED + ", of " + folder.relativize(victim.file);
            boolean trained =
                    read(name, "training", () -> DataSources.find(victim.data).read(NETWORK, line -> {}));
            read(
                    name,
                    "prediction",
                    () -> SampleInputs.find(victim.file, Optional.empty()).read(NETWORK));
            int number = i;
            read(name, "array", () -> readArray(victim.file, number));
            assertThat(trained || !whole).as(name).isTrue();
            ArrayFixture.write(victim.file, victim.damaged.apply(bytes -> bytes));
        }
        if (System.getProperty("layerc.mutations") != null) {
            System.out.println(COUNT + " damaged files of seed " + SEED + ": " + outcomes + ", the longest read "
                    + Math.round(1000 * longest) + " ms");
        }
    }

    /** Whether there were values. */
    private boolean read(String name, String how, Runnable read) {
        long start = System.nanoTime();
        boolean hasValues = false;
        try {
            read.run();
            hasValues = true;
        } catch (DataException e) {
            assertThat(e.getMessage()).as(name).doesNotContain("\n");
        } catch (DataErrors e) {
            assertThat(e.getMessage()).as(name).contains("errors in");
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + ": " + how, e);
        }
        longest = Math.max(longest, (System.nanoTime() - start) * 1e-9);
        outcomes.merge(how + (hasValues ? " read" : " refused"), 1, Integer::sum);
        return hasValues;
    }

    private static void readArray(Path file, int number) {
        ArrayFormat format = ArrayFormat.of(file).orElseThrow(() -> new DataException(file + ": of no format"));
        if (format == ArrayFormat.NPZ || format == ArrayFormat.HDF5) {
            return;
        }
        StoredArray array = format.read(file);
        if (KEEP.isPresent() && !array.isText()) {
            keep(file, array, KEEP.get().resolve(number + (format == ArrayFormat.IDX ? ".idx" : ".npy")));
        }
    }

    private static void keep(Path file, StoredArray array, Path kept) {
        ByteBuffer values = ByteBuffer.allocate(Double.BYTES * array.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < array.size(); i++) {
            values.putDouble(array.number(i));
        }
        try {
            ArrayFixture.write(kept, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ArrayFixture.write(Path.of(kept.toString().replaceAll("\\.[a-z]+$", ".values")), values.array());
    }

    private List<Victim> victims() throws IOException {
        List<Victim> victims = new ArrayList<>();
        byte[] y = npy("<i8", "(4,)", 0, 1, 1, 0);
        for (String type : List.of("|u1", "<i2", ">i4", "<i8", "<f4", ">f8", "<u8")) {
            boolean fortran = type.startsWith(">");
            byte[] x = npy(fortran ? 2 : 1, header(type, fortran, "(4, 2, 3)"), data(type, VALUES));
            Path place = folder.resolve("npy-" + type.substring(1));
            ArrayFixture.write(place.resolve("y.npy"), y);
            victims.add(new Victim(place.resolve("x.npy"), place, damage -> damage.apply(x)));
            victims.add(new Victim(place.resolve("x.npy"), place, damage -> gzip(damage.apply(x))));
        }
        Path labels = folder.resolve("npy-labels");
        byte[] x = npy("<f4", "(4, 6)", VALUES);
        ArrayFixture.write(labels.resolve("x.npy"), x);
        for (byte[] each : List.of(
                y,
                strings("a", "b", "b", "a"),
                npy("|b1", "(4, 1)", 0, 1, 1, 0),
                npy("|u1", "(4, 2)", 0, 1, 1, 0, 1, 0, 0, 1))) {
            victims.add(new Victim(labels.resolve("y.npy"), labels, damage -> damage.apply(each)));
        }
        Path mnist = folder.resolve("mnist");
        byte[] images = idx(new int[] {4, 2, 3}, IntStream.range(0, 24).toArray());
        byte[] numbers = idx(new int[] {4}, 0, 1, 1, 0);
        ArrayFixture.write(mnist.resolve("train-images-idx3-ubyte"), images);
        ArrayFixture.write(mnist.resolve("train-labels-idx1-ubyte"), numbers);
        victims.add(new Victim(mnist.resolve("train-images-idx3-ubyte"), mnist, damage -> damage.apply(images)));
        victims.add(new Victim(mnist.resolve("train-images-idx3-ubyte"), mnist, damage -> gzip(damage.apply(images))));
        victims.add(new Victim(mnist.resolve("train-images-idx3-ubyte"), mnist, damage -> damage.apply(gzip(images))));
        victims.add(new Victim(mnist.resolve("train-labels-idx1-ubyte"), mnist, damage -> damage.apply(numbers)));
        Path archive = folder.resolve("a.npz");
        for (boolean deflated : new boolean[] {false, true}) {
            byte[] whole = npz(deflated, Map.of("x", x, "y", y));
            victims.add(new Victim(archive, archive, damage -> damage.apply(whole)));
            victims.add(new Victim(archive, archive, damage -> npz(deflated, Map.of("x", damage.apply(x), "y", y))));
        }
        Path hdf = folder.resolve("a.h5");
        float[][][] samples = new float[4][2][3];
        DatasetCreationOptions chunks = DatasetCreationOptions.builder()
                .chunkDimensions(2, 2, 3)
                .shuffle()
                .deflate(6)
                .build();
        for (HdfFixture each : List.of(
                new HdfFixture().with("x", samples).with("y", new long[] {0, 1, 1, 0}),
                new HdfFixture().with("x", samples, chunks).with("y", new String[] {"a", "b", "b", "a"}))) {
            byte[] bytes = Files.readAllBytes(each.write(hdf));
            victims.add(new Victim(hdf, hdf, damage -> damage.apply(bytes)));
        }
        return victims;
    }

    /** One to three times cut off, a bit or a byte changed, or bytes put in or left out; half of that near the front, where headers are. */
    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] result = bytes.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && result.length > 0; times--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(result.length, 128) : result.length);
            switch (random.nextInt(6)) {
                case 0 -> result = Arrays.copyOf(result, at);
                case 1, 2 -> result[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> result[at] = (byte) random.nextInt(256);
                case 4 -> {
                    byte[] extreme = new byte[1 + random.nextInt(8)];
                    Arrays.fill(extreme, (byte) (random.nextBoolean() ? -1 : random.nextInt(128)));
                    result = spliced(result, at, random.nextBoolean() ? extreme.length : 0, extreme);
                }
                default -> result = spliced(result, at, 1 + random.nextInt(8), new byte[0]);
            }
        }
        return result;
    }

    /** With some bytes put in the place of others. */
    private static byte[] spliced(byte[] bytes, int at, int without, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(with);
        int rest = Math.min(bytes.length, at + without);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }
}
