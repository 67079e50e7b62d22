package io.github.layerc.network;

import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.NormalDistribution;
import java.util.List;

/**
 * The function between pre-activation {@code z} and activation {@code a = f(z)} of a layer: its formulas, and all
 * traits that compiler, interpreter and tests ask for. None has a default that a new one could inherit. Two with the
 * same keyword and parameters are equal.
 *
 * <p>To add one: a constant or a method here, and its name in {@link #all()}.
 */
public final class Activation implements Kind<Activation> {
    private static final Formula ZERO = Formula.Constant.ZERO;
    private static final Formula ONE = Formula.Constant.ONE;
    private static final Formula TWO = Formula.Constant.TWO;
    private static final Formula Z = Formula.Variable.Z;
    private static final Formula A = Formula.Variable.A;

    /** Where the normal distribution is next to 0: an exponential is no smaller than the smallest normal number, so nothing large may meet it. */
    private static final Formula FAR_BELOW = farAway("farBelow", -40);

    /** {@code a = z}. */
    public static final Activation IDENTITY = elementwise("identity", Z, ONE, 1, 0);

    /** {@code a = max(z, 0)}; its derivative at 0 is taken as 0, as the notebook does. */
    public static final Activation RELU =
            elementwise("relu", Z.max(ZERO), ONE.unlessAtMost(A, ZERO, ZERO), 1, Double.POSITIVE_INFINITY);

    /** {@code a = 1 / (1 + exp(-z))}, {@code f' = a (1 - a)}. */
    public static final Activation SIGMOID = elementwise(
            "sigmoid",
            ONE.over(Z.negative().exp().named("e").plus(ONE)),
            ONE.minus(A).times(A),
            0.25,
            1);

    /** {@code a = tanh(z)}, {@code f' = 1 - a^2}. */
    public static final Activation TANH = elementwise("tanh", tanh(), ONE.minus(A.times(A)), 1, 2);

    /** {@link #leakyRelu} with the slope of its authors. */
    public static final Activation LEAKY_RELU = leakyRelu(0.01);

    /** The Gaussian error linear unit (Hendrycks and Gimpel 2016), exact: {@code a = z P(x <= z)} for a normally distributed {@code x}. */
    public static final Activation GELU = elementwise(
            "gelu",
            Z.max(FAR_BELOW).times(NormalDistribution.probability(Z)),
            NormalDistribution.probability(Z).plus(near().times(NormalDistribution.density(near()))),
            1.13,
            0.8);

    /** {@code a_j = exp(z_j) / sum over k of exp(z_k)}: couples the units of its layer, so it is for the output layer only. */
    public static final Activation SOFTMAX = new Activation(Definition.of("softmax"), null, null, 0.5, 2);

    private final Definition<Activation> definition;
    private final Formula value;
    private final Formula derivative;
    private final boolean differentiatedAtZ;
    private final double steepest;
    private final double bend;

    /**
     * @param value null, as is the derivative, where the activation of a unit is no function of its own pre-activation alone
     */
    private Activation(
            Definition<Activation> definition, Formula value, Formula derivative, double steepest, double bend) {
        this.definition = definition;
        this.value = value;
        this.derivative = derivative;
        this.differentiatedAtZ = derivative != null && derivative.contains(Z);
        this.steepest = steepest;
        this.bend = bend;
    }

    private static Activation elementwise(
            String keyword, Formula value, Formula derivative, double steepest, double bend) {
        return new Activation(Definition.of(keyword), value, derivative, steepest, bend);
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
                Double.POSITIVE_INFINITY);
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

    /** {@code (exp(2z) - 1) / (exp(2z) + 1)}; beyond 20 it is 1 in both precisions. */
    private static Formula tanh() {
        Formula limited = Z.min(Formula.constant("most", 20)).max(Formula.constant("least", -20));
        Formula e = limited.times(TWO).named("doubled").expMinusOne().named("e");
        return e.over(e.plus(TWO));
    }

    /** All that there are, with their usual numbers. */
    public static List<Activation> all() {
        return List.of(IDENTITY, RELU, LEAKY_RELU, GELU, SIGMOID, TANH, SOFTMAX);
    }

    @Override
    public String keyword() {
        return definition.keyword();
    }

    @Override
    public List<Setting> settings() {
        return definition.settings();
    }

    @Override
    public Activation with(List<Double> values) {
        return definition.with(values, this);
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
            throw new IllegalStateException("not an element-wise activation: " + definition.text());
        }
        return formula;
    }

    /** The largest {@code |da/dz|}. */
    public double steepest() {
        return steepest;
    }

    /**
     * The largest change of the derivative for a change of what it is a function of, {@code a} or {@code z}; infinite where the derivative jumps at
     * {@code z = 0}.
     */
    public double bend() {
        return bend;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Activation activation && definition.equals(activation.definition);
    }

    @Override
    public int hashCode() {
        return definition.hashCode();
    }

    @Override
    public String text() {
        return definition.text();
    }

    @Override
    public String toString() {
        return definition.text();
    }
}
