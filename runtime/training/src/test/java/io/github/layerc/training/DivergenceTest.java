package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a training whose cost is not finite any more. */
class DivergenceTest {
    private static final int COUNT = 12;
    private static final TrainingSettings SETTINGS = new TrainingSettings(Optimizer.MOMENTUM, 40, 1000).withBatch(5);

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(3, Activation.RELU)
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(precision)
                .build();
    }

    private static Dataset data(double scale) {
        double[] samples = new double[2 * COUNT];
        double[] targets = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            samples[2 * i] = scale * (i % 5 - 2);
            samples[2 * i + 1] = scale * (i % 3);
            targets[i] = i % 4;
        }
        return Dataset.of(samples, 2, targets, 1);
    }

    /** The message names the gradient that a training which stops one iteration earlier has. */
    @ParameterizedTest
    @EnumSource
    void namesTheLargestGradientOfTheIterationBefore(Precision precision) {
        Network network = network(precision);
        try (Engine engine = Interpreter.create(network, COUNT)) {
            engine.initialize();
            TrainingException thrown =
                    catchThrowableOfType(TrainingException.class, () -> new Trainer(SETTINGS).train(engine, data(1)));

            Matcher message = Pattern.compile(
                            "Net: iteration (\\d+): cost must be finite: cost=\\S+: the largest gradient of "
                                    + "iteration (\\d+) is (\\S+), of ([Wb]\\d)\\[[\\d, ]+\\], for a batch of rows ([\\d, ]+): try learning rate 0.100 "
                                    + "instead of learningRate=40.0")
                    .matcher(thrown.getMessage());
            assertThat(message.matches()).as(thrown.getMessage()).isTrue();
            int iteration = Integer.parseInt(message.group(1));
            assertThat(Integer.parseInt(message.group(2)))
                    .isEqualTo(iteration - 1)
                    .isPositive();

            // the same by hand
            engine.initialize();
            Batches batches =
                    new Batches(COUNT, SETTINGS.batch(), network.initializer().seed());
            double[] gradients = new double[network.parameterCount()];
            try (Training training = engine.train(data(1), SETTINGS)) {
                for (int i = 0; i < iteration - 1; i++) {
                    batches.step(training, SETTINGS.learningRate());
                }
                int[] rows = batches.nextRows();
                assertThat(message.group(5)).isEqualTo(text(rows));
                training.gradients(rows, 0, rows.length, gradients);
            }
            double largest = 0;
            for (double gradient : gradients) {
                largest = Math.abs(gradient) > Math.abs(largest) ? gradient : largest;
            }
            assertThat(message.group(3)).isEqualTo(String.format(Locale.ROOT, "%.3g", largest));
        }
    }

    private static String text(int[] rows) {
        String text = Arrays.toString(rows);
        return text.substring(1, text.length() - 1);
    }

    @Test
    void blamesLargeSamplesWhereTheFirstCostIsNotFinite() {
        try (Engine engine = Interpreter.create(network(Precision.FLOAT), COUNT)) {
            engine.initialize();
            assertThatThrownBy(() -> new Trainer(SETTINGS).train(engine, data(1e30)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageStartingWith("Net: iteration 1: cost must be finite: cost=NaN: ")
                    .hasMessageEndingWith(
                            ": try a smaller scale of the input: its samples are up to 2.00e+30 once they are scaled by 1");
        }
    }

    @Test
    void blamesTheInitializerWhereSamplesAreSmall() {
        Network large = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .initializer(Initializer.normal(1e38, 1))
                .build();
        try (Engine engine = Interpreter.create(large, COUNT)) {
            engine.initialize();
            assertThatThrownBy(() -> new Trainer(SETTINGS).train(engine, data(10)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageStartingWith("Net: iteration 0: cost must be finite: cost=")
                    .hasMessageEndingWith(
                            ": try an initializer with smaller weights: this is the cost of the first ones");
        }
    }

    @Test
    void showsTheFirstRowsOfALargeBatch() {
        try (Engine engine = Interpreter.create(network(Precision.FLOAT), COUNT)) {
            engine.initialize();
            assertThatThrownBy(() -> new Trainer(SETTINGS.withBatch(11)).train(engine, data(1)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageMatching(
                            ".* for a batch of rows (\\d+, ){8}\\.\\.\\. \\(11\\): try .*|.* for a batch of rows \\d+: try .*");
        }
    }
}
