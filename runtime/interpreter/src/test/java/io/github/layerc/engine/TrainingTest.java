package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** To whom the velocity belongs, and what ends it. */
final class TrainingTest {
    private static final Dataset DATA =
            Dataset.of(new double[] {1, 0, 0, 1, 2, 1, 1, 3, -1, 2}, 2, new double[] {1, 0, 1, 0, 1}, 1);
    private static final TrainingSettings MOMENTUM = new TrainingSettings(Optimizer.MOMENTUM, 0.5, 10);

    private static Network network() {
        return Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(3, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .loss(Loss.BINARY_CROSS_ENTROPY)
                .precision(Precision.DOUBLE)
                .build();
    }

    private static DoubleEngine engine() {
        DoubleEngine engine = Interpreter.createDouble(network(), 8);
        engine.initialize();
        return engine;
    }

    /** Parameters after two steps, something between them. */
    private static double[] afterTwoSteps(Consumer<DoubleEngine> between) {
        try (DoubleEngine engine = engine();
                Training training = engine.train(DATA, MOMENTUM)) {
            training.step(0.5);
            between.accept(engine);
            training.step(0.5);
            return engine.parameters();
        }
    }

    /** Parameters after a step from these by a training of its own. */
    private static double[] afterFirstStep(double[] parameters) {
        try (DoubleEngine engine = engine();
                Training training = engine.train(DATA, MOMENTUM)) {
            engine.setParameters(parameters);
            training.step(0.5);
            return engine.parameters();
        }
    }

    private static double[] initialized() {
        try (DoubleEngine engine = engine()) {
            return engine.parameters();
        }
    }

    @Test
    void velocityStaysWhereNothingElseChangesTheParameters() {
        double[] undisturbed = afterTwoSteps(engine -> {});
        double[] once = afterFirstStep(initialized());

        assertThat(undisturbed).isNotEqualTo(afterFirstStep(once));
        assertThat(afterTwoSteps(engine -> {
                    engine.parameters();
                    engine.predict(DATA);
                    engine.cost(new double[] {1, 2}, new double[] {1}, 1);
                    engine.gradients(new double[] {1, 2}, new double[] {1}, 1, new double[13]);
                    // another training that takes no step
                    engine.train(DATA, MOMENTUM).close();
                }))
                .isEqualTo(undisturbed);
    }

    @Test
    void momentumStartsAnewAfterEveryOtherChange() {
        double[] once = afterFirstStep(initialized());

        // the values are the same, but nobody can know that
        assertThat(afterTwoSteps(engine -> engine.setParameters(engine.parameters())))
                .isEqualTo(afterFirstStep(once));
        assertThat(afterTwoSteps(engine -> engine.setParametersFromDouble(engine.parametersAsDouble())))
                .isEqualTo(afterFirstStep(once));
        assertThat(afterTwoSteps(Engine::initialize)).isEqualTo(once);
    }

    @Test
    void stepOfAnotherTrainingEndsTheMomentumOfThisOne() {
        Dataset other = Dataset.of(new double[] {3, 3}, 2, new double[] {1}, 1);
        double[] moved;
        try (DoubleEngine engine = engine();
                Training training = engine.train(other)) {
            engine.setParameters(afterFirstStep(initialized()));
            training.step(0.25);
            moved = engine.parameters();
        }

        assertThat(afterTwoSteps(engine -> {
                    try (Training training = engine.train(other)) {
                        training.step(0.25);
                    }
                }))
                .isEqualTo(afterFirstStep(moved));
    }

    /** Closing one training says nothing about the steps of another. */
    @Test
    void closingAnotherTrainingLeavesTheVelocity() {
        double[] undisturbed = afterTwoSteps(engine -> {});
        try (DoubleEngine engine = engine();
                Training training = engine.train(DATA, MOMENTUM)) {
            try (Training other = engine.train(DATA)) {
                other.step(0.1);
                engine.initialize();
                training.step(0.5);
            }
            training.step(0.5);
            assertThat(engine.parameters()).isEqualTo(undisturbed);
        }
    }
}
