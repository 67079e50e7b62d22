package io.github.layerc.network.formula;

/**
 * The standard normal distribution as formulas: its density, and the probability {@code P(x <= z)}.
 *
 * <p>{@code P(x <= -|z|) = 1/2 erfc(w)}, {@code w = |z| / sqrt(2)}, with {@code erfc(w) = t exp(p - w^2)}, {@code t = 2
 * / (2 + w)}. {@code p} is a smooth function of {@code t} between 0 and 1, here its Chebyshev series up to the term
 * below 1e-17, written as a polynomial in {@code 2t - 1}. The error of erfc is below {@code 6e-16 (1 + w^2)} of itself.
 * The coefficients were computed with 60 digits from the series and the continued fraction of erfc.
 */
public final class NormalDistribution {
    private static final double[] COEFFICIENTS = {
        -0.6717940840566923,
        0.6726432239776567,
        0.04734330684190443,
        -0.0468956102311753,
        -0.009872689366389959,
        0.008824938557060623,
        0.001758933557799016,
        -0.002345812500482853,
        -0.00014624686337800336,
        0.000673678795580235,
        -9.37350311709817e-05,
        -0.0001743029472030762,
        7.14010141275703e-05,
        3.17451797494374e-05,
        -3.0187884551394243e-05,
        1.3772664134464417e-07,
        8.562623420121286e-06,
        -2.947986876998259e-06,
        -1.27231190486887e-06,
        1.2500276612569754e-06,
        -1.6849800720653297e-07,
        -2.495832761719667e-07,
        1.5334345920908177e-07,
        1.4448658046252676e-09,
        -3.9171820510271855e-08,
        1.1172352263623759e-08,
        4.06088214696972e-09,
        -1.8902306008944537e-09
    };

    private static final String NOTE =
            "erfc(distance) = ratio * exp(k0 + k1 * place + ... - distance^2): a Chebyshev series, as a polynomial";

    private NormalDistribution() {}

    /** {@code exp(-z^2 / 2) / sqrt(2 pi)}. */
    public static Formula density(Formula z) {
        return z.times(z)
                .times(Formula.constant("minusHalf", -0.5))
                .exp()
                .named("bell")
                .times(Formula.constant("perBell", 1 / Math.sqrt(2 * Math.PI)));
    }

    /** {@code P(x <= z)}. */
    public static Formula probability(Formula z) {
        Formula w = distance(z);
        Formula t = Formula.Constant.TWO.over(w.plus(Formula.Constant.TWO)).named("ratio");
        Formula exponent = series(t).minus(w.times(w));
        Formula tail = exponent.exp()
                .named("e")
                .times(t)
                .times(Formula.constant("half", 0.5))
                .named("tail");
        return Formula.Constant.ONE.minus(tail).unlessAtMost(z, Formula.Constant.ZERO, tail);
    }

    private static Formula distance(Formula z) {
        return z.absolute()
                .times(Formula.constant("perRootOfTwo", Math.sqrt(0.5)))
                .named("distance");
    }

    /** The polynomial in {@code 2t - 1} by Horner's scheme. */
    private static Formula series(Formula t) {
        Formula place =
                t.times(Formula.Constant.TWO).minus(Formula.Constant.ONE).named("place");
        int last = COEFFICIENTS.length - 1;
        Formula sum = coefficient(last);
        for (int k = last - 1; k >= 0; k--) {
            sum = sum.times(place).plus(coefficient(k)).named("sum" + k);
        }
        return sum;
    }

    private static Formula coefficient(int k) {
        return new Formula.Constant("k" + k, COEFFICIENTS[k], NOTE);
    }
}
