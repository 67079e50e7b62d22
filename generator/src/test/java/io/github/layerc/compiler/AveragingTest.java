package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exponential average of the parameters: who sees it, and when. Its numbers are compared in {@link TrainingReferenceTest}, too. */
class AveragingTest {
    private static final int COUNT = 13;
    private static final double DECAY = 0.75;

    private static final TrainingSettings AVERAGED =
            new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.5, 10).withAveraging(DECAY);

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(17))
                .layer(9, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
    }

    private static List<Engine> engines(Network network) {
        Generated generated = new Generated(network);
        List<Engine> engines = new ArrayList<>();
        for (int capacity : new int[] {COUNT, 4}) {
            engines.add(Interpreter.create(network, capacity));
            for (Target target : Target.values()) {
                engines.add(generated.create(capacity, target));
            }
        }
        return engines;
    }

    /** Steps over all samples and over some, and updates with gradients; what is averaged are their parameters. */
    @ParameterizedTest
    @EnumSource
    void followsEveryStep(Precision precision) {
        Network network = network(precision);
        Problem problem = new Problem(network, COUNT, 7);
        int[] mixed = {3, 1, 4, 12, 5};
        for (Engine engine : engines(network)) {
            try (engine;
                    Training training = problem.give(engine).train(problem.dataset(), AVERAGED)) {
                double[] average = engine.parametersAsDouble();
                double[] gradients = new double[average.length];
                for (int step = 0; step < 9; step++) {
                    if (step % 3 == 0) {
                        training.step(0.5);
                    } else if (step % 3 == 1) {
                        training.step(mixed, 0, 5, 0.5);
                    } else {
                        training.gradients(mixed, 1, 4, gradients);
                        training.apply(gradients, 0.5);
                    }
                    double[] now = engine.parametersAsDouble();
                    for (int i = 0; i < average.length; i++) {
                        average[i] = DECAY * average[i] + (1 - DECAY) * now[i];
                    }
                    training.useAverage(true);
                    assertThat(engine.parametersAsDouble())
                            .as("%s, step %d", engine.name(), step)
                            .containsExactly(average, within(precision.epsilon()));
                    if (step % 2 == 0) {
                        training.useAverage(false);
                        assertThat(engine.parametersAsDouble()).isEqualTo(now);
                    }
                }
            }
        }
    }

    /** Looks at the average, whatever looks, change neither steps nor states. */
    @ParameterizedTest
    @EnumSource
    void changesNoStep(Precision precision) {
        Network network = network(precision);
        Problem problem = new Problem(network, COUNT, 7);
        for (Engine engine : engines(network)) {
            try (engine) {
                List<Double> costs = new ArrayList<>();
                try (Training plain = problem.give(engine)
                        .train(problem.dataset(), AVERAGED.withAveraging(0).withForm(Form.DIRECT))) {
                    for (int step = 0; step < 5; step++) {
                        costs.add(plain.step(0.5));
                    }
                }
                problem.give(engine);
                try (Training training = engine.train(problem.dataset(), AVERAGED.withForm(Form.DIRECT))) {
                    Evaluation evaluation = training.evaluate(problem.dataset());
                    for (double cost : costs) {
                        training.useAverage(true);
                        evaluation.cost();
                        engine.parametersAsDouble();
                        TrainingState state = training.state();
                        training.useAverage(true);
                        assertThat(training.step(0.5)).as(engine.name()).isEqualTo(cost);
                        training.useAverage(true);
                        double[] average = engine.parametersAsDouble();
                        double averageCost = evaluation.cost();
                        training.restore(state);
                        assertThat(training.step(0.5)).isEqualTo(cost);
                        training.useAverage(true);
                        assertThat(engine.parametersAsDouble()).isEqualTo(average);
                        assertThat(evaluation.cost()).isEqualTo(averageCost);
                    }
                }
            }
        }
    }

    /** Parameters that something else has set are where the average starts anew, also while it is in use. */
    @Test
    void startsAnewFromOtherParameters() {
        Network network = network(Precision.DOUBLE);
        Problem problem = new Problem(network, COUNT, 7);
        try (Engine engine = problem.give(Interpreter.create(network, COUNT));
                Training training = engine.train(problem.dataset(), AVERAGED)) {
            double cost = training.step(0.5);
            training.useAverage(true);
            double[] average = engine.parametersAsDouble();
            problem.give(engine);
            training.useAverage(true);
            assertThat(engine.parametersAsDouble()).isEqualTo(problem.parameters());
            assertThat(training.step(0.5)).isEqualTo(cost);
            training.useAverage(true);
            assertThat(engine.parametersAsDouble()).isEqualTo(average);
        }
    }

    /** The history has the costs of averages, the engine the average in the end, and the best one where the training may stop early. */
    @Test
    void trainersLookAtAveragesAndLeaveThem() {
        Network network = network(Precision.DOUBLE);
        Problem problem = new Problem(network, COUNT, 7);
        try (Engine engine = Interpreter.create(network, COUNT)) {
            List<double[]> averages = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            problem.give(engine);
            try (Training training = engine.train(problem.dataset(), AVERAGED)) {
                Evaluation evaluation = training.evaluate(problem.dataset());
                for (int step = 0; step <= 10; step++) {
                    training.useAverage(true);
                    averages.add(engine.parametersAsDouble());
                    costs.add(evaluation.cost());
                    training.step(0.5);
                }
            }
            problem.give(engine);
            Trainer.Result result = new Trainer(AVERAGED, 1)
                    .withTest(problem.dataset())
                    .withValidation(problem.dataset())
                    .train(engine, problem.dataset());
            assertThat(engine.parametersAsDouble()).isEqualTo(averages.get(10));
            assertThat(result.history().entries())
                    .extracting(entry -> entry.test().orElseThrow().cost())
                    .containsExactlyElementsOf(costs.subList(0, 10));
            assertThat(result.history().entries())
                    .extracting(entry -> entry.validation().orElseThrow().cost())
                    .containsExactlyElementsOf(costs.subList(0, 10));

            problem.give(engine);
            EarlyStopping stopping = new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 3, 10);
            Trainer.Result early = new Trainer(AVERAGED.withEarlyStopping(stopping), 1)
                    .withValidation(problem.dataset())
                    .train(engine, problem.dataset());
            assertThat(early.end()).isEqualTo(Trainer.End.EARLY);
            assertThat(early.best()).contains(costs.get(1));
            assertThat(engine.parametersAsDouble()).isEqualTo(averages.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void isNotThereUnlessAskedFor(Form form) {
        Network network = network(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        try (Engine engine = problem.give(Interpreter.create(network, COUNT));
                Training training = engine.train(
                        problem.dataset(), AVERAGED.withAveraging(0).withForm(form))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> training.useAverage(true))
                    .withMessage("a training without an average of its parameters: expected averaging in its settings");
        }
    }

    /** With {@code apply} behind them they are a step, which starts where the last one has ended. */
    @Test
    void gradientsAreThoseOfTheLastStep() {
        Network network = network(Precision.DOUBLE);
        Problem problem = new Problem(network, COUNT, 7);
        int[] rows = IntStream.range(0, COUNT).toArray();
        for (Engine engine : engines(network)) {
            problem.give(engine);
            try (engine;
                    Training training = engine.train(problem.dataset(), AVERAGED)) {
                training.step(0.5);
                double[] expected = new double[network.parameterCount()];
                double cost = training.gradients(rows, 0, COUNT, expected);
                training.useAverage(true);
                double[] found = new double[expected.length];
                assertThat(training.gradients(rows, 0, COUNT, found)).isEqualTo(cost);
                assertThat(found).isEqualTo(expected);
                // parameters of somebody else are nobody's average
                training.useAverage(true);
                problem.give(engine);
                training.gradients(rows, 0, COUNT, found);
                assertThat(engine.parametersAsDouble()).isEqualTo(problem.parameters());
            }
        }
    }
}
