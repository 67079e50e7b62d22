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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines train as the {@link Textbook} does: every optimizer, with and without decay, over all samples and over some, in both forms. */
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
        for (Optimizer optimizer : Optimizer.all()) {
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
                check("interpreter", problem, settings, Interpreter.create(network, COUNT));
                check("interpreter, split", problem, settings, Interpreter.create(network, 4));
                for (Target target : Target.values()) {
                    check(target + ", whole", problem, settings, generated.create(COUNT, target));
                    check(target + ", split", problem, settings, generated.create(4, target));
                    check(target + ", 3 threads", problem, settings, threaded.create(COUNT, target));
                }
            }
        }
    }

    /** All samples, some in any order, some in a row, a few, one; with rates that change. */
    private static void check(String engineName, Problem problem, TrainingSettings settings, Engine engine) {
        String name = engineName + ", " + settings;
        // a step of adam and the like is as large for a gradient that is a millionth of the largest: parameters that
        // differ by one rounding at the start lead to costs that differ by some hundred in the deep networks
        boolean linear = settings.optimizer().linear();
        double costSlack = linear ? 1 : 16;
        int[] all = IntStream.range(0, COUNT).toArray();
        int[] mixed = IntStream.range(0, COUNT).map(i -> i * 7 % COUNT).toArray();
        Textbook textbook = new Textbook(problem.network(), problem.dataset(), settings, problem.parameters());
        try (Engine given = problem.give(engine);
                Training training = given.train(problem.dataset(), settings)) {
            checkCost(name, problem, costSlack, training.step(0.05), textbook.step(all, 0.05));
            checkCost(name, problem, costSlack, training.step(0.1), textbook.step(all, 0.1));
            checkCost(
                    name, problem, costSlack, training.step(mixed, 2, 13, 0.1), textbook.step(some(mixed, 2, 13), 0.1));
            checkCost(name, problem, costSlack, training.step(all, 5, 17, 0.1), textbook.step(some(all, 5, 17), 0.1));
            checkCost(
                    name, problem, costSlack, training.step(mixed, 0, 3, 0.05), textbook.step(some(mixed, 0, 3), 0.05));
            checkCost(
                    name,
                    problem,
                    costSlack,
                    training.step(mixed, 9, 10, 0.02),
                    textbook.step(some(mixed, 9, 10), 0.02));
            checkCost(name, problem, costSlack, training.step(0.1), textbook.step(all, 0.1));
            checkParameters(name, problem, linear ? 1 : 1e6, engine.parametersAsDouble(), textbook.parameters());
        }
    }

    private static int[] some(int[] rows, int from, int to) {
        return Arrays.copyOfRange(rows, from, to);
    }

    private static void checkCost(String name, Problem problem, double slack, double cost, double expected) {
        // in Gram form the squares of the weights are differences of larger sums
        double allowed = 64 * slack * problem.network().precision().epsilon() * Math.max(1, Math.abs(expected));
        assertThat(cost).as(name + ": cost").isCloseTo(expected, within(allowed));
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
