package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights of samples and of classes. */
class WeightsTest {
    private static final int COUNT = 33;
    private static final int[] ALL = IntStream.range(0, COUNT).toArray();
    private static final TrainingSettings SETTINGS = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.5);

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(70))
                .layer(17, Activation.TANH)
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(precision)
                .training(SETTINGS.withForm(Form.GRAM))
                .build();
    }

    private static final Map<Precision, Generated> GENERATED = new EnumMap<>(Precision.class);

    private static Generated generated(Network network) {
        return GENERATED.computeIfAbsent(network.precision(), any -> new Generated(network));
    }

    /** Workspaces that hold all samples, and not. */
    private static List<Engine> engines(Network network) {
        List<Engine> engines = new ArrayList<>();
        for (int capacity : new int[] {COUNT, 4}) {
            engines.add(Interpreter.create(network, capacity));
            for (Target target : Target.values()) {
                engines.add(generated(network).create(capacity, target));
            }
        }
        return engines;
    }

    private static Dataset labelled(Problem problem, int... labels) {
        return problem.dataset().withLabels(labels, 3);
    }

    private static int[] labels() {
        return Arrays.stream(ALL).map(s -> s % 5 == 0 ? 2 : s % 2).toArray();
    }

    /** A sample of weight 3 is one that comes three times, for a cost that is by the number of the samples. */
    @ParameterizedTest
    @EnumSource
    void weightsCountSamplesSoManyTimes(Precision precision) {
        Network network = network(precision);
        Problem problem = new Problem(network, COUNT, 7);
        int[] times = new Random(3).ints(COUNT, 0, 4).toArray();
        Dataset weighted = problem.dataset()
                .withWeights(Arrays.stream(times).asDoubleStream().toArray());
        List<int[]> steps = List.of(
                ALL,
                IntStream.of(ALL).map(s -> s * 7 % COUNT).limit(13).toArray(),
                IntStream.range(5, 16).toArray(),
                ALL);
        double allowed = 64 * precision.epsilon();
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            for (TrainingSettings settings :
                    List.of(SETTINGS, SETTINGS.withBatch(13).withL2(0.1))) {
                for (Engine engine : engines(network)) {
                    try (engine;
                            Engine other = problem.give(Interpreter.create(network, COUNT));
                            Training found = problem.give(engine).train(weighted, settings.withForm(form));
                            Training repeated = other.train(problem.dataset(), SETTINGS.withForm(Form.DIRECT))) {
                        assertThat(found.form()).isEqualTo(form);
                        for (int[] rows : steps) {
                            double[] before = other.parametersAsDouble();
                            int[] more = IntStream.of(rows)
                                    .flatMap(
                                            row -> IntStream.generate(() -> row).limit(times[row]))
                                    .toArray();
                            double share = (double) more.length / rows.length;
                            double penalty = penalty(network, settings, before);
                            double expected = share * repeated.step(more, 0, more.length, 0.1 * share) + penalty;
                            decay(network, settings, before, other);
                            String what = engine.name() + ", " + form + ", " + settings;
                            double cost = rows == ALL ? found.step(0.1) : found.step(rows, 0, rows.length, 0.1);
                            assertThat(cost).as(what).isCloseTo(expected, within(allowed * Math.max(1, expected)));
                            assertThat(engine.parametersAsDouble())
                                    .as(what)
                                    .containsExactly(other.parametersAsDouble(), within(allowed));
                        }
                    }
                }
            }
        }
    }

    private static double penalty(Network network, TrainingSettings settings, double[] parameters) {
        return network.layers().stream()
                .mapToDouble(layer -> Arrays.stream(parameters, layer.weightsAt(), layer.biasAt())
                        .map(weight -> settings.l2() / 2 * weight * weight)
                        .sum())
                .sum();
    }

    /** What the penalty takes from the weights, for an engine whose training has none. */
    private static void decay(Network network, TrainingSettings settings, double[] before, Engine engine) {
        double[] after = engine.parametersAsDouble();
        network.layers().forEach(layer -> {
            for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                after[i] -= 0.1 * settings.l2() * before[i];
            }
        });
        engine.setParametersFromDouble(after);
    }

    @Test
    void weightsOfOneChangeNoBit() {
        Network network = network(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        double[] ones = new double[COUNT];
        Arrays.fill(ones, 1);
        for (Engine engine : engines(network)) {
            try (engine) {
                assertThat(trained(problem, engine, problem.dataset().withWeights(ones), SETTINGS))
                        .isEqualTo(trained(problem, engine, problem.dataset(), SETTINGS));
            }
        }
    }

    private static double[] trained(Problem problem, Engine engine, Dataset data, TrainingSettings settings) {
        problem.give(engine);
        try (Training training = engine.train(data, settings)) {
            training.step(0.1);
            training.step(ALL, 3, 12, 0.1);
        }
        return engine.parametersAsDouble();
    }

    /** Masks of dropout follow the samples of a step, in whatever calls these are. */
    @Test
    void dropoutLeavesOutTheSameInEveryEngine() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(5))
                .layer(9, Activation.TANH)
                .dropout(0.5)
                .layer(1, Activation.SIGMOID)
                .precision(Precision.DOUBLE)
                .training(SETTINGS.withForm(Form.GRAM))
                .build();
        Problem problem = new Problem(network, COUNT, 7);
        Dataset data = problem.dataset()
                .withWeights(new Random(5).ints(COUNT, 0, 3).asDoubleStream().toArray());
        Generated generated = new Generated(network);
        double[] expected = trained(problem, Interpreter.create(network, COUNT), data, SETTINGS.withForm(Form.DIRECT));
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            for (int capacity : new int[] {COUNT, 4}) {
                List<Engine> engines = List.of(
                        Interpreter.create(network, capacity),
                        generated.create(capacity, Target.SCALAR),
                        generated.create(capacity, Target.VECTOR));
                for (Engine engine : engines) {
                    try (engine) {
                        assertThat(trained(problem, engine, data, SETTINGS.withForm(form)))
                                .as("%s, %s, %d", engine.name(), form, capacity)
                                .containsExactly(expected, within(1e-14));
                    }
                }
            }
        }
    }

    /** Of labels and of targets; weights of samples are multiplied by them. */
    @Test
    void classWeightsAreThoseOfTheirSamples() {
        Network network = network(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        int[] labels = labels();
        Dataset data = labelled(problem, labels);
        double[] own = new Random(5).doubles(COUNT).toArray();
        long[] counts = new long[3];
        IntStream.of(labels).forEach(label -> counts[label]++);
        for (ClassWeights weights : List.of(ClassWeights.of(0.5, 0, 3), ClassWeights.BALANCED)) {
            double[] expected = Arrays.stream(ALL)
                    .mapToDouble(s -> own[s]
                            * (weights.equals(ClassWeights.BALANCED)
                                    ? COUNT / (3.0 * counts[labels[s]])
                                    : weights.weights().get(labels[s])))
                    .toArray();
            try (Engine engine = Interpreter.create(network, COUNT)) {
                for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
                    TrainingSettings settings = SETTINGS.withForm(form);
                    assertThat(trained(problem, engine, data.withWeights(own), settings.withClassWeights(weights)))
                            .isEqualTo(trained(problem, engine, data.withWeights(expected), settings));
                }
            }
        }
    }

    /** Of the samples that a training is evaluated with, only their own weights count; predictions know none. */
    @Test
    void evaluationsHaveTheWeightsOfTheirSamples() {
        Network network = network(Precision.DOUBLE);
        Problem problem = new Problem(network, COUNT, 7);
        double[] weights = new Random(5).ints(COUNT, 0, 3).asDoubleStream().toArray();
        Dataset data = labelled(problem, labels());
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            for (Engine engine : engines(network)) {
                try (engine;
                        Training training = problem.give(engine)
                                .train(data, SETTINGS.withForm(form).withClassWeights(ClassWeights.of(1, 2, 3)))) {
                    training.step(0.1);
                    double sum = 0;
                    for (int s : ALL) {
                        sum += weights[s] * training.evaluate(data.rows(s)).cost();
                    }
                    assertThat(training.evaluate(data.withWeights(weights)).cost())
                            .isCloseTo(sum / COUNT, within(1e-14));
                    assertThat(training.evaluate(data.withWeights(weights)).outputs())
                            .isEqualTo(training.evaluate(data).outputs());
                }
            }
        }
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        Network network = network(Precision.FLOAT);
        Problem problem = new Problem(network, COUNT, 7);
        double[] large = new double[COUNT];
        large[3] = 1e39;
        try (Engine engine = problem.give(Interpreter.create(network, COUNT))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.train(problem.dataset().withWeights(large), SETTINGS))
                    .withMessage("sample 3: weight must be finite in float: weight=1.0E39");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.train(problem.dataset(), SETTINGS.withClassWeights(ClassWeights.of(1, 2))))
                    .withMessage("class weights must be one for each of 3 classes: weights=[1.0, 2.0]");
        }
        TrainingSettings balanced = SETTINGS.withClassWeights(ClassWeights.BALANCED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.builder("", "Net")
                        .input(Input.flat(2))
                        .layer(2, Activation.IDENTITY)
                        .loss(Loss.HUBER)
                        .training(balanced)
                        .build())
                .withMessage("class weights need a loss with classes: loss=huber");
    }
}
