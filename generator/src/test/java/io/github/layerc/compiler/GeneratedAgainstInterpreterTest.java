package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.check.Bounds;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.WeightLayout;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated code and interpreter agree in outputs, cost, every gradient and the fused step, over awkward sizes, activations, losses, precisions
 * and targets. Values run through the lists so that every pair of neighbours in a list meets every target and precision.
 */
@Tag("long")
class GeneratedAgainstInterpreterTest {
    private static final String FLOPS_PER_THREAD = "layerc.flopsPerThread";

    @BeforeAll
    static void shareOutEverything() {
        System.setProperty(FLOPS_PER_THREAD, "1");
    }

    @AfterAll
    static void shareOutWhatPays() {
        System.clearProperty(FLOPS_PER_THREAD);
    }

    private static final int[] SIZES = {1, 3, 4, 7, 8, 13, 16, 17, 31, 33, 100};

    private static final List<Activation> HIDDEN =
            Activation.all().stream().filter(Activation::elementwise).toList();

    private static final List<OutputPair> OUTPUTS = OutputPair.all();

    private static final OutputPair SIGMOID_CROSS = new OutputPair(Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY);

    private static final OutputPair SOFTMAX_CROSS = new OutputPair(Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY);

    private static final OutputPair SOFTMAX_SQUARED = new OutputPair(Activation.SOFTMAX, Loss.MEAN_SQUARED_ERROR);

    private static final OutputPair SIGMOID_SQUARED = new OutputPair(Activation.SIGMOID, Loss.MEAN_SQUARED_ERROR);

    private static final OutputPair TANH_SQUARED = new OutputPair(Activation.TANH, Loss.MEAN_SQUARED_ERROR);

    /** A case: a network, and the numbers of samples to run it with. */
    @SuppressWarnings("ArrayRecordComponent")
    record Case(Network network, int[] counts) {
        @Override
        public String toString() {
            return network.layerDims() + " "
                    + network.layers().get(0).activation().keyword() + " "
                    + network.output().activation().keyword() + " "
                    + network.loss().keyword() + " "
                    + network.precision().keyword() + " scale "
                    + network.input().scale();
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        int next = 0;
        for (Precision precision : Precision.values()) {
            for (int i = 0; i < SIZES.length; i++) {
                int inputs = SIZES[(i * 7 + 3) % SIZES.length];
                int units = SIZES[i];
                int second = SIZES[(i * 3 + 5) % SIZES.length];
                int outputs = SIZES[(i * 5 + next) % 7];
                Activation hidden = HIDDEN.get(next % HIDDEN.size());
                int[] counts = {SIZES[(i + 4) % SIZES.length], SIZES[(i * 2 + 1) % SIZES.length]};
                cases.add(new Case(network(precision, hidden, next, inputs, units, second, outputs), counts));
                next++;
            }
            int ofSizes = cases.size();
            cases.add(new Case(network(precision, Activation.RELU, next++, 1023, 20, 7, 5, 1), new int[] {33, 209}));
            cases.add(new Case(network(precision, Activation.RELU, next++, 12288, 7, 1), new int[] {13}));
            cases.add(new Case(network(precision, Activation.TANH, next++, 12300, 20, 1), new int[] {31}));
            cases.add(new Case(network(precision, Activation.RELU, next++, 100, 1023, 3), new int[] {17}));
            cases.add(new Case(network(precision, Activation.RELU, next++, 5, 1), new int[] {1, 1023}));
            // the first layer's weights in panels, of which the last is not full
            cases.add(new Case(network(precision, Activation.TANH, next++, 600, 100, 3), new int[] {1, 41}));
            cases.add(new Case(network(precision, Activation.TANH, next++, 9, 150, 200, 3), new int[] {1, 7, 41}));
            // more samples than predictions and costs take at a time
            cases.add(
                    new Case(network(precision, Activation.TANH, SOFTMAX_CROSS, 3, 200, 150, 2), new int[] {257, 600}));
            // few outputs, rows of samples among padded rows of units: vectors of them, and samples left
            cases.add(new Case(network(precision, Activation.TANH, SIGMOID_SQUARED, 64, 32, 32, 1), new int[] {4, 17}));
            cases.add(new Case(network(precision, Activation.RELU, TANH_SQUARED, 64, 32, 32, 2), new int[] {5, 33}));
            cases.add(new Case(network(precision, Activation.TANH, SIGMOID_CROSS, 20, 10, 1), new int[] {1, 16, 255}));
            cases.add(new Case(network(precision, Activation.RELU, SOFTMAX_CROSS, 20, 10, 2), new int[] {31, 32}));
            cases.add(new Case(network(precision, Activation.TANH, SOFTMAX_SQUARED, 20, 33, 2), new int[] {7, 47}));
            // few outputs behind an activation that is not 0 in the padding
            cases.add(new Case(network(precision, Activation.SIGMOID, SIGMOID_SQUARED, 20, 10, 1), new int[] {4, 17}));
            // so many layers that those of one shape have one kernel
            int[] narrowDims = {9, 4, 7, 7, 7, 4, 4, 7, 7, 4, 7, 4, 4, 4, 7, 7, 4, 3};
            int[] wideDims = {9, 17, 33, 33, 17, 17, 33, 33, 17, 33, 17, 17, 33, 17, 17, 17, 17, 3};
            // these take longest, and each is enough in one precision
            cases.add(
                    precision == Precision.FLOAT
                            ? new Case(network(precision, Activation.TANH, next++, narrowDims), new int[] {33})
                            : new Case(network(precision, Activation.IDENTITY, next++, wideDims), new int[] {2, 13}));
            // compiling takes longest: every other one in this precision, the rest in the other
            int kept = precision == Precision.FLOAT ? 0 : 1;
            List<Case> others = List.copyOf(cases.subList(ofSizes, cases.size() - 1));
            for (int i = 0; i < others.size(); i++) {
                if (i % 2 != kept) {
                    cases.remove(others.get(i));
                }
            }
        }
        return cases.stream();
    }

