package io.github.layerc.trial;

import java.util.List;

/**
 * What a few steps at each of some learning rates make of the cost.
 *
 * @param start the cost before them
 * @param constant the cost of outputs that are the same for all samples
 * @param roundings what two costs may differ by for no reason
 * @param tried in the order of the rates; the last cost may have exploded
 */
record RateCurve(double start, double constant, double roundings, List<Tried> tried) {
    /** A cost this many times above the start is that of a training that has left. */
    private static final double EXPLODED = 4;

    /** A rate at the edge falls in some trainings and not in others. */
    private static final double BELOW_THE_EDGE = 3;

    /** One rate, and the cost after the steps; infinite or NaN where these have left all numbers. */
    record Tried(double rate, double cost) {}

    RateCurve {
        tried = List.copyOf(tried);
    }

    /** Whether a cost has left for good, so that larger rates need not be tried. */
    static boolean explodes(double start, double cost) {
        return !(cost <= highest(start));
    }

    private static double highest(double start) {
        return start + (EXPLODED - 1) * Math.abs(start);
    }

    /** The mean of three neighbours, the middle one twice; a cost that has exploded counts as the highest that has not. */
    double smoothed(int i) {
        double before = capped(Math.max(0, i - 1));
        double after = capped(Math.min(tried.size() - 1, i + 1));
        return (before + 2 * capped(i) + after) / 4;
    }

    /** A cost, or NaN where it has exploded: it would leave no room for the others. */
    double drawable(int i) {
        double cost = tried.get(i).cost();
        return explodes(start, cost) ? Double.NaN : cost;
    }

    private double capped(int i) {
        double cost = tried.get(i).cost();
        return explodes(start, cost) ? highest(start) : cost;
    }

    /** Below which a rate makes the cost fall. */
    private double from() {
        return learns() ? Math.min(start, constant) : start;
    }

    /** Whether some rate comes below outputs that are the same for all samples. With others the first steps may have learnt no more than the mean of the targets. */
    boolean learns() {
        return smoothed(lowest()) < constant - roundings;
    }

    private boolean falls(int i) {
        return smoothed(i) < from() - roundings;
    }

    private int lowest() {
        int lowest = 0;
        for (int i = 1; i < tried.size(); i++) {
            lowest = smoothed(i) < smoothed(lowest) ? i : lowest;
        }
        return lowest;
    }

    /** Whether some rate makes the cost fall. */
    boolean falls() {
        return falls(lowest());
    }

    /** The last rate of those from the lowest cost on that still make it fall. */
    double largest() {
        int last = lowest();
        while (last + 1 < tried.size() && falls(last + 1)) {
            last++;
        }
        return tried.get(last).rate();
    }

    /** Whether the largest rate of all still makes the cost fall, so that the curve does not show where it ends. */
    boolean endsBeforeTheEdge() {
        return largest() == tried.get(tried.size() - 1).rate();
    }

    /** The smallest rate that makes the cost fall by at least half of what the best one does, but at most a third of the {@link #largest}. */
    double suggested() {
        double half = (from() + smoothed(lowest())) / 2;
        int first = 0;
        while (smoothed(first) > half) {
            first++;
        }
        return Math.min(tried.get(first).rate(), largest() / BELOW_THE_EDGE);
    }

    /** {@code rate,cost,smoothed}, all digits. */
    String csv() {
        StringBuilder csv = new StringBuilder("rate,cost,smoothed\n");
        for (int i = 0; i < tried.size(); i++) {
            Tried each = tried.get(i);
            csv.append(each.rate()).append(',').append(each.cost()).append(',');
            csv.append(smoothed(i)).append('\n');
        }
        return csv.toString();
    }
}
