package io.github.layerc.engine.search;

/** Sums over ranges of vectors. */
public final class Vectors {
    private Vectors() {}

    /** {@code sum of a[aAt + i] b[bAt + i]}, {@code i < length}, in four chains, since an addition waits for the one before. */
    public static double dot(double[] a, int aAt, double[] b, int bAt, int length) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i < length - 3; i += 4) {
            sum0 += a[aAt + i] * b[bAt + i];
            sum1 += a[aAt + i + 1] * b[bAt + i + 1];
            sum2 += a[aAt + i + 2] * b[bAt + i + 2];
            sum3 += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < length; i++) {
            sum0 += a[aAt + i] * b[bAt + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** {@code out = a + factor * b}; {@code out} may be one of them. */
    static void sum(double[] a, double factor, double[] b, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] + factor * b[i];
        }
    }
}
