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
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine leaves out the same activations, and the gradients are those of what is left. */
class DropoutTest {
    private static final int COUNT = 23;
    private static final double RATE = 0.3;
    private static final String FLOPS_PER_THREAD = "layerc.flopsPerThread";

    @BeforeAll
    static void shareOutEverything() {
        System.setProperty(FLOPS_PER_THREAD, "1");
    }

    @AfterAll
    static void shareOutWhatPays() {
        System.clearProperty(FLOPS_PER_THREAD);
    }

    /** A derivative of the activations, one of the pre-activations, one that is 1: each a way of its own through the passes. */
    private static Network.Builder network(int threads, int inputs, int... units) {
        Network.Builder builder = Network.builder("", "Net")
                .input(Input.flat(inputs))
                .precision(Precision.DOUBLE)
                .threads(threads)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM));
        List<Activation> activations =
                List.of(Activation.TANH, Activation.GELU, Activation.RELU, Activation.IDENTITY, Activation.LEAKY_RELU);
        for (int i = 0; i < units.length; i++) {
            builder.layer(units[i], activations.get(i % activations.size()));
            if (i != 1) {
                builder.dropout(RATE);
            }
        }
        return builder;
    }

    private static Network alternating() {
        Network.Builder builder = network(1, 9);
        for (int i = 0; i < 20; i++) {
            builder.layer(8, Activation.RELU).dropout(i % 3 == 0 ? RATE : 0);
        }
        return builder.layer(2, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
    }

    static Stream<Network> networks() {
        return Stream.of(
                // rows of samples
                network(1, 300, 7, 5, 4, 3).layer(1, Activation.SIGMOID).build(),
                // padded rows of units, and softmax
                network(2, 33, 65, 48, 17)
                        .layer(10, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build(),
                // layers of one shape behind such with dropout and such without: kernels are shared by those with the
                // same
                alternating(),
                // layers of one shape, which share kernels
                network(1, 9, IntStream.generate(() -> 8).limit(20).toArray())
                        .layer(2, Activation.IDENTITY)
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .build());
    }

    private static List<TrainingSettings> settings() {
        List<TrainingSettings> all = new ArrayList<>();
        for (Form form : new Form[] {Form.DIRECT, Form.GRAM}) {
            for (int batch : new int[] {TrainingSettings.FULL_BATCH, 10}) {
                // a fused step, and one with slots
                for (Optimizer optimizer : List.of(Optimizer.GRADIENT_DESCENT, Optimizer.MOMENTUM)) {
                    all.add(new TrainingSettings(optimizer, 0.05, 3)
                            .withForm(form)
                            .withBatch(batch));
                }
            }
        }
        all.add(new TrainingSettings(Optimizer.ADAM, 0.001, 3).withForm(Form.DIRECT));
        return all;
    }

    private static double[] trained(Engine engine, Problem problem, TrainingSettings settings, int[] rows) {
        problem.give(engine);
        try (Training training = engine.train(problem.dataset(), settings)) {
            int batch = settings.batch() == TrainingSettings.FULL_BATCH ? rows.length : settings.batch();
            for (int epoch = 0; epoch < 2; epoch++) {
                for (int from = 0; from < rows.length; from += batch) {
                    training.step(rows, from, Math.min(rows.length, from + batch), 0.05);
                }
                training.step(0.05);
            }
            return engine.parametersAsDouble();
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void enginesLeaveOutTheSame(Network network) {
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, COUNT, 7);
        int[] shuffled = IntStream.range(0, COUNT).map(i -> i * 9 % COUNT).toArray();
        for (TrainingSettings settings : settings()) {
            double[] expected;
            try (Engine interpreter = Interpreter.create(network, COUNT)) {
                expected = trained(interpreter, problem, settings, shuffled);
            }
            // a workspace for all samples of a step, and one for a part of them
            for (int capacity : new int[] {COUNT, 4}) {
                for (Target target : Target.values()) {
                    try (Engine engine = generated.create(capacity, target)) {
                        double[] found = trained(engine, problem, settings, shuffled);
                        for (int i = 0; i < found.length; i++) {
                            // one activation more or less changes them by thousandths
                            assertThat(found[i])
                                    .as("%s, %s, capacity %d, parameter %d", engine.name(), settings, capacity, i)
                                    .isCloseTo(expected[i], within(1e-11 * Math.max(1, Math.abs(expected[i]))));
                        }
                    }
                }
            }
        }
    }

    /** Of the cost of a step, whose activations are left out by the number of the update alone: so it is the same function at all parameters. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreThoseOfWhatIsLeft(Network network) {
        Problem problem = new Problem(network, COUNT, 7);
        int[] rows = IntStream.range(0, COUNT).toArray();
        TrainingSettings settings = network.training().withForm(Form.DIRECT);
        try (Engine engine = problem.give(Interpreter.create(network, COUNT));
                Training training = engine.train(problem.dataset(), settings)) {
            double[] parameters = engine.parametersAsDouble();
            double[] gradients = new double[parameters.length];
            double cost = training.gradients(rows, 0, COUNT, gradients);
            assertThat(cost(engine, training, parameters)).isEqualTo(cost);
            double h = 1e-5;
            for (int i = 0; i < parameters.length; i += 1 + parameters.length / 200) {
                double[] moved = parameters.clone();
                moved[i] = parameters[i] + h;
                double above = cost(engine, training, moved);
                moved[i] = parameters[i] - h;
                double below = cost(engine, training, moved);
                assertThat(gradients[i])
                        .as("%s, parameter %d", network.layerDims(), i)
                        .isCloseTo((above - below) / (2 * h), within(1e-8));
            }
        }
    }

    /** That of the first update with these parameters. */
    private static double cost(Engine engine, Training training, double[] parameters) {
        engine.setParametersFromDouble(parameters);
        return training.step(0);
    }

    @Test
    void predictionsCostsAndGradientsOutsideATrainingLeaveOutNothing() {
        Network with = networks().toList().get(1);
        Network.Builder builder = Network.builder("", "Net")
                .input(with.input())
                .precision(Precision.DOUBLE)
                .threads(with.threads());
        with.layers().forEach(layer -> builder.layer(layer.units(), layer.activation()));
        Network without = builder.loss(with.loss()).build();
        Problem problem = new Problem(with, COUNT, 7);
        try (Engine one = new Generated(with).create(COUNT, Target.VECTOR);
                Engine other = new Generated(without).create(COUNT, Target.VECTOR)) {
            problem.give(one);
            problem.give(other);
            assertThat(problem.predict(one)).isEqualTo(problem.predict(other));
            assertThat(problem.cost(one)).isEqualTo(problem.cost(other));
            assertThat(problem.gradients(one)).isEqualTo(problem.gradients(other));
        }
    }
}
