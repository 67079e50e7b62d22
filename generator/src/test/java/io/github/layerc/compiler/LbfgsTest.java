package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Trainer;
import io.github.layerc.training.TrainingCheckpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Optimizer#lbfgs} does besides ending where NumPy and SciPy do, for which there is {@link TrainingReferenceTest}. */
class LbfgsTest {
    private static final TrainingSettings LBFGS = new TrainingSettings(Optimizer.LBFGS, 1, 25);

    private static Network network(Precision precision, int... dims) {
        Network.Builder builder = Network.builder("", "Net")
                .input(Input.flat(dims[0]))
                .precision(precision)
                .training(LBFGS.withForm(Form.GRAM));
        for (int i = 1; i < dims.length; i++) {
            builder.layer(dims[i], i < dims.length - 1 ? Activation.TANH : Activation.SIGMOID);
        }
        return builder.build();
    }

    /** Engines whose workspace holds all samples, and not. */
    private static List<Engine> engines(Network network, int count) {
        Generated generated = new Generated(network);
        List<Engine> engines = new ArrayList<>();
        for (int capacity : new int[] {count, Math.max(1, count / 3)}) {
            engines.add(Interpreter.create(network, capacity));
            for (Target target : Target.values()) {
                engines.add(generated.create(capacity, target));
            }
        }
        return engines;
    }

