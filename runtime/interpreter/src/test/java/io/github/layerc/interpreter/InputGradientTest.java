package io.github.layerc.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against central differences of what the interpreter predicts, for every activation, hidden and output, in networks of one to three layers. */
class InputGradientTest {
    /** The cube root of eps in double, relative to values of about 100. */
    private static final double STEP = 6e-4;

    private static final int INPUTS = 5;

    static Stream<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (Activation activation : Activation.all()) {
            networks.add(network(List.of(), activation));
            networks.add(network(List.of(Activation.TANH), activation));
            if (activation.elementwise()) {
                networks.add(network(List.of(activation, Activation.TANH), Activation.SOFTMAX));
            }
        }
        return networks.stream();
    }

    private static Network network(List<Activation> hidden, Activation output) {
        Network.Builder builder = Network.builder("", "Net")
                .input(new Input(List.of(INPUTS), new Scale(1, 100)))
                .loss(output.elementwise() ? Loss.MEAN_SQUARED_ERROR : Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(Precision.DOUBLE);
        hidden.forEach(activation -> builder.layer(4, activation));
        return builder.layer(3, output).build();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void isTheDerivativeOfEachOutputByEachValue(Network network) {
        Random random = new Random(1);
        double[] parameters = random.doubles(network.parameterCount(), -1, 1).toArray();
        double[] sample = random.doubles(INPUTS, -100, 100).toArray();
        InputGradient gradient = new InputGradient(network, parameters);
        try (DoubleEngine engine = Interpreter.createDouble(network, 1)) {
            engine.setParameters(parameters);
            boolean differs = false;
            for (int output = 0; output < network.outputs(); output++) {
                double[] found = gradient.of(sample, output);
                for (int i = 0; i < INPUTS; i++) {
                    double difference =
                            (moved(engine, sample, i, STEP)[output] - moved(engine, sample, i, -STEP)[output])
                                    / (2 * STEP);
                    assertThat(found[i])
                            .as("output %d by value %d", output, i)
                            .isCloseTo(difference, within(1e-9 * Math.max(1, Math.abs(difference))));
                }
                differs |= DoubleStream.of(found).anyMatch(value -> value != 0);
            }
            assertThat(differs).as("a gradient that is not 0 throughout").isTrue();
        }
    }

    private static double[] moved(DoubleEngine engine, double[] sample, int at, double by) {
        double[] moved = sample.clone();
        moved[at] += by;
        return engine.predict(Dataset.of(moved, INPUTS, new double[3], 3));
    }

    @Test
    void isTheSameForANetworkInFloat() {
        Network network = network(List.of(Activation.RELU), Activation.SIGMOID);
        double[] parameters =
                new Random(2).doubles(network.parameterCount(), -1, 1).toArray();
        double[] sample = {1, 2, 3, 4, 5};
        assertThat(new InputGradient(network.withPrecision(Precision.FLOAT), parameters).of(sample, 1))
                .containsExactly(new InputGradient(network, parameters).of(sample, 1));
    }

    /** A unit that is off passes nothing on. */
    @Test
    void isZeroWhereTheOutputDoesNotDependOnTheInput() {
        Network network = network(List.of(Activation.RELU), Activation.SIGMOID);
        double[] parameters = new double[network.parameterCount()];
        assertThat(new InputGradient(network, parameters).of(new double[INPUTS], 0))
                .containsOnly(0);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = network(List.of(), Activation.SIGMOID);
        assertThatThrownBy(() -> new InputGradient(network, new double[17]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network Net has 18 parameters: parameters=17");
        InputGradient gradient = new InputGradient(network, new double[18]);
        assertThatThrownBy(() -> gradient.of(new double[4], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network Net has 5 inputs: values of the sample=4");
        assertThatThrownBy(() -> gradient.of(new double[INPUTS], 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
