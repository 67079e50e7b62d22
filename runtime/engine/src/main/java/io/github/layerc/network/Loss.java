package io.github.layerc.network;

import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What training minimises. The loss is that of one sample with outputs {@code a} and targets {@code y}, both of {@code
 * n} units; the cost is its mean over the samples of a step. A loss states its formulas, and all traits that compiler,
 * interpreter and tests ask for: none has a default that a new one could inherit. Two with the same keyword and
 * settings are equal.
 *
 * <p>To add one: a constant or a method here, and its name in {@link #all()}.
 */
public final class Loss extends Kind<Loss> {
    private static final Formula ZERO = Formula.Constant.ZERO;
    private static final Formula ONE = Formula.Constant.ONE;
    private static final Formula TWO = Formula.Constant.TWO;
    private static final Formula Z = Formula.Variable.Z;
    private static final Formula A = Formula.Variable.A;
    private static final Formula Y = Formula.Variable.Y;

    /** Keeps quotients and logarithms finite, where an output has reached 0 or 1. */
    private static final Formula TINY = Formula.constant("tiny", 1e-30);

    private static final Formula UNBOUNDED = Formula.constant("unbounded", Double.POSITIVE_INFINITY);

    /**
     * {@code -1/n sum over j of (y_j ln a_j + (1 - y_j) ln(1 - a_j))}; targets from 0 to 1, output activation sigmoid.
     * In {@code z} it is {@code max(z, 0) - y z + ln(1 + exp(-|z|))}, which stays finite.
     */
    public static final Loss BINARY_CROSS_ENTROPY = new Loss(
            Definition.of("binary_cross_entropy"),
            Reads.PRE_ACTIVATIONS,
            Z.max(ZERO).minus(Y.times(Z)),
            Z.absolute().negative().exp().named("e"),
            A.minus(Y).over(A.times(ONE.minus(A)).max(TINY)),
            UNBOUNDED,
            0,
            Units.MEAN,
            Activation.SIGMOID,
            Outputs.USUAL_AND_CANCELS,
            TargetRule.SHARES);

    /** {@code -sum over j of y_j ln a_j}; the targets of a sample add up to 1, output activation softmax. */
    public static final Loss CATEGORICAL_CROSS_ENTROPY = new Loss(
            Definition.of("categorical_cross_entropy"),
            Reads.PRE_ACTIVATIONS,
            null,
            null,
            Y.negative().over(A.max(TINY)),
            UNBOUNDED,
            0,
            Units.SUM,
            Activation.SOFTMAX,
            Outputs.USUAL_AND_CANCELS,
            TargetRule.SHARES_OF_ONE);

    /** {@code 1/n sum over j of (a_j - y_j)^2}; any targets, any output activation. */
    public static final Loss MEAN_SQUARED_ERROR = regression(
            Definition.of("mean_squared_error"), difference().times(difference()), TWO.times(A.minus(Y)), TWO, 0);

    /** {@code 1/n sum over j of |a_j - y_j|}; any targets, any output activation. Its derivative is -1, 1, and 0 where an output is its target. */
    public static final Loss MEAN_ABSOLUTE_ERROR =
            regression(Definition.of("mean_absolute_error"), A.minus(Y).absolute(), sign(difference()), ZERO, 2);

    /**
     * {@code 1/n sum over j of ln cosh(a_j - y_j)} (Green 1990), {@code d^2 / 2} for a small difference {@code d} and {@code |d| - ln 2} for a large one; any
     * targets, any output activation. {@code cosh d - 1} is {@code p^2 / (2 (p + 1))}, {@code p = exp(|d|) - 1}, which keeps the digits of small losses.
     */
    public static final Loss LOG_COSH = logCosh();

    /**
     * {@code 1/n sum over j of (a_j - y_j ln a_j)}: minus the logarithm of the probability of counts {@code y} where {@code a} are expected, less what
     * does not depend on {@code a}. Targets of at least 0; output activations that are above 0. Nothing is added to {@code a}; only one below 1e-30 counts as
     * that in logarithm and quotient.
     */
    public static final Loss POISSON = new Loss(
            Definition.of("poisson"),
            Reads.ACTIVATIONS,
            A.minus(Y.times(A.max(TINY).log())),
            null,
            ONE.minus(Y.over(A.max(TINY))),
            Y.over(A.max(TINY)).over(A.max(TINY)),
            0,
            Units.MEAN,
            Activation.SOFTPLUS,
            Outputs.POSITIVE,
            TargetRule.COUNTS);

    /** {@link #huber} with the bound that is usual. */
    public static final Loss HUBER = huber(1);

    /**
     * {@code 1/n sum over j of max(0, 1 - y_j a_j)} (Vapnik 1995): nothing to learn from a sample that is beyond the margin on its side. Targets -1 and 1;
     * output activation identity, since outputs beyond 1 must be possible. The derivative is {@code -y} below the margin, 0 at it and beyond.
     */
    public static final Loss HINGE = hinge();

    /** What a loss states of itself. */
    private enum Reads {
        PRE_ACTIVATIONS,
        ACTIVATIONS
    }

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

    private final Reads reads;
    private final Formula value;
    private final Formula logarithm;
    private final Formula derivative;
    private final Formula bend;
    private final double jump;
    private final Units units;
    private final Activation usualOutput;
    private final Outputs outputs;
    private final TargetRule targets;

    /**
     * @param value of one unit; null where it is that of {@link #CATEGORICAL_CROSS_ENTROPY}, which couples the units
     * @param logarithm {@code g}, where {@code ln(1 + g)} is to be added to the value; else null
     */
    private Loss(
            Definition<Loss> definition,
            Reads reads,
            Formula value,
            Formula logarithm,
            Formula derivative,
            Formula bend,
            double jump,
            Units units,
            Activation usualOutput,
            Outputs outputs,
            TargetRule targets) {
        super(definition);
        this.reads = reads;
        this.value = value;
        this.logarithm = logarithm;
        this.derivative = derivative;
        this.bend = bend;
        this.jump = jump;
        this.units = units;
        this.usualOutput = usualOutput;
        this.outputs = outputs;
        this.targets = targets;
    }

    /**
     * {@code 1/n sum over j of h(a_j - y_j)} (Huber 1964): {@code h(d) = d^2 / 2} up to {@code |d| = delta}, and {@code
     * delta (|d| - delta / 2)} beyond.
     *
     * @param delta positive and finite
     */
    public static Loss huber(double delta) {
        Formula bound = Formula.constant("delta", delta);
        Formula size = difference().absolute().named("size");
        Formula square = difference().times(difference()).times(Formula.constant("half", 0.5));
        Formula line = size.minus(Formula.constant("halfDelta", delta / 2)).times(bound);
        Setting setting = new Setting(
                "delta", delta, value -> value > 0 && Double.isFinite(value), "must be positive and finite");
        return regression(
                Definition.of("huber", values -> huber(values.get(0)), setting),
                line.unlessAtMost(size, bound, square),
                A.minus(Y).max(Formula.constant("least", -delta)).min(bound),
                ONE,
                0);
    }

    /** One that is a function of outputs and targets of any kind. */
    private static Loss regression(
            Definition<Loss> definition, Formula value, Formula derivative, Formula bend, double jump) {
        return new Loss(
                definition,
                Reads.ACTIVATIONS,
                value,
                null,
                derivative,
                bend,
                jump,
                Units.MEAN,
                Activation.IDENTITY,
                Outputs.ANY,
                TargetRule.NUMBERS);
    }

    private static Loss logCosh() {
        Formula far = Formula.constant("far", 20);
        Formula size = difference().absolute().named("size");
        Formula p = size.min(far).expMinusOne().named("p");
        Formula near = p.times(p).over(p.plus(ONE).times(TWO)).logOnePlus();
        return regression(
                Definition.of("log_cosh"),
                size.minus(Formula.constant("ln2", Math.log(2))).unlessAtMost(size, far, near),
                difference().tanh(),
                ONE,
                0);
    }

    private static Loss hinge() {
        Formula margin = Y.times(A).named("margin");
        // what is no number stays so
        Formula below = margin.unlessAtMost(margin, ONE, Y.negative());
        return new Loss(
                Definition.of("hinge"),
                Reads.ACTIVATIONS,
                ONE.minus(Y.times(A)).max(ZERO),
                null,
                below.unlessAtMost(ONE, margin, ZERO),
                ZERO,
                1,
                Units.MEAN,
                Activation.IDENTITY,
                Outputs.USUAL,
                TargetRule.SIDES);
    }

    /** -1, 0 or 1; what is no number stays so. */
    private static Formula sign(Formula of) {
        Formula notPositive = Formula.constant("minusOne", -1).unlessAtMost(ZERO, of, ZERO);
        return of.unlessAtMost(ZERO, of, ONE).unlessAtMost(of, ZERO, notPositive);
    }

    private static Formula difference() {
        return A.minus(Y).named("difference");
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
        return reads == Reads.PRE_ACTIVATIONS;
    }

    /** Whether the loss of a sample is made of those of its units; else it couples them, as the categorical cross-entropy does. */
    public boolean elementwise() {
        return value != null;
    }

    /**
     * What each unit adds, besides the {@link #logarithm()}: a function of {@code y} and of what the loss reads.
     *
     * @throws IllegalStateException if the loss couples the units
     */
    public Formula value() {
        if (value == null) {
            throw new IllegalStateException("not a loss of single units: " + text());
        }
        return value;
    }

    /** {@code g}, where each unit adds {@code ln(1 + g)} to the loss, too: apart, since many logarithms are that of a product. */
    public Optional<Formula> logarithm() {
        return Optional.ofNullable(logarithm);
    }

    /** The derivative of what one unit adds after its activation {@code a}. */
    public Formula derivative() {
        return derivative;
    }

    /**
     * The largest change of the derivative for a change of {@code a} there, apart from {@linkplain #jump a jump}; unbounded for a loss whose derivative
     * {@linkplain #cancels cancels}.
     */
    public double bend(double a, double y) {
        return bend.at(Double.NaN, a, y);
    }

    /** By how much the derivative jumps where an output is its target; 0 where it does not. */
    public double jump() {
        return jump;
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
        return switch (outputs) {
            case USUAL_AND_CANCELS, USUAL -> output.equals(usualOutput);
            case POSITIVE -> output.positive();
            case ANY -> true;
        };
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

    /** Whether outputs are classes, see {@link TargetRule#classifies()}. */
    public boolean classifies() {
        return targets.classifies();
    }
}
