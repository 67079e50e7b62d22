package io.github.layerc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetTest {
    private static final Dataset DATA = Dataset.of(new double[] {1, 2, 3, 4, 5, 6}, 2, new double[] {7, 8, 9}, 1);

    @Test
    void givesValuesByRowAndColumn() {
        assertThat(DATA.sample(1, 1)).isEqualTo(4);
        assertThat(DATA.target(1, 0)).isEqualTo(8);
    }

    /** Of a sample in the middle, so that a neighbour's value would be there. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void refusesColumnsOfNeighbours(int column) {
        assertThatThrownBy(() -> DATA.sample(1, column)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> DATA.target(1, column < 0 ? column : 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static double[] targets(Dataset data) {
        return IntStream.range(0, data.count())
                .boxed()
                .flatMapToDouble(row -> IntStream.range(0, data.outputs()).mapToDouble(u -> data.target(row, u)))
                .toArray();
    }

    @Test
    void targetsFollowFromLabels() {
        Dataset three = DATA.withLabels(new int[] {2, 0, 2}, 3);
        assertThat(three.outputs()).isEqualTo(3);
        assertThat(three.sample(1, 1)).isEqualTo(4);
        assertThat(targets(three)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 1);
        assertThat(targets(three.rows(1, 2))).containsExactly(1, 0, 0, 0, 0, 1);
        Dataset one = Dataset.of(new float[] {1, 2, 3}, 1, new int[] {0, 1, 1}, 1);
        assertThat(targets(one)).containsExactly(0, 1, 1);
        for (TargetRule rule : TargetRule.values()) {
            assertThat(three.rows(1, 0).targetClass(1, rule)).isEqualTo(2);
            assertThat(one.targetClass(0, rule)).isZero();
        }
        assertThat(three.hasLabels()).isTrue();
        assertThat(DATA.hasLabels()).isFalse();
        assertThatThrownBy(() -> three.target(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesLabelsOfNoClass() {
        assertThatThrownBy(() -> Dataset.of(new double[4], 2, new int[] {0, 3}, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1: labels must be from 0 to 2: label=3");
        assertThatThrownBy(() -> Dataset.of(new float[4], 2, new int[] {-1, 0}, 3))
                .hasMessage("sample 0: labels must be from 0 to 2: label=-1");
        assertThatThrownBy(() -> Dataset.ofBytes(new byte[4], 2, new int[] {1, 2}, 1))
                .hasMessage("sample 1: labels must be from 0 to 1: label=2");
        assertThatThrownBy(() -> DATA.withLabels(new int[2], 3))
                .hasMessage("labels must be one for each of 3 samples: labels=2");
    }

    @Test
    void refusesTargetsThatAreNotOnePerOutput() {
        assertThatThrownBy(() -> Dataset.of(new double[6], 2, new double[5], 2))
                .hasMessage("targets must have 2 values for each of 3 samples: values=5");
        assertThatThrownBy(() -> Dataset.of(new double[6], 2, new double[0], 0))
                .hasMessage("features and outputs must be at least 1: features=2, outputs=0");
    }

    @Test
    void holdsSamplesWithoutTargets() {
        Dataset bytes = Dataset.ofBytes(new byte[] {1, -1}, 2);
        assertThat(bytes.outputs()).isZero();
        assertThat(bytes.sample(0, 1)).isEqualTo(255);
        assertThat(Dataset.of(new double[] {1.5, 2}, 1).count()).isEqualTo(2);
        assertThatThrownBy(() -> bytes.target(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesTrainingWithoutTargets() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .build();
        try (Engine engine = Interpreter.create(network, 1)) {
            engine.initialize();
            assertThatThrownBy(() -> engine.train(Dataset.ofBytes(new byte[] {1, -1}, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Net has 1 outputs: targets of a sample=0");
        }
    }

    @Test
    void weightsStayWithTheirSamples() {
        double[] weights = {0.5, 0, 3};
        Dataset plain = Dataset.of(new double[] {1, 2, 3}, 1, new double[] {0, 1, 0}, 1);
        Dataset data = plain.withWeights(weights);
        weights[0] = 7;
        assertThat(data.hasWeights()).isTrue();
        assertThat(data.weight(0)).isEqualTo(0.5);
        assertThat(data.rows(2, 1, 2).weight(2)).isEqualTo(3);
        assertThat(data.withLabels(new int[] {0, 1, 1}, 2).weight(2)).isEqualTo(3);
        assertThat(plain.hasWeights()).isFalse();
        assertThat(plain.rows(2).weight(0)).isEqualTo(1);
    }

    @Test
    void refusesWhatAreNoWeights() {
        Dataset data = Dataset.of(new double[] {1, 2}, 1, new double[] {0, 1}, 1);
        assertThatThrownBy(() -> data.withWeights(new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights must be one for each of 2 samples: weights=1");
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> data.withWeights(new double[] {1, weight}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("sample 1: weight must be at least 0 and finite: weight=" + weight);
        }
        assertThatThrownBy(() -> data.withWeights(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights must have one above 0: samples=2");
    }
}
