package io.github.layerc.network;

import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.LossFormulas;
import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * What training minimises. The loss is that of one sample with outputs {@code a} and targets {@code y}, both of {@code
 * n} units; the cost is its mean over the samples of a step. A loss states its formulas, and all traits that compiler,
 * interpreter and tests ask for: none has a default that a new one could inherit. Two with the same keyword and
 * settings are equal.
 *
 * <p>To add one: its formulas in {@link LossFormulas}, a constant or a method here, and its name in {@link #all()}.
 */
public final class Loss extends Kind<Loss> {
    /** {@link #binaryCrossEntropy} of the targets as they are. */
    public static final Loss BINARY_CROSS_ENTROPY = binaryCrossEntropy(0);

    /** {@link #categoricalCrossEntropy} of the targets as they are. */
    public static final Loss CATEGORICAL_CROSS_ENTROPY = categoricalCrossEntropy(0);

    /** {@code 1/n sum over j of (a_j - y_j)^2}; any targets, any output activation. */
    public static final Loss MEAN_SQUARED_ERROR =
            regression(Definition.of("mean_squared_error"), LossFormulas.meanSquaredError());

    /**
     * {@code 1/n sum over j of |a_j - y_j|}; any targets, any output activation. Its derivative is -1, 1, and 0 where an
     * output is its target.
     */
    public static final Loss MEAN_ABSOLUTE_ERROR =
            regression(Definition.of("mean_absolute_error"), LossFormulas.meanAbsoluteError());

    /** {@link #huber} with the bound that is usual. */
    public static final Loss HUBER = huber(1);

    /**
     * {@code 1/n sum over j of ln cosh(a_j - y_j)} (Green 1990), {@code d^2 / 2} for a small difference {@code d} and
     * {@code |d| - ln 2} for a large one; any targets, any output activation.
     */
    public static final Loss LOG_COSH = regression(Definition.of("log_cosh"), LossFormulas.logCosh());

    /**
     * {@code 1/n sum over j of (a_j - y_j ln a_j)}: minus the logarithm of the probability of counts {@code y} where
     * {@code a} are expected, less what does not depend on {@code a}. Targets of at least 0; output activations that are
     * above 0. Nothing is added to {@code a}; only one below 1e-30 counts as that in logarithm and quotient.
     */
    public static final Loss POISSON = new Loss(
            Definition.of("poisson"),
            LossFormulas.poisson(),
            Units.MEAN,
            Activation.SOFTPLUS,
            Outputs.POSITIVE,
            TargetRule.COUNTS,
            0);

    /**
     * {@code 1/n sum over j of max(0, 1 - y_j a_j)} (Vapnik 1995): nothing to learn from a sample that is beyond the
     * margin on its side. Targets -1 and 1; output activation identity, since outputs beyond 1 must be possible. The
     * derivative is {@code -y} below the margin, 0 at it and beyond.
     */
    public static final Loss HINGE = new Loss(
            Definition.of("hinge"),
            LossFormulas.hinge(),
            Units.MEAN,
            Activation.IDENTITY,
            Outputs.USUAL,
            TargetRule.SIDES,
            0);

    /** What a loss states of itself. */
    private enum Units {
        MEAN,
        SUM
    }

    private enum Outputs {
        /** The usual output activation only, whose derivative and that of the loss cancel to {@code a - y}. */
        USUAL_AND_CANCELS,
        /** The usual output activation only. */
        USUAL,
        POSITIVE,
        ANY
    }

    private final LossFormulas formulas;
    private final Units units;
    private final Activation usualOutput;
    private final Outputs outputs;
    private final TargetRule targets;
    private final double smoothing;

    private Loss(
            Definition<Loss> definition,
            LossFormulas formulas,
            Units units,
            Activation usualOutput,
            Outputs outputs,
            TargetRule targets,
            double smoothing) {
        super(definition);
        this.formulas = formulas;
        this.units = units;
        this.usualOutput = usualOutput;
        this.outputs = outputs;
        this.targets = targets;
        this.smoothing = smoothing;
    }

    /**
     * {@code -1/n sum over j of (y_j ln a_j + (1 - y_j) ln(1 - a_j))}; targets from 0 to 1, output activation sigmoid.
     * In {@code z} it is {@code max(z, 0) - y z + ln(1 + exp(-|z|))}, which stays finite.
     *
     * @param labelSmoothing the share {@code s} of a target that is spread evenly over both classes (Szegedy et al.
     *     2016): {@code y} stands for {@code (1 - s) y + s / 2}; at least 0 and below 1
     */
    public static Loss binaryCrossEntropy(double labelSmoothing) {
        return new Loss(
                smoothed("binary_cross_entropy", labelSmoothing, Loss::binaryCrossEntropy),
                LossFormulas.binaryCrossEntropy(),
                Units.MEAN,
                Activation.SIGMOID,
                Outputs.USUAL_AND_CANCELS,
                TargetRule.SHARES,
                labelSmoothing);
    }

    /**
     * {@code -sum over j of y_j ln a_j}; the targets of a sample add up to 1, output activation softmax. In {@code z} it
     * is {@code ln(sum over k of exp(z_k)) - sum over j of y_j z_j}, which stays finite.
     *
     * @param labelSmoothing the share {@code s} of a target that is spread evenly over all {@code n} classes (Szegedy et
     *     al. 2016): {@code y} stands for {@code (1 - s) y + s / n}; at least 0 and below 1
     */
    public static Loss categoricalCrossEntropy(double labelSmoothing) {
        return new Loss(
                smoothed("categorical_cross_entropy", labelSmoothing, Loss::categoricalCrossEntropy),
                LossFormulas.categoricalCrossEntropy(),
                Units.SUM,
                Activation.SOFTMAX,
                Outputs.USUAL_AND_CANCELS,
                TargetRule.SHARES_OF_ONE,
                labelSmoothing);
    }

    private static Definition<Loss> smoothed(String keyword, double labelSmoothing, DoubleFunction<Loss> others) {
        Setting setting = new Setting(
                "label_smoothing",
                labelSmoothing,
                value -> value >= 0 && value < 1,
                "must be at least 0 and below 1",
                labelSmoothing != 0);
        return Definition.of(keyword, values -> others.apply(values.get(0)), setting);
    }

    /**
     * {@code 1/n sum over j of h(a_j - y_j)} (Huber 1964): {@code h(d) = d^2 / 2} up to {@code |d| = delta}, and {@code
     * delta (|d| - delta / 2)} beyond.
     *
     * @param delta positive and finite
     */
    public static Loss huber(double delta) {
        Setting setting = new Setting(
                "delta", delta, value -> value > 0 && Double.isFinite(value), "must be positive and finite");
        return regression(Definition.of("huber", values -> huber(values.get(0)), setting), LossFormulas.huber(delta));
    }

    /** One that is a function of outputs and targets of any kind. */
    private static Loss regression(Definition<Loss> definition, LossFormulas formulas) {
        return new Loss(definition, formulas, Units.MEAN, Activation.IDENTITY, Outputs.ANY, TargetRule.NUMBERS, 0);
    }

    /** All that there are, with their usual settings. */
    public static List<Loss> all() {
        return List.of(
                BINARY_CROSS_ENTROPY,
                CATEGORICAL_CROSS_ENTROPY,
                MEAN_SQUARED_ERROR,
                MEAN_ABSOLUTE_ERROR,
                HUBER,
                LOG_COSH,
                POISSON,
                HINGE);
    }

    /** Whether it is computed from pre-activations, since a saturated output has lost it; else from activations. */
    public boolean readsPreActivations() {
        return formulas.ofPreActivations();
    }

    /** Whether the loss of a sample is made of those of its units; else it couples them, as the categorical cross-entropy does. */
    public boolean elementwise() {
        return formulas.value() != null;
    }

    /**
     * What each unit adds, besides the {@link #logarithm()}: a function of {@code y} and of what the loss reads.
     *
     * @throws IllegalStateException if the loss couples the units
     */
    public Formula value() {
        if (!elementwise()) {
            throw new IllegalStateException("not a loss of single units: " + text());
        }
        return formulas.value();
    }

    /** {@code g}, where each unit adds {@code ln(1 + g)} to the loss, too: apart, since many logarithms are that of a product. */
    public Optional<Formula> logarithm() {
        return Optional.ofNullable(formulas.logarithm());
    }

    /** The derivative of what one unit adds after its activation {@code a}. */
    public Formula derivative() {
        return formulas.derivative();
    }

    /**
     * The largest change of the derivative for a change of {@code a} there, as a formula of {@code a} and {@code y}, apart from {@linkplain #jump a jump}; unbounded for a loss whose derivative
     * {@linkplain #cancels cancels}.
     */
    public Formula bend() {
        return formulas.bend();
    }

    /** By how much the derivative jumps where an output is its target; 0 where it does not. */
    public double jump() {
        return formulas.jump();
    }

    /** Whether the mean of the units is taken instead of their sum. */
    public boolean meanOfUnits() {
        return units == Units.MEAN;
    }

    /** Whether the derivatives of the loss and of the output activation cancel, so that that after {@code z} is {@code a - y}. */
    public boolean cancels(Activation output) {
        return outputs == Outputs.USUAL_AND_CANCELS && output.equals(usualOutput);
    }

    /** Whether the loss is defined over outputs of this activation. */
    public boolean accepts(Activation output) {
        return outputs == Outputs.ANY || (outputs == Outputs.POSITIVE ? output.positive() : output.equals(usualOutput));
    }

    /** The output activations that it takes, in words for messages. */
    public String outputRule() {
        return Activation.all().stream()
                .filter(this::accepts)
                .map(Activation::keyword)
                .collect(Collectors.joining(" or "));
    }

    /** The activation that the outputs of this loss usually have; the only one for cross-entropies and hinge. */
    public Activation usualOutput() {
        return usualOutput;
    }

    /** Which targets it takes, and what they stand for. */
    public TargetRule targets() {
        return targets;
    }

    /** Whether the formulas take something else for {@code y} than the target itself: {@link #targetFactor()} times it, and {@link #targetSummand}. */
    public boolean smooths() {
        return smoothing != 0;
    }

    /** 1 where targets are not smoothed. */
    public double targetFactor() {
        return 1 - smoothing;
    }

    /**
     * 0 where targets are not smoothed.
     *
     * @param units of the output: classes that share it, or outputs of which each tells two classes apart
     */
    public double targetSummand(int units) {
        return smoothing / (elementwise() ? 2 : units);
    }

    /** What the formulas take for {@code y} where this is a target. */
    public double smoothed(double target, int units) {
        return targetFactor() * target + targetSummand(units);
    }

    /** Whether outputs are classes, see {@link TargetRule#classifies()}. */
    public boolean classifies() {
        return targets.classifies();
    }
}