    /** Outputs by turns. */
    private static Network network(Precision precision, Activation hidden, int turn, int... dims) {
        OutputPair output = OUTPUTS.get(turn % OUTPUTS.size());
        if (!output.activation().elementwise() && dims[dims.length - 1] == 1) {
            output = SIGMOID_CROSS;
        }
        Scale scale = turn % 2 == 0 ? Scale.ONE : new Scale(1, 255);
        return network(precision, hidden, output, scale, dims);
    }

    private static Network network(Precision precision, Activation hidden, OutputPair output, int... dims) {
        return network(precision, hidden, output, Scale.ONE, dims);
    }

    private static Network network(
            Precision precision, Activation hidden, OutputPair output, Scale scale, int... dims) {
        Network.Builder builder = Network.builder("test", "Net")
                .input(new Input(List.of(dims[0]), scale))
                .precision(precision)
                .loss(output.loss());
        for (int i = 1; i < dims.length; i++) {
            Activation activation = i == dims.length - 1 ? output.activation() : hidden;
            // one unit of softmax is always 1, and no network has it
            builder.layer(activation.elementwise() ? dims[i] : Math.max(2, dims[i]), activation);
        }
        return builder.build();
    }

    /** Several steps, of all samples and of some rows, with every activation behind padded rows; where it is not 0 in the padding, with every layout of the weights that read them. */
    @ParameterizedTest
    @MethodSource
    void trainsOnPaddedWidths(Network network, WeightLayout weights) {
        Storage storage = new Storage(
                Layout.PADDED_SAMPLE_MAJOR, Collections.nCopies(network.layers().size(), weights));
        Generated generated = new Generated(
                Compiler.compile(network, "test.yaml", Options.DEFAULT.withTuned(tuned(network, storage))));
        Problem problem = new Problem(network, 37, 1);
        for (Optimizer optimizer : ExpectedUpdate.optimizers()) {
            for (Target target : Target.values()) {
                TrainingSettings settings = network.training()
                        .withOptimizer(optimizer)
                        .withLearningRate(0.1)
                        .withL2(0.01)
                        .withForm(Form.DIRECT);
                String name = target + ", " + optimizer;
                EngineCheck.checkTraining(name, problem, generated.create(37, target), settings, 4, 1);
                EngineCheck.checkTraining(name + ", split", problem, generated.create(8, target), settings, 4, 1);
            }
        }
    }

    static Stream<Object[]> trainsOnPaddedWidths() {
        List<Object[]> cases = new ArrayList<>();
        int turn = 0;
        for (Activation hidden : HIDDEN) {
            List<WeightLayout> layouts = List.of(WeightLayout.values());
            boolean fillsPadding = FormulaTape.at(hidden.value(), 0, 0, 0) != 0;
            for (WeightLayout weights : fillsPadding ? layouts : List.of(layouts.get(turn++ % layouts.size()))) {
                Precision precision = cases.size() % 2 == 0 ? Precision.FLOAT : Precision.DOUBLE;
                OutputPair output = OUTPUTS.get(cases.size() % OUTPUTS.size());
                cases.add(new Object[] {network(precision, hidden, output, 13, 33, 20, 3), weights});
            }
        }
        return cases.stream();
    }

