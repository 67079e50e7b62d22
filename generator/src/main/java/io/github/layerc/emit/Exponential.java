package io.github.layerc.emit;

import io.github.layerc.network.Precision;

/**
 * Emits {@code exp} and {@code exp - 1} as straight code for both targets, so that a loop around it stays one flat method and gives the same bits
 * before and after compilation, which the Vector API's own EXP does not.
 *
 * <p>{@code x = n ln2 + r} with integer {@code n} and {@code |r| <= ln2 / 2}; {@code exp(r)} is its Taylor polynomial, of degree 7 in float
 * and 13 in double: the first term left out is below a quarter of an ulp. {@code n} is rounded by adding 1.5 * 2^23 (2^52), which leaves it in
 * the low bits of the sum, from where it is shifted to the exponent. {@code x} is limited to where both are normal numbers. The error is
 * below 2 ulp.
 */
final class Exponential {
    private final Words words;
    private final Lines lines;
    private final boolean isFloat;

    Exponential(Words words, Lines lines) {
        this.words = words;
        this.lines = lines;
        this.isFloat = words.precision() == Precision.FLOAT;
    }

    /** Emits {@code exp} of the register {@code x} to the new register {@code name}. */
    void exp(String name, String x) {
        reduce(x);
        polynomial("p", "1");
        scaleBits();
        if (words.vector()) {
            lines.line(words.register() + " " + name + " = p.reinterpretAs" + (isFloat ? "Ints" : "Longs")
                    + "().add(scale).reinterpretAs" + (isFloat ? "Floats" : "Doubles") + "()");
        } else {
            lines.line(words.type() + " " + name + " = " + fromBits("(" + toBits("p") + " + scale)"));
        }
    }

    /** Emits {@code exp - 1} of the register {@code x} to the new register {@code name}; small results keep their digits. */
    void expMinusOne(String name, String x) {
        reduce(x);
        polynomial("q", "0");
        scaleBits();
        String one = words.vector() ? words.broadcast(words.constant(1)) : words.constant(1);
        if (words.vector()) {
            lines.line(words.register() + " power = " + one + ".reinterpretAs" + (isFloat ? "Ints" : "Longs")
                    + "().add(scale).reinterpretAs" + (isFloat ? "Floats" : "Doubles") + "()");
        } else {
            lines.line(words.type() + " power = " + fromBits("(" + toBits(one) + " + scale)"));
        }
        lines.line(words.register() + " " + name + " = "
                + words.multiplyAdd("power", "q", "(" + words.subtract("power", one) + ")"));
    }

    private void reduce(String x) {
        String low = words.constant(isFloat ? -87 : -708);
        String high = words.constant(isFloat ? 88 : 709);
        String magic = words.constant(isFloat ? 0x1.8p23 : 0x1.8p52);
        lines.line(words.register() + " limited = " + words.min(words.max(x, low), high));
        lines.line(words.register() + " shifted = "
                + words.add(words.multiply("limited", words.constant(1 / Math.log(2))), magic));
        lines.line(words.register() + " n = " + words.subtract("shifted", magic));
        // ln2 in two parts, the first one short, so that n times it is exact
        double lnHigh = isFloat ? 0x1.62e4p-1 : 0x1.62e42feep-1;
        double lnLow = isFloat ? Math.log(2) - 0x1.62e4p-1 : 0x1.a39ef35793c76p-33;
        lines.line(words.register() + " r = "
                + words.subtract(
                        words.vector()
                                ? words.subtract("limited", words.multiply("n", words.constant(lnHigh)))
                                : "limited - n * " + words.constant(lnHigh),
                        words.multiply("n", words.constant(lnLow))));
    }

    /** Horner's scheme from the last term down; the constant term is 1 for exp, 0 for exp - 1. */
    private void polynomial(String name, String constantTerm) {
        int degree = isFloat ? 7 : 13;
        double factorial = 1;
        for (int k = 2; k <= degree; k++) {
            factorial *= k;
        }
        lines.line(words.register() + " " + name + " = "
                + (words.vector() ? words.broadcast(words.constant(1 / factorial)) : words.constant(1 / factorial)));
        for (int k = degree - 1; k >= 0; k--) {
            factorial /= k + 1;
            double coefficient = k == 0 ? Double.parseDouble(constantTerm) : 1 / factorial;
            lines.line(name + " = "
                    + (words.vector()
                            ? (coefficient == 0
                                    ? words.multiply(name, "r")
                                    : name + ".fma(r, " + words.broadcast(words.constant(coefficient)) + ")")
                            : name + " * r" + (coefficient == 0 ? "" : " + " + words.constant(coefficient))));
        }
    }

    private void scaleBits() {
        String shift = isFloat ? "23" : "52";
        if (words.vector()) {
            lines.line(words.bitsClass() + " scale = shifted.reinterpretAs" + (isFloat ? "Ints" : "Longs")
                    + "().lanewise(VectorOperators.LSHL, " + shift + ")");
        } else {
            lines.line((isFloat ? "int" : "long") + " scale = " + toBits("shifted") + " << " + shift);
        }
    }

    private String toBits(String value) {
        return (isFloat ? "Float.floatToRawIntBits(" : "Double.doubleToRawLongBits(") + value + ")";
    }

    private String fromBits(String bits) {
        String inner = bits.substring(1, bits.length() - 1);
        return (isFloat ? "Float.intBitsToFloat(" : "Double.longBitsToDouble(") + inner + ")";
    }
}
