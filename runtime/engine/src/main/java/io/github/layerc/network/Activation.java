package io.github.layerc.network;

import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.NormalDistribution;
import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;

/**
 * The function between pre-activation {@code z} and activation {@code a = f(z)} of a layer: its formulas, and all
 * traits that compiler, interpreter and tests ask for. None has a default that a new one could inherit. Two with the
 * same keyword and parameters are equal.
 *
 * <p>To add one: a constant or a method here, and its name in {@link #all()}.
 */
public final class Activation extends Kind<Activation> {
    private static final Formula ZERO = Formula.Constant.ZERO;
    private static final Formula ONE = Formula.Constant.ONE;
    private static final Formula TWO = Formula.Constant.TWO;
    private static final Formula Z = Formula.Variable.Z;
    private static final Formula A = Formula.Variable.A;

    /** Where the normal distribution is next to 0: an exponential is no smaller than the smallest normal number, so nothing large may meet it. */
    private static final Formula FAR_BELOW = farAway("farBelow", -40);

    /** Where the exponential of {@code -z} overflows: what is multiplied with it is next to 0 from there on, and infinity must not meet it. */
    private static final Formula EXP_FAR_BELOW = Formula.constant("farBelow", -700);

    private static final Formula SIXTH = Formula.constant("sixth", 1 / 6.0);

    /** What it is multiplied with is beyond any bound, or 0. */
    private static final Formula LARGE = Formula.constant("large", 1e30);

    private static final double AT_ZERO = 0;

    /** {@code a = z}. */
    public static final Activation IDENTITY = elementwise("identity", Z, ONE, 1, 0, false);

    /** {@code a = max(z, 0)}; its derivative at 0 is taken as 0, as the notebook does. */
    public static final Activation RELU =
            elementwise("relu", Z.max(ZERO), ONE.unlessAtMost(A, ZERO, ZERO), 1, 0, false, AT_ZERO);

    /** {@code a = 1 / (1 + exp(-z))}, {@code f' = a (1 - a)}. */
    public static final Activation SIGMOID = elementwise(
            "sigmoid",
            ONE.over(Z.negative().exp().named("e").plus(ONE)),
            ONE.minus(A).times(A),
            0.25,
            1,
            true);

    /** {@code a = tanh(z)}, {@code f' = 1 - a^2}. */
    public static final Activation TANH = elementwise("tanh", Z.tanh(), ONE.minus(A.times(A)), 1, 2, false);

    /** {@link #leakyRelu} with the slope of its authors. */
    public static final Activation LEAKY_RELU = leakyRelu(0.01);

    /** The Gaussian error linear unit (Hendrycks and Gimpel 2016), exact: {@code a = z P(x <= z)} for a normally distributed {@code x}. */
    public static final Activation GELU = elementwise(
            "gelu",
            Z.max(FAR_BELOW).times(NormalDistribution.probability(Z)),
            NormalDistribution.probability(Z).plus(near().times(NormalDistribution.density(near()))),
            1.13,
            0.8,
            false);

    /**
     * {@link #GELU} by tanh, as its paper has it, too: {@code a = z/2 (1 + tanh(u))}, {@code u = sqrt(2/pi) (z + 0.044715 z^3)}. Here {@code 1/2 (1 +
     * tanh(u))} is {@code 1 / (1 + exp(-2u))}, the same with all digits below 0.
     */
    public static final Activation GELU_TANH = geluTanh();

    /** The exponential linear unit, {@link #elu}, with the bound of its authors. */
    public static final Activation ELU = elu(1);

    /**
     * The scaled exponential linear unit (Klambauer et al. 2017): {@code a = lambda z} above 0, {@code lambda alpha (exp(z) - 1)} below, with the numbers
     * that keep mean 0 and variance 1 from layer to layer; its derivative at 0 is taken as {@code lambda alpha}.
     */
    public static final Activation SELU =
            exponentialLinear(Definition.of("selu"), 1.0507009873554805, 1.0507009873554805 * 1.6732632423543772);

    /** The sigmoid linear unit (Elfwing, Uchibe and Doya 2017), also called swish: {@code a = z sigmoid(z)}. */
    public static final Activation SILU = silu();

    /**
     * {@code a = z tanh(softplus(z))} (Misra 2019). With {@code e = exp(z)} the tanh is {@code w / (w + 2)}, {@code w = e (e + 2)}; beyond 20 it is 1 in both
     * precisions.
     */
    public static final Activation MISH = mish();

    /** {@code a = z / (1 + |z|)} (Bergstra et al. 2009), {@code f' = (1 - |a|)^2}. */
    public static final Activation SOFTSIGN =
            elementwise("softsign", softsign(), ONE.minus(A.absolute()).times(ONE.minus(A.absolute())), 1, 2, false);

    /** {@code a = ln(1 + exp(z))} (Dugas et al. 2001), which is {@code max(z, 0) + ln(1 + exp(-|z|))}; {@code f' = 1 - exp(-a)}. */
    public static final Activation SOFTPLUS = elementwise(
            "softplus",
            Z.max(ZERO)
                    .plus(Z.absolute().negative().exp().named("e").logOnePlus().named("log")),
            A.negative().expMinusOne().named("e").negative(),
            1,
            1,
            true);

