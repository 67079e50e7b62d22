package io.github.layerc.report.draw;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers are written on a page: as many digits as mean something, the same everywhere, and a word where there is no number. */
public final class Numbers {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Numbers() {}

    /** {@code 12,288}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 3 pictures}, {@code 1 picture}: a noun whose plural ends in s. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** With up to four digits: {@code 0.0884}, {@code 1250}, {@code 3.1e-7}. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "minus infinite";
        }
        BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
        if (rounded.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = rounded.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -4 && exponent <= 6) {
            return stripped.toPlainString();
        }
        return stripped.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /** A share from 0 to 1: {@code 80.0 %}. */
    public static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "-";
    }

    /** A share from 0 to 1 with three digits behind the point. */
    public static String share(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.3f", share) : "-";
    }

    /** Nanoseconds in the unit that fits: {@code 25.28 us}, {@code 1 ms}. */
    public static String time(double ns) {
        double size = Math.abs(ns);
        if (size < 1e3) {
            return of(ns) + " ns";
        }
        if (size < 1e6) {
            return of(ns / 1e3) + " us";
        }
        return size < 1e9 ? of(ns / 1e6) + " ms" : of(ns / 1e9) + " s";
    }

    /**
     * A coordinate of a drawing, to a hundredth.
     *
     * @throws IllegalArgumentException if it is not finite: the place of a number that is none is for the chart to decide
     */
    static String coordinate(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("coordinates must be finite: coordinate=" + value);
        }
        long hundredths = Math.round(100 * value);
        return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
    }
}
