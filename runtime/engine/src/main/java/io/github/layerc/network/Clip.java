package io.github.layerc.network;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Makes the gradient of a step smaller where it is too large, before the optimizer sees it: the whole gradient of the cost, the penalty included. A norm is the root of the sum of the
 * squares; where it is above {@code at}, its elements are multiplied by {@code at / norm} (Pascanu, Mikolov and Bengio 2013), as in Keras; PyTorch adds 1e-6 to the norm, and
 * clips before the penalty is added. A norm that is not finite clips nothing: such a training has diverged, and has to say so.
 *
 * <p>A clipped step needs all its gradients before its first update, so a training that clips has the {@linkplain Form#DIRECT direct form}.
 *
 * <p>To add one: a constant and a method here, its name in {@link #all()}, and its words in the schema. Two with the same keyword and settings are equal.
 */
public final class Clip extends Kind<Clip> {
    /** {@link #value} at 1. */
    public static final Clip VALUE = value(1);

    /** {@link #norm} at 1. */
    public static final Clip NORM = norm(1);

    /** {@link #globalNorm} at 1. */
    public static final Clip GLOBAL_NORM = globalNorm(1);

    /** What is measured, and made smaller, as one. */
    public enum Part {
        ELEMENT,
        /** {@code W1}, {@code b1}, {@code W2}, ... each by itself. */
        ARRAY,
        ALL
    }

    private final Part part;
    private final double at;

    private Clip(String keyword, Part part, double at, DoubleFunction<Clip> other) {
        super(Definition.of(
                keyword,
                values -> other.apply(values.get(0)),
                new Setting("at", at, value -> value > 0 && Double.isFinite(value), "must be positive and finite")));
        this.part = part;
        this.at = at;
    }

    /** Each element of the gradient is made to lie between {@code -at} and {@code at}. */
    public static Clip value(double at) {
        return new Clip("value", Part.ELEMENT, at, Clip::value);
    }

    /** The gradient of each weight matrix, and that of each bias, has a norm of at most {@code at}. */
    public static Clip norm(double at) {
        return new Clip("norm", Part.ARRAY, at, Clip::norm);
    }

    /** The gradient of all parameters together has a norm of at most {@code at}, and keeps its direction. */
    public static Clip globalNorm(double at) {
        return new Clip("global_norm", Part.ALL, at, Clip::globalNorm);
    }

    /** All that there are, with their usual settings. */
    public static List<Clip> all() {
        return List.of(VALUE, NORM, GLOBAL_NORM);
    }

    public Part part() {
        return part;
    }

    /** The largest value, or norm. */
    public double at() {
        return at;
    }
}