    /** Costs, then parameters. */
    private static double[] train(Problem problem, Dataset data, TrainingSettings settings, Engine engine, int steps) {
        double[] costs = new double[steps];
        try (engine;
                Training training = problem.give(engine).train(data, settings)) {
            assertThat(training.form()).isEqualTo(settings.form());
            for (int i = 0; i < steps; i++) {
                costs[i] = training.step(i == 0 ? 0.7 : 1);
            }
            return IntStream.range(0, 2)
                    .mapToObj(i -> i == 0 ? costs : engine.parametersAsDouble())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void formsAndEnginesAgree(long seed) {
        Random random = new Random(seed);
        int[] sizes = {1, 3, 4, 7, 8, 13, 16, 17, 33};
        Network network = network(
                Precision.DOUBLE,
                1 + random.nextInt(300),
                sizes[random.nextInt(sizes.length)],
                sizes[random.nextInt(sizes.length)],
                1);
        Problem problem = new Problem(network, 2 + random.nextInt(40), seed);
        TrainingSettings settings = LBFGS.withL2(seed % 2 == 0 ? 0.05 : 0);
        Dataset plain = problem.dataset();
        // of three different weights, or none
        Dataset data = seed % 3 == 0
                ? plain.withWeights(IntStream.range(0, plain.count())
                        .mapToDouble(s -> s % 3)
                        .toArray())
                : plain;
        double[] expected =
                train(problem, data, settings.withForm(Form.DIRECT), Interpreter.create(network, problem.count()), 12);
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            for (Engine engine : engines(network, problem.count())) {
                assertThat(train(problem, data, settings.withForm(form), engine, 12))
                        .as("%s, %s, %s", engine, form, network.layerDims())
                        .containsExactly(expected, within(1e-9));
            }
        }
    }

    /** Of the cost with its penalty, between any two parameters of a training: with d = p - p0 they need no t. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyStepMeetsTheStrongWolfeConditions(long seed) {
        Random random = new Random(seed);
        Network network = network(Precision.DOUBLE, 1 + random.nextInt(40), 1 + random.nextInt(9), 3, 2);
        Problem problem = new Problem(network, 25, seed);
        double c1 = 0.01;
        double c2 = seed % 2 == 0 ? 0.9 : 0.2;
        TrainingSettings settings = LBFGS.withOptimizer(Optimizer.lbfgs(1 + random.nextInt(6), c1, c2, 20))
                .withL2(0.001 * random.nextInt(3));
        double rate = List.of(0.01, 1.0, 50.0).get(random.nextInt(3));
        int[] all = IntStream.range(0, problem.count()).toArray();
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            try (Engine engine = problem.give(Interpreter.create(network, 25));
                    Engine other = problem.give(Interpreter.create(network, 25));
                    Training training = engine.train(problem.dataset(), settings.withForm(form));
                    Training gradients = other.train(problem.dataset(), settings.withForm(Form.DIRECT))) {
                int size = network.parameterCount();
                double[] before = engine.parametersAsDouble();
                double[] gradientBefore = new double[size];
                double cost = gradients.gradients(all, 0, all.length, gradientBefore);
                for (int step = 0; step < 25; step++) {
                    assertThat(training.step(rate)).isCloseTo(cost, within(1e-13));
                    double[] after = engine.parametersAsDouble();
                    double[] gradientAfter = new double[size];
                    other.setParametersFromDouble(after);
                    double costAfter = gradients.gradients(all, 0, all.length, gradientAfter);
                    double slopeBefore = 0;
                    double slopeAfter = 0;
                    for (int i = 0; i < size; i++) {
                        slopeBefore += gradientBefore[i] * (after[i] - before[i]);
                        slopeAfter += gradientAfter[i] * (after[i] - before[i]);
                    }
                    assertThat(slopeBefore).isNegative();
                    assertThat(costAfter).isLessThanOrEqualTo(cost + c1 * slopeBefore + 1e-14);
                    assertThat(Math.abs(slopeAfter)).isLessThanOrEqualTo(-c2 * slopeBefore + 1e-12);
                    before = after;
                    gradientBefore = gradientAfter;
                    cost = costAfter;
                }
            }
        }
    }

    /** A linear layer and squares: the cost is a parabola in all directions. */
    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void solvesLeastSquares(Form form) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(5))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        Problem problem = new Problem(network, 30, 3);
        Dataset data = problem.dataset();
        double[][] normal = new double[6][7];
        for (int s = 0; s < 30; s++) {
            double[] row = new double[7];
            for (int i = 0; i < 5; i++) {
                row[i] = data.sample(s, i);
            }
            row[5] = 1;
            row[6] = data.target(s, 0);
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 7; j++) {
                    normal[i][j] += row[i] * row[j];
                }
            }
        }
        try (Engine engine = problem.give(Interpreter.create(network, 30))) {
            new Trainer(LBFGS.withForm(form)).train(engine, data);
            assertThat(engine.parametersAsDouble()).containsExactly(solved(normal), within(1e-8));
        }
    }

    /** By elimination: the matrix is positive, so that it needs no order of its rows. */
    private static double[] solved(double[][] rows) {
        int size = rows.length;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double factor = k == i ? 0 : rows[k][i] / rows[i][i];
                for (int j = i; j <= size; j++) {
                    rows[k][j] -= factor * rows[i][j];
                }
            }
        }
        return IntStream.range(0, size)
                .mapToDouble(i -> rows[i][size] / rows[i][i])
                .toArray();
    }

    @ParameterizedTest
    @EnumSource
    void resumedTrainingsEndInTheSameBits(Precision precision) {
        Network network = network(precision, 35, 9, 1).withThreads(2);
        Problem problem = new Problem(network, 21, 7);
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            TrainingSettings settings = LBFGS.withOptimizer(Optimizer.lbfgs(4, 1e-4, 0.9, 20))
                    .withL2(0.001)
                    .withForm(form);
            List<Engine> wholes = engines(network, 21);
            List<Engine> resumeds = engines(network, 21);
            for (int i = 0; i < wholes.size(); i++) {
                try (Engine whole = problem.give(wholes.get(i));
                        Engine resumed = resumeds.get(i)) {
                    List<TrainingCheckpoint> checkpoints = new ArrayList<>();
                    Trainer.Result expected = new Trainer(settings, 1)
                            .withCheckpoints(3, checkpoints::add)
                            .train(whole, problem.dataset());
                    assertThat(checkpoints).hasSizeGreaterThan(8);
                    for (TrainingCheckpoint checkpoint : checkpoints) {
                        resumed.initialize();
                        Trainer.Result result =
                                new Trainer(settings, 1).from(checkpoint).train(resumed, problem.dataset());
                        assertThat(result.history()).isEqualTo(expected.history());
                        assertThat(resumed.parametersAsDouble())
                                .as("%s, %s, from %d", resumed.name(), form, checkpoint.iterations())
                                .isEqualTo(whole.parametersAsDouble());
                    }
                }
            }
        }
    }

    /** It forgets the pairs where something else has set the parameters. */
    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void startsAnewFromOtherParameters(Form form) {
        Network network = network(Precision.DOUBLE, 12, 5, 1);
        Problem problem = new Problem(network, 21, 7);
        try (Engine engine = problem.give(Interpreter.create(network, 21));
                Training training = engine.train(problem.dataset(), LBFGS.withForm(form))) {
            double[] first = new double[4];
            for (int i = 0; i < 4; i++) {
                first[i] = training.step(1);
            }
            problem.give(engine);
            for (double cost : first) {
                assertThat(training.step(1)).isEqualTo(cost);
            }
        }
    }

    /** In float roundings of the cost end it after some steps: nothing moves any more, not by a bit. */
    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void staysWhereItFindsNoLowerCost(Form form) {
        Network network = network(Precision.FLOAT, 6, 3, 1);
        Problem problem = new Problem(network, 21, 7);
        TrainingSettings settings = LBFGS.withL2(0.05).withForm(form);
        try (Engine engine = problem.give(Interpreter.create(network, 21));
                Training training = engine.train(problem.dataset(), settings)) {
            for (int i = 0; i < 200; i++) {
                training.step(1);
            }
            double[] parameters = engine.parametersAsDouble();
            double cost = training.step(1);
            assertThat(training.step(1)).isEqualTo(cost);
            assertThat(engine.parametersAsDouble()).isEqualTo(parameters);
            assertThat(training.state().arrays().get("pairs")).containsExactly(0);
        }
    }

    /** At the lowest point there is no direction to search in. */
    @Test
    void staysWhereTheGradientIsZero() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        Dataset data = Dataset.of(new double[] {1, 2, 3, 5}, 2, new double[] {0, 0}, 1);
        try (Engine engine = Interpreter.create(network, 2)) {
            engine.setParametersFromDouble(new double[3]);
            try (Training training = engine.train(data, LBFGS)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(training.step(1)).isZero();
                }
            }
            assertThat(engine.parametersAsDouble()).containsOnly(0);
        }
    }

    /** The sigmoid and its loss stay finite; squares of what is too large for a float do not. */
    @Test
    void staysWhereTheCostIsNotFinite() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        Dataset data = Dataset.of(new double[] {1e30}, 1, new double[] {0}, 1);
        double[] parameters = {1e30, 0};
        try (Engine engine = Interpreter.create(network, 1)) {
            engine.setParametersFromDouble(parameters);
            double[] rounded = engine.parametersAsDouble();
            try (Training training = engine.train(data, LBFGS.withForm(Form.DIRECT))) {
                assertThat(training.step(1)).isNotFinite();
                assertThat(training.step(1)).isNotFinite();
            }
            assertThat(engine.parametersAsDouble()).isEqualTo(rounded);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void searchesTheCostOfAllSamplesOnly(Form form) {
        Network network = network(Precision.DOUBLE, 6, 3, 1);
        Problem problem = new Problem(network, 4, 7);
        int[] rows = {0, 1, 2, 3, 0};
        try (Engine engine = problem.give(Interpreter.create(network, 4));
                Training training = engine.train(problem.dataset(), LBFGS.withForm(form))) {
            for (int[] range : new int[][] {{0, 3}, {1, 5}, {1, 4}}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> training.step(rows, range[0], range[1], 1))
                        .withMessage("rows of a step that searches along a line must be all samples in their order");
            }
            for (double rate : new double[] {0, -1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> training.step(rate))
                        .withMessage("learning rate of a search along a line must be positive: learningRate=" + rate);
            }
            assertThat(engine.parametersAsDouble()).isEqualTo(problem.parameters());
            double[] costs = {training.step(1), training.step(rows, 0, 4, 1), training.step(1)};
            assertThat(costs).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
    }

    @Test
    void hasNoUpdateByGradientsAlone() {
        Network network = network(Precision.DOUBLE, 6, 3, 1);
        Problem problem = new Problem(network, 4, 7);
        try (Engine engine = problem.give(Interpreter.create(network, 4));
                Training training = engine.train(problem.dataset(), LBFGS.withForm(Form.DIRECT))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> training.apply(new double[network.parameterCount()], 1))
                    .withMessage("a training that searches along lines has no update by gradients alone: "
                            + "expected a step");
        }
    }

    @Test
    void refusesTheStateOfAnotherHistory() {
        Network network = network(Precision.DOUBLE, 2, 1);
        Problem problem = new Problem(network, 4, 7);
        TrainingSettings one =
                LBFGS.withOptimizer(Optimizer.lbfgs(1, 1e-4, 0.9, 20)).withForm(Form.DIRECT);
        TrainingSettings two =
                LBFGS.withOptimizer(Optimizer.lbfgs(2, 1e-4, 0.9, 20)).withForm(Form.DIRECT);
        try (Engine engine = problem.give(Interpreter.create(network, 4));
                Training training = engine.train(problem.dataset(), one);
                Training other = engine.train(problem.dataset(), two)) {
            TrainingState state = training.state();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.restore(state))
                    .withMessageStartingWith(
                            "state must be of this network, optimizer and number of samples: expected arrays"
                                    + " {parameters=3, steps=1, move_1=3, gradient_change_1=3, move_2=3, gradient_change_2=3,"
                                    + " curvatures=2, pairs=1, next_pair=1}: arrays=");
        }
    }

    @Test
    void refusesNetworksWhoseCostIsNotTheSameTwice() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(2, Activation.TANH)
                .dropout(0.5)
                .layer(1, Activation.SIGMOID)
                .build();
        Problem problem = new Problem(network, 4, 7);
        try (Engine engine = problem.give(Interpreter.create(network, 4))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.train(problem.dataset(), LBFGS))
                    .withMessage(
                            "layer 1: optimizer lbfgs needs a cost that is the same whenever it looks, without dropout: dropout=0.5");
        }
    }
}