    /** {@code a = min(max(z + 3, 0), 6) / 6} (Howard et al. 2019); its derivative is taken as 0 where {@code a} is 0 or 1. */
    public static final Activation HARD_SIGMOID = elementwise(
            "hard_sigmoid",
            Z.plus(Formula.constant("three", 3))
                    .max(ZERO)
                    .min(Formula.constant("six", 6))
                    .times(SIXTH),
            A.min(ONE.minus(A)).times(LARGE).min(SIXTH),
            1 / 6.0,
            0,
            false,
            -3.0,
            3.0);

    /** {@link #hardTanh} between -1 and 1. */
    public static final Activation HARD_TANH = hardTanh(-1, 1);

    /** {@code a_j = exp(z_j) / sum over k of exp(z_k)}: couples the units of its layer, so it is for the output layer only. */
    public static final Activation SOFTMAX =
            new Activation(Definition.of("softmax"), null, null, 0.5, 2, true, List.of());

    private final Formula value;
    private final Formula derivative;
    private final boolean differentiatedAtZ;
    private final double steepest;
    private final double bend;
    private final boolean positive;
    private final List<Double> jumps;

    /**
     * @param value null, as is the derivative, where the activation of a unit is no function of its own pre-activation alone
     */
    private Activation(
            Definition<Activation> definition,
            Formula value,
            Formula derivative,
            double steepest,
            double bend,
            boolean positive,
            List<Double> jumps) {
        super(definition);
        this.value = value;
        this.derivative = derivative;
        this.differentiatedAtZ = derivative != null && derivative.contains(Z);
        this.steepest = steepest;
        this.bend = bend;
        this.positive = positive;
        this.jumps = jumps;
    }

    /** @param jumps see {@link #jumps()} */
    private static Activation elementwise(
            String keyword,
            Formula value,
            Formula derivative,
            double steepest,
            double bend,
            boolean positive,
            Double... jumps) {
        return new Activation(Definition.of(keyword), value, derivative, steepest, bend, positive, List.of(jumps));
    }

    /**
     * {@code a = max(z, alpha z)} (Maas, Hannun and Ng 2013); its derivative at 0 is taken as {@code alpha}.
     *
     * @param alpha the slope below 0, which is positive and below 1
     */
    public static Activation leakyRelu(double alpha) {
        Formula slope = Formula.constant("alpha", alpha);
        Setting setting = new Setting("alpha", alpha, value -> value > 0 && value < 1, "must be positive and below 1");
        return new Activation(
                Definition.of("leaky_relu", values -> leakyRelu(values.get(0)), setting),
                Z.max(Z.times(slope)),
                ONE.unlessAtMost(A, ZERO, slope),
                1,
                0,
                false,
                List.of(AT_ZERO));
    }

    /**
     * {@code a = z} above 0, {@code alpha (exp(z) - 1)} below (Clevert, Unterthiner and Hochreiter 2015); its derivative at 0 is taken as {@code alpha}.
     *
     * @param alpha minus the least activation, positive and finite
     */
    public static Activation elu(double alpha) {
        Setting setting = new Setting(
                "alpha", alpha, value -> value > 0 && Double.isFinite(value), "must be positive and finite");
        return exponentialLinear(Definition.of("elu", values -> elu(values.get(0)), setting), 1, alpha);
    }

    /**
     * {@code a = min(max(z, min), max)} (Collobert 2004); between 0 and 6 it is called relu6. Its derivative is taken as 0 where {@code a} is a bound.
     *
     * @param min finite and below {@code max}
     */
    public static Activation hardTanh(double min, double max) {
        if (min >= max) {
            throw new IllegalArgumentException("min must be below max: min=" + min + ", max=" + max);
        }
        Formula least = Formula.constant("min", min);
        Formula most = Formula.constant("max", max);
        return new Activation(
                Definition.of(
                        "hard_tanh",
                        values -> hardTanh(values.get(0), values.get(1)),
                        new Setting("min", min, Double::isFinite, "must be finite"),
                        new Setting("max", max, Double::isFinite, "must be finite")),
                Z.max(least).min(most),
                A.minus(least).min(most.minus(A)).times(LARGE).min(ONE),
                1,
                0,
                false,
                List.of(min, max));
    }

    /** {@code above z} above 0, {@code below (exp(z) - 1)} below: there its derivative is {@code a + below}. */
    private static Activation exponentialLinear(Definition<Activation> definition, double above, double below) {
        Formula line = above == 1 ? ONE : Formula.constant("above", above);
        Formula least = Formula.constant("below", below);
        Formula curve = Z.min(ZERO).expMinusOne().named("e").times(least);
        return new Activation(
                definition,
                above == 1 ? curve.plus(Z.max(ZERO)) : Z.max(ZERO).times(line).plus(curve),
                line.unlessAtMost(A, ZERO, A.min(ZERO).plus(least)),
                Math.max(above, below),
                1,
                false,
                above == below ? List.of() : List.of(AT_ZERO));
    }

