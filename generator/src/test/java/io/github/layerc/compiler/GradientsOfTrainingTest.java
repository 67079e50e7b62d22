package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step in two parts: gradients of a training, and an update with them. */
class GradientsOfTrainingTest {
    private static final int COUNT = 13;

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(17))
                .layer(9, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .build();
    }

    /** Engines whose workspace holds fewer samples than a step has, too. */
    private static List<Engine> engines(Generated generated, Network network, int capacity) {
        List<Engine> engines = new ArrayList<>(List.of(Interpreter.create(network, capacity)));
        for (Target target : Target.values()) {
            engines.add(generated.create(capacity, target));
        }
        return engines;
    }

    @ParameterizedTest
    @EnumSource
    void areAStepTogether(Precision precision) {
        Network network = network(precision);
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, COUNT, 7);
        int[] mixed = {3, 1, 4, 12, 5, 9};
        int[] inOrder = {2, 3, 4, 5, 6};
        TrainingSettings decaying =
                TrainingSettings.DEFAULT.withL1(0.02).withL2(0.1).withForm(Form.DIRECT);
        List<TrainingSettings> all = new ArrayList<>();
        ExpectedUpdate.optimizers().forEach(optimizer -> all.add(decaying.withOptimizer(optimizer)));
        Clip.all().forEach(clip -> all.add(decaying.withClip(clip.with(List.of(0.01)))));
        for (TrainingSettings settings : all) {
            for (int capacity : new int[] {COUNT, 4}) {
                List<Engine> whole = engines(generated, network, capacity);
                List<Engine> parts = engines(generated, network, capacity);
                for (int i = 0; i < whole.size(); i++) {
                    try (Engine one = problem.give(whole.get(i));
                            Engine two = problem.give(parts.get(i));
                            Training steps = one.train(problem.dataset(), settings);
                            Training gradients = two.train(problem.dataset(), settings)) {
                        double[] out = new double[network.parameterCount()];
                        for (int[] rows : List.of(mixed, inOrder, mixed)) {
                            double cost = steps.step(rows, 0, rows.length, 0.1);
                            assertThat(gradients.gradients(rows, 0, rows.length, out))
                                    .isEqualTo(cost);
                            gradients.apply(out, 0.1);
                            assertThat(two.parametersAsDouble())
                                    .as("%s, %s", one.name(), settings)
                                    .isEqualTo(one.parametersAsDouble());
                        }
                    }
                }
            }
        }
    }

    /** A clipped step is one with gradients that are clipped by hand; some of them are, others stay as they are. */
    @ParameterizedTest
    @EnumSource
    void clippedStepsAreThoseWithClippedGradients(Precision precision) {
        Network network = network(precision);
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, COUNT, 7);
        int[] rows = {3, 1, 4, 12, 5, 9};
        double eps = precision.epsilon();
        for (double at : new double[] {0.001, 0.02, 0.2, 100}) {
            for (Clip clip : List.of(Clip.value(at), Clip.norm(at), Clip.globalNorm(at))) {
                TrainingSettings plain = new TrainingSettings(Optimizer.NESTEROV, 0.1)
                        .withL2(0.1)
                        .withForm(Form.DIRECT);
                for (int capacity : new int[] {COUNT, 4}) {
                    List<Engine> clipped = engines(generated, network, capacity);
                    List<Engine> byHand = engines(generated, network, capacity);
                    for (int i = 0; i < clipped.size(); i++) {
                        try (Engine one = problem.give(clipped.get(i));
                                Engine two = problem.give(byHand.get(i));
                                Training steps = one.train(problem.dataset(), plain.withClip(clip));
                                Training gradients = two.train(problem.dataset(), plain)) {
                            double[] out = new double[network.parameterCount()];
                            for (int step = 0; step < 3; step++) {
                                steps.step(rows, 0, rows.length, 0.1);
                                gradients.gradients(rows, 0, rows.length, out);
                                clip(network, clip, out);
                                gradients.apply(out, 0.1);
                            }
                            assertThat(one.parametersAsDouble())
                                    .as("%s, %s", one.name(), clip)
                                    .containsExactly(two.parametersAsDouble(), within(16 * eps));
                        }
                    }
                }
            }
        }
    }

    private static void clip(Network network, Clip clip, double[] gradients) {
        if (clip.equals(Clip.value(clip.at()))) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = Math.max(-clip.at(), Math.min(clip.at(), gradients[i]));
            }
        } else if (clip.equals(Clip.globalNorm(clip.at()))) {
            shorten(gradients, 0, gradients.length, clip.at());
        } else {
            for (Layer layer : network.layers()) {
                shorten(gradients, layer.weightsAt(), layer.biasAt(), clip.at());
                shorten(gradients, layer.biasAt(), layer.end(), clip.at());
            }
        }
    }

    private static void shorten(double[] gradients, int from, int to, double at) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += gradients[i] * gradients[i];
        }
        for (int i = from; i < to; i++) {
            gradients[i] *= Math.min(1, at / Math.sqrt(squares));
        }
    }

    /** With numbers for all layers and of their own, and workspaces for fewer samples. */
    @Test
    void areDerivativesOfTheCostWithPenaltiesAndWeights() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(6))
                .layer(7, Activation.TANH)
                .layerL2(0)
                .layer(5, Activation.TANH)
                .layer(2, Activation.IDENTITY)
                .layerL1(0.3)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        TrainingSettings settings =
                TrainingSettings.DEFAULT.withL1(0.2).withL2(0.1).withForm(Form.DIRECT);
        Problem problem = new Problem(network, COUNT, 7);
        int[] rows = {3, 1, 4, 12, 5, 9};
        double[] weights = {1, 0.5, 1, 0.25, 3, 0, 1, 1, 1, 1, 1, 1, 0.5};
        Dataset data = problem.dataset().withWeights(weights);
        double step = 1e-5;
        for (Engine engine : engines(new Generated(network), network, 4)) {
            try (engine;
                    Training training = problem.give(engine).train(data, settings)) {
                double[] gradients = new double[network.parameterCount()];
                training.gradients(rows, 0, rows.length, gradients);
                for (int i = 0; i < gradients.length; i++) {
                    double[] costs = new double[2];
                    for (int side = 0; side < 2; side++) {
                        double[] parameters = problem.parameters().clone();
                        parameters[i] += side == 0 ? -step : step;
                        engine.setParametersFromDouble(parameters);
                        costs[side] = training.gradients(rows, 0, rows.length, new double[gradients.length]);
                    }
                    assertThat(gradients[i]).isCloseTo((costs[1] - costs[0]) / (2 * step), within(1e-8));
                }
            }
        }
    }

    /** Of all samples and without a penalty they are those of the engine, and leave the parameters as they are. */
    @Test
    void areThoseOfTheEngine() {
        Network network = network(Precision.DOUBLE);
        Problem problem = new Problem(network, COUNT, 7);
        int[] all = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            all[i] = i;
        }
        for (Engine engine : engines(new Generated(network), network, COUNT)) {
            try (engine) {
                problem.give(engine);
                double[] expected = problem.gradients(engine);
                double[] before = engine.parametersAsDouble();
                try (Training training =
                        engine.train(problem.dataset(), TrainingSettings.DEFAULT.withForm(Form.DIRECT))) {
                    double[] out = new double[network.parameterCount()];
                    training.gradients(all, 0, COUNT, out);
                    for (int i = 0; i < out.length; i++) {
                        assertThat(out[i]).isCloseTo(expected[i], within(1e-15));
                    }
                    assertThat(engine.parametersAsDouble()).isEqualTo(before);
                }
            }
        }
    }

    /** What was refused has not begun: the velocity of the training before is still there. */
    @Test
    void refusalLeavesOtherTrainingsAlone() {
        Network network = network(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        TrainingSettings direct =
                TrainingSettings.DEFAULT.withOptimizer(Optimizer.MOMENTUM).withForm(Form.DIRECT);
        double[][] after = new double[2][];
        for (int refused = 0; refused < 2; refused++) {
            try (Engine engine = problem.give(Interpreter.create(network, COUNT));
                    Training steps = engine.train(problem.dataset(), direct);
                    Training gram = engine.train(problem.dataset(), direct.withForm(Form.GRAM))) {
                steps.step(0.1);
                steps.step(0.1);
                if (refused == 1) {
                    assertThatThrownBy(() -> gram.apply(new double[network.parameterCount()], 0.1))
                            .isInstanceOf(IllegalStateException.class);
                }
                steps.step(0.1);
                after[refused] = engine.parametersAsDouble();
            }
        }
        assertThat(after[1]).isEqualTo(after[0]);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = network(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        int parameters = network.parameterCount();
        int[] rows = {0, 1};
        try (Engine engine = problem.give(Interpreter.create(network, COUNT))) {
            try (Training training = engine.train(problem.dataset(), TrainingSettings.DEFAULT.withForm(Form.DIRECT))) {
                String length = "gradients must be as many as the parameters, " + parameters + ": length=3";
                assertThatThrownBy(() -> training.gradients(rows, 0, 2, new double[3]))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(length);
                assertThatThrownBy(() -> training.apply(new double[3], 0.1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(length);
                double[] before = engine.parametersAsDouble();
                double[] large = new double[parameters];
                large[5] = 1e40;
                assertThatThrownBy(() -> training.apply(large, 0.1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("gradients[5]=1.0E40");
                assertThat(engine.parametersAsDouble()).isEqualTo(before);
            }
            try (Training training = engine.train(problem.dataset(), TrainingSettings.DEFAULT.withForm(Form.GRAM))) {
                for (Runnable call : List.<Runnable>of(
                        () -> training.gradients(rows, 0, 2, new double[parameters]),
                        () -> training.apply(new double[parameters], 0.1))) {
                    assertThatThrownBy(call::run)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage(
                                    "a training in form gram has no gradients of the first weights: expected form direct: form=gram");
                }
            }
        }
    }
}
