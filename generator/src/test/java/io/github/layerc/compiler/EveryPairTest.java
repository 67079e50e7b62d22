package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All that a training can be made of, any two of it at least once: gradients against differences of the cost, updates against the textbook, generated code
 * against the interpreter. In double any one derivative that is wrong by 1e-4 is seen.
 */
@Tag("long")
class EveryPairTest {
    private static final String FLOPS_PER_THREAD = "layerc.flopsPerThread";

    private static final String HIDDEN = "hidden";
    private static final String OUTPUT = "output";
    private static final String LOSS = "loss";
    private static final String OPTIMIZER = "optimizer";
    private static final String PRECISION = "precision";
    private static final String SIZES = "sizes";
    private static final String BATCH = "batch";
    private static final String DROPOUT = "dropout";
    private static final String NORMALIZATION = "normalization";
    private static final String PENALTY = "penalty";
    private static final String CLIP = "clip";
    private static final String FORM = "form";
    private static final String WEIGHTS = "weights";
    private static final String THREADS = "threads";

    private static final int STEPS = 3;
    private static final double RATE = 0.05;

    @BeforeAll
    static void shareOutEverything() {
        System.setProperty(FLOPS_PER_THREAD, "1");
    }

    @AfterAll
    static void shareOutWhatPays() {
        System.clearProperty(FLOPS_PER_THREAD);
    }

    /** Inputs, units of the hidden layers and of the output, samples. */
    private static final List<List<Integer>> AWKWARD = List.of(
            List.of(1, 1, 3, 4, 1, 4),
            List.of(3, 4, 7, 1, 2, 8),
            List.of(7, 8, 13, 3, 3, 16),
            List.of(13, 16, 17, 8, 4, 7),
            List.of(17, 31, 5, 7, 1, 13),
            List.of(33, 17, 8, 16, 8, 17),
            List.of(100, 7, 33, 5, 2, 9));

    private static final int HIDDEN_LAYERS = 3;

    private static Map<String, List<?>> axes() {
        List<Activation> elementwise =
                Activation.all().stream().filter(Activation::elementwise).toList();
        Map<String, List<?>> axes = new LinkedHashMap<>();
        // layers behind each other, each activation in one of them: compiling takes longest
        List<List<Activation>> hidden = new ArrayList<>();
        for (int i = 0; i < elementwise.size(); i += HIDDEN_LAYERS) {
            int first = i;
            hidden.add(IntStream.range(0, HIDDEN_LAYERS)
                    .mapToObj(l -> elementwise.get((first + l) % elementwise.size()))
                    .toList());
        }
        axes.put(HIDDEN, hidden);
        axes.put(OUTPUT, Activation.all());
        axes.put(
                LOSS,
                Stream.concat(
                                Loss.all().stream(),
                                Stream.of(Loss.binaryCrossEntropy(0.2), Loss.categoricalCrossEntropy(0.1)))
                        .toList());
        // those that go with the same settings train the same class
        axes.put(
                OPTIMIZER,
                List.copyOf(Optimizer.all().stream()
                        .collect(Collectors.groupingBy(each -> List.of(each.linear(), each.searches())))
                        .values()));
        axes.put(PRECISION, List.of(Precision.values()));
        axes.put(SIZES, AWKWARD);
        axes.put(BATCH, List.of(TrainingSettings.FULL_BATCH, 1, 3));
        axes.put(DROPOUT, List.of(0.0, 0.3));
        axes.put(
                NORMALIZATION,
                Stream.concat(
                                Stream.of(Optional.empty()),
                                Normalization.all().stream().map(Optional::of))
                        .toList());
        axes.put(PENALTY, List.of(0.0, 0.01));
        axes.put(
                CLIP,
                Stream.concat(Stream.of(Optional.empty()), Clip.all().stream().map(Optional::of))
                        .toList());
        axes.put(FORM, List.of(Form.DIRECT, Form.GRAM));
        axes.put(WEIGHTS, List.of(false, true));
        axes.put(THREADS, List.of(1, 3));
        return axes;
    }