    private static Formula farAway(String name, double z) {
        return new Formula.Constant(
                name,
                z,
                "so far away the normal distribution is next to 0, and nothing large may meet its exponentials");
    }

    private static Formula near() {
        return Z.max(FAR_BELOW).min(farAway("farAbove", 40)).named("near");
    }

    /** {@code 1 / (1 + exp(-x))}. */
    private static Formula share(Formula x) {
        return ONE.over(x.negative().exp().named("e").plus(ONE)).named("share");
    }

    /** {@code z p (1 - p) slope + p}: the derivative of {@code z p}, {@code p} the {@link #share} of an {@code x} with this slope. */
    private static Formula timesShare(Formula z, Formula p, Formula slope) {
        Formula change = z.times(p).times(ONE.minus(p));
        return (slope.equals(ONE) ? change : change.times(slope)).plus(p);
    }

    private static Activation geluTanh() {
        Formula near = near();
        Formula square = near.times(near).named("nearSquared");
        Formula scale = Formula.constant("scale", Math.sqrt(8 / Math.PI));
        Formula cubic = square.times(Formula.constant("cubic", 0.044715)).plus(ONE);
        Formula slope =
                square.times(Formula.constant("cubicSlope", 3 * 0.044715)).plus(ONE);
        Formula p = share(near.times(scale).times(cubic));
        return elementwise(
                "gelu_tanh", Z.max(FAR_BELOW).times(p), timesShare(near, p, slope.times(scale)), 1.13, 0.8, false);
    }

    private static Activation silu() {
        Formula near = between("farAbove", 700);
        return elementwise(
                "silu", Z.max(EXP_FAR_BELOW).times(share(Z)), timesShare(near, share(near), ONE), 1.1, 0.5, false);
    }

    /** {@code f' = t + z dt/dz}, {@code t = w / (w + 2)}, {@code dt/dz = 4 e (e + 1) / (w + 2)^2}. */
    private static Activation mish() {
        Formula near = between("most", 20);
        Formula e = near.exp().named("e");
        Formula w = e.plus(TWO).times(e).named("w");
        Formula divisor = w.plus(TWO).named("divisor");
        Formula t = w.over(divisor);
        Formula change = e.plus(ONE).times(e).times(Formula.constant("four", 4)).over(divisor.times(divisor));
        return elementwise(
                "mish", Z.max(EXP_FAR_BELOW).times(t), near.times(change).plus(t), 1.09, 0.65, false);
    }

    private static Formula between(String name, double most) {
        return Z.max(EXP_FAR_BELOW).min(Formula.constant(name, most)).named("near");
    }

    /** Of a {@code z} so far away that it is 1 in both precisions, where infinity would have no quotient. */
    private static Formula softsign() {
        Formula near = Z.min(Formula.constant("most", 1e30))
                .max(Formula.constant("least", -1e30))
                .named("near");
        return near.over(near.absolute().plus(ONE));
    }

    /** All that there are, with their usual numbers. */
    public static List<Activation> all() {
        return List.of(
                IDENTITY,
                RELU,
                LEAKY_RELU,
                ELU,
                SELU,
                GELU,
                GELU_TANH,
                SILU,
                MISH,
                SOFTPLUS,
                SOFTSIGN,
                TANH,
                SIGMOID,
                HARD_SIGMOID,
                HARD_TANH,
                SOFTMAX);
    }

    /** Whether each unit's activation depends on its own pre-activation alone. */
    public boolean elementwise() {
        return value != null;
    }

    /**
     * {@code f}, a function of {@code z}.
     *
     * @throws IllegalStateException if the activation is not element-wise
     */
    public Formula value() {
        return requireElementwise(value);
    }

    /**
     * {@code f'}, a function of {@code a = f(z)} or, where {@code a} does not tell it, of {@code z}.
     *
     * @throws IllegalStateException if the activation is not element-wise
     */
    public Formula derivative() {
        return requireElementwise(derivative);
    }

    /** Whether the backward pass asks for {@code z}: the activation alone does not tell its derivative. */
    public boolean differentiatedAtZ() {
        return differentiatedAtZ;
    }

    private Formula requireElementwise(Formula formula) {
        if (formula == null) {
            throw new IllegalStateException("not an element-wise activation: " + text());
        }
        return formula;
    }

    /** The largest {@code |da/dz|}. */
    public double steepest() {
        return steepest;
    }

    /** The largest change of the derivative for a change of what it is a function of, {@code a} or {@code z}, apart from {@linkplain #jumps jumps}. */
    public double bend() {
        return bend;
    }

    /** Whether every activation of a finite {@code z} is above 0, but for what is too small for its precision: a logarithm can be taken of it. */
    public boolean positive() {
        return positive;
    }

    /** The {@code z} at which the derivative jumps. */
    public List<Double> jumps() {
        return jumps;
    }
}
