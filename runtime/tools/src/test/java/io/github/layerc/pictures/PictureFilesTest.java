package io.github.layerc.pictures;

import static io.github.layerc.pictures.PictureFiles.TEST_FILE;
import static io.github.layerc.pictures.PictureFiles.TRAIN_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PictureFilesTest {
    @TempDir
    private Path folder;

    private Path train;

    @BeforeEach
    void validFiles() {
        train = HdfFixture.pictures("train", 6).write(folder.resolve(TRAIN_FILE));
        HdfFixture.pictures("test", 3).write(folder.resolve(TEST_FILE));
    }

    @Test
    void readsSamplesAsTheyAreStored() {
        PictureSet pictures = PictureFiles.read(folder);

        assertThat(pictures.shape()).containsExactly(4, 5, 3);
        assertThat(pictures.classes()).containsExactly("non-cat", "cat");
        assertThat(pictures.test().count()).isEqualTo(3);
        requireFixture(pictures.train(), 6);
    }

    @Test
    void readsLabelsInAColumnOfAnyInteger() {
        HdfFixture.pictures("train", 6)
                .with("train_set_y", new int[][] {{0}, {1}, {0}, {1}, {0}, {1}})
                .write(train);

        requireFixture(PictureFiles.read(folder).train(), 6);
    }

    @ParameterizedTest
    @MethodSource
    void readsChunkedAndCompressedFiles(DatasetCreationOptions options) {
        HdfFixture.pictures("train", 6)
                .with("train_set_x", HdfFixture.pixels(6), options)
                .write(train);

        requireFixture(PictureFiles.read(folder).train(), 6);
    }

    static Stream<DatasetCreationOptions> readsChunkedAndCompressedFiles() {
        return Stream.of(
                DatasetCreationOptions.builder()
                        .unsigned()
                        .chunkDimensions(4, 3, 5, 2)
                        .build(),
                DatasetCreationOptions.builder()
                        .unsigned()
                        .chunkDimensions(1, 4, 5, 3)
                        .shuffle()
                        .deflate(6)
                        .build());
    }

    @Test
    void writesWhatItReads() {
        PictureSet pictures = PictureFiles.read(folder);
        Path copy = folder.resolve("made/copy");
        PictureFiles.write(copy, pictures, "a test");

        PictureSet read = PictureFiles.read(copy);
        requireFixture(read.train(), 6);
        requireFixture(read.test(), 3);
        assertThat(read.classes()).isEqualTo(pictures.classes());
    }

    @Test
    void tellsTheFacts() {
        assertThat(PictureFiles.read(folder).facts())
                .containsExactly(
                        "number of training samples: 6",
                        "number of test samples: 3",
                        "size of a picture: (4, 5, 3)",
                        "train_set_x: (6, 4, 5, 3)",
                        "train_set_y: (6, 1)",
                        "test_set_x: (3, 4, 5, 3)",
                        "test_set_y: (3, 1)",
                        "classes: 0 = non-cat, 1 = cat");
    }

    @Test
    void readsTheRealPictures() {
        PictureSet pictures = PictureFiles.read(RealPictures.folder());

        assertThat(pictures.facts())
                .contains(
                        "number of training samples: 209",
                        "number of test samples: 50",
                        "train_set_x: (209, 64, 64, 3)");
        double labels = 0;
        double values = 0;
        for (int s = 0; s < 209; s++) {
            labels += pictures.train().target(s, 0);
            for (int i = 0; i < 12288; i++) {
                values += pictures.train().sample(s, i);
            }
        }
        assertThat(labels).isEqualTo(72);
        assertThat(values).isEqualTo(264_542_077);
        assertThat(pictures.train().sample(0, 0)).isEqualTo(17);
        assertThat(pictures.train().sample(0, 1)).isEqualTo(31);
    }

    @Test
    void namesAMissingFolder() {
        Path missing = folder.resolve("nowhere");
        assertThatThrownBy(() -> PictureFiles.read(missing))
                .isInstanceOf(DataException.class)
                .hasMessage(missing + ": no such folder: expected a folder with train_catvnoncat.h5 and "
                        + "test_catvnoncat.h5: found nothing");
        assertThatThrownBy(() -> PictureFiles.read(train))
                .hasMessage(train + ": no such folder: expected a folder with train_catvnoncat.h5 and "
                        + "test_catvnoncat.h5: found a file");
    }

    @Test
    void namesAMissingFile() throws IOException {
        Path test = folder.resolve(TEST_FILE);
        Files.delete(test);
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(test + ": no such file: expected an HDF5 file: found nothing");
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoHdf5(String content, String found) throws IOException {
        Files.writeString(train, content, StandardCharsets.ISO_8859_1);
        requireRefused("not an HDF5 file: expected the HDF5 signature in front: found " + found);
    }

    static Stream<Arguments> refusesWhatIsNoHdf5() {
        return Stream.of(
                Arguments.of("", "an empty file"),
                Arguments.of(
                        "version https://git-lfs.github.com/spec/v1\noid sha256:1234\nsize 2572022\n",
                        "a Git LFS pointer: fetch the file itself with git lfs pull"),
                Arguments.of("\n<!DOCTYPE html>\n<html>404</html>", "an HTML page"),
                Arguments.of("<HTML>", "an HTML page"),
                Arguments.of("PK\u0003\u0004zip", "bytes 50 4b 03 04 7a 69 70"),
                Arguments.of("\u0089HDX\r\n\u001a\n and more", "bytes 89 48 44 58 0d 0a 1a 0a"));
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(train);
        for (int length = 1; length < whole.length; length++) {
            Files.write(train, Arrays.copyOf(whole, length));
            String message = requireOneLine();
            assertThat(message).contains(length < 8 ? train.toString() : "truncated HDF5 file");
        }
    }

    @Test
    void refusesTruncatedRealFiles() throws IOException {
        byte[] whole = Files.readAllBytes(RealPictures.folder().resolve(TRAIN_FILE));
        for (int length = 1; length < whole.length; length += length < 4096 ? 37 : 100_003) {
            Files.write(train, Arrays.copyOf(whole, length));
            assertThat(requireOneLine()).contains("truncated HDF5 file");
        }
        Files.write(train, Arrays.copyOf(whole, whole.length - 1));
        requireRefused(
                "truncated HDF5 file: expected " + whole.length + " bytes: found " + (whole.length - 1) + " bytes");
    }

    /** A file whose superblock does not tell the truth, of a version that has no checksum: jhdf would read on behind the end. */
    @Test
    void refusesDataBehindTheEndOfTheFile() throws IOException {
        byte[] whole = Files.readAllBytes(RealPictures.folder().resolve(TRAIN_FILE));
        int endOfFileAt = 40;
        byte[] shorter = Arrays.copyOf(whole, whole.length - 10_000);
        ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putLong(endOfFileAt, shorter.length);
        Files.write(train, shorter);
        assertThat(requireOneLine()).contains("_set_", ": truncated HDF5 file", "found " + shorter.length + " bytes");
    }

    /** jhdf throws whatever it stumbles upon; none of it may escape as it is. */
    @Test
    void readsOrRefusesDamagedFiles() throws IOException {
        byte[] whole = Files.readAllBytes(train);
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j <= i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(train, damaged);
            try {
                PictureFiles.read(folder);
            } catch (DataException e) {
                assertThat(e).message().startsWith(folder.toString()).doesNotContain("\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatDoesNotMeetTheDescription(HdfFixture fixture, String message) {
        fixture.write(train);
        requireRefused(message);
    }

    static Stream<Arguments> refusesWhatDoesNotMeetTheDescription() {
        return Stream.of(
                Arguments.of(
                        valid().without("train_set_y"),
                        "missing dataset: expected train_set_y: found list_classes, train_set_x"),
                Arguments.of(new HdfFixture(), "missing dataset: expected train_set_x: found no datasets"),
                Arguments.of(
                        valid().with("train_set_x", HdfFixture.pixels(6)),
                        "train_set_x: wrong type: expected uint8: found int8"),
                Arguments.of(
                        valid().with("train_set_x", new int[6][4][5][3]),
                        "train_set_x: wrong type: expected uint8: found int32"),
                Arguments.of(
                        valid().unsigned("train_set_x", new short[6][4][5][3]),
                        "train_set_x: wrong type: expected uint8: found uint16"),
                Arguments.of(
                        valid().with("train_set_x", new float[6][4][5][3]),
                        "train_set_x: wrong type: expected uint8: found float32"),
                Arguments.of(
                        valid().with("train_set_x", new String[] {"a", "b"}),
                        "train_set_x: wrong shape: expected (samples, height, width, channels): found (2)"),
                Arguments.of(
                        valid().unsigned("train_set_x", new byte[6][60]),
                        "train_set_x: wrong shape: expected (samples, height, width, channels): found (6, 60)"),
                Arguments.of(
                        valid().with("train_set_y", new double[6]),
                        "train_set_y: wrong type: expected int64: found float64"),
                Arguments.of(
                        valid().with("train_set_y", new long[] {0, 1, 0, 1, 2, 1}),
                        "train_set_y: unknown class of sample 4: expected 0 or 1: found 2"),
                Arguments.of(
                        valid().with("train_set_y", new long[] {0, 1, 0, -1, 0, 1}),
                        "train_set_y: unknown class of sample 3: expected 0 or 1: found -1"),
                Arguments.of(
                        valid().with("train_set_y", new long[7]),
                        "train_set_y: a sample must have one label: expected 6 labels: found 7"),
                Arguments.of(
                        valid().with("train_set_y", new long[6][2]),
                        "train_set_y: wrong shape: expected (samples) or (samples, 1): found (6, 2)"),
                Arguments.of(
                        valid().with("train_set_y", 1L),
                        "train_set_y: wrong shape: expected (samples) or (samples, 1): found ()"),
                Arguments.of(
                        valid().with("list_classes", new String[] {"a", "b", "c"}),
                        "list_classes: wrong shape: expected (2): a name for each of the labels 0 and 1: found (3)"),
                Arguments.of(
                        valid().with("list_classes", new long[] {0, 1}),
                        "list_classes: wrong type: expected string: found int64"));
    }

    @Test
    void refusesTestPicturesOfAnotherSizeOrClass() {
        Path test = folder.resolve(TEST_FILE);
        HdfFixture.pictures("test", 3)
                .unsigned("test_set_x", new byte[3][5][4][3])
                .write(test);
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .hasMessage(test + ": test_set_x: pictures must have the size of those in train_catvnoncat.h5: "
                        + "expected [4, 5, 3]: found [5, 4, 3]");

        HdfFixture.pictures("test", 3)
                .with("list_classes", new String[] {"cat", "non-cat"})
                .write(test);
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .hasMessage(test + ": list_classes: classes must be those of train_catvnoncat.h5: "
                        + "expected [non-cat, cat]: found [cat, non-cat]");
    }

    @Test
    void refusesANetworkOfAnotherSize() {
        PictureSet pictures = PictureFiles.read(folder);
        assertThatThrownBy(() -> pictures.forNetwork(train, network(1, 64, 64, 3)))
                .isInstanceOf(DataException.class)
                .hasMessage(train + ": pictures do not fit network Net: expected 12288 values = 64x64x3: "
                        + "found 60 = 4x5x3");
        assertThatThrownBy(() -> pictures.forNetwork(train, network(3, 4, 5, 3)))
                .hasMessage(train + ": classes do not fit network Net: expected 1 or 2 outputs for 2 classes: found 3");
        assertThat(pictures.forNetwork(train, network(1, 4, 5, 3))).isEqualTo(pictures);
        assertThat(pictures.forNetwork(train, network(1, 60))).isEqualTo(pictures);

        PictureSet oneHot = pictures.forNetwork(train, network(2, 4, 5, 3));
        assertThat(oneHot.facts()).contains("train_set_y: (6, 2)", "test_set_y: (3, 2)");
        for (int s = 0; s < 6; s++) {
            assertThat(oneHot.train().target(s, 0)).isEqualTo(1 - s % 2);
            assertThat(oneHot.train().target(s, 1)).isEqualTo(s % 2);
        }
    }

    private static Network network(int outputs, Integer... shape) {
        return Network.builder("", "Net")
                .input(new Input(List.of(shape), Scale.ONE))
                .layer(outputs, Activation.SIGMOID)
                .build();
    }

    private static HdfFixture valid() {
        return HdfFixture.pictures("train", 6);
    }

    private void requireRefused(String message) {
        assertThatThrownBy(() -> PictureFiles.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(train + ": " + message);
    }

    private String requireOneLine() {
        try {
            PictureFiles.read(folder);
        } catch (DataException e) {
            assertThat(e)
                    .message()
                    .startsWith(train.toString())
                    .contains(": expected ", ": found ")
                    .doesNotContain("\n");
            return e.getMessage();
        }
        throw new AssertionError("the file was not refused");
    }

    private static void requireFixture(Dataset data, int count) {
        assertThat(data.count()).isEqualTo(count);
        assertThat(data.features()).isEqualTo(60);
        for (int i = 0; i < count * 60; i++) {
            assertThat(data.sample(i / 60, i % 60)).isEqualTo(7 * i % 256);
        }
        for (int s = 0; s < count; s++) {
            assertThat(data.target(s, 0)).isEqualTo(s % 2);
        }
    }
}
