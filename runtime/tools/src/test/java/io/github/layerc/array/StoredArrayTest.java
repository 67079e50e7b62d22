package io.github.layerc.array;

import static io.github.layerc.array.ArrayFixture.header;
import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.hdf5.HdfFixture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays as all formats have them; what NPY has for predictions, {@code ArraySamplesTest} tells. */
final class StoredArrayTest {
    @TempDir
    private Path folder;

    @Test
    void readsIntegersThatADoubleHolds() {
        long[] held = {0, 1, 1L << 53, (1L << 53) + 2, Long.MIN_VALUE, 1L << 62, -1L << 60};
        assertThat(numbers(npy(1, header("<i8", false, "(7,)"), longs(held)))).containsExactly(doubles(held));
        assertThat(numbers(npy(1, header("<u8", false, "(3,)"), longs(Long.MIN_VALUE, -1L << 11, 5))))
                .containsExactly(0x1p63, 0x1p64 - 2048, 5);
        assertThat(numbers(npy(1, header("<u2", false, "(1,)"), new byte[] {-1, -1})))
                .containsExactly(65535);
        assertThat(numbers(npy(1, header("<u4", false, "(1,)"), new byte[] {-1, -1, -1, -1})))
                .containsExactly(0x1p32 - 1);
    }

    @ParameterizedTest
    @MethodSource
    void refusesIntegersThatADoubleDoesNotHold(String type, long value, String found) {
        Path file = write(npy(1, header(type, false, "(2, 2)"), longs(0, 0, 0, value)));
        assertThatThrownBy(() -> ArrayFormat.NPY.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": integer that a double does not hold in row 1, column 1 (from 0 on):"
                        + " expected one of 53 bits: found " + found);
    }

