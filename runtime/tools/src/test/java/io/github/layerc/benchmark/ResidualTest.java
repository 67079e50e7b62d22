package io.github.layerc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResidualTest {
    private static final int BATCH = 9;
    private static final Network NETWORK = Network.builder("", "Test")
            .input(new Input(List.of(5, 5), new Scale(1, 255)))
            .layer(7, Activation.RELU)
            .layer(2, Activation.SIGMOID)
            .build();
    private static final Workload WORKLOAD = new Workload(NETWORK, BATCH);

    @ParameterizedTest
    @EnumSource(Operation.class)
    void isNothingForTheReferenceItselfAndRoundingForFloat(Operation operation) {
        try (Engine exact = Interpreter.create(NETWORK.withPrecision(Precision.DOUBLE), BATCH);
                Engine rounded = Interpreter.create(NETWORK, BATCH)) {
            assertThat(Residual.of(operation, exact, Form.DIRECT, WORKLOAD)).isZero();
            assertThat(Residual.of(operation, rounded, Form.DIRECT, WORKLOAD)).isBetween(1e-9, 1e-5);
        }
    }

    /** The weights hardly move in five steps: an error of the gradients must not pass for rounding all the same. */
    @Test
    void showsGradientsThatAreATenthOfAPercentWrong() {
        try (Engine right = Interpreter.create(NETWORK, BATCH)) {
            assertThat(Residual.of(Operation.TRAIN_STEP, withLongerSteps(right, 1.001), Form.DIRECT, WORKLOAD))
                    .isBetween(1e-4, 1e-2);
        }
    }

    @Test
    void isRelativeToTheLargestValueOfTheReference() {
        assertThat(Residual.relative(new double[] {9, 1, 4.5}, new double[] {0, 1, 5}, 1, 3))
                .isEqualTo(0.1);
        assertThat(Residual.relative(new double[] {0}, new double[] {0}, 0, 1)).isZero();
        assertThat(Residual.relative(new double[] {1}, new double[] {0}, 0, 1)).isInfinite();
        assertThat(Residual.relative(new double[] {Double.NaN}, new double[] {1}, 0, 1))
                .isNaN();
    }

    /** As the engine, but each step of a training is longer by a factor. */
    private static Engine withLongerSteps(Engine engine, double factor) {
        return (Engine) Proxy.newProxyInstance(
                ResidualTest.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(engine, arguments);
                    return result instanceof Training training && arguments[0] instanceof Dataset
                            ? longer(training, factor)
                            : result;
                });
    }

    private static Training longer(Training training, double factor) {
        return (Training) Proxy.newProxyInstance(
                ResidualTest.class.getClassLoader(),
                new Class<?>[] {Training.class},
                (proxy, method, arguments) -> method.getName().equals("step")
                        ? training.step(factor * (double) arguments[0])
                        : method.invoke(training, arguments));
    }
}
