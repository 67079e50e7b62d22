package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.interpreter.FormulaTape;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formulas of activations and losses against plain Java, their derivatives against differences, their traits against both. */
class FormulasTest {
    private static final double STEP = 1e-5;

    /** The probability of a normal distribution below 1 by its power series, which no formula here uses. */
    private static double probabilityBelow(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; n < 200; n++) {
            term *= z * z / (2 * n + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    private static final double LAMBDA = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    private static final Map<String, DoubleUnaryOperator> ACTIVATIONS = Map.ofEntries(
            Map.entry("identity", z -> z),
            Map.entry("relu", z -> z > 0 ? z : 0),
            Map.entry("leaky_relu", z -> z > 0 ? z : 0.01 * z),
            Map.entry("elu", z -> z > 0 ? z : Math.exp(z) - 1),
            Map.entry("selu", z -> LAMBDA * (z > 0 ? z : ALPHA * (Math.exp(z) - 1))),
            Map.entry("gelu", z -> z * probabilityBelow(z)),
            Map.entry("gelu_tanh", z -> z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)))),
            Map.entry("silu", z -> z / (1 + Math.exp(-z))),
            Map.entry("mish", z -> z * Math.tanh(Math.log(1 + Math.exp(z)))),
            Map.entry("softplus", z -> Math.log(1 + Math.exp(z))),
            Map.entry("softsign", z -> z / (1 + Math.abs(z))),
            Map.entry("tanh", Math::tanh),
            Map.entry("sigmoid", z -> 1 / (1 + Math.exp(-z))),
            Map.entry("hard_sigmoid", z -> z < -3 ? 0 : z > 3 ? 1 : (z + 3) / 6),
            Map.entry("hard_tanh", z -> Math.min(Math.max(z, -1), 1)));

    /** What an activation is towards minus and plus infinity: these limits, or lines with these slopes where a slope is not 0. */
    private record Ends(double left, double leftSlope, double right, double rightSlope) {}

    private static final double NONE = Double.NaN;

    private static final Map<String, Ends> ENDS = Map.ofEntries(
            Map.entry("identity", new Ends(NONE, 1, NONE, 1)),
            Map.entry("relu", new Ends(0, 0, NONE, 1)),
            Map.entry("leaky_relu", new Ends(NONE, 0.01, NONE, 1)),
            Map.entry("elu", new Ends(-1, 0, NONE, 1)),
            Map.entry("selu", new Ends(-LAMBDA * ALPHA, 0, NONE, LAMBDA)),
            Map.entry("gelu", new Ends(0, 0, NONE, 1)),
            Map.entry("gelu_tanh", new Ends(0, 0, NONE, 1)),
            Map.entry("silu", new Ends(0, 0, NONE, 1)),
            Map.entry("mish", new Ends(0, 0, NONE, 1)),
            Map.entry("softplus", new Ends(0, 0, NONE, 1)),
            Map.entry("softsign", new Ends(-1, 0, 1, 0)),
            Map.entry("tanh", new Ends(-1, 0, 1, 0)),
            Map.entry("sigmoid", new Ends(0, 0, 1, 0)),
            Map.entry("hard_sigmoid", new Ends(0, 0, 1, 0)),
            Map.entry("hard_tanh", new Ends(-1, 0, 1, 0)));

    /** Of {@code a} and {@code y}. */
    private static final Map<String, DoubleBinaryOperator> LOSSES = Map.of(
            "binary_cross_entropy", (a, y) -> -y * Math.log(a) - (1 - y) * Math.log(1 - a),
            "mean_squared_error", (a, y) -> (a - y) * (a - y),
            "mean_absolute_error", (a, y) -> Math.abs(a - y),
            "log_cosh", (a, y) -> Math.log(Math.cosh(a - y)),
            "poisson", (a, y) -> a - y * Math.log(a),
            "hinge", (a, y) -> y * a < 1 ? 1 - y * a : 0,
            "huber", (a, y) -> Math.abs(a - y) <= 1 ? (a - y) * (a - y) / 2 : Math.abs(a - y) - 0.5);

    static Stream<Activation> elementwise() {
        return Activation.all().stream().filter(Activation::elementwise);
    }

    @ParameterizedTest
    @MethodSource("elementwise")
    void activationIsWhatItSaysAndItsDerivativeThat(Activation activation) {
        DoubleUnaryOperator plain = ACTIVATIONS.get(activation.keyword());
        for (double z = -4.01; z < 4; z += 0.0625) {
            double a = FormulaTape.at(activation.value(), z, Double.NaN, Double.NaN);
            assertThat(a).as("%s(%s)", activation, z).isCloseTo(plain.applyAsDouble(z), within(4e-15));

            double derivative = derivative(activation, z);
            double difference = (plain.applyAsDouble(z + STEP) - plain.applyAsDouble(z - STEP)) / (2 * STEP);
            assertThat(derivative).as("%s'(%s)", activation, z).isCloseTo(difference, within(1e-9));
            assertThat(Math.abs(derivative)).isLessThanOrEqualTo(activation.steepest());
        }
    }

    private static double derivative(Activation activation, double z) {
        double a = FormulaTape.at(activation.value(), z, Double.NaN, Double.NaN);
        boolean atZ = activation.differentiatedAtZ();
        return FormulaTape.at(activation.derivative(), atZ ? z : Double.NaN, atZ ? Double.NaN : a, Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("elementwise")
    void derivativeBendsNoMoreThanItSays(Activation activation) {
        for (double z = -6; z < 6; z += 0.01) {
            double at = z;
            if (activation.jumps().stream().anyMatch(jump -> Math.abs(at - jump) < 2 * STEP)) {
                continue;
            }
            double place = activation.differentiatedAtZ()
                    ? 2 * STEP
                    : FormulaTape.at(activation.value(), z + STEP, 0, 0)
                            - FormulaTape.at(activation.value(), z - STEP, 0, 0);
            double change = Math.abs(derivative(activation, z + STEP) - derivative(activation, z - STEP));
            assertThat(change).isLessThanOrEqualTo(activation.bend() * place + 1e-14);
        }
    }

    /** Where a formula has the quotient or the product of infinities its limit still comes out, and nothing comes of what is no number. */
    @ParameterizedTest
    @MethodSource("elementwise")
    void infinitiesHaveTheirLimits(Activation activation) {
        Ends ends = ENDS.get(activation.keyword());
        for (double z : new double[] {Double.NEGATIVE_INFINITY, -1e300, -1e4, 1e4, 1e300, Double.POSITIVE_INFINITY}) {
            double slope = z < 0 ? ends.leftSlope() : ends.rightSlope();
            double limit = slope != 0 ? slope * z : z < 0 ? ends.left() : ends.right();
            double a = FormulaTape.at(activation.value(), z, Double.NaN, Double.NaN);
            // softsign is a quotient that comes near to its limit late
            double far = Math.abs(z) > 1e5 ? 1e-15 : 1.1e-4;
            if (Double.isInfinite(limit)) {
                assertThat(a).as("%s(%s)", activation, z).isEqualTo(limit);
            } else {
                assertThat(a).as("%s(%s)", activation, z).isCloseTo(limit, within(far * Math.max(1, Math.abs(limit))));
            }
            assertThat(derivative(activation, z)).as("%s'(%s)", activation, z).isCloseTo(slope, within(far));
        }
        assertThat(FormulaTape.at(activation.value(), Double.NaN, 0, 0)).isNaN();
    }

    /** At a jump itself the derivative is one of the two that meet there. */
    @ParameterizedTest
    @MethodSource("elementwise")
    void derivativeJumpsWhereItSays(Activation activation) {
        for (double jump : activation.jumps()) {
            double below = derivative(activation, jump - STEP);
            double above = derivative(activation, jump + STEP);
            assertThat(Math.abs(above - below)).isGreaterThan(0.1);
            double at = derivative(activation, jump);
            assertThat(Math.min(Math.abs(at - below), Math.abs(at - above)))
                    .as("%s'(%s)", activation, jump)
                    .isLessThan(3 * STEP);
        }
    }

    @Test
    void eluJumpsUnlessItsSlopesAreTheSame() {
        assertThat(Activation.ELU.jumps()).isEmpty();
        Activation steep = Activation.elu(2);
        assertThat(steep.jumps()).containsExactly(0.0);
        assertThat(steep.steepest()).isEqualTo(2);
        assertThat(FormulaTape.at(steep.value(), -1, 0, 0)).isCloseTo(2 * Math.expm1(-1), within(1e-15));
        assertThat(derivative(steep, -1)).isCloseTo(2 * Math.exp(-1), within(1e-15));
        assertThat(derivative(steep, 0)).isEqualTo(2);
        assertThat(derivative(steep, 1e-300)).isEqualTo(1);
    }

    static Stream<Loss> ofUnits() {
        return Loss.all().stream().filter(Loss::elementwise);
    }

    private static double value(Loss loss, double z, double a, double y) {
        double logarithm = loss.logarithm()
                .map(formula -> Math.log1p(FormulaTape.at(formula, z, a, y)))
                .orElse(0.0);
        return FormulaTape.at(loss.value(), z, a, y) + logarithm;
    }

    @ParameterizedTest
    @MethodSource("ofUnits")
    void lossIsWhatItSaysAndItsDerivativeThat(Loss loss) {
        DoubleBinaryOperator plain = LOSSES.get(loss.keyword());
        for (double y : targets(loss)) {
            for (double z = -3.01; z < 3; z += 0.125) {
                double a = FormulaTape.at(loss.usualOutput().value(), z, 0, 0);
                double value = value(loss, z, a, y);
                assertThat(value).as("%s(%s, %s)", loss, a, y).isCloseTo(plain.applyAsDouble(a, y), within(1e-14));

                double difference = (plain.applyAsDouble(a + STEP, y) - plain.applyAsDouble(a - STEP, y)) / (2 * STEP);
                assertThat(FormulaTape.at(loss.derivative(), Double.NaN, a, y))
                        .as("%s'(%s, %s)", loss, a, y)
                        .isCloseTo(difference, within(1e-5 * Math.max(1, Math.abs(difference))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofUnits")
    void lossBendsNoMoreThanItSaysAndJumpsAtItsTarget(Loss loss) {
        if (loss.cancels(loss.usualOutput())) {
            return;
        }
        for (double y : targets(loss)) {
            for (double a = loss.accepts(Activation.IDENTITY) ? -2.987 : 0.013; a < 3; a += 0.01) {
                double change = Math.abs(slope(loss, a + STEP, y) - slope(loss, a - STEP, y));
                double most = Math.max(
                        FormulaTape.at(loss.bend(), Double.NaN, a - STEP, y),
                        FormulaTape.at(loss.bend(), Double.NaN, a + STEP, y));
                if (Math.abs(a - y) < 2 * STEP) {
                    continue;
                }
                assertThat(change)
                        .as("%s'(%s, %s)", loss, a, y)
                        .isLessThanOrEqualTo(most * 2 * STEP * (1 + 1e-9) + 1e-13);
            }
        }
        double jump = slope(loss, 1 + STEP, 1) - slope(loss, 1 - STEP, 1);
        assertThat(jump)
                .as("%s", loss)
                .isCloseTo(loss.jump(), within(2 * FormulaTape.at(loss.bend(), Double.NaN, 1, 1) * STEP + 1e-9));
        assertThat(slope(loss, Double.NaN, 1)).isNaN();
        assertThat(value(loss, Double.NaN, Double.NaN, 1)).isNaN();
    }

    private static double[] targets(Loss loss) {
        return DoubleStream.of(-1, 0, 0.25, 1).filter(loss.targets()::accepts).toArray();
    }

    private static double slope(Loss loss, double a, double y) {
        return FormulaTape.at(loss.derivative(), Double.NaN, a, y);
    }

    @Test
    void absoluteErrorHasNoSlopeAtItsTarget() {
        assertThat(slope(Loss.MEAN_ABSOLUTE_ERROR, 0.1, 0.1)).isZero();
        assertThat(slope(Loss.MEAN_ABSOLUTE_ERROR, Double.MIN_VALUE, 0)).isEqualTo(1);
        assertThat(slope(Loss.MEAN_ABSOLUTE_ERROR, 0, Double.MIN_VALUE)).isEqualTo(-1);
    }

    @Test
    void logCoshIsALineFarAwayAndKeepsTheDigitsOfSmallLosses() {
        assertThat(value(Loss.LOG_COSH, 0, 1e-6, 0)).isCloseTo(0.5e-12, within(1e-24));
        assertThat(value(Loss.LOG_COSH, 0, 0.5, 0.5)).isZero();
        assertThat(value(Loss.LOG_COSH, 0, 1e4, 0)).isCloseTo(1e4 - Math.log(2), within(1e-11));
        assertThat(slope(Loss.LOG_COSH, -1e300, 0)).isEqualTo(-1);
    }

    @Test
    void hingeHasNoSlopeAtItsMarginAndBeyond() {
        for (int side : new int[] {-1, 1}) {
            assertThat(slope(Loss.HINGE, side * Math.nextDown(1.0), side)).isEqualTo(-side);
            assertThat(slope(Loss.HINGE, side, side)).isZero();
            assertThat(slope(Loss.HINGE, side * 1e300, side)).isZero();
            assertThat(slope(Loss.HINGE, side * Double.NEGATIVE_INFINITY, side)).isEqualTo(-side);
        }
    }

    /** An output that has become 0 has a large loss, not an infinite one. */
    @Test
    void poissonIsFiniteWhereAnOutputIsZero() {
        assertThat(value(Loss.POISSON, 0, 0, 2)).isCloseTo(-2 * Math.log(1e-30), within(1e-12));
        assertThat(slope(Loss.POISSON, 0, 2)).isEqualTo(1 - 2 / 1e-30);
        assertThat(value(Loss.POISSON, 0, 0, 0)).isZero();
        assertThat(slope(Loss.POISSON, 0, 0)).isEqualTo(1);
    }

    /** What is taken from a class goes to all of them: a sample's targets keep their sum. */
    @Test
    void smoothedTargetsAreThoseOfThePaper() {
        Loss ofThree = Loss.categoricalCrossEntropy(0.3);
        assertThat(ofThree.smoothed(1, 3)).isCloseTo(0.8, within(1e-15));
        assertThat(ofThree.smoothed(0, 3)).isCloseTo(0.1, within(1e-15));
        Loss ofTwo = Loss.binaryCrossEntropy(0.3);
        assertThat(ofTwo.smoothed(1, 3)).isCloseTo(0.85, within(1e-15));
        assertThat(ofTwo.smoothed(0, 3)).isCloseTo(0.15, within(1e-15));
        for (Loss loss : Loss.all()) {
            assertThat(loss.smooths()).isFalse();
            assertThat(loss.smoothed(0.7, 3)).isEqualTo(0.7);
        }
    }

    @Test
    void tailsOfGeluKeepTheirDigits() {
        // from erfc with 60 digits
        assertThat(FormulaTape.at(Activation.GELU.value(), -5, 0, 0)).isCloseTo(-1.4332578593959695e-6, within(1e-19));
        assertThat(FormulaTape.at(Activation.GELU.value(), -10, 0, 0)).isCloseTo(-7.619853024160526e-23, within(1e-35));
        assertThat(FormulaTape.at(Activation.GELU.value(), 40, 0, 0)).isEqualTo(40);
        assertThat(FormulaTape.at(Activation.GELU.value(), 0, 0, 0)).isEqualTo(0);
    }

    /** {@code f(z) = e^z} and {@code z e^z} there, to the last digits. */
    @Test
    void tailsOfExponentialsKeepTheirDigits() {
        double e = Math.exp(-50);
        assertThat(FormulaTape.at(Activation.SOFTPLUS.value(), -50, 0, 0)).isCloseTo(e, within(1e-15 * e));
        assertThat(derivative(Activation.SOFTPLUS, -50)).isCloseTo(e, within(1e-15 * e));
        assertThat(FormulaTape.at(Activation.SILU.value(), -50, 0, 0)).isCloseTo(-50 * e, within(1e-13 * e));
        assertThat(FormulaTape.at(Activation.MISH.value(), -50, 0, 0)).isCloseTo(-50 * e, within(1e-13 * e));
        // from exp(-2u) with 60 digits
        assertThat(FormulaTape.at(Activation.GELU_TANH.value(), -5, 0, 0))
                .isCloseTo(-2.291796196629506e-07, within(1e-21));
        assertThat(FormulaTape.at(Activation.ELU.value(), -1e-20, 0, 0)).isEqualTo(-1e-20);
    }

    @Test
    void tapeOfManyElementsIsThatOfOne() {
        FormulaTape tape = new FormulaTape(Activation.TANH.value(), 3);
        tape.z()[0] = 0.5;
        tape.z()[1] = -2;
        tape.z()[2] = 30;
        double[] values = tape.run(3);
        for (int i = 0; i < 3; i++) {
            assertThat(values[i]).isEqualTo(FormulaTape.at(Activation.TANH.value(), tape.z()[i], 0, 0));
        }
    }

    @Test
    void kindsWithOtherSettingsAreOthers() {
        assertThat(Activation.leakyRelu(0.01)).isEqualTo(Activation.LEAKY_RELU).hasToString("leaky_relu(alpha=0.01)");
        assertThat(Activation.LEAKY_RELU.with(List.of(0.2))).isEqualTo(Activation.leakyRelu(0.2));
        assertThat(Activation.leakyRelu(0.2)).isNotEqualTo(Activation.LEAKY_RELU);
        assertThat(FormulaTape.at(Activation.leakyRelu(0.2).value(), -1, 0, 0)).isEqualTo(-0.2);
        assertThat(Activation.RELU.with(List.of())).isEqualTo(Activation.RELU).hasToString("relu");
        assertThatThrownBy(() -> Optimizer.ADAM.with(List.of(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("adam takes 3 settings: found 1");
        assertThatThrownBy(() -> Activation.RELU.with(List.of(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relu takes 0 settings: found 1");
        assertThatThrownBy(() -> Activation.leakyRelu(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha must be positive and below 1: alpha=1.0");
        assertThatThrownBy(() -> Activation.elu(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha must be positive and finite: alpha=0.0");
        assertThatThrownBy(() -> Loss.huber(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delta must be positive and finite: delta=NaN");
        assertThat(Loss.binaryCrossEntropy(0))
                .isEqualTo(Loss.BINARY_CROSS_ENTROPY)
                .hasToString("binary_cross_entropy");
        assertThat(Loss.CATEGORICAL_CROSS_ENTROPY.with(List.of(0.1)))
                .isEqualTo(Loss.categoricalCrossEntropy(0.1))
                .isNotEqualTo(Loss.CATEGORICAL_CROSS_ENTROPY)
                .hasToString("categorical_cross_entropy(label_smoothing=0.1)");
        assertThatThrownBy(() -> Loss.categoricalCrossEntropy(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label_smoothing must be at least 0 and below 1: label_smoothing=1.0");
        assertThatThrownBy(() -> Activation.SOFTMAX.value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not an element-wise activation: softmax");
    }
}
