package io.github.layerc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.hdf5.HdfFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of HDF5 that other libraries write: each is read rightly, or refused in one line. */
final class HdfKindsTest {
    @TempDir
    private Path folder;

    private Path train;

    @BeforeEach
    void validTestFile() {
        train = folder.resolve(PictureFiles.TRAIN_FILE);
        HdfFixture.pictures("test", 3).write(folder.resolve(PictureFiles.TEST_FILE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fletcher32",
                "fletcher32-odd",
                "fletcher32-labels",
                "bits-labels-big-endian",
                "user-block-512",
                "user-block-2048",
                "compact",
                "chunks-v3",
                "chunks-v4-btree",
                "chunks-v4-extensible",
                "chunks-v4-implicit",
                "mask",
                "labels-big-endian",
                "classes-variable",
                "no-classes"
            })
    void readsRightly(String kind) throws IOException {
        copy(kind);
        PictureSet pictures = PictureFiles.read(folder);
        requireFixture(pictures.train(), 256);
        assertThat(pictures.classes()).containsExactly("non-cat", "cat");
    }

    /** Four bits of each byte, from the third on. */
    @Test
    void readsPicturesThatFillSomeBits() throws IOException {
        copy("bits-pictures");
        requireFixture(PictureFiles.read(folder).train(), 16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fill-value | train_set_x: values were never written: expected a chunk at (2, 0, 0, 0): found none",
                "unwritten | train_set_x: values were never written: expected (6, 4, 5, 3) values: found none",
                "unwritten-chunks | train_set_x: values were never written: expected a chunk at (0, 0, 0, 0): found none",
                "huge | train_set_x: values were never written: expected a chunk at (0, 0, 0, 0): found none",
                "chunk-too-short | train_set_x: wrong size of the chunk at (0, 0, 0, 0): expected 60 bytes: found at most 30",
                "chunk-too-long | train_set_x: wrong size of the chunk at (0, 0, 0, 0): expected at most 64 bytes: "
                        + "found more deflated ones",
                "lzf | train_set_x: unsupported filter: expected only deflate, shuffle or fletcher32: found lzf (number 32000)",
                "szip | train_set_x: unsupported filter: expected only deflate, shuffle or fletcher32: found szip (number 4)",
                "nbit | train_set_y: unsupported filter: expected only deflate, shuffle or fletcher32: found nbit (number 5)",
                "scaleoffset | train_set_x: unsupported filter: expected only deflate, shuffle or fletcher32: "
                        + "found scaleoffset (number 6)",
                "unfiltered-edge | train_set_y: unsupported chunk at (0): expected a filter that tells whether it was used at "
                        + "the edge, deflate or fletcher32: found shuffle alone",
                "virtual | damaged or unsupported HDF5: expected a file that jhdf can read: "
                        + "found UnsupportedHdfException: Virtual storage is not supported",
                "external | damaged or unsupported HDF5: expected a file that jhdf can read: found UnsupportedHdfException: "
                        + "Encountered External Data Files Message, this is not supported by jHDF",
                "committed | train_set_x: unsupported type: expected a type of its own: "
                        + "found a committed one, or another shared part",
                "soft-link | train_set_x must be a dataset: expected a dataset of this file: found a link to /train_set_x",
                "external-link | train_set_x must be a dataset: expected a dataset of this file: found a link to other.h5:/x",
                "group | train_set_x must be a dataset: expected a dataset of this file: found group",
                "labels-bool | train_set_y: wrong type: expected int64: found enum",
                "labels-float16 | train_set_y: wrong type: expected int64: found float16",
                "labels-uint64 | train_set_y: unknown class of sample 1: expected 0 or 1: found 18446744073709551616",
                "labels-null | train_set_y: wrong shape: expected (samples) or (samples, 1): found ()",
                "classes-latin1 | list_classes: damaged text: expected the encoding that the file names: found \ufffd"
            })
    void refuses(String kind, String message) throws IOException {
        copy(kind);
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(train + ": " + message);
    }

    @Test
    void namesClassesByTheirNumbersWhereNoFileNamesThem() throws IOException {
        HdfFixture.pictures("train", 6).without("list_classes").write(train);
        assertThat(PictureFiles.read(folder).classes()).containsExactly("non-cat", "cat");

        HdfFixture.pictures("test", 3).without("list_classes").write(folder.resolve(PictureFiles.TEST_FILE));
        assertThat(PictureFiles.read(folder).classes()).containsExactly("0", "1");

        HdfFixture.pictures("train", 6).write(train);
        assertThat(PictureFiles.read(folder).classes()).containsExactly("non-cat", "cat");
    }

    @Test
    void printsNoControlCharacters() throws IOException {
        copy("control-characters");
        HdfFixture.pictures("test", 3).without("list_classes").write(folder.resolve(PictureFiles.TEST_FILE));
        assertThat(PictureFiles.read(folder).facts())
                .contains("classes: 0 = a\\u001b[31m\\u000ab, 1 = \\u202ecat\\u2028\\u0085\\u007f");

        HdfFixture.pictures("test", 3).write(folder.resolve(PictureFiles.TEST_FILE));
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .hasMessageContaining("a\\u001b[31m b, \\u202ecat")
                .message()
                .matches("\\P{Cntrl}*");
    }

    /** Every byte of a checked chunk, and of its checksum, is checked. */
    @Test
    void refusesEveryFlippedByteOfACheckedChunk() throws IOException {
        byte[] whole = copy("fletcher32");
        int chunkAt = indexOf(whole, HdfFixture.pixels(1)[0]);
        for (int i = chunkAt; i < chunkAt + 64; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(train, damaged);
            assertThatThrownBy(() -> PictureFiles.read(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("train_set_x: damaged chunk at (0, 0, 0, 0): expected fletcher32 checksum ");
        }
    }

    /** Whatever is damaged, nothing but one printable line comes out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunks-v3",
                "chunks-v4-btree",
                "chunks-v4-implicit",
                "compact",
                "classes-variable",
                "user-block-512"
            })
    void readsOrRefusesDamagedFiles(String kind) throws IOException {
        byte[] whole = copy(kind);
        Random random = new Random(kind.hashCode());
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j <= i % 3; j++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(train, damaged);
            try {
                PictureFiles.read(folder);
            } catch (DataException e) {
                assertThat(e).message().startsWith(folder.toString()).matches("\\P{Cntrl}*");
            }
        }
    }

    @Test
    void refusesTruncatedFilesWithAUserBlock() throws IOException {
        byte[] whole = copy("user-block-512");
        for (int length = 520; length < whole.length; length += 7) {
            Files.write(train, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PictureFiles.read(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("truncated HDF5 file");
        }
    }

    /** The size of the values is told twice: by the shape and by the place where they lie. */
    @Test
    void refusesAShapeThatDoesNotFitTheStoredValues() throws IOException {
        byte[] damaged = copy("no-classes");
        ByteBuffer longs = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < damaged.length - 32; at += 8) {
            boolean shape = longs.getLong(at) == 6 && longs.getLong(at + 8) == 4 && longs.getLong(at + 16) == 5;
            if (shape && longs.getLong(at + 24) == 3) {
                longs.putLong(at + 24, 2);
            }
        }
        Files.write(train, damaged);
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .hasMessage(train + ": train_set_x: damaged values: expected 240 bytes: found 360");
    }

    private byte[] copy(String kind) throws IOException {
        try (InputStream in = HdfKindsTest.class.getResourceAsStream("/hdf/" + kind + ".h5")) {
            Files.copy(in, train, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.readAllBytes(train);
    }

    private static int indexOf(byte[] whole, byte[][][] picture) {
        for (int at = 0; at < whole.length - 60; at++) {
            int same = 0;
            while (same < 60 && whole[at + same] == picture[same / 15][same / 3 % 5][same % 3]) {
                same++;
            }
            if (same == 60) {
                return at;
            }
        }
        throw new AssertionError("no picture in the file");
    }

    private static void requireFixture(Dataset data, int modulus) {
        assertThat(data.count()).isEqualTo(6);
        for (int i = 0; i < 360; i++) {
            assertThat(data.sample(i / 60, i % 60)).isEqualTo(7 * i % 256 % modulus);
        }
        for (int s = 0; s < 6; s++) {
            assertThat(data.target(s, 0)).isEqualTo(s % 2);
        }
    }
}
