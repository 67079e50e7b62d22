package io.github.layerc.samples;

import static io.github.layerc.array.ArrayFixture.data;
import static io.github.layerc.array.ArrayFixture.gzip;
import static io.github.layerc.array.ArrayFixture.header;
import static io.github.layerc.array.ArrayFixture.idx;
import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.samples.SampleNetwork.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.array.ArrayFormat;
import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import java.io.IOException;
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

final class ArraySamplesTest {
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
            for (String type : List.of(
                    "|u1", "|i1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8",
                    "<f4", ">f4", "<f8", ">f8")) {
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
        Samples samples = new ArraySamples(file, ArrayFormat.NPY).read(classes(1, 2, 3, 2));
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
        assertThat(new ArraySamples(file, ArrayFormat.NPY)
                        .read(classes(1, 3, 4, 1))
                        .data()
                        .count())
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
        assertThatThrownBy(() -> new ArraySamples(file, ArrayFormat.NPY).read(classes(1, 2, 3)))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + message);
    }

    static Stream<Arguments> refusesInOneLine() {
        byte[] valid = npy(1, header("<f4", false, "(2, 6)"), new byte[48]);
        byte[] version = valid.clone();
        version[6] = 4;
        byte[] longHeader = valid.clone();
        longHeader[9] = 0x20;
        String types = "unsupported type of NPY: expected b1, i1, u1, i2, u2, i4, u4, i8, u8, f4, f8, U, S: found ";
        return Stream.of(
                Arguments.of(new byte[0], "not an NPY file: expected \\x93NUMPY in front: found an empty file"),
                Arguments.of(
                        "a,b,c,d,e,f".getBytes(StandardCharsets.US_ASCII),
                        "not an NPY file: expected \\x93NUMPY in front: found bytes 61 2c 62 2c 63 2c 64 2c"),
                Arguments.of(version, "unsupported version of NPY: expected 1.0, 2.0 or 3.0: found 4.0"),
                Arguments.of(
                        longHeader,
                        "truncated NPY file: expected a header: found at most " + (valid.length - 10) + " bytes"),
                Arguments.of(
                        Arrays.copyOf(npy(2, "", new byte[0]), 11),
                        "truncated NPY file: expected a header: found at most 0 bytes"),
                Arguments.of(
                        Arrays.copyOf(valid, valid.length - 1),
                        "truncated NPY file: expected 48 bytes for (2, 6): found 47"),
                Arguments.of(
                        Arrays.copyOf(valid, valid.length + 1),
                        "more values than the shape has: expected 48 bytes for (2, 6): found 49"),
                Arguments.of(
                        npy(1, header("|O", false, "(2, 6)"), new byte[99]),
                        "array of objects of Python: expected numbers, booleans or strings: found "
                                + header("|O", false, "(2, 6)").strip()),
                Arguments.of(
                        npy(1, header("<f2", false, "(2, 6)"), new byte[24]),
                        types + header("<f2", false, "(2, 6)").strip()),
                Arguments.of(
                        npy(1, header("<U3", false, "(2, 6)"), new byte[144]),
                        "wrong type: expected numbers or booleans: found string"),
                Arguments.of(
                        npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}", new byte[8]),
                        types + "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}"),
                Arguments.of(
                        npy(1, "{'descr': '<f4', 'shape': (2, 6)}", new byte[48]),
                        "damaged NPY header: expected a dictionary of descr, fortran_order and shape: found {'descr': '<f4', 'shape': (2, 6)}"),
                Arguments.of(
                        npy(1, header("<f4", false, "(2, x)"), new byte[48]),
                        "damaged NPY header: expected a dictionary of descr, fortran_order and shape: found "
                                + header("<f4", false, "(2, x)")),
                Arguments.of(
                        npy(1, header("<f4", false, "(999999999999999999, 6)"), new byte[48]),
                        "truncated NPY file: expected 9223372036854775807 bytes for (999999999999999999, 6): found 48"),
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

    /** As MNIST is handed out, for a network that takes its pixels in two axes or in one. */
    @Test
    void readsIdxPackedOrNot() {
        byte[] idx = idx(new int[] {2, 1, 3}, 0, 1, 2, 253, 254, 255);
        for (byte[] bytes : List.of(idx, gzip(idx))) {
            for (Network network : List.of(classes(1, 1, 3), classes(1, 3))) {
                Samples samples = new ArraySamples(write(bytes), ArrayFormat.IDX).read(network);
                assertThat(SampleNetwork.values(samples)).containsExactly(0, 1, 2, 253, 254, 255);
                assertThat(samples.names()).containsExactly("0", "1");
            }
        }
    }

    private Samples read(byte[] npy, int inputs) {
        return new ArraySamples(write(npy), ArrayFormat.NPY).read(classes(1, inputs));
    }

    private Path write(byte[] bytes) {
        try {
            return Files.write(folder.resolve("x.npy"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
