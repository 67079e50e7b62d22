package io.github.layerc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TargetRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OutputClassTest {

    @ParameterizedTest
    @MethodSource
    void namesTheClass(TargetRule rule, double[] outputs, int expected) {
        assertThat(OutputClass.of(rule, outputs.length, u -> outputs[u])).isEqualTo(expected);
    }

    static Stream<Arguments> namesTheClass() {
        return Stream.of(
                Arguments.of(TargetRule.SHARES, new double[] {0.5}, 0),
                Arguments.of(TargetRule.SHARES, new double[] {Math.nextUp(0.5)}, 1),
                Arguments.of(TargetRule.SHARES, new double[] {Double.NaN}, OutputClass.NONE),
                Arguments.of(TargetRule.SIDES, new double[] {-0.0}, 0),
                Arguments.of(TargetRule.SIDES, new double[] {Double.MIN_VALUE}, 1),
                Arguments.of(TargetRule.SIDES, new double[] {-2, 0.1, -1}, 1),
                Arguments.of(TargetRule.SHARES, new double[] {0.2, 0.7, 0.1}, 1),
                Arguments.of(TargetRule.SHARES, new double[] {0.4, 0.2, 0.4}, 0),
                Arguments.of(TargetRule.SHARES_OF_ONE, new double[] {-3, Double.NEGATIVE_INFINITY, -2}, 2),
                Arguments.of(TargetRule.SHARES, new double[] {0.9, 0.05, Double.NaN}, OutputClass.NONE));
    }

    /** One output: the input, through a sigmoid. */
    private static final Network ONE = Network.builder("", "One")
            .input(Input.flat(1))
            .layer(1, Activation.SIGMOID)
            .build();

    @Test
    void enginesPredictClasses() {
        try (FloatEngine floats = Interpreter.createFloat(ONE, 2);
                DoubleEngine doubles = Interpreter.createDouble(ONE.withPrecision(Precision.DOUBLE), 2)) {
            floats.setParameters(new float[] {1, 0});
            doubles.setParameters(new double[] {1, 0});
            int[] expected = {1, 0, 0, OutputClass.NONE};
            assertThat(floats.predictClass(new float[] {1, -1, 0, Float.NaN}, 4))
                    .isEqualTo(expected);
            assertThat(doubles.predictClass(new double[] {1, -1, 0, Double.NaN}, 4))
                    .isEqualTo(expected);
            assertThat(floats.predictClass(new float[0], 0)).isEmpty();
            assertThat(floats.predictClass(Dataset.of(new double[] {1, -1, 0, Double.NaN}, 1)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void enginesPredictTheLargestOfSeveral() {
        Network three = Network.builder("", "Three")
                .input(Input.flat(1))
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        try (FloatEngine engine = Interpreter.createFloat(three, 1)) {
            engine.setParameters(new float[] {1, 0, -1, 0, 0.5f, 0});
            assertThat(engine.predictClass(new float[] {2, 0, -2}, 3)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void regressionsPredictNoClasses() {
        Network line = Network.builder("", "Line")
                .input(Input.flat(1))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        try (FloatEngine engine = Interpreter.createFloat(line, 1)) {
            engine.initialize();
            assertThatThrownBy(() -> engine.predictClass(new float[1], 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("network Line predicts no classes: loss=mean_squared_error");
            assertThatThrownBy(() -> engine.predictClass(Dataset.ofBytes(new byte[1], 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("network Line predicts no classes: loss=mean_squared_error");
        }
    }
}
