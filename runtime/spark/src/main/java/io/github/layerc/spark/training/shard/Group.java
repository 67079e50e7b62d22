package io.github.layerc.spark.training.shard;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What rows that go to an engine together have in common.
 *
 * @param validates whether they are kept for validation
 * @param weight of each of them, at least 0
 * @param label class, or 0 for a regression
 */
record Group(boolean validates, double weight, int label) implements Comparable<Group>, Serializable {
    private static final Comparator<Group> ORDER = Comparator.comparing(Group::validates)
            .thenComparingDouble(Group::weight)
            .thenComparingInt(Group::label);

    @Override
    public int compareTo(Group other) {
        return ORDER.compare(this, other);
    }

    /** What each of its rows counts in a training; 0 for those that are kept for validation. */
    double weight(double[] classWeights) {
        return validates ? 0 : weight * classWeights[label];
    }
}
