package io.github.layerc.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateFinderTest {
    private static final TrainingSettings DESCENT = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1);

    private static Network line() {
        return Network.builder("", "Line")
                .input(Input.flat(1))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .training(DESCENT)
                .precision(Precision.DOUBLE)
                .build();
    }

    /**
     * The cost of one sample {@code x = 2, y = 1} is {@code (2 w + b - 1)^2}: its curvature along the gradient is {@code 2 (x^2 + 1) = 10}, so gradient
     * descent falls below a rate of 2 / 10, and is done in one step at half of that.
     */
    @Test
    void findsTheEdgeOfAParabola() {
        try (Engine engine = Interpreter.create(line(), 1)) {
            engine.setParametersFromDouble(new double[] {3, 0});
            Dataset data = Dataset.of(new double[] {2}, 1, new double[] {1}, 1);
            RateCurve curve = new RateFinder(engine, data, DESCENT, 20).find(1e-4, 10);
            assertThat(curve.start()).isEqualTo(25);
            // of one sample, outputs that are the same for all can be right
            assertThat(curve.constant()).isZero();
            assertThat(curve.largest()).isBetween(0.2 / 1.6, 0.2);
            assertThat(curve.suggested()).isLessThanOrEqualTo(0.2 / 3).isGreaterThan(1e-3);
            // it ends at the first rate that explodes: 1.26 of the edge to the 20th, or the next
            assertThat(curve.tried()).last().satisfies(last -> {
                assertThat(last.rate()).isBetween(0.2, 0.4);
                assertThat(RateCurve.explodes(25, last.cost())).isTrue();
            });
            assertThat(curve.tried().get(0).rate()).isEqualTo(1e-4);
            assertThat(curve.tried().get(10).rate() / 1e-3).isBetween(1 - 1e-12, 1 + 1e-12);
            assertThat(engine.parametersAsDouble()).containsExactly(3, 0);
        }
    }

    static Stream<Network> networks() {
        return Stream.of(
                network(new TrainingSettings(Optimizer.ADAM, 0.1).withBatch(5)).build(),
                network(new TrainingSettings(Optimizer.MOMENTUM, 0.1).withForm(Form.GRAM))
                        .build(),
                // steps move its mean and variance, too
                network(new TrainingSettings(Optimizer.ADAM, 0.1))
                        .layer(3, Activation.TANH)
                        .normalization(Normalization.BATCH_NORM)
                        .layer(1, Activation.SIGMOID)
                        .build());
    }

    private static Network.Builder network(TrainingSettings settings) {
        return Network.builder("", "Net")
                .input(Input.flat(6))
                .training(settings)
                .precision(Precision.DOUBLE)
                .layer(4, Activation.TANH)
                .dropout(0.25)
                .layer(1, Activation.SIGMOID);
    }

    /** Whatever an optimizer keeps, a rate knows nothing of those before it. */
    @ParameterizedTest
    @MethodSource("networks")
    void eachRateStartsFromTheSamePlace(Network network) {
        try (Engine engine = Interpreter.create(network, 12)) {
            engine.initialize();
            double[] parameters = engine.parametersAsDouble();
            Dataset data = new Workload(network, 12).dataset();
            RateFinder finder = new RateFinder(engine, data, network.training(), 7);
            List<RateCurve.Tried> all = finder.find(1e-3, 1e-1).tried();
            List<RateCurve.Tried> again = finder.find(1e-2, 1e-1).tried();
            assertThat(again).hasSize(11);
            for (int i = 0; i < again.size(); i++) {
                // the rates themselves differ by roundings
                assertThat(again.get(i).cost() / all.get(i + 10).cost()).isBetween(1 - 1e-9, 1 + 1e-9);
            }
            assertThat(engine.parametersAsDouble()).isEqualTo(parameters);
        }
    }

    @Test
    void aTrainingWithoutNumbersEndsTheSearch() {
        try (Engine engine = Interpreter.create(line(), 1)) {
            engine.setParametersFromDouble(new double[] {3, 0});
            Dataset data = Dataset.of(new double[] {2}, 1, new double[] {1}, 1);
            RateCurve curve = new RateFinder(engine, data, DESCENT, 20).find(1e200, 1e300);
            assertThat(curve.tried()).hasSize(1);
            assertThat(curve.falls()).isFalse();
        }
    }
}
