package io.github.layerc.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well a network puts the samples of a class, the positive ones, before all others, whatever the threshold. Samples with equal outputs pass it together.
 */
public final class Ranking {
    private final int positives;
    private final int negatives;
    private final List<Point> curve = new ArrayList<>();

    /** How many samples have at least an output: positive ones and others. */
    private record Point(int positives, int negatives) {}

    /**
     * A point of the ROC curve.
     *
     * @param falsePositives share of the other samples that passes a threshold
     * @param truePositives share of the positive ones
     */
    public record RocPoint(double falsePositives, double truePositives) {}

    /** @param number the class */
    public static Ranking of(Outcomes outcomes, int number) {
        return new Ranking(scores(outcomes, number, true), scores(outcomes, number, false));
    }

    private static double[] scores(Outcomes outcomes, int number, boolean positive) {
        return IntStream.range(0, outcomes.count())
                .filter(s -> (outcomes.targetClass(s) == number) == positive)
                .mapToDouble(s -> outcomes.score(s, number))
                .sorted()
                .toArray();
    }

    /** Both in ascending order, which has NaN at its end. */
    private Ranking(double[] positive, double[] negative) {
        positives = positive.length;
        negatives = negative.length;
        if (endsWithNaN(positive) || endsWithNaN(negative)) {
            return;
        }
        curve.add(new Point(0, 0));
        int p = positives;
        int n = negatives;
        while (p > 0 || n > 0) {
            double threshold = Math.max(top(positive, p), top(negative, n));
            while (p > 0 && positive[p - 1] >= threshold) {
                p--;
            }
            while (n > 0 && negative[n - 1] >= threshold) {
                n--;
            }
            curve.add(new Point(positives - p, negatives - n));
        }
    }

    private static boolean endsWithNaN(double[] sorted) {
        return sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1]);
    }

    private static double top(double[] sorted, int count) {
        return count == 0 ? Double.NEGATIVE_INFINITY : sorted[count - 1];
    }

    /**
     * The area below the ROC curve: the probability that a positive sample has a larger output than another one, equal outputs counted as a half. NaN where there
     * are none of either, or an output is NaN.
     */
    public double rocAuc() {
        double twice = 0;
        for (int i = 1; i < curve.size(); i++) {
            Point before = curve.get(i - 1);
            Point point = curve.get(i);
            twice += (double) (point.negatives - before.negatives) * ((double) before.positives + point.positives);
        }
        return curve.isEmpty() ? Double.NaN : twice / 2 / ((double) positives * negatives);
    }

    /**
     * The area below the curve of precision over recall as its average: the sum of the precisions at all thresholds, each times the recall that its threshold adds; nothing is
     * interpolated. NaN where there is no positive sample, or an output is NaN.
     */
    public double averagePrecision() {
        double sum = 0;
        for (int i = 1; i < curve.size(); i++) {
            Point point = curve.get(i);
            int added = point.positives - curve.get(i - 1).positives;
            sum += added * (point.positives / ((double) point.positives + point.negatives));
        }
        return curve.isEmpty() ? Double.NaN : sum / positives;
    }

    /** From (0, 0) to (1, 1), one point for each output that occurs; none where {@link #rocAuc()} is NaN. */
    public List<RocPoint> roc() {
        return Double.isNaN(rocAuc())
                ? List.of()
                : curve.stream()
                        .map(point -> new RocPoint(
                                point.negatives / (double) negatives, point.positives / (double) positives))
                        .toList();
    }

    /** That of the positive class, or, of more outputs than one, the mean over all classes that have it. */
    static double mean(Outcomes outcomes, ToDoubleFunction<Ranking> value) {
        if (outcomes.units() == 1) {
            return value.applyAsDouble(of(outcomes, 1));
        }
        return Arrays.stream(IntStream.range(0, outcomes.classes())
                        .mapToDouble(number -> value.applyAsDouble(of(outcomes, number)))
                        .filter(each -> !Double.isNaN(each))
                        .toArray())
                .average()
                .orElse(Double.NaN);
    }
}
