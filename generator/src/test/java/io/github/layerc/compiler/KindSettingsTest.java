package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.check.Bounds;
import io.github.layerc.data.Dataset;
import io.github.layerc.emit.code.Names;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spec.SpecReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of activations, losses and optimizers go from the spec into the class, and what it computes. */
class KindSettingsTest {
    private static Network read(Precision precision) {
        return SpecReader.read("net.yaml", """
                        network: Net
                        input: {shape: [5]}
                        layers:
                          - {units: 9, activation: {kind: leaky_relu, alpha: 0.25}}
                          - {units: 7, activation: {kind: elu, alpha: 0.75}}
                          - {units: 3, activation: {kind: identity}}
                        loss: {kind: huber, delta: 0.5}
                        training: {optimizer: {kind: adam, beta1: 0.8}}
                        precision: %s
                        """.formatted(precision.keyword())).network();
    }

    @Test
    void specSaysThem() {
        Network network = read(Precision.FLOAT);
        assertThat(network.layers().get(0).activation()).isEqualTo(Activation.leakyRelu(0.25));
        assertThat(network.layers().get(1).activation()).isEqualTo(Activation.elu(0.75));
        assertThat(network.layers().get(2).activation()).isEqualTo(Activation.IDENTITY);
        assertThat(network.loss()).isEqualTo(Loss.huber(0.5));
        assertThat(network.training().optimizer()).isEqualTo(Optimizer.adam(0.8, 0.999, 1e-8));
    }

