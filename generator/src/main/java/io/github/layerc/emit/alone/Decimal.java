package io.github.layerc.emit.alone;

import io.github.layerc.network.Precision;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as literals: the shortest decimal that is the number, the same on every Java, of which those before 19 print some digits more. */
final class Decimal {
    private Decimal() {}

    /** @param value finite, a number of the precision */
    static String of(double value, Precision precision) {
        boolean isFloat = precision == Precision.FLOAT;
        if (value == 0) {
            return (1 / value < 0 ? "-0" : "0") + (isFloat ? "f" : ".0");
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            String text = rounded.toString();
            if (isFloat ? Float.parseFloat(text) == (float) value : Double.parseDouble(text) == value) {
                boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
                return text + (isFloat ? "f" : whole ? ".0" : "");
            }
        }
    }
}
