package io.github.layerc.emit.code;

import io.github.layerc.network.Precision;

/**
 * Emits {@code exp} and {@code exp - 1} as straight code for both targets, so that a loop around it stays one flat method and gives the same bits
 * before and after compilation, which the Vector API's own EXP does not.
 *
 * <p>{@code x = n ln2 + r} with integer {@code n} and {@code |r| <= ln2 / 2}; {@code exp(r)} is its Taylor polynomial, of degree 7 in float
 * and 13 in double: the first term left out is below a quarter of an ulp. {@code n} is rounded by adding 1.5 * 2^23 (2^52), which leaves it in
 * the low bits of the sum, from where it is shifted to the exponent. {@code x} is limited to where both are normal numbers. The error is
 * below 2 ulp.
 *
 * <p>The polynomial is Horner's scheme in {@code r^2} over pairs of terms, which are computed side by side: a single sample waits for 5 multiply-adds
 * one after the other instead of 7, for 8 instead of 13 in double.
 */
public final class Exponential {
    private final Words words;
    private final Lines lines;

    /** Behind the names of all variables: a second exponential in a block needs others. */
    private final String suffix;

    private final boolean isFloat;
    private final int degree;

    public Exponential(Words words, Lines lines) {
        this(words, lines, "");
    }

    Exponential(Words words, Lines lines, String suffix) {
        this.words = words;
        this.lines = lines;
        this.suffix = suffix;
        this.isFloat = words.precision() == Precision.FLOAT;
        this.degree = isFloat ? 7 : 13;
    }

    /** Emits the constants, which belong in front of the loop around {@link #exp} or {@link #expMinusOne}: {@code one} is among them. */
    public void constants() {
        lines.comment(
                        "exp(x) = 2^n exp(r) with x = n ln2 + r, |r| <= ln2 / 2; exp(r) is its Taylor polynomial, c_k = 1 / k!;")
                .comment(
                        "adding shift rounds to the integer n and leaves it in the low bits, from where it goes to the exponent;")
                .comment("low and high keep 2^n a normal number");
        words.define(lines, "low", isFloat ? -87 : -708);
        words.define(lines, "high", isFloat ? 88 : 709);
        words.define(lines, "log2e", 1 / Math.log(2));
        words.define(lines, "shift", isFloat ? 0x1.8p23 : 0x1.8p52);
        // ln2 in two parts, the first one short, so that n times it is exact
        words.define(lines, "minusLn2High", isFloat ? -0x1.62e4p-1 : -0x1.62e42feep-1);
        words.define(lines, "minusLn2Low", isFloat ? 0x1.62e4p-1 - Math.log(2) : -0x1.a39ef35793c76p-33);
        words.define(lines, "one", 1);
        double factorial = 1;
        for (int k = 2; k <= degree; k++) {
            factorial *= k;
            words.define(lines, "c" + k, 1 / factorial);
        }
    }

    /** Emits {@code exp} of the register {@code x} to the new register {@code name}. */
    public void exp(String name, String x) {
        reduce(x);
        polynomial();
        power();
        declare(name, words.multiplyAdd(local("power"), local("q"), local("power")));
    }

    /** Emits {@code exp - 1} of the register {@code x} to the new register {@code name}; small results keep their digits. */
    public void expMinusOne(String name, String x) {
        reduce(x);
        polynomial();
        power();
        declare(local("less"), words.subtract(local("power"), "one"));
        declare(name, words.multiplyAdd(local("power"), local("q"), local("less")));
    }

    private void declare(String name, String value) {
        lines.line(words.register() + " " + name + " = " + value);
    }

    private String local(String name) {
        return name + suffix;
    }

    private void reduce(String x) {
        String limited = local("limited");
        if (words.vector() || !words.branches()) {
            declare(limited, words.min(words.max(x, "low"), "high"));
        } else {
            // hardly ever taken, where min and max would be waited for; what is not a number stays so
            declare(limited, x);
            lines.line(limited + " = " + limited + " < low ? low : " + limited + " > high ? high : " + limited);
        }
        declare(local("shifted"), words.multiplyAdd(limited, "log2e", "shift"));
        declare(local("n"), words.subtract(local("shifted"), "shift"));
        declare(local("rest"), words.multiplyAdd(local("n"), "minusLn2High", limited));
        declare(local("r"), words.multiplyAdd(local("n"), "minusLn2Low", local("rest")));
    }

    /** {@code exp(r) - 1}: from the last pair of terms down to {@code c3 r + c2}, then {@code r}: the largest term comes last. */
    private void polynomial() {
        String q = local("q");
        declare(local("square"), words.multiply(local("r"), local("r")));
        declare(q, pair(degree));
        for (int k = degree - 2; k > 2; k -= 2) {
            declare(local("pair" + k), pair(k));
            lines.line(q + " = " + words.multiplyAdd(q, local("square"), local("pair" + k)));
        }
        lines.line(q + " = " + words.multiplyAdd(q, local("square"), local("r")));
    }

    private String pair(int k) {
        return words.multiplyAdd("c" + k, local("r"), "c" + (k - 1));
    }

    /**
     * {@code 2^n}: adds {@code n} to the exponent of 1. Of an {@code x} that is not a number it may be anything, as the low bits of such an
     * {@code x} say; so it is multiplied with {@code exp(r) - 1}, which is not a number then.
     */
    private void power() {
        String bits = isFloat ? "Ints" : "Longs";
        String width = isFloat ? "23" : "52";
        String exponent = local("exponent");
        if (words.vector()) {
            lines.line(words.bitsClass() + " " + exponent + " = " + local("shifted") + ".reinterpretAs" + bits
                    + "().lanewise(VectorOperators.LSHL, " + width + ")");
            declare(
                    local("power"),
                    "one.reinterpretAs" + bits + "().add(" + exponent + ").reinterpretAs"
                            + (isFloat ? "Floats" : "Doubles") + "()");
        } else {
            String toBits = isFloat ? "Float.floatToRawIntBits(" : "Double.doubleToRawLongBits(";
            String fromBits = isFloat ? "Float.intBitsToFloat(" : "Double.longBitsToDouble(";
            lines.line(
                    (isFloat ? "int" : "long") + " " + exponent + " = " + toBits + local("shifted") + ") << " + width);
            declare(local("power"), fromBits + toBits + "one) + " + exponent + ")");
        }
    }
}
