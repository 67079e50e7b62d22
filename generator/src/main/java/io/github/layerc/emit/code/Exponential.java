package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Choice;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Type;
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
    private static final Name ONE = Expression.name("one");

    /** Behind the names of all variables: a second exponential in a block needs others. */
    private final String suffix;

    private final boolean isFloat;
    private final int degree;
    private final boolean branches;

    /** @param branches whether the limits of an argument are looked at one by one, as nothing but numbers can */
    public Exponential(Precision precision, boolean branches) {
        this(precision, branches, "");
    }

    Exponential(Precision precision, boolean branches, String suffix) {
        this.suffix = suffix;
        this.isFloat = precision == Precision.FLOAT;
        this.degree = isFloat ? 7 : 13;
        this.branches = branches;
    }

    /** The constants, which belong in front of the loop around {@link #exp} or {@link #expMinusOne}: {@code one} is among them. */
    public void constants(Body body) {
        body.comment(
                        "exp(x) = 2^n exp(r) with x = n ln2 + r, |r| <= ln2 / 2; exp(r) is its Taylor polynomial, c_k = 1 / k!;")
                .comment(
                        "adding shift rounds to the integer n and leaves it in the low bits, from where it goes to the exponent;")
                .comment("low and high keep 2^n a normal number");
        define(body, "low", isFloat ? -87 : -708);
        define(body, "high", isFloat ? 88 : 709);
        define(body, "log2e", 1 / Math.log(2));
        define(body, "shift", isFloat ? 0x1.8p23 : 0x1.8p52);
        // ln2 in two parts, the first one short, so that n times it is exact
        define(body, "minusLn2High", isFloat ? -0x1.62e4p-1 : -0x1.62e42feep-1);
        define(body, "minusLn2Low", isFloat ? 0x1.62e4p-1 - Math.log(2) : -0x1.a39ef35793c76p-33);
        define(body, ONE.text(), 1);
        double factorial = 1;
        for (int k = 2; k <= degree; k++) {
            factorial *= k;
            define(body, "c" + k, 1 / factorial);
        }
    }

    /** A constant in a register. */
    static void define(Body body, String name, double value) {
        body.register(name, Registers.broadcast(Expression.constant(value)));
    }

    /** {@code exp} of {@code x} in a new register. */
    public Name exp(Body body, String name, Expression x) {
        Name shifted = shifted(body, x);
        Name power = power(body, shifted);
        return body.register(name, Registers.multiplyAdd(power, local("q"), power));
    }

    /** {@code exp - 1} of {@code x} in a new register; small results keep their digits. */
    public Name expMinusOne(Body body, String name, Expression x) {
        Name shifted = shifted(body, x);
        Name power = power(body, shifted);
        Name less = declare(body, "less", Registers.subtract(power, ONE));
        return body.register(name, Registers.multiplyAdd(power, local("q"), less));
    }

    private Name local(String name) {
        return Expression.name(name + suffix);
    }

    private Name declare(Body body, String name, Expression value) {
        return body.register(local(name).text(), value);
    }

    /** Leaves {@code r}, and the polynomial of it in {@code q}; returns the sum with {@code n} in its low bits. */
    private Name shifted(Body body, Expression x) {
        Name limited = limited(body, x);
        Name shift = Expression.name("shift");
        Name shifted = declare(body, "shifted", Registers.multiplyAdd(limited, Expression.name("log2e"), shift));
        Name n = declare(body, "n", Registers.subtract(shifted, shift));
        Name rest = declare(body, "rest", Registers.multiplyAdd(n, Expression.name("minusLn2High"), limited));
        Name r = declare(body, "r", Registers.multiplyAdd(n, Expression.name("minusLn2Low"), rest));
        polynomial(body, r);
        return shifted;
    }

    private Name limited(Body body, Expression x) {
        Name low = Expression.name("low");
        Name high = Expression.name("high");
        if (!branches) {
            return declare(body, "limited", Registers.min(Registers.max(x, low), high));
        }
        // hardly ever taken, where min and max would be waited for; what is not a number stays so
        Name limited = declare(body, "limited", x);
        Expression below = Expression.compare(limited, Sign.LESS, low);
        Expression above = Expression.compare(limited, Sign.GREATER, high);
        body.assign(limited, new Choice(below, low, new Choice(above, high, limited)));
        return limited;
    }

    /** {@code exp(r) - 1}: from the last pair of terms down to {@code c3 r + c2}, then {@code r}: the largest term comes last. */
    private void polynomial(Body body, Name r) {
        Name square = declare(body, "square", Registers.multiply(r, r));
        Name q = declare(body, "q", pair(degree, r));
        for (int k = degree - 2; k > 2; k -= 2) {
            Name pair = declare(body, "pair" + k, pair(k, r));
            body.assign(q, Registers.multiplyAdd(q, square, pair));
        }
        body.assign(q, Registers.multiplyAdd(q, square, r));
    }

    private static Expression pair(int k, Name r) {
        return Registers.multiplyAdd(Expression.name("c" + k), r, Expression.name("c" + (k - 1)));
    }

    /**
     * {@code 2^n}: adds {@code n} to the exponent of 1. Of an {@code x} that is not a number it may be anything, as the low bits of such an
     * {@code x} say; so it is multiplied with {@code exp(r) - 1}, which is not a number then.
     */
    private Name power(Body body, Name shifted) {
        int width = isFloat ? 23 : 52;
        Expression bits = Registers.shift(Registers.toBits(shifted), width);
        Name exponent = body.declare(Type.BITS, local("exponent").text(), bits);
        return declare(body, "power", Registers.fromBits(Registers.add(Registers.toBits(ONE), exponent)));
    }
}
