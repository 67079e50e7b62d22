package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.github.layerc.check.Bounds;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.interpreter.InputGradient;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine normalises alike, the gradients are those of the cost, and predictions take what the steps have left behind. */
class NormalizationTest {
    private static final int COUNT = 23;
    private static final String FLOPS_PER_THREAD = "layerc.flopsPerThread";

    @BeforeAll
    static void shareOutEverything() {
        System.setProperty(FLOPS_PER_THREAD, "1");
    }

    @AfterAll
    static void shareOutWhatPays() {
        System.clearProperty(FLOPS_PER_THREAD);
    }

    /** Both kinds by turns, layers without between them, and derivatives of activations, of pre-activations, and one that is 1. */
    private static Network.Builder network(int threads, int inputs, int... units) {
        Network.Builder builder = Network.builder("", "Net")
                .input(Input.flat(inputs))
                .precision(Precision.DOUBLE)
                .threads(threads);
        List<Activation> activations =
                List.of(Activation.TANH, Activation.GELU, Activation.RELU, Activation.IDENTITY, Activation.LEAKY_RELU);
        for (int i = 0; i < units.length; i++) {
            builder.layer(units[i], activations.get(i % activations.size()));
            if (i % 3 != 2) {
                builder.normalization(i % 3 == 0 ? Normalization.batchNorm(0.7, 1e-3) : Normalization.layerNorm(1e-4));
            }
            if (i % 4 == 1) {
                builder.dropout(0.3);
            }
        }
        return builder;
    }

