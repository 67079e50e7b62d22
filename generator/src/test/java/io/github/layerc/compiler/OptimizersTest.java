package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines train as the {@link Textbook} does: every optimizer that moves each parameter by itself, with and without decay, over all samples and over some, in both forms. */
@Tag("long")
class OptimizersTest {
    private static final String FLOPS_PER_THREAD = "layerc.flopsPerThread";
    private static final int COUNT = 23;

    @BeforeAll
    static void shareOutEverything() {
        System.setProperty(FLOPS_PER_THREAD, "1");
    }

    @AfterAll
    static void shareOutWhatPays() {
        System.clearProperty(FLOPS_PER_THREAD);
    }

    static Stream<Network> networks() {
        int[] deep = new int[62];
        Arrays.fill(deep, 3);
        return Stream.of(Precision.values())
                .flatMap(precision -> Stream.of(
                        network(precision, Loss.BINARY_CROSS_ENTROPY, Activation.TANH, 900, 5, 1),
                        network(precision, Loss.MEAN_SQUARED_ERROR, Activation.TANH, 9, 33, 17, 2),
                        network(precision, Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, 13, 40, 3),
                        network(precision, Loss.MEAN_SQUARED_ERROR, Activation.IDENTITY, deep)));
    }

    private static Network network(Precision precision, Loss loss, Activation hidden, int... dims) {
        Network.Builder builder = Network.builder("test", "Net")
                .input(new Input(List.of(dims[0]), new Scale(1, 2)))
                .precision(precision)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .loss(loss);
        for (int i = 1; i < dims.length; i++) {
            builder.layer(dims[i], i < dims.length - 1 ? hidden : loss.usualOutput());
        }
        return builder.build();
    }

