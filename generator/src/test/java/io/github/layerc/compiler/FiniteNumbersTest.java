package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples, targets, parameters and rates that are no finite numbers, as they are or in the precision of the network, in every engine. */
class FiniteNumbersTest {
    private static final double[] ONE = {1, 1, 1};
    private static final Map<Precision, Generated> SQUARED = new EnumMap<>(Precision.class);

    private static Network network(Precision precision, Activation output, Loss loss, Scale scale) {
        return Network.builder("", "Net")
                .input(new Input(List.of(2), scale))
                .layer(output.elementwise() ? 1 : 2, output)
                .loss(loss)
                .precision(precision)
                .build();
    }

    @BeforeAll
    static void compile() {
        for (Precision precision : Precision.values()) {
            Network network = network(precision, Activation.IDENTITY, Loss.MEAN_SQUARED_ERROR, new Scale(1000, 1));
            SQUARED.put(precision, new Generated(network));
        }
    }

    private static void inEveryEngine(Precision precision, Consumer<Engine> check) {
        Generated generated = SQUARED.get(precision);
        for (Engine engine : List.of(
                Interpreter.create(generated.compilation().network(), 2),
                generated.create(2, Target.SCALAR),
                generated.create(2, Target.VECTOR))) {
            try (engine) {
                engine.setParametersFromDouble(new double[] {1, 0, 0});
                check.accept(engine);
            }
        }
    }

    /** Three samples of two values, of which one is another: by training, and by what a training evaluates. */
    private static void requireRefused(Engine engine, int row, int feature, double value, String message) {
        double[] samples = new double[6];
        samples[2 * row + feature] = value;
        float[] floats = Problem.narrow(samples);
        for (Dataset data : List.of(Dataset.of(samples, 2, ONE, 1), Dataset.of(floats, 2, ONE, 1))) {
            boolean same = data.sample(row, feature) == value || Double.isNaN(value);
            if (same) {
                requireRefused(engine, data, message);
            }
        }
    }