    static Stream<Network> networks() {
        return Stream.of(
                // rows of samples
                network(1, 300, 7, 5, 4, 3).layer(1, Activation.SIGMOID).build(),
                // one layer
                network(3, 5, 4).layer(1, Activation.SIGMOID).build(),
                // padded rows of units, and softmax
                network(2, 33, 65, 48, 17, 31, 9)
                        .layer(10, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build(),
                // layers of one shape, which share kernels: as many as need be
                network(2, 9, IntStream.generate(() -> 8).limit(16).toArray())
                        .layer(2, Activation.IDENTITY)
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .build());
    }

    /** Compiling takes longest. */
    private static final Map<Network, Generated> COMPILED = new ConcurrentHashMap<>();

    private static Generated generated(Network network) {
        return COMPILED.computeIfAbsent(network, Generated::new);
    }

    private static List<TrainingSettings> settings() {
        List<TrainingSettings> all = new ArrayList<>();
        for (int batch : new int[] {TrainingSettings.FULL_BATCH, 11}) {
            // a fused step, one with slots, and one that divides
            for (Optimizer optimizer : List.of(Optimizer.GRADIENT_DESCENT, Optimizer.MOMENTUM, Optimizer.ADAM)) {
                all.add(new TrainingSettings(optimizer, 0.01, 3).withBatch(batch));
            }
        }
        all.add(all.get(0).withL2(0.01).withClip(Clip.norm(0.1)));
        return all;
    }

    /** The parameters, then the outputs of all samples and their cost. */
    private static double[] trained(Engine engine, Problem problem, TrainingSettings settings, int[] rows) {
        problem.give(engine);
        try (Training training = engine.train(problem.dataset(), settings)) {
            Evaluation evaluation = training.evaluate(problem.dataset());
            int batch = settings.batch() == TrainingSettings.FULL_BATCH ? rows.length : settings.batch();
            for (int epoch = 0; epoch < 2; epoch++) {
                // the last batch is one sample
                for (int from = 0; from < rows.length; from += batch) {
                    training.step(rows, from, Math.min(rows.length, from + batch), 0.01);
                }
                training.step(0.01);
            }
            double cost = evaluation.cost();
            double[] outputs = problem.predict(engine);
            assertThat(evaluation.outputs()).containsExactly(outputs, within(1e-13));
            assertThat(problem.cost(engine)).isCloseTo(cost, within(1e-14 * Math.max(1, Math.abs(cost))));
            return Stream.of(engine.parametersAsDouble(), outputs, new double[] {cost})
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void enginesTrainAlike(Network network) {
        Generated generated = generated(network);
        Problem problem = new Problem(network, COUNT, 7);
        int[] shuffled = IntStream.range(0, COUNT).map(i -> i * 9 % COUNT).toArray();
        for (TrainingSettings settings : settings()) {
            double[] expected;
            try (Engine interpreter = Interpreter.create(network, COUNT)) {
                expected = trained(interpreter, problem, settings, shuffled);
            }
            for (Target target : Target.values()) {
                try (Engine engine = generated.create(COUNT, target)) {
                    double[] found = trained(engine, problem, settings, shuffled);
                    for (int i = 0; i < found.length; i++) {
                        assertThat(found[i])
                                .as("%s, %s, number %d", engine.name(), settings, i)
                                .isCloseTo(expected[i], within(1e-8 * Math.max(1, Math.abs(expected[i]))));
                    }
                }
            }
        }
    }

    /** Behind more layers bounds are too wide to see a wrong gradient. */
    static Stream<Network> ofFewLayers() {
        return networks().filter(network -> network.layers().size() < 10);
    }

    /** Outputs of predictions and gradients of a step, against textbook loops that are neither's. */
    @ParameterizedTest
    @MethodSource("ofFewLayers")
    void enginesAreWithinBounds(Network network) {
        Problem problem = new Problem(network, COUNT, 7);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        List<Engine> engines = new ArrayList<>(List.of(Interpreter.create(network, COUNT)));
        for (Target target : Target.values()) {
            engines.add(generated(network).create(COUNT, target));
        }
        for (Engine engine : engines) {
            try (engine) {
                problem.give(engine);
                requireWithin(engine, problem.predict(engine), bounds.outputs(), bounds.outputBounds());
                requireWithin(engine, problem.gradients(engine), bounds.gradients(), bounds.gradientBounds());
            }
        }
    }

    private static void requireWithin(Engine engine, double[] found, double[] expected, double[] bounds) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("%s, number %d", engine.name(), i).isCloseTo(expected[i], within(bounds[i]));
        }
    }

    /** Rounding aside, which a variance of few samples makes larger. */
    @ParameterizedTest
    @MethodSource("networks")
    void floatsAreNearDoubles(Network wide) {
        Network network = wide.withPrecision(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        double[] expected;
        try (Engine reference = problem.reference()) {
            expected = problem.gradients(reference);
        }
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        Generated generated = generated(network);
        List<Engine> engines = new ArrayList<>(List.of(Interpreter.create(network, COUNT)));
        for (Target target : Target.values()) {
            engines.add(generated.create(COUNT, target));
        }
        for (Engine engine : engines) {
            try (engine) {
                double[] found = problem.gradients(problem.give(engine));
                assertThat(found).as(engine.name()).containsExactly(expected, within(1e-4 * largest));
            }
        }
    }

    /** Of the cost of a step, which takes mean and variance over its own samples. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreThoseOfTheCost(Network network) {
        Problem problem = new Problem(network, COUNT, 7);
        int[] rows = IntStream.range(0, COUNT).toArray();
        try (Engine engine = problem.give(generated(network).create(COUNT, Target.VECTOR));
                Training training = engine.train(problem.dataset())) {
            double[] parameters = engine.parametersAsDouble();
            double[] gradients = new double[parameters.length];
            double cost = training.gradients(rows, 0, COUNT, gradients);
            assertThat(cost(engine, training, parameters)).isEqualTo(cost);
            double most = 2e-8
                    * Math.max(1, Arrays.stream(gradients).map(Math::abs).max().orElseThrow());
            for (Layer layer : network.layers()) {
                for (Layer.Parameters each : layer.parameters()) {
                    for (int i = each.at(); i < each.end(); i += 1 + (each.end() - each.at()) / 30) {
                        double difference = difference(engine, training, parameters, i);
                        assertThat(gradients[i])
                                .as("%s, %s[%d]", network.layerDims(), each.name(), i - each.at())
                                .isCloseTo(difference, within(most));
                        assertThat(each.trained() || gradients[i] == 0).isTrue();
                    }
                }
            }
        }
    }

    /** Of the fourth order: deep chains of normalised layers bend much. */
    private static double difference(Engine engine, Training training, double[] parameters, int at) {
        double h = 2e-5;
        double[] moved = parameters.clone();
        double sum = 0;
        for (int step : new int[] {1, -1, 2, -2}) {
            moved[at] = parameters[at] + step * h;
            sum += (Math.abs(step) == 1 ? 8 : -1) * Math.signum(step) * cost(engine, training, moved);
        }
        return sum / (12 * h);
    }

    /** That of the first update with these parameters. */
    private static double cost(Engine engine, Training training, double[] parameters) {
        engine.setParametersFromDouble(parameters);
        return training.step(0);
    }

    /** The textbook, sample by sample, with the mean and variance that stand among the parameters. */
    private static double[] predicted(Network network, double[] parameters, double[] sample) {
        double[] a = sample;
        for (Layer layer : network.layers()) {
            int units = layer.units();
            double[] z = new double[units];
            for (int u = 0; u < units; u++) {
                for (int i = 0; i < layer.fanIn(); i++) {
                    z[u] += parameters[layer.weightsAt() + u * layer.fanIn() + i] * a[i];
                }
            }
            double[] n = z.clone();
            layer.normalization().ifPresent(kind -> {
                double mean = Arrays.stream(n).average().orElseThrow();
                double variance = Arrays.stream(n)
                        .map(value -> (value - mean) * (value - mean))
                        .average()
                        .orElseThrow();
                for (int u = 0; u < units; u++) {
                    boolean runs = kind.runs();
                    double m = runs ? parameters[layer.gammaAt() + units + u] : mean;
                    double v = runs ? parameters[layer.gammaAt() + 2 * units + u] : variance;
                    n[u] = parameters[layer.gammaAt() + u] * (n[u] - m) / Math.sqrt(v + kind.epsilon());
                }
            });
            for (int u = 0; u < units; u++) {
                n[u] += parameters[layer.biasAt() + u];
            }
            a = activated(layer.activation(), n);
        }
        return a;
    }

    private static double[] activated(Activation activation, double[] z) {
        if (activation.equals(Activation.SOFTMAX)) {
            double sum = Arrays.stream(z).map(Math::exp).sum();
            return Arrays.stream(z).map(value -> Math.exp(value) / sum).toArray();
        }
        return Arrays.stream(z)
                .map(value -> FormulaTape.at(activation.value(), value, Double.NaN, Double.NaN))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void predictionsTakeWhatRuns(Network network) {
        Problem problem = new Problem(network, COUNT, 7);
        Generated generated = generated(network);
        List<Engine> engines = new ArrayList<>(List.of(Interpreter.create(network, 4)));
        for (Target target : Target.values()) {
            engines.add(generated.create(4, target));
        }
        Dataset data = problem.dataset();
        for (Engine engine : engines) {
            try (engine) {
                problem.give(engine);
                double[] found = problem.predict(engine);
                assertThat(problem.predictAlone(engine, 5))
                        .containsExactly(Arrays.copyOf(found, 5 * network.outputs()), within(1e-13));
                for (int s = 0; s < COUNT; s++) {
                    double[] sample = new double[network.inputs()];
                    for (int i = 0; i < sample.length; i++) {
                        sample[i] = data.sample(s, i);
                    }
                    double[] expected = predicted(network, problem.parameters(), sample);
                    for (int u = 0; u < expected.length; u++) {
                        assertThat(found[s * expected.length + u])
                                .as("%s, sample %d", engine.name(), s)
                                .isCloseTo(expected[u], within(1e-12));
                    }
                }
            }
        }
    }

    /** By differences of predictions. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradientsByInputsAreThoseOfPredictions(Network network) {
        Problem problem = new Problem(network, COUNT, 7);
        double[] sample = new double[network.inputs()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = problem.dataset().sample(2, i);
        }
        double[] found = new InputGradient(network, problem.parameters()).of(sample, 0);
        double h = 1e-6;
        for (int i = 0; i < sample.length; i += 1 + sample.length / 20) {
            double[] moved = sample.clone();
            moved[i] = sample[i] + h;
            double above = predicted(network, problem.parameters(), moved)[0];
            moved[i] = sample[i] - h;
            double below = predicted(network, problem.parameters(), moved)[0];
            assertThat(found[i]).isCloseTo((above - below) / (2 * h), within(1e-8));
        }
    }

    private static Network small() {
        return Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(4, Activation.TANH)
                .normalization(Normalization.BATCH_NORM)
                .layer(1, Activation.SIGMOID)
                .precision(Precision.DOUBLE)
                .build();
    }

    /** Also one whose parameters another instance changes. */
    @ParameterizedTest
    @EnumSource
    void predictionsSeeEveryChange(Target target) {
        Network network = small();
        Problem problem = new Problem(network, COUNT, 7);
        try (Engine engine = generated(network).create(COUNT, target)) {
            problem.give(engine);
            try (Engine other = Generated.share(engine, 2)) {
                double[] before = problem.predict(other);
                assertThat(problem.predict(engine)).isEqualTo(before);
                try (Training training = engine.train(problem.dataset())) {
                    training.step(0.1);
                    double[] after = problem.predict(engine);
                    assertThat(after).isNotEqualTo(before);
                    assertThat(problem.predict(other)).isEqualTo(after);
                    // moves the mean and the variance
                    training.gradients(new int[] {1, 2, 3}, 0, 3, new double[network.parameterCount()]);
                    assertThat(problem.predict(engine)).isNotEqualTo(after);
                    training.restore(training.state());
                    assertThat(problem.predict(other)).isEqualTo(problem.predict(engine));
                }
                problem.give(engine);
                assertThat(problem.predict(other)).isEqualTo(before);
            }
        }
    }

    /** Its variance says nothing, its mean is itself. */
    @Test
    void oneSampleMovesTheMeanAlone() {
        Network network = small();
        Problem problem = new Problem(network, COUNT, 7);
        Layer layer = network.layers().get(0);
        for (Target target : Target.values()) {
            try (Engine engine = problem.give(generated(network).create(COUNT, target));
                    Training training = engine.train(problem.dataset())) {
                double[] before = engine.parametersAsDouble();
                training.step(new int[] {5}, 0, 1, 0.1);
                double[] after = engine.parametersAsDouble();
                for (int u = 0; u < layer.units(); u++) {
                    int mean = layer.gammaAt() + layer.units() + u;
                    int variance = mean + layer.units();
                    assertThat(after[mean]).isNotEqualTo(before[mean]);
                    assertThat(after[variance]).isEqualTo(before[variance]);
                }
                assertThat(Arrays.stream(after)).allMatch(Double::isFinite);
            }
        }
    }

    @Test
    void refusesStepsThatTakeSamplesApart() {
        Network network = small();
        Problem problem = new Problem(network, COUNT, 7);
        String rule = "network Net: batch_norm takes all samples of a step together, expected at most the 7 that the"
                + " workspace holds: samples=";
        try (Engine engine = generated(network).create(7, Target.SCALAR)) {
            problem.give(engine);
            double[] out = new double[network.parameterCount()];
            try (Training training = engine.train(problem.dataset())) {
                assertThatThrownBy(() -> training.step(0.1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(rule + COUNT);
                int[] rows = IntStream.range(0, 8).toArray();
                assertThatThrownBy(() -> training.step(rows, 0, 8, 0.1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(rule + 8);
                assertThatThrownBy(() -> training.gradients(rows, 0, 8, out))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(rule + 8);
                training.step(rows, 0, 7, 0.1);
            }
            assertThatThrownBy(() -> problem.gradients(engine))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(rule + COUNT);
            double[] weights = new double[COUNT];
            Arrays.setAll(weights, s -> 1 + s % 2);
            assertThatThrownBy(() -> engine.train(problem.dataset().withWeights(weights)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("layer 1: batch_norm takes all samples of a step together, weights take them apart:"
                            + " normalization=batch_norm(momentum=0.9 epsilon=1.0E-5)");
            TrainingSettings gram = network.training().withForm(Form.GRAM);
            assertThatThrownBy(() -> engine.train(problem.dataset(), gram))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Net: form gram is not possible: its predictions have the batch_norm of layer 1"
                            + " folded into weights, which it does not make");
        }
    }

    /** Layer normalisation is of each sample: the Gram form has it. */
    @Test
    void layerNormGoesInGramForm() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(40))
                .layer(6, Activation.TANH)
                .normalization(Normalization.LAYER_NORM)
                .layer(1, Activation.SIGMOID)
                .precision(Precision.DOUBLE)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .build();
        Problem problem = new Problem(network, COUNT, 7);
        int[] rows = IntStream.range(0, COUNT).toArray();
        Generated generated = generated(network);
        TrainingSettings settings = new TrainingSettings(Optimizer.MOMENTUM, 0.1, 3);
        for (int capacity : new int[] {COUNT, 5}) {
            for (Target target : Target.values()) {
                try (Engine engine = generated.create(capacity, target)) {
                    double[] direct = trained(engine, problem, settings.withForm(Form.DIRECT), rows);
                    double[] gram = trained(engine, problem, settings.withForm(Form.GRAM), rows);
                    assertThat(gram).containsExactly(direct, within(1e-10));
                }
            }
        }
    }

    /** Also the predictions behind a step, which fold. In plain Java: vectors are objects until C2 has compiled the methods. */
    @Test
    void stepsAndPredictionsDoNotAllocate() {
        Network network = small();
        Problem problem = new Problem(network, COUNT, 7);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] samples = new double[2 * network.inputs()];
        double[] out = new double[2];
        try (DoubleEngine engine =
                        (DoubleEngine) problem.give(generated(network).create(COUNT, Target.SCALAR));
                Training training = engine.train(problem.dataset())) {
            long least = Long.MAX_VALUE;
            for (int turn = 0; turn < 3; turn++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                long ofMeasuring = threads.getCurrentThreadAllocatedBytes() - before;
                before = threads.getCurrentThreadAllocatedBytes();
                training.step(0.1);
                engine.predict(samples, 2, out);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before - ofMeasuring);
            }
            assertThat(least).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void goesOnFromAState(Network network) {
        Problem problem = new Problem(network, COUNT, 7);
        TrainingSettings settings = new TrainingSettings(Optimizer.ADAM, 0.01, 1);
        try (Engine one = problem.give(generated(network).create(COUNT, Target.VECTOR));
                Engine other = problem.give(generated(network).create(COUNT, Target.VECTOR));
                Training whole = one.train(problem.dataset(), settings);
                Training second = other.train(problem.dataset(), settings)) {
            whole.step(0.01);
            second.restore(whole.state());
            whole.step(0.01);
            second.step(0.01);
            assertThat(other.parametersAsDouble()).isEqualTo(one.parametersAsDouble());
            assertThat(problem.predict(other)).isEqualTo(problem.predict(one));
        }
    }

    @Test
    void modelsHaveWhatRunsAndAreOfTheirNetworkOnly(@TempDir Path folder) {
        Network network = small();
        Network other = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(4, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .precision(Precision.DOUBLE)
                .build();
        Problem problem = new Problem(network, COUNT, 7);
        Path file = folder.resolve("model.h5");
        Path plain = folder.resolve("plain.h5");
        try (Engine engine = problem.give(generated(network).create(2, Target.SCALAR));
                Engine without = Interpreter.create(other, 2)) {
            engine.save(file);
            double[] before = problem.predict(engine);
            engine.initialize();
            assertThat(problem.predict(engine)).isNotEqualTo(before);
            engine.load(file);
            assertThat(problem.predict(engine)).isEqualTo(before);
            without.initialize();
            assertThatThrownBy(() -> without.load(file))
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + ": model of another network: expected layer 1: activation=tanh: found layer 1:"
                            + " activation=tanh of batch_norm(epsilon=1.0E-5)");
            without.save(plain);
            assertThatThrownBy(() -> engine.load(plain))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(plain + ": ")
                    .hasMessageContaining("gamma1");
        }
    }

    /** Running means and variances are averaged like all else, and folded as they are then. */
    @ParameterizedTest
    @EnumSource
    void predictionsSeeTheAverage(Target target) {
        Network network = small();
        Problem problem = new Problem(network, COUNT, 7);
        TrainingSettings settings = new TrainingSettings(Optimizer.ADAM, 0.05, 1).withAveraging(0.75);
        try (Engine engine = problem.give(generated(network).create(COUNT, target));
                Engine same = generated(network).create(COUNT, target);
                Training training = engine.train(problem.dataset(), settings)) {
            double[] average = problem.parameters().clone();
            for (int step = 0; step < 4; step++) {
                training.step(0.05);
                double[] parameters = engine.parametersAsDouble();
                for (int i = 0; i < average.length; i++) {
                    average[i] = 0.75 * average[i] + 0.25 * parameters[i];
                }
                double[] last = problem.predict(engine);
                training.useAverage(true);
                assertThat(engine.parametersAsDouble()).containsExactly(average, within(1e-14));
                same.setParametersFromDouble(engine.parametersAsDouble());
                assertThat(problem.predict(engine))
                        .isEqualTo(problem.predict(same))
                        .isNotEqualTo(last);
                training.useAverage(false);
                assertThat(problem.predict(engine)).isEqualTo(last);
            }
        }
    }
}
