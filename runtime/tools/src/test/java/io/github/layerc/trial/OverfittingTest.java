package io.github.layerc.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OverfittingTest {
    private static final double[] CORNERS = {0, 0, 0, 1, 1, 0, 1, 1};
    private static final double[] XOR = {0, 1, 1, 0};

    private static final TrainingSettings ADAM = new TrainingSettings(Optimizer.ADAM, 0.05);

    private static Network.Builder builder(TrainingSettings training) {
        return Network.builder("", "Net")
                .input(Input.flat(2))
                .training(training)
                .precision(Precision.DOUBLE);
    }

    private static Network network(TrainingSettings training, UnaryOperator<Network.Builder> hidden) {
        return hidden.apply(builder(training)).layer(1, Activation.SIGMOID).build();
    }

    private static Network hidden(TrainingSettings training) {
        return network(training, layers -> layers.layer(8, Activation.TANH));
    }

    private static Dataset corners(double... targets) {
        return Dataset.of(CORNERS, 2, targets, 1);
    }

    @Test
    void learnsWhatCanBeLearntAndStopsThere() {
        Network network = hidden(ADAM);
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            Overfitting training = Overfitting.train(engine, corners(XOR), ADAM, 0.05, 2000, OptionalDouble.empty());
            assertThat(training.isLearnt()).isTrue();
            assertThat(training.known().lowest()).isZero();
            assertThat(training.wanted()).isEqualTo(0.05 * training.start());
            assertThat(training.end()).isPositive().isLessThanOrEqualTo(training.wanted());
            assertThat(training.iterations()).isBetween(10, 1000);
            try (Training after = engine.train(corners(XOR), ADAM)) {
                assertThat(after.evaluate(corners(XOR)).cost()).isEqualTo(training.end());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("normalizations")
    void learnsWithNormalisedLayers(Normalization normalization) {
        Network network =
                network(ADAM, layers -> layers.layer(8, Activation.TANH).normalization(normalization));
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            Overfitting training = Overfitting.train(engine, corners(XOR), ADAM, 0.05, 2000, OptionalDouble.empty());
            assertThat(training.isLearnt()).isTrue();
        }
    }

    static List<Normalization> normalizations() {
        return Normalization.all();
    }

    @Test
    void endsAtACostThatWasAskedFor() {
        Network network = hidden(ADAM);
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            Overfitting none = Overfitting.train(engine, corners(XOR), ADAM, 0.05, 2000, OptionalDouble.of(100));
            assertThat(none.isLearnt()).isTrue();
            assertThat(none.iterations()).isZero();
            Overfitting further = Overfitting.train(engine, corners(XOR), ADAM, 0.05, 5000, OptionalDouble.of(1e-3));
            assertThat(further.isLearnt()).isTrue();
            assertThat(further.wanted()).isEqualTo(1e-3);
            assertThat(further.end()).isLessThanOrEqualTo(1e-3);
        }
    }

    static Stream<Arguments> obstacles() {
        TrainingSettings descent = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1);
        Network line = builder(descent)
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        Network dead = network(
                ADAM, layers -> layers.layer(5, Activation.TANH).layer(4, Activation.RELU, Initializer.Kind.ZEROS));
        return Stream.of(
                Arguments.of(
                        hidden(ADAM),
                        Dataset.of(new double[] {0, 0, 1, 0, 0, 0}, 2, new double[] {1, 1, 0}, 1),
                        0.05,
                        1000,
                        "the labels: samples 1 and 3 are the same, with different targets"),
                Arguments.of(
                        line,
                        corners(XOR),
                        1e3,
                        1000,
                        "the learning rate, which is too large: layerc:find-rate suggests one: learning_rate=1000.0"),
                Arguments.of(
                        dead,
                        corners(XOR),
                        0.05,
                        100,
                        "the activation and the initializer of layer 2: no gradient goes through its units"),
                Arguments.of(
                        hidden(descent),
                        corners(0, 0, 1, 1),
                        0.5,
                        30,
                        "the learning rate and the number of iterations: the cost still falls"),
                Arguments.of(
                        hidden(ADAM.withL2(1)),
                        corners(XOR),
                        0.05,
                        1000,
                        "the activation and the initializer of layer 1, and l1, l2 and weight decay: no gradient goes"
                                + " through its units"),
                Arguments.of(
                        hidden(ADAM.withL2(0.02)),
                        corners(XOR),
                        0.05,
                        1000,
                        "dropout, l1, l2 and weight decay, which work against it"),
                // a line through the corners is as good as none
                Arguments.of(
                        line,
                        corners(XOR),
                        0.1,
                        2000,
                        "the initializer, the activations and the scale of the input: outputs are no better than ones"
                                + " that are the same for all samples"),
                Arguments.of(
                        line,
                        corners(0, 0, 0, 1),
                        0.1,
                        2000,
                        "the labels, the learning rate, the scale of the input, and whether the output activation"
                                + " reaches the targets"));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void saysWhatToLookAt(Network network, Dataset data, double rate, int iterations, String expected) {
        TrainingSettings settings = network.training();
        try (Engine engine = Interpreter.create(network, data.count())) {
            engine.initialize();
            Overfitting training = Overfitting.train(engine, data, settings, rate, iterations, OptionalDouble.empty());
            assertThat(training.isLearnt()).isFalse();
            assertThat(new Obstacle(network, data, settings).of(training, rate, engine.parametersAsDouble()))
                    .isEqualTo(expected);
        }
    }

    static Stream<Arguments> lowest() {
        double entropy = -(0.1 * Math.log(0.1) + 0.9 * Math.log(0.9));
        return Stream.of(
                Arguments.of(Loss.BINARY_CROSS_ENTROPY, new double[] {0, 1}, 0),
                Arguments.of(Loss.binaryCrossEntropy(0.2), new double[] {0, 1}, entropy),
                Arguments.of(Loss.CATEGORICAL_CROSS_ENTROPY, new double[] {0, 1}, 0),
                Arguments.of(Loss.categoricalCrossEntropy(0.2), new double[] {0, 1}, entropy),
                Arguments.of(Loss.MEAN_SQUARED_ERROR, new double[] {-3, 7}, 0),
                Arguments.of(Loss.HINGE, new double[] {-1, 1}, 0),
                Arguments.of(Loss.POISSON, new double[] {0, 3}, (3 - 3 * Math.log(3)) / 2));
    }

    @ParameterizedTest
    @MethodSource
    void lowest(Loss loss, double[] targets, double expected) {
        Network network = builder(ADAM).layer(2, loss.usualOutput()).loss(loss).build();
        double perSample = loss.meanOfUnits() || !loss.elementwise() ? 1 : 2;
        assertThat(KnownCosts.of(network, Dataset.of(new double[2], 2, targets, 2))
                        .lowest())
                .isCloseTo(expected * perSample, within(1e-15));
    }

    /** A network whose weights are all 0 comes to this, however long it trains, but to the median instead of the mean where the loss says so. */
    @Test
    void constantOutputsAreWhatABiasLearnsAlone() {
        for (Loss loss : List.of(
                Loss.BINARY_CROSS_ENTROPY,
                Loss.binaryCrossEntropy(0.1),
                Loss.CATEGORICAL_CROSS_ENTROPY,
                Loss.categoricalCrossEntropy(0.1),
                Loss.MEAN_SQUARED_ERROR,
                Loss.POISSON)) {
            Network network = builder(ADAM)
                    .layer(2, loss.usualOutput(), Initializer.Kind.ZEROS)
                    .loss(loss)
                    .build();
            Dataset drawn = new Workload(network, 12).dataset();
            double[] targets = new double[24];
            Arrays.setAll(targets, i -> drawn.target(i / 2, i % 2));
            // without inputs there are only biases to learn
            Dataset data = Dataset.of(new double[24], 2, targets, 2);
            try (Engine engine = Interpreter.create(network, 12)) {
                engine.initialize();
                Overfitting training = Overfitting.train(engine, data, ADAM, 0.02, 2000, OptionalDouble.of(-9));
                assertThat(training.end())
                        .as(loss.text())
                        .isCloseTo(training.known().constant(), within(1e-6));
            }
        }
    }

    /** What the lowest cost says is what outputs that are right have. */
    @Test
    void noTrainingFallsBelowTheLowestCost() {
        for (Loss loss : Loss.all()) {
            Network network = builder(ADAM)
                    .layer(9, Activation.TANH)
                    .layer(2, loss.usualOutput())
                    .loss(loss)
                    .build();
            Dataset data = new Workload(network, 3).dataset();
            try (Engine engine = Interpreter.create(network, 3)) {
                engine.initialize();
                Overfitting training = Overfitting.train(
                        engine,
                        data,
                        ADAM,
                        0.05,
                        500,
                        OptionalDouble.of(KnownCosts.of(network, data).lowest()));
                assertThat(training.end() - training.known().lowest())
                        .as(loss.text())
                        .isBetween(
                                -1e-12,
                                0.3 * (training.start() - training.known().lowest()));
            }
        }
    }
}
