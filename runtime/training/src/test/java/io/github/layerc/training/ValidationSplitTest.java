package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationSplitTest {
    private static Network network(Loss loss, Activation output) {
        return Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, output)
                .loss(loss)
                .build();
    }

    private static final Network CLASSES = network(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID);

    /** Sample i is the number i; the first ones are of class 1. */
    private static Dataset numbers(int count, int ofClass1) {
        double[] samples = IntStream.range(0, count).asDoubleStream().toArray();
        double[] targets =
                IntStream.range(0, count).mapToDouble(i -> i < ofClass1 ? 1 : 0).toArray();
        return Dataset.of(samples, 1, targets, 1);
    }

    private static List<Double> samples(Dataset data) {
        List<Double> samples = new ArrayList<>();
        for (int s = 0; s < data.count(); s++) {
            samples.add(data.sample(s, 0));
        }
        return samples;
    }

    private static long ofClass1(Dataset data) {
        return IntStream.range(0, data.count())
                .filter(s -> data.target(s, 0) == 1)
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 20, 0.2, 4, 16",
        "100, 20, 0.01, 1, 1",
        "10, 1, 0.2, 0, 2",
        "9, 3, 0.99, 2, 5",
        "209, 72, 0.2, 14, 27"
    })
    void takesTheShareOfEachClass(int count, int ofClass1, double share, int class1, int class0) {
        ValidationSplit split = ValidationSplit.of(numbers(count, ofClass1), CLASSES, share, 1);

        assertThat(ofClass1(split.validation())).isEqualTo(class1);
        assertThat(split.validation().count()).isEqualTo(class1 + class0);
        List<Double> both = new ArrayList<>(samples(split.train()));
        both.addAll(samples(split.validation()));
        assertThat(both).containsExactlyInAnyOrderElementsOf(samples(numbers(count, 0)));
        assertThat(samples(split.train())).isSorted();
        assertThat(samples(split.validation())).isSorted();
    }

    @Test
    void isDrawnByTheSeed() {
        Dataset data = numbers(100, 50);
        List<Double> drawn = samples(ValidationSplit.of(data, CLASSES, 0.2, 1).validation());
        assertThat(samples(ValidationSplit.of(data, CLASSES, 0.2, 1).validation()))
                .isEqualTo(drawn);
        assertThat(samples(ValidationSplit.of(data, CLASSES, 0.2, 2).validation()))
                .isNotEqualTo(drawn);
    }

    /** Numbers are no classes, however few there are. */
    @Test
    void takesAnySamplesOfARegression() {
        Network regression = network(Loss.MEAN_SQUARED_ERROR, Activation.IDENTITY);
        assertThat(ValidationSplit.of(numbers(10, 1), regression, 0.3, 1)
                        .validation()
                        .count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesAPartWithoutSamples(int count) {
        // two samples of two classes: none of them can be spared
        Dataset data = numbers(count, 1);
        assertThatThrownBy(() -> ValidationSplit.of(data, CLASSES, 0.25, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessage("a validation part needs at least 1 of the samples, and has to leave 1: samples=" + count
                        + ", validation=0.25");
    }

    @Test
    void copiesRowsOfEveryStorage() {
        int[] rows = {2, 0, 2};
        double[] targets = {1, 2, 3};
        List<Dataset> all = List.of(
                Dataset.ofBytes(new byte[] {1, 2, 3, 4, -1, -2}, 2, targets, 1),
                Dataset.of(new float[] {1, 2, 3, 4, 255, 254}, 2, targets, 1),
                Dataset.of(new double[] {1, 2, 3, 4, 255, 254}, 2, targets, 1));
        for (Dataset data : all) {
            Dataset some = data.rows(rows);
            assertThat(some.count()).isEqualTo(3);
            assertThat(some.bound()).isEqualTo(data.bound());
            for (int i = 0; i < rows.length; i++) {
                assertThat(some.target(i, 0)).isEqualTo(data.target(rows[i], 0));
                assertThat(some.sample(i, 1)).isEqualTo(data.sample(rows[i], 1));
            }
        }
        assertThatThrownBy(() -> all.get(0).rows(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
