package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training with labels is, bit for bit, the one with the targets that stand for them. */
class LabelsTest {
    private static final int SAMPLES = 13;
    private static final int INPUTS = 6;

    /** Smaller than the samples, so that a step over all of them is split. */
    private static final int SPLIT = 5;

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(network(5, Loss.CATEGORICAL_CROSS_ENTROPY, Precision.FLOAT)),
                Arguments.of(network(2, Loss.categoricalCrossEntropy(0.1), Precision.DOUBLE)),
                Arguments.of(network(1, Loss.BINARY_CROSS_ENTROPY, Precision.DOUBLE)),
                Arguments.of(network(1, Loss.HINGE, Precision.FLOAT)),
                Arguments.of(network(4, Loss.HINGE, Precision.DOUBLE)),
                Arguments.of(network(3, Loss.MEAN_SQUARED_ERROR, Precision.FLOAT)));
    }

    private static Network network(int outputs, Loss loss, Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(INPUTS))
                .layer(4, Activation.TANH)
                .layer(outputs, loss.usualOutput())
                .loss(loss)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .precision(precision)
                .build();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainAsTheirTargetsDo(Network network) {
        Random random = new Random(3);
        double[] samples = random.doubles((long) SAMPLES * INPUTS, -1, 1)
                .map(x -> (float) x)
                .toArray();
        int outputs = network.outputs();
        int[] labels = random.ints(SAMPLES, 0, Math.max(2, outputs)).toArray();
        double[] targets = new double[SAMPLES * outputs];
        for (int s = 0; s < SAMPLES; s++) {
            for (int u = 0; u < outputs; u++) {
                targets[s * outputs + u] = network.loss().targets().of(labels[s] == (outputs == 1 ? 1 : u));
            }
        }
        Dataset byLabels = Dataset.of(samples, INPUTS, labels, outputs);
        Dataset byTargets = Dataset.of(samples, INPUTS, targets, outputs);
        Generated generated = new Generated(network);
        for (int capacity : new int[] {SPLIT, SAMPLES}) {
            List<Supplier<Engine>> engines = List.of(
                    () -> Interpreter.create(network, capacity),
                    () -> generated.create(capacity, Target.SCALAR),
                    () -> generated.create(capacity, Target.VECTOR));
            for (Supplier<Engine> engine : engines) {
                for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
                    assertThat(trained(engine.get(), form, byLabels, byTargets))
                            .as("%s, capacity %d", form, capacity)
                            .isEqualTo(trained(engine.get(), form, byTargets, byLabels));
                }
            }
        }
    }

    /** Costs, gradients and parameters of steps with all samples, some that follow each other, and others. */
    private static double[] trained(Engine engine, Form form, Dataset data, Dataset others) {
        int[] all = new int[SAMPLES];
        Arrays.setAll(all, i -> i);
        int[] rows = {12, 3, 7, 0, 5, 1, 2, 11};
        try (engine) {
            engine.initialize();
            double[] gradients = new double[engine.network().parameterCount()];
            double[] costs = new double[9];
            try (Training training = engine.train(data, TrainingSettings.DEFAULT.withForm(form))) {
                assertThat(training.form()).isEqualTo(form);
                Evaluation evaluation = training.evaluate(others);
                costs[0] = training.step(0.1);
                costs[1] = training.step(all, 2, 5, 0.1);
                costs[2] = training.step(all, 4, 7, 0.1);
                costs[3] = training.step(all, 4, 9, 0.1);
                costs[4] = training.step(rows, 0, rows.length, 0.1);
                costs[5] = evaluation.cost();
                costs[6] = training.step(all, 0, SAMPLES, 0.1);
                if (form == Form.DIRECT) {
                    costs[7] = training.gradients(rows, 1, 4, gradients);
                    costs[8] = training.gradients(all, 3, 11, gradients);
                }
            }
            double[] parameters = engine.parametersAsDouble();
            double[] everything = Arrays.copyOf(costs, costs.length + 2 * parameters.length);
            System.arraycopy(parameters, 0, everything, costs.length, parameters.length);
            System.arraycopy(gradients, 0, everything, costs.length + parameters.length, parameters.length);
            return everything;
        }
    }

    /** So many classes and samples that no array would hold a target for each pair of them. */
    @Test
    void targetsAreNeverThereForAllSamples() {
        int many = 50_000;
        Network network = Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(many, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        int[] labels = new int[many];
        Arrays.setAll(labels, i -> i);
        Dataset data = Dataset.ofBytes(new byte[many], 1, labels, many);
        try (Engine engine = Interpreter.create(network, 2)) {
            engine.setParametersFromDouble(new double[network.parameterCount()]);
            try (Training training = engine.train(data, TrainingSettings.DEFAULT.withBatch(2))) {
                double cost = training.step(new int[] {many - 1, 7, 7}, 0, 3, many);
                assertThat(cost).isCloseTo(Math.log(many), within(1e-4));
            }
            double[] biases = Arrays.copyOfRange(engine.parametersAsDouble(), many, 2 * many);
            assertThat(biases[7]).isGreaterThan(biases[many - 1]);
            assertThat(biases[many - 1]).isPositive();
            assertThat(biases[8]).isNegative();
        }
    }
}
