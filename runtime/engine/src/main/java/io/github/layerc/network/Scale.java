package io.github.layerc.network;

/**
 * The factor on stored samples, kept as a fraction so that {@code 1/255} divides by 255, as the notebook does, and does not multiply by a
 * rounded reciprocal.
 *
 * @param numerator finite, not zero and not subnormal
 * @param denominator the same
 */
public record Scale(double numerator, double denominator) {

    /** Samples enter the network as they are stored. */
    public static final Scale ONE = new Scale(1, 1);

    public Scale {
        if (!Double.isFinite(numerator) || !Double.isFinite(denominator) || numerator == 0 || denominator == 0) {
            throw new IllegalArgumentException(
                    "numerator and denominator must be finite and not zero: scale=" + numerator + "/" + denominator);
        }
        if (isSubnormal(numerator, denominator)) {
            throw new IllegalArgumentException("numerator and denominator must be at least " + Double.MIN_NORMAL
                    + " in size: scale=" + numerator + "/" + denominator);
        }
    }

    /** Whether one of them is so small that a product with it has lost digits: then {@link #apply} and {@link #factor} would not agree. */
    public static boolean isSubnormal(double numerator, double denominator) {
        return Math.min(Math.abs(numerator), Math.abs(denominator)) < Double.MIN_NORMAL;
    }

    /** The scaled value, rounded once per operation in double. */
    public double apply(double stored) {
        return stored * numerator / denominator;
    }

    /** The factor as one number. */
    public double factor() {
        return numerator / denominator;
    }

    /** Whether the factor is still a finite number other than 0 once it is rounded to this precision. */
    public boolean fits(Precision precision) {
        double rounded = precision.rounded(factor());
        return Double.isFinite(rounded) && rounded != 0;
    }

    /** Whether samples pass unchanged. */
    public boolean isOne() {
        return numerator == denominator;
    }

    @Override
    public String toString() {
        return denominator == 1 ? number(numerator) : number(numerator) + "/" + number(denominator);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
