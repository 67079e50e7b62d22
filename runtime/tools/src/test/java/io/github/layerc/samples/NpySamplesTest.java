package io.github.layerc.samples;

import static io.github.layerc.samples.SampleNetwork.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class NpySamplesTest {
    /** Values that all types hold; those that are signed hold the negative ones. */
    private static final double[] VALUES = {0, 1, 2, 3, 100, -100};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource
    void readsAllTypesAndOrders(int version, String type, boolean fortran) {
        double[] values =
                type.contains("u") ? Arrays.stream(VALUES).map(Math::abs).toArray() : VALUES;
        // (2, 3) in Fortran's order: column by column
        int[] order =
                fortran ? new int[] {0, 3, 1, 4, 2, 5} : IntStream.range(0, 6).toArray();
        byte[] data =
                data(type, Arrays.stream(order).mapToDouble(i -> values[i]).toArray());
        Samples samples = read(
                npy(version, header(type, fortran, "(2, 3)"), data),
                classes(1, 3).input().size());
        assertThat(SampleNetwork.values(samples)).isEqualTo(values);
        assertThat(samples.names()).containsExactly("0", "1");
        assertThat(samples.labels()).isEmpty();
    }

    static Stream<Arguments> readsAllTypesAndOrders() {
        List<Arguments> all = new ArrayList<>();
        for (int version = 1; version <= 3; version++) {
            for (String type :
                    List.of("|u1", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "<f4", ">f4", "<f8", ">f8")) {
                all.add(Arguments.of(version, type, false));
                all.add(Arguments.of(version, type, true));
            }
        }
        return all.stream();
    }

    @Test
    void readsBytesFrom0To255AndNumbersThatAreNone() {
        assertThat(SampleNetwork.values(read(npy(1, header("|u1", false, "(2,)"), new byte[] {-1, 127}), 2)))
                .containsExactly(255, 127);
        byte[] nan = data("<f8", new double[] {Double.NaN, Double.POSITIVE_INFINITY});
        assertThat(SampleNetwork.values(read(npy(1, header("<f8", false, "(1, 2)"), nan), 2)))
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY);
    }

    /** Four axes, each index in its own digit. */
    @Test
    void readsManyAxesInFortransOrder() {
        byte[] data = new byte[2 * 2 * 3 * 2];
        for (int i = 0; i < data.length; i++) {
            int sample = i % 2;
            int row = i / 2 % 2;
            int column = i / 4 % 3;
            int channel = i / 12;
            data[i] = (byte) (sample * 100 + row * 50 + column * 10 + channel);
        }
        Path file = write(npy(2, header("|u1", true, "(2, 2, 3, 2)"), data));
        Samples samples = new NpySamples(file).read(classes(1, 2, 3, 2));
        for (int s = 0; s < 2; s++) {
            for (int f = 0; f < 12; f++) {
                assertThat(samples.data().sample(s, f)).isEqualTo(s * 100 + f / 6 * 50 + f / 2 % 3 * 10 + f % 2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void takesTheShapesOfSamples(String shape, int count) {
        Path file = write(npy(1, header("|u1", false, shape), new byte[12 * count]));
        assertThat(new NpySamples(file).read(classes(1, 3, 4, 1)).data().count())
                .isEqualTo(count);
    }

    static Stream<Arguments> takesTheShapesOfSamples() {
        return Stream.of(
                Arguments.of("(5, 3, 4, 1)", 5),
                Arguments.of("(5, 3, 4)", 5),
                Arguments.of("(5, 12)", 5),
                Arguments.of("(12,)", 1),
                Arguments.of("(3, 4)", 1),
                Arguments.of("(3, 4, 1)", 1));
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(byte[] bytes, String message) {
        Path file = write(bytes);
        assertThatThrownBy(() -> new NpySamples(file).read(classes(1, 2, 3)))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + message);
    }

    static Stream<Arguments> refusesInOneLine() {
        byte[] valid = npy(1, header("<f4", false, "(2, 6)"), new byte[48]);
        byte[] version = valid.clone();
        version[6] = 4;
        byte[] longHeader = valid.clone();
        longHeader[9] = 0x7f;
        String types = "unsupported type of NPY: expected i1, u1, i2, i4, i8, f4, f8: found ";
        return Stream.of(
                Arguments.of(
                        new byte[0], "not an NPY file: expected one that starts with \\x93NUMPY: found 0 other bytes"),
                Arguments.of(
                        "a,b,c,d,e,f".getBytes(StandardCharsets.US_ASCII),
                        "not an NPY file: expected one that starts with \\x93NUMPY: found 11 other bytes"),
                Arguments.of(version, "unsupported version of NPY: expected 1 to 3: found 4"),
                Arguments.of(longHeader, "truncated NPY file: expected a header: found " + valid.length + " bytes"),
                Arguments.of(
                        Arrays.copyOf(npy(2, "", new byte[0]), 11),
                        "truncated NPY file: expected a header: found 11 bytes"),
                Arguments.of(
                        Arrays.copyOf(valid, valid.length - 1),
                        "truncated NPY file: expected 48 bytes for (2, 6): found 47"),
                Arguments.of(
                        Arrays.copyOf(valid, valid.length + 1),
                        "more values than the shape has: expected 48 bytes for (2, 6): found 49"),
                Arguments.of(
                        npy(1, header("|O", false, "(2, 6)"), new byte[99]),
                        types + header("|O", false, "(2, 6)").strip()),
                Arguments.of(
                        npy(1, header("<U3", false, "(2, 6)"), new byte[99]),
                        types + header("<U3", false, "(2, 6)").strip()),
                Arguments.of(
                        npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}", new byte[8]),
                        types + "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}"),
                Arguments.of(
                        npy(1, "{'descr': '<f4', 'shape': (2, 6)}", new byte[48]),
                        "damaged NPY header: expected descr, fortran_order and shape: found {'descr': '<f4', 'shape': (2, 6)}"),
                Arguments.of(
                        npy(1, header("<f4", false, "(2, x)"), new byte[48]),
                        "damaged NPY header: expected a shape of whole numbers: found "
                                + header("<f4", false, "(2, x)")),
                Arguments.of(
                        npy(1, header("<f4", false, "(999999999999999999, 6)"), new byte[48]),
                        "damaged NPY header: expected a shape that a file can hold: found (999999999999999999, 6)"),
                Arguments.of(
                        npy(1, header("<f4", false, "(2, 5)"), new byte[40]),
                        "wrong shape for network Net: expected (samples, 2, 3) or (samples, 6): found (2, 5)"),
                Arguments.of(
                        npy(1, header("<f4", false, "()"), new byte[4]),
                        "wrong shape for network Net: expected (samples, 2, 3) or (samples, 6): found ()"),
                Arguments.of(
                        npy(1, header("<f4", false, "(0, 6)"), new byte[0]),
                        "no samples: expected one or more: found (0, 6)"));
    }

    private Samples read(byte[] npy, int inputs) {
        return new NpySamples(write(npy)).read(classes(1, inputs));
    }

    private Path write(byte[] bytes) {
        try {
            return Files.write(folder.resolve("x.npy"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As NumPy writes it. */
    private static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape
                + ", }";
    }

    private static byte[] npy(int version, String header, byte[] data) {
        byte[] text = (header + "   \n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate((version == 1 ? 10 : 12) + text.length + data.length);
        out.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        out.put((byte) version).put((byte) 0);
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        return out.put(text).put(data).array();
    }

    private static byte[] data(String type, double[] values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (double value : values) {
            ByteBuffer one = ByteBuffer.allocate(8);
            one.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            switch (type.substring(1)) {
                case "u1", "i1" -> one.put((byte) value);
                case "i2" -> one.putShort((short) value);
                case "i4" -> one.putInt((int) value);
                case "i8" -> one.putLong((long) value);
                case "f4" -> one.putFloat((float) value);
                default -> one.putDouble(value);
            }
            out.write(one.array(), 0, one.position());
        }
        return out.toByteArray();
    }
}