    private static void requireRefused(Engine engine, Dataset data, String message) {
        assertThatThrownBy(() -> engine.train(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        try (Training training = engine.train(Dataset.of(new double[6], 2, ONE, 1))) {
            assertThatThrownBy(() -> training.evaluate(data))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void samplesAreRefusedWithTheirPlace(Precision precision) {
        inEveryEngine(precision, engine -> {
            String rule = ": samples must be finite: value=";
            requireRefused(engine, 0, 0, Double.NaN, "sample 0, feature 0" + rule + "NaN");
            requireRefused(engine, 2, 1, Double.NaN, "sample 2, feature 1" + rule + "NaN");
            requireRefused(engine, 1, 1, Double.POSITIVE_INFINITY, "sample 1, feature 1" + rule + "Infinity");
            requireRefused(engine, 1, 0, Double.NEGATIVE_INFINITY, "sample 1, feature 0" + rule + "-Infinity");
        });
    }

    @Test
    void samplesAndTargetsMustBeFiniteInFloat() {
        inEveryEngine(Precision.FLOAT, engine -> {
            requireRefused(engine, 1, 0, 1e300, "sample 1, feature 0: samples must be finite in float: value=1.0E300");
            requireRefused(engine, 1, 0, -1e40, "sample 1, feature 0: samples must be finite in float: value=-1.0E40");
            requireRefused(
                    engine,
                    2,
                    1,
                    1e38f,
                    "sample 2, feature 1: samples times scale 1000 must be finite in float: value=" + (double) 1e38f);
            requireRefused(
                    engine,
                    Dataset.of(new double[6], 2, new double[] {0, 1e300, 0}, 1),
                    "sample 1, output 0: targets must be finite in float: target=1.0E300");
        });
        inEveryEngine(Precision.DOUBLE, engine -> {
            requireRefused(
                    engine,
                    1,
                    0,
                    1e306,
                    "sample 1, feature 0: samples times scale 1000 must be finite in double: value=1.0E306");
            Dataset large = Dataset.of(new double[] {1e100, 0}, 2, new double[] {1e100}, 1);
            assertThatCode(() -> engine.train(large).close()).doesNotThrowAnyException();
        });
    }

    /** Bytes are finite, and stay so times almost every scale. */
    @ParameterizedTest
    @EnumSource
    void bytesAreCheckedWhereTheScaleIsHuge(Precision precision) {
        Dataset bytes = Dataset.ofBytes(new byte[] {0, 1, (byte) 255, 2}, 2, new double[2], 1);
        double scale = precision == Precision.FLOAT ? 1e37 : 1e306;
        Network network = network(precision, Activation.IDENTITY, Loss.MEAN_SQUARED_ERROR, new Scale(scale, 1));
        try (Engine engine = Interpreter.create(network, 2)) {
            engine.initialize();
            assertThatThrownBy(() -> engine.train(bytes))
                    .hasMessage("sample 1, feature 0: samples times scale "
                            + network.input().scale() + " must be finite in " + precision.keyword() + ": value=255.0");
        }
    }

    /** What a loss takes is its own affair, and what it says about it. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Loss#all")
    void everyLossStatesItsOwnRule(Loss loss) {
        for (Precision precision : Precision.values()) {
            Network network = network(precision, loss.usualOutput(), loss, Scale.ONE);
            int outputs = network.outputs();
            try (Engine engine = Interpreter.create(network, 2)) {
                engine.initialize();
                double[] targets = new double[2 * outputs];
                Arrays.fill(targets, loss.targets().of(false));
                targets[0] = 1;
                targets[2 * outputs - 1] = Double.NaN;
                String rule = switch (loss.targets()) {
                    case SHARES, SHARES_OF_ONE -> "targets from 0 to 1";
                    case SIDES -> "targets -1 or 1";
                    case COUNTS -> "finite targets of at least 0";
                    case NUMBERS -> "finite targets";
                };
                assertThatThrownBy(() -> engine.train(Dataset.of(new double[4], 2, targets, outputs)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("sample 1, output " + (outputs - 1) + ": " + loss.keyword() + " takes " + rule
                                + ": target=NaN");
            }
        }
    }

    @Test
    void poissonCountsFromZeroAndHingeTellsSidesApart() {
        refusesTargets(
                Loss.POISSON,
                new double[] {0, -1},
                "sample 1, output 0: poisson takes finite targets of at least 0: target=-1.0");
        refusesTargets(Loss.HINGE, new double[] {1, 0}, "sample 1, output 0: hinge takes targets -1 or 1: target=0.0");
    }

    private static void refusesTargets(Loss loss, double[] targets, String message) {
        try (Engine engine = Interpreter.create(network(Precision.FLOAT, loss.usualOutput(), loss, Scale.ONE), 2)) {
            engine.initialize();
            assertThatThrownBy(() -> engine.train(Dataset.of(new double[4], 2, targets, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    /**
     * Outputs may be as far as 1e4 from their targets, on the right side and on the wrong one, or have fallen to 0: costs and gradients stay finite, and costs
     * are those of the interpreter in double.
     */
    @ParameterizedTest
    @MethodSource("io.github.layerc.compiler.OutputPair#all")
    void largePreActivationsHaveFiniteCostsAndGradients(OutputPair pair) {
        double expected = Double.NaN;
        for (Precision precision : List.of(Precision.DOUBLE, Precision.FLOAT)) {
            Network network = network(precision, pair.activation(), pair.loss(), Scale.ONE);
            Generated generated = new Generated(network);
            Dataset data = Dataset.of(
                    new double[] {1e4, 0, 1e4, 0, -1e4, 0, -1e4, 0}, 2, new int[] {0, 1, 0, 1}, network.outputs());
            for (Engine engine : List.of(
                    Interpreter.create(network, 4),
                    generated.create(4, Target.SCALAR),
                    generated.create(4, Target.VECTOR))) {
                String what = engine.name() + ", " + precision.keyword();
                try (engine) {
                    double[] parameters = new double[network.parameterCount()];
                    parameters[0] = 1;
                    engine.setParametersFromDouble(parameters);
                    double[] gradients = new double[parameters.length];
                    try (Training training = engine.train(data, TrainingSettings.DEFAULT.withForm(Form.DIRECT))) {
                        double cost = training.gradients(new int[] {0, 1, 2, 3}, 0, 4, gradients);
                        expected = Double.isNaN(expected) ? cost : expected;
                        assertThat(Double.isFinite(cost)).as(what).isTrue();
                        for (double each :
                                new double[] {cost, training.evaluate(data).cost()}) {
                            assertThat(each).as(what).isCloseTo(expected, within(1e-6 * (1 + expected)));
                        }
                    }
                    for (double gradient : gradients) {
                        assertThat(Double.isFinite(gradient)).as(what).isTrue();
                    }
                }
            }
        }
    }

    /** One half of the samples is far on the wrong side: the cost says how far. */
    @Test
    void crossEntropiesOfLargePreActivationsAreTheirDistance() {
        Map<Loss, Double> costs = Map.of(
                Loss.BINARY_CROSS_ENTROPY,
                1e4 / 2,
                Loss.CATEGORICAL_CROSS_ENTROPY,
                1e4 / 2,
                Loss.binaryCrossEntropy(0.2),
                1e4 / 2,
                Loss.categoricalCrossEntropy(0.2),
                1e4 / 2,
                Loss.HINGE,
                (1e4 + 1) / 2);
        costs.forEach((loss, cost) -> {
            Network network = network(Precision.FLOAT, loss.usualOutput(), loss, Scale.ONE);
            Dataset data = Dataset.of(new double[] {1e4, 0, -1e4, 0}, 2, new int[] {0, 0}, network.outputs());
            try (Engine engine = Interpreter.create(network, 2)) {
                double[] parameters = new double[network.parameterCount()];
                parameters[0] = 1;
                engine.setParametersFromDouble(parameters);
                try (Training training = engine.train(data)) {
                    assertThat(training.evaluate(data).cost()).as("%s", loss).isCloseTo(cost, within(1e-3 * cost));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void parametersMustBeFinite(Precision precision) {
        inEveryEngine(precision, engine -> {
            double[] kept = engine.parametersAsDouble();
            for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                String message = "network Net: parameters must be finite: parameters[1]=" + wrong;
                double[] parameters = {5, wrong, 5};
                assertThatThrownBy(() -> engine.setParametersFromDouble(parameters))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(message);
                assertThatThrownBy(() -> setParameters(engine, parameters))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(message);
            }
            double[] large = {5, 5, -1e300};
            if (precision == Precision.FLOAT) {
                assertThatThrownBy(() -> engine.setParametersFromDouble(large))
                        .hasMessage("network Net: parameters must be finite in float: parameters[2]=-1.0E300");
            }
            assertThat(engine.parametersAsDouble()).isEqualTo(kept);
            if (precision == Precision.DOUBLE) {
                engine.setParametersFromDouble(large);
                assertThat(engine.parametersAsDouble()).isEqualTo(large);
            }
        });
    }

    private static void setParameters(Engine engine, double[] parameters) {
        if (engine instanceof FloatEngine floats) {
            floats.setParameters(Problem.narrow(parameters));
        } else {
            ((DoubleEngine) engine).setParameters(parameters);
        }
    }

    /** Deviates times a scale that float holds need not be held. */
    @Test
    void firstParametersMustBeFinite() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(100))
                .layer(1, Activation.SIGMOID)
                .initializer(Initializer.normal(3e38, 1))
                .build();
        try (Engine engine = Interpreter.create(network, 1)) {
            assertThatThrownBy(engine::initialize)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching(
                            "network Net: parameters must be finite in float: parameters\\[\\d+\\]=-?\\d\\.\\d+E38");
        }
    }

    @ParameterizedTest
    @EnumSource
    void ratesMustBeFinite(Precision precision) {
        inEveryEngine(precision, engine -> {
            double[] before = engine.parametersAsDouble();
            int[] rows = {2, 0};
            try (Training training = engine.train(Dataset.of(new double[6], 2, ONE, 1))) {
                for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                    assertThatThrownBy(() -> training.step(wrong))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("learning rate must be finite: learningRate=" + wrong);
                }
                for (double large : new double[] {1e300, 1e40, -1e300}) {
                    if (precision == Precision.FLOAT) {
                        String message = "learning rate must be finite in float: learningRate=" + large;
                        assertThatThrownBy(() -> training.step(large))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage(message);
                        assertThatThrownBy(() -> training.step(rows, 0, 2, large))
                                .hasMessage(message);
                    }
                }
                assertThat(engine.parametersAsDouble()).isEqualTo(before);
                training.step(rows, 0, 2, 0);
                assertThat(engine.parametersAsDouble()).isEqualTo(before);
            }
        });
    }

    @Test
    void settingsMustBeFiniteInFloat() {
        TrainingSettings plain = TrainingSettings.DEFAULT;
        Dataset data = Dataset.of(new double[6], 2, ONE, 1);
        inEveryEngine(Precision.FLOAT, engine -> {
            assertThatThrownBy(() -> engine.train(data, plain.withLearningRate(1e300)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("learning rate must be positive and finite in float: learning_rate=1.0E300");
            assertThatThrownBy(() -> engine.train(data, plain.withL2(1e39)))
                    .hasMessage("l2 must be at least 0 and finite in float: l2=1.0E39");
            TrainingSettings momentum = plain.withOptimizer(Optimizer.MOMENTUM);
            assertThatThrownBy(() -> engine.train(data, momentum.withMomentum(0.99999999)))
                    .hasMessage("momentum must be at least 0 and below 1 in float: momentum=0.99999999");
        });
        inEveryEngine(
                Precision.DOUBLE,
                engine -> engine.train(data, plain.withL2(1e39)).close());
    }

    @Test
    void networksMustBeFiniteInTheirPrecision() {
        Network wide = network(Precision.DOUBLE, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, new Scale(1e200, 1));
        assertThatThrownBy(() -> wide.withPrecision(Precision.FLOAT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input scale must be finite and not zero in float: scale=1.0E200");
        Network fast = network(Precision.DOUBLE, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, Scale.ONE)
                .withTraining(TrainingSettings.DEFAULT.withLearningRate(1e300));
        assertThatThrownBy(() -> fast.withPrecision(Precision.FLOAT))
                .hasMessage("learning rate must be positive and finite in float: learning_rate=1.0E300");
    }

    /** NaN is no error in a prediction: it comes out where it went in. What float cannot hold would come out as something else. */
    @ParameterizedTest
    @EnumSource
    void predictionsTakeNaN(Precision precision) {
        inEveryEngine(precision, engine -> {
            double[] samples = {1, 2, Double.NaN, 0, 3, 4};
            double[] outputs = engine.predict(Dataset.of(samples, 2, ONE, 1));
            assertThat(outputs).containsExactly(1000, Double.NaN, 3000);
            samples[2] = Double.POSITIVE_INFINITY;
            assertThat(engine.predict(Dataset.of(samples, 2, ONE, 1))[1]).isEqualTo(Double.POSITIVE_INFINITY);
            samples[5] = 1e300;
            if (precision == Precision.FLOAT) {
                assertThatThrownBy(() -> engine.predict(Dataset.of(samples, 2, ONE, 1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("sample 2, feature 1: samples must be finite in float: value=1.0E300");
            }
        });
    }
}
