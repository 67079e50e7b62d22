package io.github.layerc.network.formula;

/**
 * The formulas of a {@link io.github.layerc.network.Loss}: what one unit adds to the loss of a sample, whose target is {@code y}, and its derivative after the activation
 * {@code a} of the unit.
 *
 * @param ofPreActivations whether the value is a function of {@code z}, since a saturated activation has lost it; else of {@code a}
 * @param value null where it couples the units, as that of {@link io.github.layerc.network.Loss#categoricalCrossEntropy} does
 * @param logarithm {@code g}, where {@code ln(1 + g)} is to be added to the value; else null
 * @param bend the largest change of the derivative for a change of {@code a} there, apart from a jump
 * @param jump by how much the derivative jumps at {@code a = y}; 0 where it does not
 */
public record LossFormulas(
        boolean ofPreActivations, Formula value, Formula logarithm, Formula derivative, Formula bend, double jump) {
    private static final Formula ZERO = Formula.Constant.ZERO;
    private static final Formula ONE = Formula.Constant.ONE;
    private static final Formula TWO = Formula.Constant.TWO;
    private static final Formula Z = Formula.Variable.Z;
    private static final Formula A = Formula.Variable.A;
    private static final Formula Y = Formula.Variable.Y;

    /** Keeps quotients and logarithms finite, where an output has reached 0 or 1. */
    private static final Formula TINY = Formula.constant("tiny", 1e-30);

    private static final Formula UNBOUNDED = Formula.constant("unbounded", Double.POSITIVE_INFINITY);

    private static LossFormulas ofActivations(Formula value, Formula derivative, Formula bend, double jump) {
        return new LossFormulas(false, value, null, derivative, bend, jump);
    }

    public static LossFormulas binaryCrossEntropy() {
        return new LossFormulas(
                true,
                Z.max(ZERO).minus(Y.times(Z)),
                Z.absolute().negative().exp().named("e"),
                A.minus(Y).over(A.times(ONE.minus(A)).max(TINY)),
                UNBOUNDED,
                0);
    }

    public static LossFormulas categoricalCrossEntropy() {
        return new LossFormulas(true, null, null, Y.negative().over(A.max(TINY)), UNBOUNDED, 0);
    }

    public static LossFormulas meanSquaredError() {
        return ofActivations(difference().times(difference()), TWO.times(A.minus(Y)), TWO, 0);
    }

    public static LossFormulas meanAbsoluteError() {
        return ofActivations(A.minus(Y).absolute(), sign(difference()), ZERO, 2);
    }

    public static LossFormulas huber(double delta) {
        Formula bound = Formula.constant("delta", delta);
        Formula size = difference().absolute().named("size");
        Formula square = difference().times(difference()).times(Formula.constant("half", 0.5));
        Formula line = size.minus(Formula.constant("halfDelta", delta / 2)).times(bound);
        return ofActivations(
                line.unlessAtMost(size, bound, square),
                A.minus(Y).max(Formula.constant("least", -delta)).min(bound),
                ONE,
                0);
    }

    /** {@code cosh d - 1} is {@code p^2 / (2 (p + 1))}, {@code p = exp(|d|) - 1}, which keeps the digits of small losses. */
    public static LossFormulas logCosh() {
        Formula far = Formula.constant("far", 20);
        Formula size = difference().absolute().named("size");
        Formula p = size.min(far).expMinusOne().named("p");
        Formula near = p.times(p).over(p.plus(ONE).times(TWO)).logOnePlus();
        return ofActivations(
                size.minus(Formula.constant("ln2", Math.log(2))).unlessAtMost(size, far, near),
                difference().tanh(),
                ONE,
                0);
    }

    public static LossFormulas poisson() {
        return ofActivations(
                A.minus(Y.times(A.max(TINY).log())),
                ONE.minus(Y.over(A.max(TINY))),
                Y.over(A.max(TINY)).over(A.max(TINY)),
                0);
    }

    public static LossFormulas hinge() {
        Formula margin = Y.times(A).named("margin");
        // what is no number stays so
        Formula below = margin.unlessAtMost(margin, ONE, Y.negative());
        return ofActivations(ONE.minus(Y.times(A)).max(ZERO), below.unlessAtMost(ONE, margin, ZERO), ZERO, 1);
    }

    /** -1, 0 or 1; what is no number stays so. */
    private static Formula sign(Formula of) {
        Formula notPositive = Formula.constant("minusOne", -1).unlessAtMost(ZERO, of, ZERO);
        return of.unlessAtMost(ZERO, of, ONE).unlessAtMost(of, ZERO, notPositive);
    }

    private static Formula difference() {
        return A.minus(Y).named("difference");
    }
}
