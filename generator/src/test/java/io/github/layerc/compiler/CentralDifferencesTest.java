package io.github.layerc.compiler;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of every hidden activation, and of every output activation and every loss, against differences of the cost. */
class CentralDifferencesTest {
    /** The cube root of eps in double, where errors of rounding and of curvature are about equal. */
    private static final double STEP = 6e-6;

    static Stream<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (Activation hidden : Activation.all()) {
            if (hidden.elementwise()) {
                networks.add(network(hidden, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY));
            }
        }
        OutputPair.all().forEach(pair -> networks.add(network(Activation.TANH, pair.activation(), pair.loss())));
        return networks.stream();
    }

    private static Network network(Activation hidden, Activation output, Loss loss) {
        return Network.builder("", "Net_" + hidden.keyword() + "_" + output.keyword() + "_" + loss.keyword())
                .input(Input.flat(5))
                .layer(4, hidden)
                .layer(3, output)
                .loss(loss)
                .precision(Precision.DOUBLE)
                .build();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreTheDerivativesOfTheCost(Network network) {
        Problem problem = new Problem(network, 9, 5);
        Generated generated = new Generated(network);
        check(problem, Interpreter.create(network, 9));
        for (Target target : Target.values()) {
            check(problem, generated.create(9, target));
        }
    }

    private static void check(Problem problem, Engine engine) {
        try (engine) {
            double[] parameters = problem.parameters().clone();
            engine.setParametersFromDouble(parameters);
            double[] gradients = problem.gradients(engine);
            for (int i = 0; i < parameters.length; i++) {
                double old = parameters[i];
                parameters[i] = old + STEP;
                engine.setParametersFromDouble(parameters);
                double above = problem.cost(engine);
                parameters[i] = old - STEP;
                engine.setParametersFromDouble(parameters);
                double below = problem.cost(engine);
                parameters[i] = old;
                double difference = (above - below) / (2 * STEP);
                if (!(Math.abs(gradients[i] - difference) <= 1e-8 * Math.max(1, Math.abs(difference)))) {
                    throw new AssertionError(
                            engine.name() + ": gradient " + i + ": expected " + difference + ", found " + gradients[i]);
                }
            }
        }
    }
}
