package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
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
    /** So many that the vector class keeps its activations unit-major and its small layers add up rows. */
    private static final int INPUTS = 3000;

    private static final int UNITS = 6;

    @ParameterizedTest
    @EnumSource
    void asksForMoreThanZero(Precision precision) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(INPUTS))
                .layer(UNITS, Activation.RELU)
                .layer(UNITS, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
        double smallest = precision == Precision.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE;
        double[] parameters = new double[network.parameterCount()];
        Layer first = network.layers().get(0);
        Layer second = network.layers().get(1);
        Layer last = network.layers().get(2);
        for (int u = 0; u < UNITS; u += 2) {
            parameters[first.biasAt() + u] = smallest;
            // so small a weight that the second layer does not see the first one
            parameters[second.weightsAt() + u * UNITS + u] = 1e-3;
            parameters[second.biasAt() + u] = smallest;
            parameters[second.weightsAt() + u * UNITS + u + 1] = 1e-3;
            parameters[last.weightsAt() + u] = 1;
            parameters[last.weightsAt() + u + 1] = 1;
        }
        Generated generated = new Generated(network);
        assertThat(generated.compilation().methodBytes()).containsKey("NetVector.reluDerivative");
        for (int count : new int[] {1, 5, 40}) {
            for (Engine engine : List.of(
                    Interpreter.create(network, count),
                    generated.create(count, Target.SCALAR),
                    generated.create(count, Target.VECTOR))) {
                String name = engine.name();
                double[] after = afterOneStep(engine, parameters, count);
                for (int u = 0; u < UNITS; u++) {
                    boolean above = u % 2 == 0;
                    String what = name + ", " + count + " samples, unit " + u;
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
                    engine.train(Dataset.of(new double[INPUTS * count], INPUTS, ones, 1), TrainingSettings.DEFAULT)) {
                training.step(1);
            }
            return engine.parametersAsDouble();
        }
    }
}