    /** One of the cases, with the network that it describes. */
    record Case(Map<String, Object> values) {
        Network network() {
            @SuppressWarnings("unchecked")
            List<Integer> sizes = (List<Integer>) values.get(SIZES);
            Activation output = (Activation) values.get(OUTPUT);
            double penalty = (double) values.get(PENALTY);
            Form form = (Form) values.get(FORM);
            TrainingSettings settings = new TrainingSettings(optimizers().get(0), RATE, STEPS)
                    .withBatch((int) values.get(BATCH))
                    .withL2(penalty)
                    .withForm(form);
            if (form == Form.DIRECT) {
                settings = settings.withL1(penalty / 2);
            }
            Optional<?> clip = (Optional<?>) values.get(CLIP);
            if (clip.isPresent()) {
                settings = settings.withClip((Clip) clip.get());
            }
            Network.Builder network = Network.builder("", "Net")
                    .input(Input.flat(sizes.get(0)))
                    .loss((Loss) values.get(LOSS))
                    .precision((Precision) values.get(PRECISION))
                    .threads((int) values.get(THREADS))
                    .training(settings);
            @SuppressWarnings("unchecked")
            List<Activation> hidden = (List<Activation>) values.get(HIDDEN);
            for (int l = 0; l < HIDDEN_LAYERS; l++) {
                hidden(network, sizes.get(1 + l), hidden.get(l));
            }
            int outputs = sizes.get(1 + HIDDEN_LAYERS);
            return network.layer(output.elementwise() ? outputs : Math.max(2, outputs), output)
                    .build();
        }

        private void hidden(Network.Builder network, int units, Activation activation) {
            network.layer(units, activation).dropout((double) values.get(DROPOUT));
            Optional<?> normalization = (Optional<?>) values.get(NORMALIZATION);
            normalization.ifPresent(some -> network.normalization((Normalization) some));
        }

        @SuppressWarnings("unchecked")
        List<Optimizer> optimizers() {
            return (List<Optimizer>) values.get(OPTIMIZER);
        }

        boolean possible() {
            try {
                Network network = network();
                boolean apart = (boolean) values.get(WEIGHTS);
                return network.batchNorm().isEmpty() || !apart;
            } catch (IllegalArgumentException e) {
                // what does not go together, a spec refuses, too
                return false;
            }
        }

        int samples() {
            return (int) ((List<?>) values.get(SIZES)).get(2 + HIDDEN_LAYERS);
        }