    /** Otherwise the zeros between the rows, and the parts of a long list of places, would not be tested. */
    @Test
    void networksHaveEveryLayoutOfParameters() {
        List<String> sources = networks()
                .map(network ->
                        new Generated(network).compilation().files().get(2).text())
                .toList();
        assertThat(sources).anyMatch(source -> source.contains("rows padded to whole vectors"));
        assertThat(sources).anyMatch(source -> source.contains("weights row-major {@code [units][fan-in]}"));
        assertThat(sources).anyMatch(source -> source.contains("placesPart2(places)"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainsAsATextbook(Network network) {
        Generated generated = new Generated(network);
        Generated threaded = new Generated(network.withThreads(3));
        Problem problem = new Problem(network, COUNT, 11);
        for (Optimizer optimizer : ExpectedUpdate.optimizers()) {
            if (!optimizer.linear() && network.precision() == Precision.FLOAT) {
                // it makes large steps of gradients that are next to nothing but roundings: RandomNetworksTest has
                // bounds for these
                continue;
            }
            TrainingSettings plain = new TrainingSettings(optimizer, 1, 1);
            List<TrainingSettings> forms = Stream.of(plain, plain.withL2(0.3))
                    .flatMap(each -> Stream.of(Form.DIRECT, Form.GRAM)
                            .filter(form -> form.accepts(optimizer.linear()))
                            .map(each::withForm))
                    .toList();
            for (TrainingSettings settings : forms) {
                Expected expected = Expected.of(problem, settings);
                check("interpreter", expected, Interpreter.create(network, COUNT));
                check("interpreter, split", expected, Interpreter.create(network, 4));
                for (Target target : Target.values()) {
                    check(target + ", whole", expected, generated.create(COUNT, target));
                    check(target + ", split", expected, generated.create(4, target));
                    check(target + ", 3 threads", expected, threaded.create(COUNT, target));
                }
            }
        }
    }

    /** Some rows and a learning rate. */
    private record Step(List<Integer> rows, double rate) {
        private static final List<Integer> ALL =
                IntStream.range(0, COUNT).boxed().toList();
        private static final List<Integer> MIXED =
                ALL.stream().map(i -> i * 7 % COUNT).toList();

        /** All samples, some in any order, some in a row, a few, one; with rates that change. */
        static final List<Step> SOME = List.of(
                new Step(ALL, 0.05),
                new Step(ALL, 0.1),
                new Step(MIXED.subList(2, 13), 0.1),
                new Step(ALL.subList(5, 17), 0.1),
                new Step(MIXED.subList(0, 3), 0.05),
                new Step(MIXED.subList(9, 10), 0.02),
                new Step(ALL, 0.1));

        int[] array() {
            return rows.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * What the textbook makes of the steps.
     *
     * @param moved how far each cost moves where the parameters at the start are one rounding away, 0 for optimizers
     *     whose update is linear: others step as far for a gradient that is a millionth of the largest, so roundings
     *     grow in deep networks
     */
    private record Expected(
            Problem problem,
            TrainingSettings settings,
            List<Double> costs,
            List<Double> moved,
            List<Double> parameters) {
        private static final int NUDGES = 3;

        static Expected of(Problem problem, TrainingSettings settings) {
            Textbook textbook = new Textbook(problem.network(), problem.dataset(), settings, problem.parameters());
            double[] costs = costs(textbook);
            double[] moved = new double[costs.length];
            for (int nudge = 0; nudge < NUDGES && !settings.optimizer().linear(); nudge++) {
                double[] start = problem.parameters().clone();
                Random random = new Random(nudge);
                for (int i = 0; i < start.length; i++) {
                    start[i] = random.nextBoolean() ? Math.nextUp(start[i]) : Math.nextDown(start[i]);
                }
                double[] others = costs(new Textbook(problem.network(), problem.dataset(), settings, start));
                for (int i = 0; i < costs.length; i++) {
                    moved[i] = Math.max(moved[i], Math.abs(others[i] - costs[i]));
                }
            }
            return new Expected(problem, settings, list(costs), list(moved), list(textbook.parameters()));
        }

        private static double[] costs(Textbook textbook) {
            return Step.SOME.stream()
                    .mapToDouble(step -> textbook.step(step.array(), step.rate()))
                    .toArray();
        }

        double[] parameterArray() {
            return parameters.stream().mapToDouble(Double::doubleValue).toArray();
        }

        private static List<Double> list(double[] numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }
    }

    private static void check(String engineName, Expected expected, Engine engine) {
        TrainingSettings settings = expected.settings();
        Problem problem = expected.problem();
        String name = engineName + ", " + settings;
        try (Engine given = problem.give(engine);
                Training training = given.train(problem.dataset(), settings)) {
            for (int i = 0; i < Step.SOME.size(); i++) {
                Step step = Step.SOME.get(i);
                int[] rows = step.array();
                double cost = rows.length == COUNT
                        ? training.step(step.rate())
                        : training.step(rows, 0, rows.length, step.rate());
                double right = expected.costs().get(i);
                // in Gram form the squares of the weights are differences of larger sums
                double roundings = 64 * problem.network().precision().epsilon() * Math.max(1, Math.abs(right));
                assertThat(cost)
                        .as(name + ": cost of step " + i)
                        .isCloseTo(
                                right, within(roundings + 4 * expected.moved().get(i)));
            }
            // a step of adam is as large for a gradient that is a millionth of the largest
            double slack = settings.optimizer().linear() ? 1 : 1e6;
            checkParameters(name, problem, slack, engine.parametersAsDouble(), expected.parameterArray());
        }
    }

    /** What was moved must have been moved the same way: differences are measured by the largest move of the matrix or bias. */
    private static void checkParameters(
            String name, Problem problem, double slack, double[] actual, double[] expected) {
        for (Layer layer : problem.network().layers()) {
            checkMoves(
                    name + ": W" + layer.number(), problem, slack, actual, expected, layer.weightsAt(), layer.biasAt());
            checkMoves(name + ": b" + layer.number(), problem, slack, actual, expected, layer.biasAt(), layer.end());
        }
    }

    private static void checkMoves(
            String name, Problem problem, double slack, double[] actual, double[] expected, int from, int to) {
        double move = 0;
        double value = 0;
        for (int i = from; i < to; i++) {
            move = Math.max(move, Math.abs(expected[i] - problem.parameters()[i]));
            value = Math.max(value, Math.abs(expected[i]));
        }
        double allowed = problem.network().precision().epsilon() * (100 * slack * move + 8 * value);
        for (int i = from; i < to; i++) {
            assertThat(actual[i]).as(name + " [" + (i - from) + "]").isCloseTo(expected[i], within(allowed));
        }
    }
}
