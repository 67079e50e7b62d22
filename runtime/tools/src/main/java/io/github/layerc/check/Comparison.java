package io.github.layerc.check;

/** Collects values of one kind against their references, and makes a row of them. */
final class Comparison {
    private double residual;
    private double bound;
    private double worst = -1;
    private boolean seen;
    private boolean anyReference;

    void add(double found, double expected, double allowed) {
        double difference = Math.abs(found - expected);
        // NaN is beyond every bound; two values that agree are within each, also one of 0
        double ratio = difference == 0 ? 0 : difference <= allowed ? difference / allowed : Double.POSITIVE_INFINITY;
        if (ratio > worst || (ratio == worst && difference > residual)) {
            worst = ratio;
            residual = difference;
            bound = allowed;
        }
        seen |= Math.abs(expected) > allowed;
        anyReference |= expected != 0 || Double.isInfinite(allowed);
    }

    /** @param from of all three arrays */
    void add(double[] found, double[] expected, double[] allowed, int from, int to) {
        for (int i = from; i < to; i++) {
            add(found[i], expected[i], allowed[i]);
        }
    }

    void add(double[] found, double[] expected, double[] allowed) {
        add(found, expected, allowed, 0, expected.length);
    }

    CheckRow row(String engine, String what) {
        boolean fails = worst > 1;
        // where all references are 0, as behind units that are inactive, nothing but 0 is right
        boolean blind = !seen && anyReference;
        return new CheckRow(
                engine, what, residual, bound, fails ? Verdict.FAIL : blind ? Verdict.UNSEEN : Verdict.PASS);
    }
}