        Dataset data(Problem problem) {
            if (!(boolean) values.get(WEIGHTS)) {
                return problem.dataset();
            }
            double[] weights = new double[problem.count()];
            Arrays.setAll(weights, s -> 0.5 + s % 3);
            return problem.dataset().withWeights(weights);
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    private static final List<Case> CASES = new Pairs(axes(), values -> new Case(values).possible())
            .cases().stream().map(Case::new).toList();

    static List<Case> cases() {
        return CASES;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(Case each) {
        Network network = each.network();
        Problem problem = new Problem(network, each.samples(), 5);
        if (network.precision() == Precision.DOUBLE && network.training().form() == Form.DIRECT) {
            gradientsAreDifferences(each, problem);
            // what a search does with them, other tests say
            each.optimizers().stream()
                    .filter(optimizer -> !optimizer.searches())
                    .forEach(optimizer -> updatesAreThoseOfTheTextbook(each, problem, optimizer));
        }
        boolean wide = network.precision() == Precision.DOUBLE;
        double[] start;
        List<double[]> ends;
        try (Engine reference = Interpreter.create(network.withPrecision(Precision.DOUBLE), each.samples())) {
            start = started(each, problem, reference);
            ends = trained(each, problem, reference);
        }
        Generated generated = new Generated(network);
        for (Target target : Target.values()) {
            try (Engine engine = generated.create(each.samples(), target)) {
                assertNear(engine.name(), started(each, problem, engine), start, wide ? 1e-9 : 1e-4);
                List<double[]> trained = trained(each, problem, engine);
                for (int i = 0; i < trained.size(); i++) {
                    Optimizer optimizer = each.optimizers().get(i);
                    // a gradient that is nearly 0 decides by its roundings where an update goes that divides by its
                    // size; in float by ten times the rate
                    double allowed = wide ? optimizer.linear() ? 1e-8 : 1e-4 : 10 * RATE;
                    assertNear(engine.name() + ", " + optimizer, trained.get(i), ends.get(i), allowed);
                }
            }
        }
    }

    /** Of the parameters at the start: outputs and cost, the gradients of all samples with a mean over the samples where there is one. */
    private static double[] started(Case each, Problem problem, Engine engine) {
        Network network = problem.network();
        problem.give(engine);
        double[] outputs = problem.predict(engine);
        TrainingSettings settings =
                settings(problem, Optimizer.GRADIENT_DESCENT).withForm(Form.DIRECT);
        try (Training training = engine.train(each.data(problem), settings)) {
            double[] gradients = new double[network.parameterCount()];
            double cost = training.gradients(rows(0, problem.count()), 0, problem.count(), gradients);
            // next to a jump of the loss a rounding decides
            boolean jumps = network.loss().jump() != 0 && network.precision() == Precision.FLOAT;
            double largest = jumps
                    ? Double.POSITIVE_INFINITY
                    : Math.max(Arrays.stream(gradients).map(Math::abs).max().orElseThrow(), Double.MIN_NORMAL);
            return Stream.of(
                            new double[] {cost},
                            outputs,
                            Arrays.stream(gradients).map(g -> g / largest).toArray())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    private static void assertNear(String name, double[] found, double[] expected, double allowed) {
        for (int i = 0; i < expected.length; i++) {
            double most = allowed * Math.max(1, Math.abs(expected[i]));
            if (!(Math.abs(found[i] - expected[i]) <= most)) {
                throw new AssertionError(name + ": number " + i + ": expected " + expected[i] + " within " + most
                        + ", found " + found[i]);
            }
        }
    }

    private static int[] rows(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** By each of the optimizers. */
    private static List<double[]> trained(Case each, Problem problem, Engine engine) {
        return each.optimizers().stream()
                .map(optimizer -> trained(each, problem, engine, optimizer))
                .toList();
    }

    private static TrainingSettings settings(Problem problem, Optimizer optimizer) {
        return problem.network().training().withOptimizer(optimizer);
    }

    /** Costs of steps, parameters behind them, predictions of these. */
    private static double[] trained(Case each, Problem problem, Engine engine, Optimizer optimizer) {
        problem.give(engine);
        TrainingSettings settings = settings(problem, optimizer);
        List<Double> costs = new ArrayList<>();
        try (Training training = engine.train(each.data(problem), settings)) {
            int count = problem.count();
            int batch = settings.batchOf(count);
            for (int step = 0; step < STEPS; step++) {
                if (batch == count) {
                    costs.add(training.step(RATE));
                } else {
                    // every other one, so that they do not follow each other
                    int[] rows = new int[batch];
                    for (int i = 0; i < batch; i++) {
                        rows[i] = (step + 2 * i) % count;
                    }
                    costs.add(training.step(rows, 0, batch, RATE));
                }
            }
            double[] parameters = engine.parametersAsDouble();
            double[] outputs = problem.predict(engine);
            return Stream.of(costs.stream().mapToDouble(cost -> cost).toArray(), parameters, outputs)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    /** Of the interpreter, at parameters at which no activation or loss has a bend as near as the differences reach. */
    private static void gradientsAreDifferences(Case each, Problem problem) {
        Network network = problem.network();
        int count = problem.count();
        // the cost is the same with every optimizer, and every one but that which searches takes a rate of 0
        TrainingSettings settings = settings(problem, Optimizer.GRADIENT_DESCENT);
        try (Engine engine = problem.give(Interpreter.create(network, count));
                Training training = engine.train(each.data(problem), settings)) {
            double[] parameters = engine.parametersAsDouble();
            double[] gradients = new double[parameters.length];
            training.gradients(rows(0, count), 0, count, gradients);
            double largest = Arrays.stream(gradients).map(Math::abs).max().orElseThrow();
            for (Layer layer : network.layers()) {
                for (Layer.Parameters array : layer.parameters()) {
                    int apart = Math.max(1, (array.end() - array.at()) / 12);
                    for (int i = array.at(); array.trained() && i < array.end(); i += apart) {
                        double difference = difference(engine, training, parameters, i, 1e-5);
                        double most = 1e-5 * Math.abs(difference) + 2e-9 * Math.max(1, largest);
                        if (!(Math.abs(gradients[i] - difference) <= most)) {
                            throw new AssertionError("gradient of " + array.name() + "[" + (i - array.at())
                                    + "]: expected " + difference + " within " + most + ", found " + gradients[i]);
                        }
                    }
                }
            }
        }
    }

    /** Of the fourth order. */
    private static double difference(Engine engine, Training training, double[] parameters, int at, double h) {
        double[] moved = parameters.clone();
        double sum = 0;
        for (int step : new int[] {1, -1, 2, -2}) {
            moved[at] = parameters[at] + step * h;
            engine.setParametersFromDouble(moved);
            sum += (Math.abs(step) == 1 ? 8 : -1) * Math.signum(step) * training.step(0);
        }
        return sum / (12 * h);
    }

    /** Steps by what the optimizer's paper says of the gradients that they have: of the interpreter, whose update is that of every engine. */
    private static void updatesAreThoseOfTheTextbook(Case each, Problem problem, Optimizer optimizer) {
        Network network = problem.network();
        TrainingSettings settings = settings(problem, optimizer);
        int count = problem.count();
        int[] rows = rows(0, count);
        ExpectedUpdate update = new ExpectedUpdate(settings, network.parameterCount(), Math.ulp(1.0));
        try (Engine engine = problem.give(Interpreter.create(network, count));
                Training training = engine.train(each.data(problem), settings)) {
            for (int step = 1; step <= STEPS; step++) {
                double[] before = engine.parametersAsDouble();
                double[] gradients = new double[before.length];
                double cost = training.gradients(rows, 0, count, gradients);
                assertThat(cost).isFinite();
                double[] applied = gradients.clone();
                settings.clip().ifPresent(clip -> clipped(network, clip, applied));
                training.apply(gradients, RATE);
                double[] after = engine.parametersAsDouble();
                for (Layer layer : network.layers()) {
                    for (Layer.Parameters array : layer.parameters()) {
                        for (int i = array.at(); array.trained() && i < array.end(); i++) {
                            double weight = array.columns() == 1 && i >= layer.biasAt() ? 0 : before[i];
                            update.next(i, step, weight, applied[i], 1e-15 * Math.abs(applied[i]));
                            double expected = before[i] - RATE * update.direction();
                            double most = 1e-7 * Math.abs(RATE * update.direction()) + 1e-14 * Math.abs(before[i]);
                            assertThat(Math.abs(after[i] - expected))
                                    .as("%s[%d] after step %d", array.name(), i - array.at(), step)
                                    .isLessThanOrEqualTo(most);
                        }
                    }
                }
            }
        }
    }

    private static void clipped(Network network, Clip clip, double[] gradients) {
        if (clip.part() == Clip.Part.ELEMENT) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = Math.max(-clip.at(), Math.min(clip.at(), gradients[i]));
            }
            return;
        }
        double all = norm(gradients, 0, gradients.length);
        for (Layer layer : network.layers()) {
            for (Layer.Parameters array : layer.parameters()) {
                double norm = clip.part() == Clip.Part.ALL ? all : norm(gradients, array.at(), array.end());
                for (int i = array.at(); i < array.end(); i++) {
                    gradients[i] *= norm > clip.at() ? clip.at() / norm : 1;
                }
            }
        }
    }

    private static double norm(double[] gradients, int from, int to) {
        return Math.sqrt(Arrays.stream(gradients, from, to).map(g -> g * g).sum());
    }

    /** Otherwise a rule of this test would leave something out. */
    @Test
    void everyValueIsThere() {
        axes().forEach((axis, values) -> assertThat(
                        CASES.stream().map(each -> each.values().get(axis)).distinct())
                .as(axis)
                .hasSameSizeAs(values));
    }
}
