package io.github.layerc.source;

import static io.github.layerc.array.ArrayFixture.gzip;
import static io.github.layerc.array.ArrayFixture.header;
import static io.github.layerc.array.ArrayFixture.idx;
import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.npz;
import static io.github.layerc.array.ArrayFixture.strings;
import static io.github.layerc.source.ArraySourceTest.ONE;
import static io.github.layerc.source.ArraySourceTest.X;
import static io.github.layerc.source.ArraySourceTest.Y;
import static io.github.layerc.source.ArraySourceTest.classes;
import static io.github.layerc.source.ArraySourceTest.regression;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.array.ArrayFixture;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with arrays, each in one line. What is wrong with their files, {@code StoredArrayTest} tells. */
final class BadArraysTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(Map<String, byte[]> arrays, Network network, String message) {
        Path file = write("a.npz", npz(true, new TreeMap<>(arrays)));
        assertThatThrownBy(() -> read(file, network)).message().isEqualTo(file + ": " + message);
    }

    static Stream<Arguments> refusesInOneLine() {
        Network two = classes(1, 2);
        Network mean = regression(1, Loss.MEAN_SQUARED_ERROR);
        byte[] nan = npy("<f4", "(4, 2)", 1, 2, 3, 4, 5, Double.NaN, 7, 8);
        byte[] infinite = npy("<f8", "(4, 2)", 1, 2, 3, Double.NEGATIVE_INFINITY, 5, 6, 7, 8);
        return Stream.of(
                Arguments.of(
                        Map.of("a", X, "b", Y),
                        two,
                        "no arrays of samples and labels: expected x_train and y_train; or X_train and y_train;"
                                + " or train_x and train_y; or train_images and train_labels; or x and y; or X and y;"
                                + " or data and target; or arr_0 and arr_1: found a, b"),
                Arguments.of(
                        Map.of(),
                        two,
                        "no arrays of samples and labels: expected x_train and y_train; or X_train and y_train;"
                                + " or train_x and train_y; or train_images and train_labels; or x and y; or X and y;"
                                + " or data and target; or arr_0 and arr_1: found no arrays"),
                Arguments.of(Map.of("x_train", X), two, "missing array: expected y_train: found x_train"),
                Arguments.of(Map.of("y", Y, "z", X), two, "missing array: expected x: found y, z"),
                Arguments.of(
                        Map.of("x_train", X, "y_train", Y, "x_test", X),
                        two,
                        "missing array: expected y_test: found x_test, x_train, y_train"),
                Arguments.of(
                        Map.of("x", X, "y", Y, "X", X),
                        two,
                        "samples of several names: expected one of them: found x and y; X and y"),
                Arguments.of(
                        Map.of("x", npy("<f4", "(2, 3)", 1, 2, 3, 4, 5, 6), "y", Y),
                        two,
                        "x: wrong shape for network Net: expected (samples, 2): found (2, 3)"),
                Arguments.of(
                        Map.of("x", npy("<f4", "(0, 2)"), "y", Y),
                        two,
                        "x: no samples: expected one or more: found (0, 2)"),
                Arguments.of(
                        Map.of("x", npy(1, header("<U1", false, "(4, 2)"), new byte[32]), "y", Y),
                        two,
                        "x: wrong type: expected numbers or booleans: found string"),
                Arguments.of(
                        Map.of("x", npy(1, header("|O", false, "(4, 2)"), new byte[9]), "y", Y),
                        two,
                        "x: array of objects of Python: expected numbers, booleans or strings: found "
                                + header("|O", false, "(4, 2)")),
                Arguments.of(
                        Map.of("x", nan, "y", Y),
                        two,
                        "x: no finite number in row 2, column 1 (from 0 on): expected finite numbers: found NaN"),
                Arguments.of(
                        Map.of("x_train", X, "y_train", Y, "x_test", infinite, "y_test", Y),
                        two,
                        "x_test: no finite number in row 1, column 1 (from 0 on): expected finite numbers: found -Infinity"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(3,)", 0, 1, 0)),
                        two,
                        "y: a sample must have one label: expected labels of 4 samples: found (3)"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(2, 2, 1)", 0, 1, 0, 1)),
                        two,
                        "y: wrong shape of labels: expected (samples), (samples, 1), (1, samples) or (samples, classes):"
                                + " found (2, 2, 1)"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4, 0)")),
                        two,
                        "y: no labels: expected (samples), (samples, 1), (1, samples) or (samples, classes): found (4, 0)"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4,)", 7, 7, 7, 7)),
                        two,
                        "y: one class only: expected labels of two or more classes: found 7"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4, 2)", 0, 1, 0, 1, 0, 1, 0, 1)),
                        two,
                        "y: one class only: expected labels of two or more classes: found 1"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<f8", "(4,)", 0, 1, 0.5, 1)),
                        two,
                        "y: label that is no whole number in row 2 (from 0 on):"
                                + " expected whole numbers, strings or booleans: found 0.5"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<f8", "(4,)", 0, 1, 0, Double.NaN)),
                        two,
                        "y: label that is no whole number in row 3 (from 0 on):"
                                + " expected whole numbers, strings or booleans: found NaN"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4,)", 0, 1, 2, 0)),
                        two,
                        "classes do not fit network Net: expected 3 outputs for 3 classes: found 1"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4,)", 0, 1, 0, 0)),
                        two,
                        "too few samples of class 1: expected two or more, of which a fifth is for the test: found 1"),
                Arguments.of(
                        Map.of("x_train", X, "y_train", Y, "x_test", X, "y_test", npy("<i8", "(4,)", 0, 1, 7, 1)),
                        two,
                        "y_test: label that no sample of the training has in row 2 (from 0 on):"
                                + " expected one of 2 classes: found 7"),
                Arguments.of(
                        Map.of(
                                "x_train",
                                X,
                                "y_train",
                                strings("a", "b", "a", "b"),
                                "x_test",
                                X,
                                "y_test",
                                strings("a", "b", "c", "b")),
                        two,
                        "y_test: label that no sample of the training has in row 2 (from 0 on):"
                                + " expected one of 2 classes: found c"),
                Arguments.of(
                        Map.of(
                                "x_train",
                                X,
                                "y_train",
                                npy("|u1", "(4, 3)", 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0),
                                "x_test",
                                ONE,
                                "y_test",
                                npy("|u1", "(1, 3)", 0, 0, 1)),
                        classes(3, 2),
                        "y_test: label that no sample of the training has in row 0, column 0 (from 0 on):"
                                + " expected one of 2 classes: found 2"),
                Arguments.of(
                        Map.of("x_train", X, "y_train", Y, "x_test", X, "y_test", strings("a", "b", "a", "b")),
                        two,
                        "y_test: labels must be of the type of the training's: expected int64: found string"),
                Arguments.of(
                        Map.of("x_train", X, "y_train", Y, "x_test", ONE, "y_test", npy("<i8", "(1, 2)", 0, 1)),
                        two,
                        "y_test: labels must have the shape of the training's: expected one for each sample: found (1, 2)"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4, 2)", 0, 1, 1, 1, 0, 1, 1, 0)),
                        two,
                        "y: row that is not one-hot: row 1, column 1 (from 0 on): expected one 1, else 0: found 1.0"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<i8", "(4, 2)", 0, 1, 0, 0, 0, 1, 1, 0)),
                        two,
                        "y: row that is not one-hot: row 1, column 0 (from 0 on): expected one 1, else 0: found none"),
                Arguments.of(
                        Map.of("x", X, "y", npy(1, header("<U1", false, "(4, 2)"), new byte[32])),
                        two,
                        "y: wrong type: expected numbers or booleans: found string"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<f8", "(4, 2)", 1, 2, 3, 4, 5, 6, 7, 8)),
                        mean,
                        "y: targets do not fit network Net: expected 1 for each sample: found 2 = (4, 2)"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<f8", "(3,)", 1, 2, 3)),
                        mean,
                        "y: a sample must have one target: expected targets of 4 samples: found (3)"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<f8", "(4,)", 1, 2, Double.NaN, 4)),
                        mean,
                        "y: no finite number in row 2 (from 0 on): expected finite numbers: found NaN"),
                Arguments.of(
                        Map.of("x", X, "y", strings("a", "b", "c", "d")),
                        mean,
                        "y: wrong type: expected numbers or booleans: found string"),
                Arguments.of(
                        Map.of("x", X, "y", npy("<f8", "(4,)", 1, 2, -1, 4)),
                        regression(1, Loss.POISSON),
                        "y: target that loss poisson does not take in row 2 (from 0 on):"
                                + " expected finite targets of at least 0: found -1.0"),
                Arguments.of(
                        Map.of("x", npy("<f4", "(1, 2)", 1, 2), "y", npy("<f8", "(1,)", 1)),
                        mean,
                        "too few samples: expected two or more, of which a fifth is for the test: found 1"));
    }

    @Test
    void namesAllNumbersThatAreNotFinite() {
        Path file = write(
                "a.npz", npz(true, Map.of("x", npy("<f4", "(1, 2)", Double.NaN, Double.POSITIVE_INFINITY), "y", Y)));
        assertThatThrownBy(() -> read(file, classes(1, 2)))
                .message()
                .hasLineCount(3)
                .contains("column 0 (from 0 on)", "column 1 (from 0 on)", "2 errors in " + file + ": x");
    }

    @Test
    void missesFilesBesideOthers() {
        write("train-images-idx3-ubyte.gz", gzip(idx(new int[] {1, 2, 2}, 1, 2, 3, 4)));
        assertThatThrownBy(() -> read(folder, classes(1, 2, 2)))
                .hasMessage(
                        folder + ": missing array: expected train-labels-idx1-ubyte: found train-images-idx3-ubyte");
        write("train-labels-idx1-ubyte", idx(new int[] {2}, 0, 1));
        assertThatThrownBy(() -> read(folder, classes(1, 2, 2)))
                .hasMessage(folder.resolve("train-labels-idx1-ubyte")
                        + ": a sample must have one label: expected labels of 1 samples: found (2)");
        write("npy/x.npy", X);
        assertThatThrownBy(() -> read(folder.resolve("npy"), classes(1, 2)))
                .hasMessage(folder.resolve("npy") + ": missing array: expected y.npy: found x.npy");
    }

    /** Whatever is wrong with it, the file that has the name says it. */
    @Test
    void readsFilesAsTheirNamesSayWhereTheirContentSaysNothing() {
        Path npz = write("a.npz", new byte[] {'P'});
        assertThatThrownBy(() -> read(npz, classes(1, 2)))
                .hasMessageStartingWith(
                        npz + ": damaged or truncated NPZ file: expected an archive in the format ZIP: found ");
        Path hdf = write("a.h5", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> read(hdf, classes(1, 2)))
                .hasMessage(hdf + ": not an HDF5 file: expected the HDF5 signature in front: found bytes 01 02 03");
        write("train-images-idx3-ubyte.gz", "no gzip".getBytes(StandardCharsets.US_ASCII));
        write("train-labels-idx1-ubyte", idx(new int[] {1}, 0));
        assertThatThrownBy(() -> read(folder, classes(1, 2, 2)))
                .hasMessage(folder.resolve("train-images-idx3-ubyte.gz")
                        + ": not an IDX file: expected 00 00, a type and a number of axes in front:"
                        + " found bytes 6e 6f 20 67 7a 69 70");
    }

    private Path write(String name, byte[] bytes) {
        return ArrayFixture.write(folder.resolve(name), bytes);
    }

    private static TrainingSet read(Path path, Network network) {
        return DataSources.find(path).read(network, line -> {});
    }
}
