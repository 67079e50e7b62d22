package io.github.layerc.network;

import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;

/** Element type of parameters and activations. */
public enum Precision {
    FLOAT("float", 0x1p-23, Float.MIN_VALUE),
    DOUBLE("double", 0x1p-52, Double.MIN_VALUE);

    private final String keyword;
    private final double epsilon;
    private final double least;

    Precision(String keyword, double epsilon, double least) {
        this.keyword = keyword;
        this.epsilon = epsilon;
        this.least = least;
    }

    /** The word in the spec, which is also Java's name of the type. */
    public String keyword() {
        return keyword;
    }

    /** Distance from 1 to the next larger value: 2^-23 or 2^-52. */
    public double epsilon() {
        return epsilon;
    }

    /** The least number above 0: 2^-149 or 2^-1074. A product so small is off by no more, however small it is. */
    public double least() {
        return least;
    }

    /** The value that this type has for a number: the nearest one, infinite where it is too large. */
    public double rounded(double value) {
        return this == FLOAT ? (float) value : value;
    }

    /** For messages about a number that is not finite once it is rounded: {@code finite}, or, where it was before, {@code finite in float}. */
    public String finite(double value) {
        return Double.isFinite(value) ? "finite in " + keyword : "finite";
    }

    /** @throws IllegalArgumentException if a setting of a kind is not accepted any more once it is rounded to this precision */
    public void requireFits(Kind<?> kind) {
        for (Setting setting : kind.settings()) {
            if (!setting.accepts().test(rounded(setting.value()))) {
                throw new IllegalArgumentException(kind.keyword() + ": " + setting.name() + " " + setting.rule()
                        + " in " + keyword + ": " + setting.name() + "=" + setting.value());
            }
        }
    }
}
