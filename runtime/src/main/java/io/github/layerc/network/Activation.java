package io.github.layerc.network;

import java.util.Locale;

/**
 * The function between pre-activation {@code z} and activation {@code a = f(z)} of a layer. A constant states all of its traits: none has a default
 * that another one could inherit.
 */
public enum Activation {
    /** {@code a = z}. */
    IDENTITY(Coupling.NONE, Cost.ARITHMETIC, 1, 0),
    /** {@code a = max(z, 0)}; its derivative at 0 is taken as 0, as the notebook does. */
    RELU(Coupling.NONE, Cost.ARITHMETIC, 1, Double.POSITIVE_INFINITY),
    /** {@code a = 1 / (1 + exp(-z))}, {@code f' = a (1 - a)}. */
    SIGMOID(Coupling.NONE, Cost.EXPONENTIAL, 0.25, 1),
    /** {@code a = tanh(z)}, {@code f' = 1 - a^2}. */
    TANH(Coupling.NONE, Cost.EXPONENTIAL, 1, 2),
    /** {@code a_j = exp(z_j) / sum over k of exp(z_k)}: couples the units of its layer, so it is for the output layer only. */
    SOFTMAX(Coupling.UNITS, Cost.EXPONENTIAL, 0.5, 2);

    /** What an activation depends on besides its own pre-activation. */
    private enum Coupling {
        NONE,
        /** The pre-activations of all units of its layer. */
        UNITS
    }

    private enum Cost {
        /** A few additions, products or comparisons. */
        ARITHMETIC,
        EXPONENTIAL
    }

    private final Coupling coupling;
    private final Cost cost;
    private final double steepest;
    private final double bend;

    Activation(Coupling coupling, Cost cost, double steepest, double bend) {
        this.coupling = coupling;
        this.cost = cost;
        this.steepest = steepest;
        this.bend = bend;
    }

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether each unit's activation depends on its own pre-activation alone. */
    public boolean elementwise() {
        return coupling == Coupling.NONE;
    }

    /** Whether a few additions, products or comparisons are all that it takes, no exponential. */
    public boolean cheap() {
        return cost == Cost.ARITHMETIC;
    }

    /** The largest {@code |da/dz|}. */
    public double steepest() {
        return steepest;
    }

    /** The largest change of the derivative for a change of {@code a}; infinite where the derivative jumps at {@code z = 0}. */
    public double bend() {
        return bend;
    }

    /**
     * {@code f(z)} of an element-wise activation.
     *
     * @throws IllegalStateException for softmax, which has no value for a single unit
     */
    public double apply(double z) {
        return switch (this) {
            case IDENTITY -> z;
            case RELU -> Math.max(z, 0);
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            case TANH -> Math.tanh(z);
            case SOFTMAX -> throw new IllegalStateException("not an element-wise activation: " + this);
        };
    }

    /**
     * {@code f'(z)} of an element-wise activation, from the activation {@code a = f(z)}: every one here has a form that needs no {@code z}.
     *
     * @throws IllegalStateException for softmax, whose derivative is a matrix
     */
    public double derivative(double a) {
        return switch (this) {
            case IDENTITY -> 1;
            // what is not a number stays so
            case RELU -> Double.isNaN(a) ? a : a > 0 ? 1 : 0;
            case SIGMOID -> a * (1 - a);
            case TANH -> 1 - a * a;
            case SOFTMAX -> throw new IllegalStateException("not an element-wise activation: " + this);
        };
    }
}
