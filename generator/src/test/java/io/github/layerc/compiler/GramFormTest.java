package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.WarmUp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Gram form against the direct one, and what a training in Gram form lets others see of the parameters. */
@Tag("long")
class GramFormTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.DEFAULT.withForm(Form.GRAM);
    private static final Network NETWORK = network(Precision.DOUBLE, 70, 6, 3, 1);

    private static Network network(Precision precision, int... dims) {
        Network.Builder builder = Network.builder("test", "Net")
                .input(Input.flat(dims[0]))
                .precision(precision)
                .training(SETTINGS);
        for (int i = 1; i < dims.length; i++) {
            builder.layer(dims[i], i < dims.length - 1 ? Activation.TANH : Activation.SIGMOID);
            if (i == 1) {
                // whatever the l1 of a training, with one of its own the form would not be possible
                builder.layerL1(0);
            }
        }
        return builder.build();
    }

    /** Random shapes, numbers of samples, batches, optimizers and penalties, one after the other in one training. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheDirectForm(long seed) {
        Random random = new Random(seed);
        int[] sizes = {1, 3, 4, 7, 8, 13, 16, 17, 31, 33, 100};
        Network network =
                network(Precision.DOUBLE, 1 + random.nextInt(1200), pick(sizes, random), pick(sizes, random), 1);
        int count = pick(sizes, random);
        int batch = 1 + random.nextInt(count);
        List<Optimizer> optimizers =
                ExpectedUpdate.optimizers().stream().filter(Optimizer::linear).toList();
        Optimizer optimizer = optimizers.get(random.nextInt(optimizers.size()));
        TrainingSettings settings = SETTINGS.withOptimizer(optimizer)
                .withL2(random.nextBoolean() ? 0.1 : 0)
                .withL1(seed % 4 == 0 ? 0.01 : 0)
                .withBatch(batch);
        Problem problem = new Problem(network, count, seed);
        Generated generated = new Generated(network);
        int workspace = 1 + random.nextInt(count);
        List<IntFunction<Engine>> engines = List.of(
                capacity -> Interpreter.create(network, capacity),
                capacity -> generated.create(capacity, Target.SCALAR),
                capacity -> generated.create(capacity, Target.VECTOR));
        double[] expected =
                train(problem, settings.withForm(Form.DIRECT), Interpreter.create(network, count), batch, seed);
        for (IntFunction<Engine> engine : engines) {
            double[] whole = train(problem, settings, engine.apply(count), batch, seed);
            double[] split = train(problem, settings, engine.apply(workspace), batch, seed);
            for (int i = 0; i < expected.length; i++) {
                double allowed = 1e-11 * Math.max(1, Math.abs(expected[i]));
                String what = network.layers() + ", " + count + " samples, " + settings + ", value " + i;
                assertThat(Math.abs(whole[i] - expected[i])).as(what).isLessThan(allowed);
                assertThat(Math.abs(split[i] - expected[i]))
                        .as(what + ", split")
                        .isLessThan(allowed);
            }
        }
    }

    private static int pick(int[] sizes, Random random) {
        return sizes[random.nextInt(sizes.length)];
    }

    /**
     * The costs of some steps over shuffled batches and over all samples, then the parameters: more steps than are
     * added up in the network's precision.
     */
    private static double[] train(Problem problem, TrainingSettings settings, Engine engine, int batch, long seed) {
        int count = problem.count();
        Random random = new Random(seed);
        int[] rows = IntStream.range(0, count).toArray();
        double[] costs = new double[40];
        try (engine) {
            engine.setParametersFromDouble(problem.parameters());
            try (Training training = engine.train(problem.dataset(), settings)) {
                assertThat(training.form()).isEqualTo(settings.form());
                for (int i = 0; i < costs.length; i++) {
                    int other = random.nextInt(count);
                    int row = rows[0];
                    rows[0] = rows[other];
                    rows[other] = row;
                    costs[i] = i % 3 == 2 ? training.step(0.05) : training.step(rows, count - batch, count, 0.05);
                }
            }
            double[] parameters = engine.parametersAsDouble();
            double[] all = Arrays.copyOf(costs, costs.length + parameters.length);
            System.arraycopy(parameters, 0, all, costs.length, parameters.length);
            return all;
        }
    }

    /**
     * Steps that the kernels update by themselves add up in the network's precision, sixteen at a time: shuffled batches, all samples, and steps that
     * are larger than the workspace by turns.
     */
    @ParameterizedTest
    @ValueSource(ints = {9, 5})
    void goesOnOverManySteps(int workspace) {
        Problem problem = new Problem(NETWORK, 9, 5);
        Generated generated = new Generated(NETWORK);
        double[] expected = train(problem, SETTINGS.withForm(Form.DIRECT), Interpreter.create(NETWORK, 9), 4, 1);
        for (Engine engine : List.of(
                Interpreter.create(NETWORK, workspace),
                generated.create(workspace, Target.SCALAR),
                generated.create(workspace, Target.VECTOR))) {
            same(train(problem, SETTINGS, engine, 4, 1), expected);
        }
    }

    /** Such a step has more samples than are bound. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void takesSamplesMoreThanOnce(Target target) {
        Problem problem = new Problem(NETWORK, 9, 5);
        Generated generated = new Generated(NETWORK);
        int[] rows = IntStream.range(0, 30).map(i -> i * 7 % 9).toArray();
        double[][] ends = new double[2][];
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            try (Engine engine = problem.give(generated.create(40, target));
                    Training training = engine.train(problem.dataset(), SETTINGS.withForm(form))) {
                for (int i = 0; i < 5; i++) {
                    training.step(rows, 0, rows.length, 0.1);
                }
                ends[form == Form.GRAM ? 1 : 0] = engine.parametersAsDouble();
            }
        }
        same(ends[1], ends[0]);
    }

    /** A rehearsal that runs beside a training, in other instances of the class, changes nothing in it. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void isNotChangedByAWarmUp(Target target) {
        Network network = network(Precision.FLOAT, 70, 6, 3, 1);
        Problem problem = new Problem(network, 9, 5);
        Generated generated = new Generated(network);
        double[] alone = train(problem, SETTINGS, generated.create(9, target), 4, 1);
        for (int i = 0; i < 3; i++) {
            WarmUp warmUp = WarmUp.start(samples -> generated.create(samples, target), SETTINGS);
            assertThat(train(problem, SETTINGS, generated.create(9, target), 4, 1))
                    .isEqualTo(alone);
            warmUp.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void showsTheParametersOfTheLastStep(Target target) {
        Problem problem = new Problem(NETWORK, 9, 5);
        Generated generated = new Generated(NETWORK);
        try (Engine direct = problem.give(generated.create(9, target));
                Engine gram = problem.give(generated.create(9, target));
                Training directly = direct.train(problem.dataset(), SETTINGS.withForm(Form.DIRECT));
                Training training = gram.train(problem.dataset(), SETTINGS)) {
            for (int i = 0; i < 4; i++) {
                directly.step(0.1);
                training.step(0.1);
                same(problem.predict(gram), problem.predict(direct));
                same(problem.gradients(gram), problem.gradients(direct));
                same(gram.predict(problem.dataset()), direct.predict(problem.dataset()));
                same(gram.parametersAsDouble(), direct.parametersAsDouble());
            }
        }
    }

    /** Two trainings of one engine by turns, and parameters set in between: each goes on from what is there. */
    @Test
    void goesOnFromWhatOthersHaveDone() {
        Problem problem = new Problem(NETWORK, 9, 5);
        Problem other = new Problem(NETWORK, 4, 6);
        double[][] before = new double[2][];
        double[][] ends = new double[2][];
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            try (Engine engine = problem.give(Interpreter.create(NETWORK, 9));
                    Training first = engine.train(problem.dataset(), SETTINGS.withForm(form));
                    Training second = engine.train(other.dataset(), SETTINGS.withForm(form));
                    Training third = engine.train(other.dataset(), SETTINGS.withForm(Form.DIRECT))) {
                engine.initialize();
                first.step(0.1);
                second.step(0.1);
                second.step(0.1);
                first.step(0.1);
                third.step(0.1);
                first.step(0.1);
                int at = form == Form.GRAM ? 1 : 0;
                before[at] = engine.parametersAsDouble();
                engine.setParametersFromDouble(halved(problem.parameters()));
                first.step(0.1);
                ends[at] = engine.parametersAsDouble();
            }
        }
        same(before[1], before[0]);
        same(ends[1], ends[0]);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void evaluatesOtherSamples(Form form) {
        Problem problem = new Problem(NETWORK, 9, 5);
        Problem other = new Problem(NETWORK, 5, 6);
        Generated generated = new Generated(NETWORK);
        for (Target target : Target.values()) {
            for (int capacity : new int[] {9, 2}) {
                Evaluation ended;
                try (Engine engine = problem.give(generated.create(capacity, target));
                        Training training = engine.train(
                                problem.dataset(), SETTINGS.withForm(form).withL2(0.1))) {
                    Evaluation evaluation = training.evaluate(other.dataset());
                    assertThat(evaluation.count()).isEqualTo(5);
                    for (int i = 0; i < 3; i++) {
                        double cost = evaluation.cost();
                        double[] outputs = evaluation.outputs();
                        same(new double[] {cost}, new double[] {other.cost(engine)});
                        same(outputs, engine.predict(other.dataset()));
                        training.step(0.1);
                    }
                    // other weights of the first layer, too
                    engine.setParametersFromDouble(halved(problem.parameters()));
                    same(evaluation.outputs(), engine.predict(other.dataset()));
                    training.step(0.1);
                    same(evaluation.outputs(), engine.predict(other.dataset()));
                    ended = evaluation;
                }
                assertThatThrownBy(ended::cost).hasMessage("network Net: this instance was closed");
                assertThatThrownBy(ended::outputs).hasMessage("network Net: this instance was closed");
            }
        }
    }

    /** Of the JIT's vectors nothing can be said before it has compiled them; plain Java allocates as it is written. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void stepsDoNotAllocate(Precision precision) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        Network network = network(precision, 70, 6, 3, 1);
        Problem problem = new Problem(network, 9, 5);
        int[] rows = {3, 1, 7, 2};
        Generated generated = new Generated(network);
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            for (TrainingSettings settings :
                    List.of(SETTINGS, SETTINGS.withOptimizer(Optimizer.NESTEROV).withL2(0.1))) {
                for (Engine engine : List.of(generated.create(9, Target.SCALAR), Interpreter.create(network, 9))) {
                    try (Engine given = problem.give(engine);
                            Training training = given.train(
                                    problem.dataset(), settings.withForm(form).withBatch(4))) {
                        // a new buffer of the thread may add some bytes to one window; a step that allocates adds to
                        // all
                        long least = Long.MAX_VALUE;
                        for (int window = 0; window < 4; window++) {
                            long before = threads.getThreadAllocatedBytes(thread);
                            for (int i = 0; i < 20; i++) {
                                training.step(0.01);
                                training.step(rows, 0, 4, 0.01);
                            }
                            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
                        }
                        assertThat(least)
                                .as(engine.name() + ", " + settings + ", " + form)
                                .isLessThan(20 * 16);
                    }
                }
            }
        }
    }

    /** Also in the set-up and where weights are made, which are worth as many threads as there are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void hasTheThreadsOfTheClass(int threads) {
        ThreadMXBean started = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Network network = network(Precision.FLOAT, 300, 200, 1).withThreads(threads);
        Problem problem = new Problem(network, 200, 5);
        Generated generated = new Generated(network);
        int expected = generated.create(200, Target.SCALAR).threads();
        assertThat(expected).isEqualTo(threads);
        // another test's thread may start meanwhile, but not each time
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 5; turn++) {
            long before = started.getTotalStartedThreadCount();
            try (Engine engine = problem.give(generated.create(200, Target.SCALAR));
                    Training training = engine.train(problem.dataset())) {
                training.step(0.1);
                training.evaluate(problem.dataset()).cost();
                engine.parametersAsDouble();
            }
            least = Math.min(least, started.getTotalStartedThreadCount() - before);
        }
        if (threads == 1) {
            assertThat(least).isZero();
        } else {
            assertThat(least).isGreaterThanOrEqualTo(threads - 1);
        }
    }

    @Test
    void needsKernelsForIt() {
        Network direct = NETWORK.withTraining(SETTINGS.withForm(Form.DIRECT));
        Problem problem = new Problem(direct, 9, 5);
        try (Engine engine = problem.give(new Generated(direct).create(9, Target.SCALAR))) {
            assertThatThrownBy(() -> engine.train(problem.dataset(), SETTINGS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "network Net: form gram is not possible: its class has no kernels for it, which form gram in"
                                    + " the spec makes: inputs=70");
            try (Training training = engine.train(problem.dataset(), SETTINGS.withForm(Form.AUTO))) {
                assertThat(training.form()).isEqualTo(Form.DIRECT);
            }
        }
    }

    private static double[] halved(double[] parameters) {
        return Arrays.stream(parameters).map(value -> value / 2).toArray();
    }

    /** A step that was refused, for want of room, has left nothing half made. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void goesOnAfterAStepThatHasNoRoom(Form form) {
        Network network = network(Precision.FLOAT, 300, 1, 1);
        int count = 256;
        Problem problem = new Problem(network, count, 1);
        int[] rows = new int[9_000_000];
        Arrays.setAll(rows, i -> i * 7 & 255);
        try (Engine engine = Interpreter.create(network, count)) {
            engine.setParametersFromDouble(problem.parameters());
            TrainingSettings settings = SETTINGS.withForm(form).withBatch(4);
            try (Training training = engine.train(problem.dataset(), settings)) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> training.step(rows, 0, rows.length, 0.1))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("of a step must fit an array");
                }
                assertThat(training.step(new int[] {3, 1, 2, 9, 4, 7}, 0, 6, 0.1))
                        .isFinite();
            }
        }
    }

    /** Whatever the training has done before, the same parameters and steps end in the same bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 15, 16, 17})
    void startsAfreshWhereParametersAreSet(int stepsBefore) {
        Problem problem = new Problem(NETWORK, 9, 1);
        assertThat(afterSteps(problem, stepsBefore)).isEqualTo(afterSteps(problem, 0));
    }

    private static double[] afterSteps(Problem problem, int stepsBefore) {
        try (Engine engine = Interpreter.create(NETWORK, 9)) {
            engine.setParametersFromDouble(problem.parameters());
            try (Training training = engine.train(problem.dataset(), SETTINGS)) {
                for (int steps : new int[] {stepsBefore, 40}) {
                    engine.setParametersFromDouble(problem.parameters());
                    for (int i = 0; i < steps; i++) {
                        training.step(0.1);
                    }
                }
                return engine.parametersAsDouble();
            }
        }
    }

    private static void same(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).as("value " + i).isLessThan(1e-12);
        }
    }
}