    static Stream<Arguments> refusesIntegersThatADoubleDoesNotHold() {
        return Stream.of(
                Arguments.of("<i8", (1L << 53) + 1, "9007199254740993"),
                Arguments.of("<i8", Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of("<i8", -(1L << 53) - 1, "-9007199254740993"),
                Arguments.of("<u8", -1L, "18446744073709551615"),
                Arguments.of("<u8", Long.MIN_VALUE + 1, "9223372036854775809"),
                Arguments.of("<u8", Long.MAX_VALUE, "9223372036854775807"));
    }

    @Test
    void readsBooleansAndStrings() {
        StoredArray booleans = read(npy("|b1", "(2,)", 0, 1));
        assertThat(booleans.isBoolean() && !booleans.isBytes()).isTrue();
        assertThat(texts(strings("a", "", "\u00e4\ud83d\ude00"))).containsExactly("a", "", "\u00e4\ud83d\ude00");
        byte[] utf8 = "ab\0\0\0\0\u00e4 ".getBytes(StandardCharsets.UTF_8);
        assertThat(texts(npy(1, header("|S3", false, "(3,)"), utf8))).containsExactly("ab", "", "\u00e4 ");
        assertThat(texts(npy(1, header(">U1", false, "(1,)"), new byte[] {0, 0, 0, 'z'})))
                .containsExactly("z");
    }

    /** Of more values than the buffer has: column by column, of all types. */
    @Test
    void readsManyValuesInFortransOrder() {
        int rows = 301;
        int columns = 113;
        double[] stored = IntStream.range(0, rows * columns)
                .mapToDouble(i -> i % rows * columns + i / rows)
                .toArray();
        double[] inC = IntStream.range(0, rows * columns).mapToDouble(i -> i).toArray();
        for (String type : List.of("<f4", ">f8", "<u4", ">i8")) {
            byte[] file = npy(2, header(type, true, "(301, 113)"), ArrayFixture.data(type, stored));
            assertThat(numbers(file)).isEqualTo(inC);
        }
    }

    @Test
    void readsAllTypesOfIdx() {
        for (int type : new int[] {8, 9, 0xb, 0xc, 0xd, 0xe}) {
            ByteBuffer bytes = ByteBuffer.allocate(8 + 16)
                    .put(new byte[] {0, 0, (byte) type, 1})
                    .putInt(2);
            for (int value : new int[] {3, 100}) {
                switch (type) {
                    case 8, 9 -> bytes.put((byte) value);
                    case 0xb -> bytes.putShort((short) value);
                    case 0xc -> bytes.putInt(value);
                    case 0xd -> bytes.putFloat(value);
                    default -> bytes.putDouble(value);
                }
            }
            Path file = write(Arrays.copyOf(bytes.array(), bytes.position()));
            assertThat(numbers(ArrayFormat.IDX.read(file))).containsExactly(3, 100);
        }
    }

    @Test
    void readsStoredAndDeflatedEntries() {
        byte[] npy = npy("<f4", "(3,)", 1, 2, 3);
        for (boolean deflated : new boolean[] {false, true}) {
            Path file = write(ArrayFixture.npz(deflated, Map.of("x", npy, "y", strings("a", "b"))));
            try (NpzFile store = NpzFile.open(file)) {
                assertThat(store.names()).containsExactly("x", "y");
                assertThat(numbers(store.read("x"))).containsExactly(1, 2, 3);
                assertThat(store.read("y").text(1)).isEqualTo("b");
            }
        }
    }

    @Test
    void readsHdf() {
        Path file = new HdfFixture()
                .with("f", new float[] {1.5f, -2})
                .with("d", new double[] {0.1})
                .with("i", new long[] {-7})
                .with("s", new String[] {"a", "bc"})
                .with("big", new long[][] {{0, 1L << 53}})
                .unsigned("u", new byte[] {-1})
                .write(folder.resolve("a.h5"));
        try (HdfArrays store = HdfArrays.open(file)) {
            assertThat(store.names()).containsExactly("big", "d", "f", "i", "s", "u");
            assertThat(numbers(store.read("f"))).containsExactly(1.5, -2);
            assertThat(numbers(store.read("d"))).containsExactly(0.1);
            assertThat(numbers(store.read("i"))).containsExactly(-7);
            assertThat(store.read("u").isBytes()).isTrue();
            assertThat(store.read("s").text(1)).isEqualTo("bc");
            assertThatThrownBy(() -> store.read("big"))
                    .hasMessage(file + ": big: integer that a double may not hold in row 0, column 1 (from 0 on):"
                            + " expected one of 53 bits: found 9007199254740992");
        }
    }

    @Test
    void readsBooleansAsH5pyWritesThem() throws Exception {
        Path file =
                Path.of(StoredArrayTest.class.getResource("/hdf/labels-bool.h5").toURI());
        try (HdfArrays store = HdfArrays.open(file)) {
            StoredArray labels = store.read("train_set_y");
            assertThat(labels.isBoolean()).isTrue();
            assertThat(numbers(labels)).containsExactly(0, 1, 0, 1, 0, 1);
        }
        Path half = Path.of(
                StoredArrayTest.class.getResource("/hdf/labels-float16.h5").toURI());
        try (HdfArrays store = HdfArrays.open(half)) {
            assertThatThrownBy(() -> store.read("train_set_y"))
                    .hasMessage(
                            half + ": train_set_y: wrong type: expected numbers, booleans or strings: found float16");
        }
    }

    /** As other programs write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr':'<f4','fortran_order':False,'shape':(2L,)}",
                "{ \"shape\": ( 2 , ), \"fortran_order\": False, \"descr\": \"<f4\" , }",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2)}",
                "{'descr': '=f4', 'fortran_order': True, 'shape': (1, 2,), }"
            })
    void readsHeadersOfAllForms(String header) {
        assertThat(numbers(npy(1, header, ArrayFixture.data("<f4", 5, 6)))).containsExactly(5, 6);
    }

    /** NumPy refuses them, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,) }}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
                "{'descr': '<f4', 'fortran_order': False, 'fortran_order': True, 'shape': (2,)}",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (2,)}",
                "{'descr': '<f4\", 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (02,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
                "['descr': '<f4', 'fortran_order': False, 'shape': (2,)]",
                "{'descr': '<f4', 'fortran_order': False",
                "{"
            })
    void refusesHeadersThatAreDamaged(String header) {
        Path file = write(npy(1, header, new byte[8]));
        assertThatThrownBy(() -> ArrayFormat.NPY.read(file))
                .hasMessage(
                        file + ": damaged NPY header: expected a dictionary of descr, fortran_order and shape: found "
                                + header);
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(ArrayFormat format, byte[] bytes, String message) {
        Path file = write(bytes);
        assertThatThrownBy(() -> {
                    if (format == ArrayFormat.NPZ) {
                        try (NpzFile store = NpzFile.open(file)) {
                            store.read("x");
                        }
                    } else {
                        format.read(file);
                    }
                })
                .isInstanceOf(DataException.class)
                .message()
                .isEqualTo(file + ": " + message);
    }

    static Stream<Arguments> refusesInOneLine() {
        ArrayFormat npy = ArrayFormat.NPY;
        ArrayFormat idx = ArrayFormat.IDX;
        ArrayFormat npz = ArrayFormat.NPZ;
        byte[] images = ArrayFixture.idx(new int[] {2, 2}, 1, 2, 3, 4);
        byte[] packed = ArrayFixture.gzip(images);
        byte[] wrongSum = packed.clone();
        wrongSum[packed.length - 8] ^= 1;
        byte[] wrongBlock = packed.clone();
        wrongBlock[10] |= 7;
        byte[] values = npy("<f4", "(2,)", 1, 2);
        byte[] stored = ArrayFixture.npz(false, Map.of("x", values));
        byte[] flipped = stored.clone();
        flipped[30 + "x.npy".length() + values.length - 1] ^= 1;
        byte[] encrypted = ArrayFixture.npz(true, Map.of("x", values));
        encrypted[central(encrypted) + 8] |= 1;
        byte[] bomb = npy(1, header("<f8", false, "(99999999999,)"), new byte[0]);
        byte[] zeros = npy(1, header("|u1", false, "(3000000000,)"), new byte[8_000_000]);
        return Stream.of(
                Arguments.of(
                        idx,
                        Arrays.copyOf(packed, packed.length - 9),
                        "truncated packed data: expected all of it: found EOFException: Unexpected end of ZLIB input stream"),
                Arguments.of(
                        idx,
                        wrongSum,
                        "damaged packed data: expected what gzip or ZIP can unpack: found ZipException: Corrupt GZIP trailer"),
                Arguments.of(
                        idx,
                        wrongBlock,
                        "damaged packed data: expected what gzip or ZIP can unpack: found ZipException: invalid block type"),
                Arguments.of(
                        idx,
                        "<html>".getBytes(StandardCharsets.US_ASCII),
                        "not an IDX file: expected 00 00, a type and a number of axes in front: found an HTML page"),
                Arguments.of(
                        idx,
                        new byte[0],
                        "not an IDX file: expected 00 00, a type and a number of axes in front: found an empty file"),
                Arguments.of(
                        idx,
                        new byte[] {0, 0, 7, 1, 0, 0, 0, 0},
                        "unknown type of IDX: expected 08, 09, 0b, 0c, 0d or 0e: found 07"),
                Arguments.of(idx, new byte[] {0, 0, 8, 0}, "damaged IDX header: expected 1 to 32 axes: found 0"),
                Arguments.of(
                        idx,
                        new byte[] {0, 0, 8, 2, 0, 0},
                        "truncated IDX file: expected the sizes of 2 axes: found 2 bytes"),
                Arguments.of(
                        idx,
                        Arrays.copyOf(images, images.length - 1),
                        "truncated IDX file: expected 4 bytes for (2, 2): found 3"),
                Arguments.of(
                        idx,
                        Arrays.copyOf(images, images.length + 1),
                        "more values than the shape has: expected 4 bytes for (2, 2): found 5"),
                Arguments.of(
                        idx,
                        ArrayFixture.gzip(Arrays.copyOf(images, images.length - 1)),
                        "truncated IDX file: expected 4 bytes for (2, 2): found 3"),
                Arguments.of(
                        idx,
                        ArrayFixture.gzip(Arrays.copyOf(images, images.length + 1)),
                        "more values than the shape has: expected 4 bytes for (2, 2): found more"),
                Arguments.of(
                        npy, npy("|b1", "(2, 1)", 1, 2), "no boolean in row 1 (from 0 on): expected 0 or 1: found 2"),
                Arguments.of(
                        npy,
                        npy(1, header("|S1", false, "(2,)"), new byte[] {65, -1}),
                        "damaged text in row 1 (from 0 on): expected UTF-8: found Input length = 1"),
                Arguments.of(
                        npy,
                        npy(1, header("<U1", false, "(1,)"), new byte[] {0, 0, 17, 0}),
                        "damaged text in row 0 (from 0 on): expected characters of Unicode: found 0x110000"),
                Arguments.of(
                        npy,
                        npy(1, header("<U1", false, "(1,)"), new byte[] {0, -40, 0, 0}),
                        "damaged text in row 0 (from 0 on): expected characters of Unicode: found 0xd800"),
                Arguments.of(npy, bomb, "truncated NPY file: expected 799999999992 bytes for (99999999999): found 0"),
                Arguments.of(
                        npy,
                        ArrayFixture.gzip(bomb),
                        "truncated NPY file: expected 799999999992 bytes for (99999999999): found at most "
                                + (1032 * ArrayFixture.gzip(bomb).length - bomb.length)),
                Arguments.of(
                        npz,
                        ArrayFixture.npz(true, Map.of("x", bomb)),
                        "x: truncated NPY file: expected 799999999992 bytes for (99999999999): found at most "
                                + mostLeft(ArrayFixture.npz(true, Map.of("x", bomb)), bomb)),
                Arguments.of(
                        npz,
                        ArrayFixture.npz(true, Map.of("x", zeros)),
                        "x: truncated NPY file: expected 3000000000 bytes for (3000000000): found at most "
                                + mostLeft(
                                        ArrayFixture.npz(true, Map.of("x", zeros)),
                                        Arrays.copyOf(zeros, headerOf(zeros)))),
                Arguments.of(
                        npz,
                        Arrays.copyOf(stored, stored.length - 30),
                        "damaged or truncated NPZ file: expected an archive in the format ZIP:"
                                + " found ZipException: zip END header not found"),
                Arguments.of(npz, ArrayFixture.npz(true, Map.of("y", values)), "missing array: expected x: found [y]"),
                Arguments.of(npz, ArrayFixture.npz(true, Map.of()), "missing array: expected x: found no arrays"),
                Arguments.of(
                        npz,
                        flipped,
                        "x: damaged values: expected CRC-32 " + sum(values) + ": found CRC-32 "
                                + sum(Arrays.copyOfRange(flipped, 35, 35 + values.length))),
                Arguments.of(
                        npz,
                        encrypted,
                        "encrypted NPZ file: expected one without a password:"
                                + " found ZipException: invalid CEN header (encrypted entry)"));
    }

    private static String sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return Long.toHexString(sum.getValue());
    }

    /** Where the central directory of an archive of one entry starts. */
    private static int central(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
    }

    private static int headerOf(byte[] npy) {
        return 10 + ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    }

    /** What the packed bytes of an entry can become, without the header that was read of it. */
    private static long mostLeft(byte[] zip, byte[] header) {
        int packed = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(central(zip) + 20);
        return 1032L * packed - header.length;
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> ArrayFormat.NPY.read(folder.resolve("none")))
                .hasMessage(folder.resolve("none") + ": no such file: expected an array: found nothing");
        assertThatThrownBy(() -> ArrayFormat.NPY.read(folder))
                .hasMessage(folder + ": not a file: expected an array: found a folder");
    }

    private Path write(byte[] bytes) {
        return ArrayFixture.write(folder.resolve("array"), bytes);
    }

    private StoredArray read(byte[] npy) {
        return ArrayFormat.NPY.read(write(npy));
    }

    private double[] numbers(byte[] npy) {
        return numbers(read(npy));
    }

    private static double[] numbers(StoredArray array) {
        return IntStream.range(0, array.size()).mapToDouble(array::number).toArray();
    }

    private List<String> texts(byte[] npy) {
        StoredArray array = read(npy);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(array.text(i));
        }
        return texts;
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putLong);
        return bytes.array();
    }

    private static double[] doubles(long... values) {
        return Arrays.stream(values).mapToDouble(value -> value).toArray();
    }
}
