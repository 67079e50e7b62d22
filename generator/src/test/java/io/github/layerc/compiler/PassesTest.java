package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.pass.Pass;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Lowering;
import io.github.layerc.program.Program;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes change what is done, never what comes out. */
@Tag("long")
class PassesTest {
    private static final Network CATS = Network.builder("", "Cats")
            .input(Input.flat(33))
            .layer(5, Activation.RELU)
            .layer(4, Activation.TANH)
            .layer(1, Activation.SIGMOID)
            .precision(Precision.DOUBLE)
            .build();

    private static final Network DIGITS = Network.builder("", "Digits")
            .input(Input.flat(17))
            .layer(6, Activation.SIGMOID)
            .layer(3, Activation.SOFTMAX)
            .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
            .precision(Precision.DOUBLE)
            .build();

    private static final Network REGRESSION = Network.builder("", "Regression")
            .input(Input.flat(9))
            .layer(4, Activation.IDENTITY)
            .layer(5, Activation.TANH)
            .layer(2, Activation.IDENTITY)
            .loss(Loss.huber(0.5))
            .precision(Precision.DOUBLE)
            .build();

    private static List<Program> lower(Network network) {
        return Arrays.stream(Entry.values())
                .map(entry -> Lowering.lower(network, entry))
                .toList();
    }

    /** The program of the step as text, after all passes: what each of the names promises. */
    @Test
    void stepOfTheCatNetworkIsFused() {
        List<Program> lowered = lower(CATS);
        Passes.Result step = Passes.run(Lowering.lower(CATS, Entry.STEP), Passes.all(CATS, lowered));
        assertThat(step.applied())
                .extracting(Passes.Applied::pass)
                .containsExactly(
                        "drop-input-gradient",
                        "fuse-loss-gradient",
                        "fuse-bias-activation",
                        "fuse-activation-gradient",
                        "fuse-update",
                        "reuse-workspace");
        assertThat(step.program().toString().strip()).isEqualTo("""
                step:
                  a1 = relu(x W1^T + b1)
                  a2 = a1 W2^T + b2
                  a2 = tanh(a2)
                  z3 = a2 W3^T + b3
                  a3 = sigmoid(z3)
                  losses = binary_cross_entropy(z3, y)
                  dz3 = a3 - y
                  dz2 = dz3 W3 * tanh'(a2)
                  dz1 = dz2 W2 * relu'(a1)
                  into[W1] += factor * dz1^T x
                  into[b1] += factor * sum of dz1
                  into[W2] += factor * dz2^T a1
                  into[b2] += factor * sum of dz2
                  into[W3] += factor * dz3^T a2
                  into[b3] += factor * sum of dz3""".stripIndent());
    }

    /** An output that is the pre-activation itself, and a layer in between: their deltas are gradients as they come. */
    @Test
    void identityHasNoDerivative() {
        Passes.Result step =
                Passes.run(Lowering.lower(REGRESSION, Entry.STEP), Passes.all(REGRESSION, lower(REGRESSION)));
        assertThat(step.applied()).extracting(Passes.Applied::pass).contains("drop-identity-gradient");
        assertThat(step.program().toString())
                .contains("dz3 = huber'(a3, y)", "dz2 = dz3 W3 * tanh'(a2)", "dz1 = dz2 W2\n")
                .doesNotContain("identity'", "da3");
        for (SourceFile file :
                Compiler.compile(REGRESSION, "test.yaml", Options.DEFAULT).files()) {
            assertThat(file.text()).doesNotContain("identityGradient");
        }
    }

    /** Where there is a softmax: the cost alone needs none. */
    @Test
    void stepTakesItsLossesFromTheSoftmax() {
        List<Program> lowered = lower(DIGITS);
        List<Pass> passes = Passes.all(DIGITS, lowered);
        assertThat(Passes.run(Lowering.lower(DIGITS, Entry.STEP), passes)
                        .program()
                        .toString())
                .contains("losses = categorical_cross_entropy(z2, a2, y)");
        assertThat(Passes.run(Lowering.lower(DIGITS, Entry.COST), passes)
                        .program()
                        .toString())
                .contains("losses = categorical_cross_entropy(z2, y)");
    }

    /** Only cross-entropies cancel against an activation. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Activation#all")
    void squaredErrorKeepsItsLossGradient(Activation output) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(2, output)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        Passes.Result step = Passes.run(Lowering.lower(network, Entry.STEP), Passes.all(network, lower(network)));
        assertThat(step.applied()).extracting(Passes.Applied::pass).doesNotContain("fuse-loss-gradient");
    }

    private static final String ALL = "all";

    /** Every pass by its name, and last all of them. */
    static Stream<String> passesAndAll() {
        return Stream.concat(Passes.all(CATS, lower(CATS)).stream().map(Pass::name), Stream.of(ALL));
    }

    /** Leaves out one pass after the other, and last all of them, which compiles the program as it was lowered. */
    @ParameterizedTest
    @MethodSource("passesAndAll")
    void resultsAreTheSameWithoutAPass(String left) {
        for (Network network : List.of(CATS, DIGITS, REGRESSION)) {
            List<Program> lowered = lower(network);
            List<Pass> all = Passes.all(network, lowered);
            List<Pass> fewer = all.stream()
                    .filter(pass -> !left.equals(ALL) && !pass.name().equals(left))
                    .toList();
            assertThat(fewer).hasSize(left.equals(ALL) ? 0 : all.size() - 1);
            Generated with = new Generated(Compiler.compile(network, "test.yaml", Options.DEFAULT));
            Generated without = new Generated(Compiler.compile(network, "test.yaml", lowered, fewer));
            Problem problem = new Problem(network, 13, 3);
            for (Target target : Target.values()) {
                double[] expected = parametersAfterSteps(problem, with.create(13, target));
                double[] found = parametersAfterSteps(problem, without.create(13, target));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.abs(found[i] - expected[i]))
                            .as("%s without pass %s: parameter %d", target, left, i)
                            .isLessThan(1e-12);
                }
            }
        }
    }

    /** Five steps, then the gradients and the outputs. */
    private static double[] parametersAfterSteps(Problem problem, Engine engine) {
        try (engine) {
            engine.setParametersFromDouble(problem.parameters());
            try (Training training = engine.train(problem.dataset())) {
                for (int i = 0; i < 5; i++) {
                    training.step(0.3);
                }
            }
            double[] parameters = engine.parametersAsDouble();
            double[] gradients = problem.gradients(engine);
            double[] outputs = problem.predict(engine);
            double[] all = Arrays.copyOf(parameters, parameters.length + gradients.length + outputs.length);
            System.arraycopy(gradients, 0, all, parameters.length, gradients.length);
            System.arraycopy(outputs, 0, all, parameters.length + gradients.length, outputs.length);
            return all;
        }
    }
}
