package io.github.layerc.samples;

import static io.github.layerc.samples.SampleNetwork.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HdfSamplesTest {
    @TempDir
    private Path folder;

    @Test
    void readsPicturesOfTheNotebookWithTheirLabels() {
        Samples samples = read(HdfFixture.pictures("test", 3), "", classes(1, 4, 5, 3));
        assertThat(samples.data().count()).isEqualTo(3);
        assertThat(samples.data().sample(1, 0)).isEqualTo(7 * 60 % 256);
        assertThat(samples.names()).containsExactly("0", "1", "2");
        assertThat(samples.labels()).containsExactly(0, 1, 0);
    }

    @ParameterizedTest
    @MethodSource
    void readsNumbersOfAllTypes(Object data) {
        assertThat(SampleNetwork.values(read(new HdfFixture().with("any", data), "", classes(1, 2))))
                .containsExactly(1, -2, 3, 4);
    }

    static Stream<Object> readsNumbersOfAllTypes() {
        return Stream.of(
                new byte[][] {{1, -2}, {3, 4}},
                new short[][] {{1, -2}, {3, 4}},
                new int[][] {{1, -2}, {3, 4}},
                new long[][] {{1, -2}, {3, 4}},
                new float[][] {{1, -2}, {3, 4}},
                new double[][] {{1, -2}, {3, 4}});
    }

    @Test
    void readsTheDatasetThatIsNamed() {
        HdfFixture fixture =
                new HdfFixture().with("a_x", new double[][] {{1, 2}}).with("b_x", new double[][] {{3, 4}});
        assertThat(SampleNetwork.values(read(fixture, "b_x", classes(1, 2)))).containsExactly(3, 4);
    }

    /** A single sample; and no labels for a regression, nor where the name is another. */
    @Test
    void readsSamplesWithoutLabels() {
        HdfFixture fixture = new HdfFixture().with("a_x", new double[] {1, 2}).with("a_y", new double[] {0.5});
        assertThat(read(fixture, "", SampleNetwork.regression(2)).labels()).isEmpty();
        HdfFixture other = new HdfFixture().with("x", new double[] {1, 2}).with("y", new int[] {7, 8, 9});
        assertThat(read(other, "", classes(1, 2)).labels()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(HdfFixture fixture, String dataset, Network network, String message) {
        assertThatThrownBy(() -> read(fixture, dataset, network))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("x.h5") + ": " + message);
    }

    static Stream<Arguments> refusesInOneLine() {
        Network two = classes(1, 2);
        double[][] rows = {{1, 2}, {3, 4}};
        return Stream.of(
                Arguments.of(
                        new HdfFixture().with("a", rows).with("b", rows),
                        "",
                        two,
                        "several datasets of samples: expected one, or layerc.dataset to name it: found a, b"),
                Arguments.of(
                        new HdfFixture().with("a", new int[3]).with("b", new float[2][3]),
                        "",
                        two,
                        "no samples for network Net: expected a dataset of shape (samples, 2): found a int32(3), b float32(2, 3)"),
                Arguments.of(
                        new HdfFixture(),
                        "",
                        two,
                        "no samples for network Net: expected a dataset of shape (samples, 2): found no datasets"),
                Arguments.of(
                        new HdfFixture().with("a", new int[3]),
                        "a",
                        two,
                        "a: wrong shape for network Net: expected (samples, 2): found (3)"),
                Arguments.of(new HdfFixture().with("a", rows), "c", two, "missing dataset: expected c: found a"),
                Arguments.of(
                        new HdfFixture().with("a", new String[] {"x", "y"}),
                        "a",
                        two,
                        "a: wrong type: expected integers, float32 or float64: found string"),
                Arguments.of(
                        new HdfFixture().with("a_x", rows).with("a_y", new int[] {1, 2}),
                        "",
                        two,
                        "a_y: unknown class of sample 1: expected 0 to 1: found 2"),
                Arguments.of(
                        new HdfFixture().with("a_x", rows).with("a_y", new int[] {2, -1}),
                        "",
                        classes(3, 2),
                        "a_y: unknown class of sample 1: expected 0 to 2: found -1"),
                Arguments.of(
                        new HdfFixture().with("a_x", rows).with("a_y", new int[] {1}),
                        "a_x",
                        two,
                        "a_y: a sample must have one label: expected 2 labels: found (1)"));
    }

    private Samples read(HdfFixture fixture, String dataset, Network network) {
        Path file = fixture.write(folder.resolve("x.h5"));
        return new HdfSamples(file, Optional.of(dataset).filter(name -> !name.isEmpty())).read(network);
    }
}