    /** A product of as many factors of 2 is beyond the largest double. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void addsUpTheLossesOfManySamples(Target target) {
        int count = 1500;
        Network network = Network.builder("many", "Net")
                .input(Input.flat(1))
                .layer(1, Activation.SIGMOID)
                .precision(Precision.FLOAT)
                .build();
        Dataset data = Dataset.of(new double[count], 1, new double[count], 1);
        Engine engine = new Generated(network).create(count, target);
        engine.setParametersFromDouble(new double[network.parameterCount()]);
        Training training = engine.train(data);
        assertThat(training.step(1e-9)).isCloseTo(Math.log(2), within(1e-12));
    }

    /** The same of three classes; targets that do not add up to 1, which no training takes, have a logarithm of their own. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void addsUpTheCrossEntropiesOfManySamples(Target target) {
        int count = 1500;
        Network network = Network.builder("many", "Net")
                .input(Input.flat(1))
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(Precision.FLOAT)
                .build();
        float[] targets = new float[3 * count];
        for (int s = 0; s < count; s++) {
            targets[3 * s + s % 3] = s % 2 == 0 ? 1 : 0.5f;
        }
        FloatEngine engine = (FloatEngine) new Generated(network).create(count, target);
        engine.setParameters(new float[network.parameterCount()]);
        float[] gradients = new float[network.parameterCount()];
        assertThat(engine.gradients(new float[count], targets, count, gradients))
                .isCloseTo(0.75 * Math.log(3), within(1e-6));
        assertThat(engine.cost(new float[count], targets, count)).isCloseTo(0.75 * Math.log(3), within(1e-6));
        // biases that make a sure output
        engine.setParametersFromDouble(new double[] {0, 0, 0, 60, 30, 0});
        double small = Math.log1p(Math.exp(-30) + Math.exp(-60));
        double expected = 0.75 * (small + 30 + small + 60 + small) / 3;
        assertThat(engine.gradients(new float[count], targets, count, gradients))
                .isCloseTo(expected, within(1e-6 * expected));
    }

    /** What is left of a loss when an output is nearly 1: eps of the output would be ten times as much. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void smallCrossEntropiesAreNotRoundedAway(Target target) {
        Network network = Network.builder("small", "Net")
                .input(Input.flat(1))
                .layer(2, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(Precision.FLOAT)
                .build();
        Engine engine = new Generated(network).create(4, target);
        engine.setParametersFromDouble(new double[] {0, 0, 18.5, 0});
        Dataset data = Dataset.of(new double[4], 1, new double[] {1, 0, 1, 0, 1, 0, 1, 0}, 2);
        double expected = Math.log1p(Math.exp(-18.5));
        assertThat(engine.train(data).step(1e-9)).isCloseTo(expected, within(1e-5 * expected));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(Case each) {
        Machine machine = each.counts()[0] % 2 == 0 ? Machine.GENERIC : Machine.AVX512;
        Options options = Options.DEFAULT.withMachine(machine);
        Generated generated = new Generated(Compiler.compile(each.network(), "test.yaml", options));
        Generated threaded = new Generated(Compiler.compile(each.network(), "test.yaml", options.withThreads(3)));
        // which the heuristic takes for large networks only
        Options samplesInLanes = options.withTuned(unitMajor(each.network()));
        Generated unitMajor = new Generated(Compiler.compile(each.network(), "test.yaml", samplesInLanes));
        // compiling takes longest: every other case has threads with the samples in the lanes, too
        Optional<Generated> unitMajorThreaded = Optional.of(samplesInLanes.withThreads(3))
                .filter(any -> each.network().layerDims().hashCode() % 2 == 0)
                .map(threads -> new Generated(Compiler.compile(each.network(), "test.yaml", threads)));
        for (int count : each.counts()) {
            Problem problem = new Problem(each.network(), count, 1);
            Bounds bounds = bounds(problem);
            EngineCheck.check("interpreter", problem, bounds, Interpreter.create(each.network(), count));
            for (Target target : Target.values()) {
                EngineCheck.check(target + ", whole", problem, bounds, generated.create(count, target));
                EngineCheck.check(
                        target + ", split", problem, bounds, generated.create(Math.max(1, count / 2 - 1), target));
                EngineCheck.check(target + ", 3 threads", problem, bounds, threaded.create(count, target));
            }
            String lanes = "samples in the lanes, ";
            EngineCheck.check(lanes + "whole", problem, bounds, unitMajor.create(count, Target.VECTOR));
            EngineCheck.check(
                    lanes + "split", problem, bounds, unitMajor.create(Math.max(1, count / 2 - 1), Target.VECTOR));
            unitMajorThreaded.ifPresent(
                    some -> EngineCheck.check(lanes + "3 threads", problem, bounds, some.create(count, Target.VECTOR)));
        }
    }

    private static TunedSchedules unitMajor(Network network) {
        int layers = network.layers().size();
        Storage storage = new Storage(Layout.UNIT_MAJOR, Collections.nCopies(layers, WeightLayout.UNIT_ROWS));
        return tuned(network, storage);
    }

    private static TunedSchedules tuned(Network network, Storage storage) {
        Tuning.Origin origin = new Tuning.Origin("any", "17", 1, 1);
        return new TunedSchedules(
                List.of(new Tuning(Target.VECTOR, network.precision(), origin, storage, new TreeMap<>())));
    }

    /** The same for one target of a network that was compiled already. */
    static void check(Network network, int count, Generated generated, Target target) {
        Problem problem = new Problem(network, count, 1);
        Bounds bounds = bounds(problem);
        EngineCheck.check(target + ", whole", problem, bounds, generated.create(count, target));
        EngineCheck.check(target + ", split", problem, bounds, generated.create(Math.max(1, count / 2 - 1), target));
    }

    private static Bounds bounds(Problem problem) {
        return new Bounds(problem.network(), problem.parameters(), problem.dataset());
    }
}
