package io.github.layerc.network;

import java.util.function.DoubleUnaryOperator;

/**
 * What the weights {@code w} of a layer, not its biases, add to the cost: {@code l1 sum |w| + l2 / 2 sum w^2}. Their gradients get {@code l1 sign(w) +
 * l2 w} by it, with 0 for the sign of 0.
 *
 * @param l1 at least 0 and finite
 * @param l2 the same
 */
public record Penalty(double l1, double l2) {
    /** Adds nothing. */
    public static final Penalty NONE = new Penalty(0, 0);

    public Penalty {
        require(l1, l2, value -> value, "");
    }

    /** Whether it adds nothing. */
    public boolean isNone() {
        return l1 == 0 && l2 == 0;
    }

    /** Whether it can be one of the two numbers. */
    public static boolean accepts(double number) {
        return number >= 0 && Double.isFinite(number);
    }

    /** @throws IllegalArgumentException if a number is infinite once it is rounded to this precision */
    public void requireFits(Precision precision) {
        require(l1, l2, precision::rounded, " in " + precision.keyword());
    }

    private static void require(double l1, double l2, DoubleUnaryOperator rounded, String in) {
        require("l1", l1, rounded, in);
        require("l2", l2, rounded, in);
    }

    private static void require(String name, double number, DoubleUnaryOperator rounded, String in) {
        if (!accepts(rounded.applyAsDouble(number))) {
            throw new IllegalArgumentException(
                    name + " must be at least 0 and finite" + in + ": " + name + "=" + number);
        }
    }
}