    @ParameterizedTest
    @EnumSource
    void classHasThem(Precision precision) {
        Network network = read(precision);
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, 19, 3);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        for (Target target : Target.values()) {
            try (Engine engine = generated.create(19, target)) {
                assertThat(engine.network()).isEqualTo(network);
            }
            EngineCheck.check(target.keyword(), problem, bounds, generated.create(19, target));
        }
        EngineCheck.check("interpreter", problem, bounds, Interpreter.create(network, 19));
        assertThat(generated.compilation().files().get(0).text())
                .contains("Activation.leakyRelu(0.25)", "Activation.elu(0.75)", "Loss.huber(0.5)")
                .contains("Optimizer.adam(0.8, 0.999, 1.0E-8)");
    }

    @Test
    void labelsAreSmoothedInTheShortForm() {
        Network network = SpecReader.read(
                        "net.yaml",
                        "network: N\nlayer_dims: [2, 1]\nloss: {kind: binary_cross_entropy, label_smoothing: 0.25}\n")
                .network();
        assertThat(network.loss()).isEqualTo(Loss.binaryCrossEntropy(0.25));
    }

    /** The code says what it takes for a target, and nothing of it where that is the target itself. */
    @Test
    void classSmoothsItsTargets() {
        Network.Builder net = Network.builder("", "Net").input(Input.flat(2)).layer(4, Activation.SOFTMAX);
        Network smooth = net.loss(Loss.categoricalCrossEntropy(0.1)).build();
        assertThat(new Generated(smooth).compilation().files())
                .anySatisfy(file -> assertThat(file.text()).contains("Loss.categoricalCrossEntropy(0.1)"))
                .anySatisfy(file -> assertThat(file.text())
                        .contains("dz1 = a1 - (0.9 * y + 0.025)", "0.9f * y[", "sum over u of (0.9 * y[u] + 0.025)"));
        Network plain = net.loss(Loss.categoricalCrossEntropy(0)).build();
        assertThat(new Generated(plain).compilation().files())
                .anySatisfy(file -> assertThat(file.text()).contains("Loss.CATEGORICAL_CROSS_ENTROPY"))
                .allSatisfy(file -> assertThat(file.text()).doesNotContain("moothing", "0.0 *"));
    }

    /** So many inputs that the vector class keeps its activations unit-major, and adds up rows in loops without a branch. */
    @ParameterizedTest
    @EnumSource
    void layersMayHaveOthers(Precision precision) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3000))
                .layer(6, Activation.leakyRelu(0.1))
                .layer(6, Activation.leakyRelu(0.3))
                .layer(6, Activation.elu(0.5))
                .layer(6, Activation.SELU)
                .layer(6, Activation.HARD_SIGMOID)
                .layer(6, Activation.SOFTSIGN)
                .layer(6, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
        Generated generated = new Generated(network);
        assertThat(generated.compilation().methodBytes())
                .containsKeys("NetVector.leakyReluDerivative0_1", "NetVector.leakyReluDerivative0_3")
                .containsKeys("NetVector.eluDerivative0_5", "NetVector.seluDerivative");
        Problem problem = new Problem(network, 21, 3);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        for (Target target : Target.values()) {
            EngineCheck.check(target.keyword(), problem, bounds, generated.create(21, target));
        }
    }

    @Test
    void classHasTheInitializers() {
        for (Initializer.Kind kind : Initializer.Kind.all()) {
            Network.Builder builder = Network.builder("", "Net")
                    .input(Input.flat(4))
                    .initializer(new Initializer(Initializer.Kind.constant(0.125), 9))
                    .layer(3, Activation.TANH, kind)
                    .layer(1, Activation.SIGMOID);
            Network ofALayer = builder.build();
            Network ofAll = builder.initializer(new Initializer(kind, 9)).build();
            for (Network network : List.of(ofALayer, ofAll)) {
                try (Engine engine = new Generated(network).create(1, Target.SCALAR)) {
                    assertThat(engine.network()).isEqualTo(network);
                }
            }
        }
        assertThat(new Generated(Network.builder("", "Net")
                                .input(Input.flat(4))
                                .layer(1, Activation.SIGMOID, Initializer.Kind.orthogonal(2))
                                .build())
                        .compilation()
                        .files()
                        .get(0)
                        .text())
                .contains(".layer(1, Activation.SIGMOID, Initializer.Kind.orthogonal(2.0))");
    }

    /** What is fine in double may be another thing, or nothing, in float. */
    @Test
    void fitThePrecision() {
        Network.Builder wide = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(2, Activation.LEAKY_RELU)
                .layer(1, Activation.IDENTITY)
                .precision(Precision.DOUBLE);
        Network loss = wide.loss(Loss.huber(1e300)).build();
        assertThatThrownBy(() -> Compiler.compile(loss, "net.yaml", Options.DEFAULT.withPrecision(Precision.FLOAT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("huber: delta must be positive and finite in float: delta=1.0E300");
        assertThatThrownBy(() -> Network.builder("", "Net")
                        .input(Input.flat(2))
                        .layer(1, Activation.leakyRelu(0.9999999999))
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leaky_relu: alpha must be positive and below 1 in float: alpha=0.9999999999");
        Network narrow = wide.loss(Loss.HUBER).precision(Precision.FLOAT).build();
        Problem problem = new Problem(narrow, 3, 1);
        TrainingSettings settings = TrainingSettings.DEFAULT.withOptimizer(Optimizer.adam(0.9, 0.999, 1e-50));
        try (Engine engine = problem.give(Interpreter.create(narrow, 3))) {
            assertThatThrownBy(() -> engine.train(problem.dataset(), settings))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("adam: epsilon must be positive and finite in float: epsilon=1.0E-50");
        }
    }

    static Stream<Arguments> elementwise() {
        return Activation.all().stream()
                .filter(Activation::elementwise)
                .flatMap(activation ->
                        Stream.of(Precision.values()).map(precision -> Arguments.of(activation, precision)));
    }

    /**
     * An exponential in generated code is never 0 and never infinite: far from 0 it must not meet a large number. The formula is the measure: that its own limits
     * are right is for FormulasTest.
     */
    @ParameterizedTest
    @MethodSource("elementwise")
    void activationsAreTheirLimitsFarFromZero(Activation activation, Precision precision) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, activation)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(precision)
                .build();
        Generated generated = new Generated(network);
        double most = precision == Precision.FLOAT ? 1e18 : 1e150;
        List<Engine> engines = new ArrayList<>(List.of(Interpreter.create(network, 1)));
        for (Target target : Target.values()) {
            engines.add(generated.create(1, target));
        }
        for (Engine engine : engines) {
            try (engine) {
                engine.setParametersFromDouble(new double[] {1, 0});
                for (double z : new double[] {-most, -1e9, -1e4, -200, -50, 50, 200, 1e4, 1e6, most}) {
                    double a = FormulaTape.at(activation.value(), precision.rounded(z), 0, 0);
                    double slope = FormulaTape.at(activation.derivative(), z, precision.rounded(a), 0);
                    double y = z > 0 ? 0 : -0.5;
                    Dataset sample = Dataset.of(new double[] {z}, 1, new double[] {y}, 1);
                    assertThat(engine.predict(sample)[0])
                            .as("%s(%s)", engine.name(), z)
                            .isCloseTo(a, within(1e-30 + 1e-6 * Math.abs(a)));
                    double[] gradients = new double[2];
                    try (Training training = engine.train(sample, TrainingSettings.DEFAULT.withForm(Form.DIRECT))) {
                        training.gradients(new int[] {0}, 0, 1, gradients);
                    }
                    // of a derivative that is a difference of activations a rounding may be left
                    double rounding =
                            activation.differentiatedAtZ() ? 1e-30 : 4 * precision.epsilon() * Math.abs(a - y);
                    double expected = 2 * (a - y) * slope;
                    assertThat(gradients[1])
                            .as("%s'(%s)", engine.name(), z)
                            .isCloseTo(expected, within(rounding + 1e-6 * Math.abs(expected)));
                }
                for (double z : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
                    double a = FormulaTape.at(activation.value(), z, 0, 0);
                    Dataset infinite = Dataset.of(new double[] {z}, 1, new double[] {0}, 1);
                    double found = engine.predict(infinite)[0];
                    String what = engine.name() + "(" + z + ")";
                    if (Double.isInfinite(a)) {
                        assertThat(found).as(what).isEqualTo(a);
                    } else {
                        assertThat(found).as(what).isCloseTo(a, within(1e-30 + 1e-6 * Math.abs(a)));
                    }
                }
            }
        }
    }

    /** A class says by name what it was made of: each kind has a constant, and a method where it has settings. */
    @Test
    void everyKindIsFoundByItsName() throws ReflectiveOperationException {
        for (var kinds : List.of(
                Activation.all(),
                Loss.all(),
                Optimizer.all(),
                RateSchedule.all(),
                Clip.all(),
                Initializer.Kind.all())) {
            for (var kind : kinds) {
                Class<?> type = kind.getClass();
                assertThat(type.getField(kind.keyword().toUpperCase(Locale.ROOT))
                                .get(null))
                        .isEqualTo(kind);
                if (!kind.settings().isEmpty()) {
                    String name = Names.camelCase(kind.keyword());
                    Class<?>[] numbers = kind.settings().stream()
                            .map(setting -> double.class)
                            .toArray(Class<?>[]::new);
                    assertThat(type.getMethod(name, numbers).getReturnType()).isEqualTo(type);
                }
            }
        }
    }
}
