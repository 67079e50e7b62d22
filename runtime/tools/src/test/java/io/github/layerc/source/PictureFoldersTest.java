package io.github.layerc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.files.DataErrors;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.pictures.image.PictureFixture;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PictureFoldersTest {
    private static final String WAYS =
            "a folder with train_catvnoncat.h5 and test_catvnoncat.h5; or <class>/*.jpg, .jpeg, .png or .gif;"
                    + " or train/<class>/* and test/<class>/*; or train-images-idx3-ubyte and train-labels-idx1-ubyte, .gz or not;"
                    + " or x_train.npy and y_train.npy, or x.npy and y.npy; or a file .npz, .h5, .hdf5";

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    /** Pictures of a class are of one level of grey, and of other levels than those of the others: 100 label + number. */
    private void draw(String name, int label, int count) {
        for (int i = 0; i < count; i++) {
            int grey = 100 * label + i;
            PictureFixture.write(folder.resolve(name).resolve("p" + (10 + i) + ".png"), new Color(grey, grey, grey));
        }
    }

    @Test
    void readsAFolderForEachClass() {
        draw("zebra", 1, 11);
        draw("Ant", 0, 4);
        TrainingSet pictures = read(network(1, 2, 2, 3));

        assertThat(pictures.facts())
                .containsExactly(
                        "number of training samples: 12",
                        "number of test samples: 3",
                        "size of a picture: (2, 2, 3)",
                        "train_set_x: (12, 2, 2, 3)",
                        "train_set_y: (12, 1)",
                        "test_set_x: (3, 2, 2, 3)",
                        "test_set_y: (3, 1)",
                        "classes: 0 = Ant, 1 = zebra");
        assertThat(notes).containsExactly("test set: 3 of 15 pictures, a fifth of each class, drawn with seed 1");
        assertThat(labels(pictures.train())).containsExactly(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(labels(pictures.test())).containsExactly(0, 1, 1);
        List<Integer> all = new ArrayList<>(numbers(pictures.train()));
        all.addAll(numbers(pictures.test()));
        assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110);
        assertThat(numbers(pictures.train())).isSorted();
        // the same fifth again
        assertThat(numbers(read(network(1, 2, 2, 3)).test())).isEqualTo(numbers(pictures.test()));
    }

    @Test
    void readsFoldersForTrainAndTest() {
        draw("train/a", 0, 2);
        draw("train/b", 1, 1);
        draw("test/a", 0, 1);
        draw("test/b", 1, 3);
        TrainingSet pictures = read(network(2, 1, 1, 1));

        assertThat(notes).isEmpty();
        assertThat(numbers(pictures.train())).containsExactly(0, 1, 100);
        assertThat(numbers(pictures.test())).containsExactly(0, 100, 101, 102);
        assertThat(pictures.classes()).containsExactly("a", "b");
        assertThat(pictures.train().target(2, 0)).isZero();
        assertThat(pictures.train().target(2, 1)).isEqualTo(1);
    }

    @Test
    void readsThreeClassesInGrey() {
        draw("a", 0, 2);
        draw("b", 1, 2);
        draw("c", 2, 2);
        TrainingSet pictures = read(network(3, 2, 3));

        assertThat(pictures.shape()).containsExactly(2, 3, 1);
        assertThat(labels(pictures.train())).containsExactly(0, 1, 2);
        assertThat(pictures.train().outputs()).isEqualTo(3);
        assertThat(pictures.facts()).endsWith("classes: 0 = a, 1 = b, 2 = c");
    }

    @Test
    void skipsWhatIsNoPictureAndFollowsLinks() throws IOException {
        draw("a", 0, 3);
        draw("b", 1, 2);
        Path elsewhere = PictureFixture.write(folder.resolve("b/elsewhere/original"), new byte[0]);
        Files.delete(elsewhere);
        PictureFixture.write(folder.resolve("b/elsewhere/x.png"), new Color(199, 199, 199));
        Files.createSymbolicLink(folder.resolve("b/linked.JPG"), folder.resolve("b/elsewhere/x.png"));
        Files.createSymbolicLink(folder.resolve("c"), folder.resolve("a"));
        PictureFixture.write(folder.resolve("a/notes.txt"), new byte[] {1});
        PictureFixture.write(folder.resolve("a/.hidden.png"), new byte[] {1});
        PictureFixture.write(folder.resolve(".git/x.png"), new byte[] {1});
        PictureFixture.write(folder.resolve("README"), new byte[] {1});
        TrainingSet pictures = read(network(3, 1, 1, 1));

        assertThat(notes)
                .startsWith("skipped: 7 files or folders that are no pictures (.jpg, .jpeg, .png, .gif)")
                .hasSize(2);
        List<Integer> all = new ArrayList<>(numbers(pictures.train()));
        all.addAll(numbers(pictures.test()));
        assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 100, 101, 199, 0, 1, 2);
        assertThat(pictures.classes()).containsExactly("a", "b", "c");
    }

    @Test
    void countsWhatLiesBesideTrainAndTest() {
        for (String name : List.of("train/a", "train/b", "test/a", "test/b")) {
            draw(name, 0, 1);
        }
        PictureFixture.write(folder.resolve("README"), new byte[] {1});
        read(network(1, 1, 1, 1));
        assertThat(notes).containsExactly("skipped: 1 file or folder that is no picture (.jpg, .jpeg, .png, .gif)");
    }

    @Test
    void printsTheFirstOfManyClasses() {
        for (int c = 10; c < 35; c++) {
            draw("c" + c, 0, 2);
        }
        assertThat(read(network(25, 1, 1, 1)).facts())
                .last()
                .asString()
                .startsWith("classes: 0 = c10, 1 = c11, ")
                .endsWith(", 19 = c29, ... and 5 more");
    }

    @Test
    void makesNamesOfClassesPrintable() {
        draw("a\nb\u001b[31m", 0, 2);
        draw("z", 1, 2);
        TrainingSet pictures = read(network(1, 1, 1, 1));
        assertThat(pictures.classes()).containsExactly("a\nb\u001b[31m", "z");
        assertThat(pictures.facts()).endsWith("classes: 0 = a\\u000ab\\u001b[31m, 1 = z");
    }

    @Test
    void readsTheHdfPairForNetworksOfOneOrTwoOutputs() {
        HdfFixture.pictures("train", 6).write(folder.resolve("train_catvnoncat.h5"));
        HdfFixture.pictures("test", 3).write(folder.resolve("test_catvnoncat.h5"));
        assertThat(read(network(1, 4, 5, 3)).train().outputs()).isEqualTo(1);
        assertThat(read(network(2, 4, 5, 3)).train().outputs()).isEqualTo(2);
    }

    /** What a folder is to be, in the words of a test: files, a slash at the end for a folder, count pictures where a number is. */
    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(List<String> files, Network network, String message) throws IOException {
        for (String file : files) {
            Path path = folder.resolve(file);
            if (file.endsWith("/")) {
                Files.createDirectories(path);
            } else if (file.endsWith(".png")) {
                PictureFixture.write(path, Color.RED);
            } else {
                PictureFixture.write(path, new byte[] {1});
            }
        }
        assertThatThrownBy(() -> read(network))
                .isInstanceOf(DataException.class)
                .hasMessage(message.replace("FOLDER", folder.toString()));
    }

    static Stream<Arguments> refusesInOneLine() {
        Network two = network(1, 1, 1, 1);
        return Stream.of(
                Arguments.of(
                        List.of(), two, "FOLDER: no data for a training: expected " + WAYS + ": found an empty folder"),
                Arguments.of(
                        List.of("a.png", "b/", "c.txt", "d/e/", "f", "g", "h"),
                        two,
                        "FOLDER: no data for a training: expected " + WAYS
                                + ": found a.png, b/ (empty), c.txt, d/, f, ... and 2 more"),
                Arguments.of(
                        List.of("a/1.png", "train_catvnoncat.h5"),
                        two,
                        "FOLDER: data in several ways: expected one of them"
                                + ": found train_catvnoncat.h5 and test_catvnoncat.h5 beside <class>/*.jpg, .jpeg, .png or .gif"),
                Arguments.of(
                        List.of("a/1.png", "train/a/1.png"),
                        two,
                        "FOLDER: data in several ways: expected one of them"
                                + ": found <class>/*.jpg, .jpeg, .png or .gif beside train/<class>/* and test/<class>/*"),
                Arguments.of(
                        List.of("a/1.png", "a/2.png"),
                        two,
                        "FOLDER: too few classes: expected two or more folders, one for each class: found [a]"),
                Arguments.of(
                        List.of("a/1.png", "a/2.png", "b/x.txt"),
                        two,
                        "FOLDER/b: class without pictures: expected .jpg, .jpeg, .png or .gif files: found x.txt"),
                Arguments.of(
                        List.of("a/1.png", "a/2.png", "b/1.png"),
                        two,
                        "FOLDER/b: too few pictures: expected two or more, of which a fifth is for the test: found 1"),
                Arguments.of(
                        List.of("train/a/1.png", "train/b/1.png"),
                        two,
                        "FOLDER/test: no such folder: expected folders of pictures, one for each class: found nothing"),
                Arguments.of(
                        List.of("train/a/1.png", "train/b/1.png", "test/a/1.png", "test/c/1.png"),
                        two,
                        "FOLDER/test: classes must be those of train: expected [a, b]: found [a, c]"),
                Arguments.of(
                        List.of("train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/"),
                        two,
                        "FOLDER/test/b: class without pictures: expected .jpg, .jpeg, .png or .gif files: found an empty folder"),
                Arguments.of(
                        List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png"),
                        network(3, 1, 1, 1),
                        "FOLDER: classes do not fit network Net: expected 1 or 2 outputs for 2 classes: found 3"),
                Arguments.of(
                        List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png", "c/1.png", "c/2.png"),
                        two,
                        "FOLDER: classes do not fit network Net: expected 3 outputs for 3 classes: found 1"),
                Arguments.of(
                        List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png"),
                        network(1, 48),
                        "FOLDER: network Net takes no pictures: expected input shape (height, width, 3),"
                                + " (height, width, 1) or (height, width): found [48]"));
    }

    @Test
    void namesAFolderThatIsNone() {
        Path missing = folder.resolve("none");
        assertThatThrownBy(() -> DataSources.find(missing))
                .hasMessage(missing + ": no such data: expected " + WAYS + ": found nothing");
        Path file = PictureFixture.write(folder.resolve("file"), new byte[0]);
        assertThatThrownBy(() -> DataSources.find(file))
                .hasMessage(file + ": no data for a training: expected " + WAYS + ": found another file");
        Path table = PictureFixture.write(folder.resolve("a.csv"), new byte[0]);
        assertThatThrownBy(() -> DataSources.find(table))
                .hasMessage(table + ": no data for a training: expected " + WAYS
                        + ": found a table, for a spec with input.columns");
    }

    @Test
    void namesAllPicturesThatCannotBeRead() {
        draw("a", 0, 3);
        draw("b", 1, 3);
        PictureFixture.write(folder.resolve("a/p10.png"), new byte[0]);
        PictureFixture.write(folder.resolve("b/p11.png"), new byte[] {'h', 'i'});
        assertThatThrownBy(() -> read(network(1, 1, 1, 1)))
                .isInstanceOf(DataErrors.class)
                .message()
                .hasLineCount(3)
                .contains("a/p10.png: empty file", "b/p11.png: not a picture", "2 errors in " + folder);
    }

    private TrainingSet read(Network network) {
        notes.clear();
        DataSource source = DataSources.find(folder);
        assertThat(source.description()).isEqualTo(folder.toString());
        source.requireFits(network);
        return source.read(network, notes::add);
    }

    private static Network network(int outputs, Integer... shape) {
        Network.Builder builder = Network.builder("", "Net").input(new Input(List.of(shape), Scale.ONE));
        return outputs == 1
                ? builder.layer(1, Activation.SIGMOID).build()
                : builder.layer(outputs, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build();
    }

    private static List<Integer> labels(Dataset data) {
        List<Integer> labels = new ArrayList<>();
        for (int s = 0; s < data.count(); s++) {
            int label = 0;
            while (data.outputs() == 1 ? label < data.target(s, 0) : data.target(s, label) == 0) {
                label++;
            }
            labels.add(label);
        }
        return labels;
    }

    private static List<Integer> numbers(Dataset data) {
        List<Integer> numbers = new ArrayList<>();
        for (int s = 0; s < data.count(); s++) {
            numbers.add((int) data.sample(s, 0));
        }
        return numbers;
    }
}
