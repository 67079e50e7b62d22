package io.github.layerc.network;

import java.util.Locale;

/** The function between pre-activation {@code z} and activation {@code a = f(z)} of a layer. */
public enum Activation {
    /** {@code a = z}. */
    IDENTITY,
    /** {@code a = max(z, 0)}; its derivative at 0 is taken as 0, as the notebook does. */
    RELU,
    /** {@code a = 1 / (1 + exp(-z))}, {@code f' = a (1 - a)}. */
    SIGMOID,
    /** {@code a = tanh(z)}, {@code f' = 1 - a^2}. */
    TANH,
    /** {@code a_j = exp(z_j) / sum over k of exp(z_k)}: couples the units of its layer, so it is for the output layer only. */
    SOFTMAX;

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether each unit's activation depends on its own pre-activation alone. */
    public boolean elementwise() {
        return this != SOFTMAX;
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
            case RELU -> a > 0 ? 1 : 0;
            case SIGMOID -> a * (1 - a);
            case TANH -> 1 - a * a;
            case SOFTMAX -> throw new IllegalStateException("not an element-wise activation: " + this);
        };
    }
}
