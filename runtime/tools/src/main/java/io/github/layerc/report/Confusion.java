package io.github.layerc.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many samples of each class a network took for which one. Only pairs that occur take room, so there may be thousands of classes. */
final class Confusion {
    private final Map<Pair, Integer> counts = new HashMap<>();
    private final int[] targets;
    private final int[] predictions;
    private final int right;
    private final int count;

    /**
     * A class and what it was taken for.
     *
     * @param predicted -1 for none
     */
    record Pair(int target, int predicted) {
        boolean isMistake() {
            return target != predicted;
        }
    }

    Confusion(Predictions results, int classes) {
        targets = new int[classes];
        predictions = new int[classes];
        int found = 0;
        for (int s = 0; s < results.count(); s++) {
            Pair pair = new Pair(results.targetClass(s), results.predictedClass(s));
            counts.merge(pair, 1, Integer::sum);
            targets[pair.target()]++;
            if (pair.predicted() >= 0) {
                predictions[pair.predicted()]++;
            }
            found += pair.isMistake() ? 0 : 1;
        }
        right = found;
        count = results.count();
    }

    int right() {
        return right;
    }

    int count() {
        return count;
    }

    /** From 0 to 1. */
    double accuracy() {
        return right / (double) count;
    }

    int of(int target, int predicted) {
        return counts.getOrDefault(new Pair(target, predicted), 0);
    }

    /** Samples of a class. */
    int targets(int number) {
        return targets[number];
    }

    /** Of the samples that were taken for a class, the share that is of it; NaN where there are none. */
    double precision(int number) {
        return of(number, number) / (double) predictions[number];
    }

    /** Of the samples of a class, the share that was taken for it; NaN where there are none. */
    double recall(int number) {
        return of(number, number) / (double) targets[number];
    }

    /** Pairs of classes that were taken for each other, the most frequent first. */
    List<Pair> mistakes(int most) {
        return counts.keySet().stream()
                .filter(Pair::isMistake)
                .sorted(Comparator.<Pair>comparingInt(pair -> -counts.get(pair))
                        .thenComparingInt(Pair::target)
                        .thenComparingInt(Pair::predicted))
                .limit(most)
                .toList();
    }

    /** Whether some sample was taken for no class. */
    boolean hasNone() {
        return counts.keySet().stream().anyMatch(pair -> pair.predicted() < 0);
    }
}
