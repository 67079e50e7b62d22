package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Interpreter;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The derivative of relu is 1 for the smallest activation above 0, and 0 for 0. */
class ReluDerivativeTest {

    @ParameterizedTest
    @EnumSource
    void asksForMoreThanZero(Precision precision) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(8, Activation.RELU)
                .layer(8, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
        double smallest = precision == Precision.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE;
        double[] parameters = new double[network.parameterCount()];
        Layer first = network.layers().get(0);
        Layer second = network.layers().get(1);
        Layer last = network.layers().get(2);
        for (int u = 0; u < 8; u += 2) {
            parameters[first.biasAt() + u] = smallest;
            // so small a weight that the second layer does not see the first one
            parameters[second.weightsAt() + u * 8 + u] = 1e-3;
            parameters[second.biasAt() + u] = smallest;
            parameters[second.weightsAt() + u * 8 + u + 1] = 1e-3;
            parameters[last.weightsAt() + u] = 1;
            parameters[last.weightsAt() + u + 1] = 1;
        }
        Generated generated = new Generated(network);
        for (int count : new int[] {1, 5, 40}) {
            for (Engine engine : List.of(
                    Interpreter.create(network, count),
                    generated.create(count, Target.SCALAR),
                    generated.create(count, Target.VECTOR))) {
                double[] after = afterOneStep(engine, parameters, count);
                for (int u = 0; u < 8; u++) {
                    boolean above = u % 2 == 0;
                    String what = engine.name() + ", " + count + " samples, unit " + u;
                    assertThat(Math.abs(after[second.biasAt() + u]) > 0.1)
                            .as(what)
                            .isEqualTo(above);
                    assertThat(Math.abs(after[first.biasAt() + u]) > 1e-4)
                            .as(what)
                            .isEqualTo(above);
                }
            }
        }
    }

    /** All samples have target 1, so the delta of the output is that of {@code sigmoid(0)}, -0.5. */
    private static double[] afterOneStep(Engine engine, double[] parameters, int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        try (engine) {
            engine.setParametersFromDouble(parameters);
            try (Training training =
                    engine.train(Dataset.of(new double[3 * count], 3, ones, 1), TrainingSettings.DEFAULT)) {
                training.step(1);
            }
            return engine.parametersAsDouble();
        }
    }
}
