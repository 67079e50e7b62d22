package io.github.layerc.source;

import static io.github.layerc.array.ArrayFixture.gzip;
import static io.github.layerc.array.ArrayFixture.header;
import static io.github.layerc.array.ArrayFixture.idx;
import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.npz;
import static io.github.layerc.array.ArrayFixture.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.array.ArrayFixture;
import io.github.layerc.data.Dataset;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TargetRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArraySourceTest {
    static final byte[] X = npy("<f4", "(4, 2)", 1, 2, 3, 4, 5, 6, 7, 8);
    static final byte[] Y = npy("<i8", "(4,)", 0, 1, 1, 0);
    static final byte[] ONE = npy("<f4", "(1, 2)", 9, 10);

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    static Network classes(int outputs, Integer... shape) {
        return Network.builder("", "Net")
                .input(new Input(List.of(shape), Scale.ONE))
                .layer(outputs, outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX)
                .loss(outputs == 1 ? Loss.BINARY_CROSS_ENTROPY : Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
    }

    static Network regression(int outputs, Loss loss) {
        return Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(outputs, loss.usualOutput())
                .loss(loss)
                .build();
    }

    /** As MNIST is downloaded: packed or not, with a dash or a dot. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "."})
    void readsTheFilesOfMnist(String mark) {
        int[] pixels = IntStream.range(0, 12).map(i -> 255 - i).toArray();
        write("train-images" + mark + "idx3-ubyte.gz", gzip(idx(new int[] {3, 2, 2}, pixels)));
        write("train-labels" + mark + "idx1-ubyte", idx(new int[] {3}, 0, 1, 2));
        write("t10k-images" + mark + "idx3-ubyte", idx(new int[] {1, 2, 2}, 1, 2, 3, 4));
        write("t10k-labels" + mark + "idx1-ubyte.gz", gzip(idx(new int[] {1}, 2)));
        for (Network network : List.of(classes(3, 2, 2), classes(3, 2, 2, 1), classes(3, 4))) {
            TrainingSet set = read(folder, network);
            assertThat(set.arePictures()).isTrue();
            assertThat(set.facts())
                    .containsExactly(
                            "number of training samples: 3",
                            "number of test samples: 1",
                            "size of a picture: (2, 2, 1)",
                            "train_set_x: (3, 2, 2, 1)",
                            "train_set_y: (3, 3)",
                            "test_set_x: (1, 2, 2, 1)",
                            "test_set_y: (1, 3)",
                            "classes: 0 = 0, 1 = 1, 2 = 2");
            assertThat(set.train().bound()).isEqualTo(255);
            assertThat(set.train().sample(2, 3)).isEqualTo(244);
            assertThat(set.test().sample(0, 0)).isEqualTo(1);
            assertThat(labels(set.train())).containsExactly(0, 1, 2);
            assertThat(labels(set.test())).containsExactly(2);
            assertThat(notes).isEmpty();
        }
    }

    /** Of each class, and the same fifth again. */
    @Test
    void keepsAFifthForATestWhereThereIsNone() {
        int[] labels = IntStream.range(0, 20).map(i -> i % 4 == 0 ? 1 : 0).toArray();
        write(
                "train-images-idx3-ubyte",
                idx(new int[] {20, 1, 1}, IntStream.range(0, 20).toArray()));
        write("train-labels-idx1-ubyte", idx(new int[] {20}, labels));
        TrainingSet set = read(folder, classes(1, 1, 1));
        assertThat(notes).containsExactly("test set: 4 of 20 samples, a fifth of each class, drawn with seed 1");
        assertThat(labels(set.test())).containsExactlyInAnyOrder(0, 0, 0, 1);
        List<Integer> all = new ArrayList<>();
        for (Dataset part : List.of(set.train(), set.test())) {
            for (int s = 0; s < part.count(); s++) {
                all.add((int) part.sample(s, 0));
                assertThat(labels(part).get(s)).isEqualTo(part.sample(s, 0) % 4 == 0 ? 1 : 0);
            }
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).boxed().toList());
        assertThat(samples(read(folder, classes(1, 1, 1)).test())).isEqualTo(samples(set.test()));
    }

    @ParameterizedTest
    @MethodSource
    void readsArraysOfTheseNames(List<String> names) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        List<byte[]> contents = List.of(X, Y, ONE, npy("<i8", "(1,)", 1));
        for (int i = 0; i < names.size(); i++) {
            arrays.put(names.get(i), contents.get(i));
        }
        Path file = write("a.npz", npz(true, arrays));
        arrays.forEach((name, array) -> write("npy/" + name + ".npy", array));
        HdfFixture hdf = new HdfFixture()
                .with(names.get(0), new float[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}})
                .with(names.get(1), new long[] {0, 1, 1, 0});
        if (names.size() == 4) {
            hdf.with(names.get(2), new float[][] {{9, 10}}).with(names.get(3), new long[] {1});
        }
        for (Path path : List.of(file, folder.resolve("npy"), hdf.write(folder.resolve("a.h5")))) {
            TrainingSet set = read(path, classes(1, 2));
            assertThat(set.arePictures()).isFalse();
            assertThat(set.shape()).containsExactly(2);
            assertThat(set.classes()).containsExactly("0", "1");
            if (names.size() == 4) {
                assertThat(samples(set.train())).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
                assertThat(labels(set.train())).containsExactly(0, 1, 1, 0);
                assertThat(samples(set.test())).containsExactly(9.0, 10.0);
                assertThat(labels(set.test())).containsExactly(1);
            } else {
                assertThat(set.train().count()).isEqualTo(2);
                assertThat(labels(set.test())).containsExactlyInAnyOrder(0, 1);
            }
        }
    }

    static Stream<List<String>> readsArraysOfTheseNames() {
        return Stream.of(
                List.of("x_train", "y_train", "x_test", "y_test"),
                List.of("X_train", "y_train", "X_test", "y_test"),
                List.of("train_x", "train_y", "test_x", "test_y"),
                List.of("train_images", "train_labels", "test_images", "test_labels"),
                List.of("x_train", "y_train"),
                List.of("x", "y"),
                List.of("X", "y"),
                List.of("data", "target"),
                List.of("arr_0", "arr_1"));
    }

    @ParameterizedTest
    @MethodSource
    void readsLabels(byte[] labels, List<String> names, List<Integer> numbers) {
        int classes = names.size();
        Path file = write("a.npz", npz(false, Map.of("x_train", X, "y_train", labels, "x_test", X, "y_test", labels)));
        TrainingSet set = read(file, classes(classes == 2 ? 1 : classes, 2));
        assertThat(set.classes()).containsExactlyElementsOf(names);
        assertThat(labels(set.train())).containsExactlyElementsOf(numbers);
        assertThat(labels(set.test())).containsExactlyElementsOf(numbers);
    }

    static Stream<Arguments> readsLabels() {
        List<Integer> mixed = List.of(1, 0, 0, 1);
        List<String> oneTwo = List.of("1", "2");
        return Stream.of(
                Arguments.of(npy("<i8", "(4,)", 2, 1, 1, 2), oneTwo, mixed),
                Arguments.of(npy("|u1", "(4, 1)", 2, 1, 1, 2), oneTwo, mixed),
                Arguments.of(npy(">i4", "(1, 4)", 2, 1, 1, 2), oneTwo, mixed),
                Arguments.of(npy("<f4", "(4,)", 2, 1, 1, 2), oneTwo, mixed),
                Arguments.of(
                        npy("<f8", "(4,)", -0.0, 0, -3, 1e15),
                        List.of("-3", "0", "1000000000000000"),
                        List.of(1, 1, 0, 2)),
                Arguments.of(
                        npy("<i2", "(4,)", 100, -100, 20, 3), List.of("-100", "3", "20", "100"), List.of(3, 0, 2, 1)),
                Arguments.of(npy("|b1", "(4,)", 1, 0, 0, 1), List.of("false", "true"), mixed),
                Arguments.of(strings("cat", "Ant", "Ant", "cat"), List.of("Ant", "cat"), mixed),
                // by characters, not by their halves in UTF-16: U+FF5E is before U+1F600
                Arguments.of(
                        strings("\ud83d\ude00", "\uff5e", "\uff5e", "\ud83d\ude00"),
                        List.of("\uff5e", "\ud83d\ude00"),
                        mixed),
                Arguments.of(
                        npy(1, header("|S2", false, "(4, 1)"), "b\0a\0a\0b\0".getBytes(StandardCharsets.US_ASCII)),
                        List.of("a", "b"),
                        mixed),
                Arguments.of(npy("<f4", "(4, 2)", 0, 1, 1, 0, 1, 0, 0, 1), List.of("0", "1"), mixed),
                Arguments.of(
                        npy("|b1", "(4, 3)", 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0),
                        List.of("0", "1", "2"),
                        List.of(1, 2, 0, 1)),
                Arguments.of(
                        npy(1, header("|u1", true, "(4, 2)"), new byte[] {0, 1, 1, 0, 1, 0, 0, 1}),
                        List.of("0", "1"),
                        mixed));
    }

    @Test
    void readsLabelsOfHdf() {
        Path file = new HdfFixture()
                .with("x_train", new double[][] {{1, 2}, {3, 4}})
                .with("y_train", new String[] {"b", "a"})
                .with("x_test", new double[][] {{5, 6}})
                .with("y_test", new String[] {"a"})
                .write(folder.resolve("any"));
        TrainingSet set = read(file, classes(1, 2));
        assertThat(set.classes()).containsExactly("a", "b");
        assertThat(labels(set.train())).containsExactly(1, 0);
        assertThat(labels(set.test())).containsExactly(0);
    }

    @Test
    void readsTargetsOfARegression() {
        for (String shape : List.of("(4,)", "(4, 1)", "(1, 4)")) {
            Path file = write("a.npz", npz(true, Map.of("x", X, "y", npy("<f8", shape, 0.5, -1, 2, 1e9))));
            TrainingSet set = read(file, regression(1, Loss.MEAN_SQUARED_ERROR));
            assertThat(set.classes()).isEmpty();
            assertThat(notes).containsExactly("test set: 1 of 4 samples, a fifth, drawn with seed 1");
            List<Double> targets = new ArrayList<>();
            for (Dataset part : List.of(set.train(), set.test())) {
                IntStream.range(0, part.count()).forEach(s -> targets.add(part.target(s, 0)));
            }
            assertThat(targets).containsExactlyInAnyOrder(0.5, -1.0, 2.0, 1e9);
        }
        byte[] two = npy("<i4", "(4, 2)", 1, 2, 3, 4, 5, 6, 7, 8);
        Path file = write("a.npz", npz(true, Map.of("x_train", X, "y_train", two, "x_test", X, "y_test", two)));
        TrainingSet set = read(file, regression(2, Loss.MEAN_SQUARED_ERROR));
        assertThat(set.train().target(3, 1)).isEqualTo(8);
        assertThat(set.facts()).contains("train_set_y: (4, 2)").noneMatch(line -> line.startsWith("classes"));
    }

    /** By the names of classes, whatever their type was in the training. */
    @ParameterizedTest
    @MethodSource
    void readsSamplesToValidateWith(byte[] labels, List<String> names, List<Integer> numbers) {
        Path file = write("a.npz", npz(true, Map.of("x", X, "y", labels)));
        write("npy/x.npy", X);
        write("npy/y.npy", labels);
        for (Path path : List.of(file, folder.resolve("npy"))) {
            Dataset samples = DataSources.validation(path, names, classes(3, 2));
            assertThat(labels(samples)).containsExactlyElementsOf(numbers);
            assertThat(samples(samples)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        }
    }

    static Stream<Arguments> readsSamplesToValidateWith() {
        return Stream.of(
                Arguments.of(npy("<i8", "(4,)", 5, 1, 1, 5), List.of("0", "1", "5"), List.of(2, 1, 1, 2)),
                Arguments.of(npy("|b1", "(4,)", 1, 1, 0, 0), List.of("false", "true", "x"), List.of(1, 1, 0, 0)),
                Arguments.of(strings("b", "c", "c", "a"), List.of("a", "b", "c"), List.of(1, 2, 2, 0)),
                Arguments.of(
                        npy("|u1", "(4, 3)", 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0),
                        List.of("0", "1", "2"),
                        List.of(2, 1, 0, 0)));
    }

    @Test
    void readsNumbersAndTheNotebooksFilesToValidateWith() {
        Path file = write("a.npz", npz(true, Map.of("x", X, "y", npy("<f4", "(4,)", 0.5, 1, 2, 3))));
        Dataset samples = DataSources.validation(file, List.of(), regression(1, Loss.MEAN_SQUARED_ERROR));
        assertThat(samples.target(0, 0)).isEqualTo(0.5);
        Path notebook = HdfFixture.pictures("test", 3).write(folder.resolve("test.h5"));
        assertThat(labels(DataSources.validation(notebook, List.of("a", "b"), classes(1, 4, 5, 3))))
                .containsExactly(0, 1, 0);
    }

    @Test
    void refusesSamplesToValidateWith() {
        Path file = write("a.npz", npz(true, Map.of("x", X, "y", npy("<i8", "(4,)", 0, 1, 7, 1))));
        assertThatThrownBy(() -> DataSources.validation(file, List.of("0", "1"), classes(1, 2)))
                .hasMessage(file + ": y: label that no sample of the training has in row 2 (from 0 on):"
                        + " expected one of 2 classes: found 7");
        Path strings =
                write("b.npz", npz(true, Map.of("x", X, "y", npy(1, header("<U1", false, "(4, 2)"), new byte[32]))));
        assertThatThrownBy(() -> DataSources.validation(strings, List.of("0", "1"), classes(1, 2)))
                .hasMessage(strings + ": y: wrong type: expected numbers or booleans: found string");
        Path none = folder.resolve("none.h5");
        assertThatThrownBy(() -> DataSources.validation(none, List.of("0", "1"), classes(1, 2)))
                .hasMessage(none + ": no such file: expected an HDF5 file: found nothing");
    }

    private Path write(String name, byte[] bytes) {
        return ArrayFixture.write(folder.resolve(name), bytes);
    }

    private TrainingSet read(Path path, Network network) {
        notes.clear();
        DataSource source = DataSources.find(path);
        assertThat(source.description()).isEqualTo(path.toString());
        source.requireFits(network);
        return source.read(network, notes::add);
    }

    private static List<Integer> labels(Dataset data) {
        return IntStream.range(0, data.count())
                .mapToObj(s -> data.targetClass(s, TargetRule.SHARES))
                .toList();
    }

    private static List<Double> samples(Dataset data) {
        List<Double> samples = new ArrayList<>();
        for (int i = 0; i < data.count() * data.features(); i++) {
            samples.add(data.sample(i / data.features(), i % data.features()));
        }
        return samples;
    }
}
