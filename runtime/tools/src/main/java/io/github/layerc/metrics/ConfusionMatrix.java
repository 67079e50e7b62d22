package io.github.layerc.metrics;

import io.github.layerc.data.OutputClass;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many samples of each class a network took for which one, and what follows from that: for a class with {@code tp} samples that were taken for it
 * rightly, precision is {@code tp / predicted}, recall {@code tp / targets}, F1 {@code 2 tp / (predicted + targets)}, each 0 where it would be 0 / 0. A sample that was taken for no class
 * counts as a sample of its class, and in no precision.
 *
 * <p>Only pairs that occur take room, so there may be thousands of classes.
 */
public final class ConfusionMatrix {
    private final Map<Pair, Integer> counts = new HashMap<>();
    private final int[] targets;
    private final int[] predictions;
    private final int right;
    private final int count;

    /**
     * A class and what it was taken for.
     *
     * @param predicted {@link OutputClass#NONE} for none
     */
    public record Pair(int target, int predicted) {
        boolean isMistake() {
            return target != predicted;
        }
    }

    /** How the numbers of the classes become one. */
    public enum Average {
        /** Their mean, over the classes that occur among targets or predictions. */
        MACRO,
        /** That of all samples together: {@code tp}, predictions and targets are sums over the classes. */
        MICRO,
        /** Their mean, each class with the weight of its targets. */
        WEIGHTED;

        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private ConfusionMatrix(Outcomes outcomes) {
        targets = new int[outcomes.classes()];
        predictions = new int[outcomes.classes()];
        int found = 0;
        for (int s = 0; s < outcomes.count(); s++) {
            Pair pair = new Pair(outcomes.targetClass(s), outcomes.predictedClass(s));
            counts.merge(pair, 1, Integer::sum);
            targets[pair.target()]++;
            if (pair.predicted() != OutputClass.NONE) {
                predictions[pair.predicted()]++;
            }
            found += pair.isMistake() ? 0 : 1;
        }
        right = found;
        count = outcomes.count();
    }

    public static ConfusionMatrix of(Outcomes outcomes) {
        return new ConfusionMatrix(outcomes);
    }

    public int classes() {
        return targets.length;
    }

    /** Samples that were taken for their class. */
    public int right() {
        return right;
    }

    /** All samples. */
    public int count() {
        return count;
    }

    /** From 0 to 1. */
    public double accuracy() {
        return right / (double) count;
    }

    /** Samples of a class that were taken for another, or for {@link OutputClass#NONE}. */
    public int of(int target, int predicted) {
        return counts.getOrDefault(new Pair(target, predicted), 0);
    }

    /** Samples of a class. */
    public int targets(int number) {
        return targets[number];
    }

    /** Samples that were taken for a class. */
    public int predictions(int number) {
        return predictions[number];
    }

    /** Of the samples that were taken for a class, the share that is of it. */
    public double precision(int number) {
        return share(of(number, number), predictions[number]);
    }

    /** Of the samples of a class, the share that was taken for it. */
    public double recall(int number) {
        return share(of(number, number), targets[number]);
    }

    /** The harmonic mean of both. */
    public double f1(int number) {
        return share(2L * of(number, number), (long) predictions[number] + targets[number]);
    }

    public double precision(Average average) {
        return average(
                average, this::precision, share(right, IntStream.of(predictions).sum()));
    }

    public double recall(Average average) {
        return average(average, this::recall, share(right, count));
    }

    public double f1(Average average) {
        return average(
                average,
                this::f1,
                share(2L * right, (long) count + IntStream.of(predictions).sum()));
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : some / (double) all;
    }

    private double average(Average average, IntToDoubleFunction ofClass, double together) {
        if (average == Average.MICRO) {
            return together;
        }
        double sum = 0;
        double weights = 0;
        for (int number = 0; number < targets.length; number++) {
            boolean occurs = targets[number] + predictions[number] > 0;
            double weight = average == Average.WEIGHTED ? targets[number] : occurs ? 1 : 0;
            sum += weight * ofClass.applyAsDouble(number);
            weights += weight;
        }
        return sum / weights;
    }

    /**
     * The correlation coefficient of Matthews, for any number of classes (Gorodkin 2004): {@code (right n - sum of p_k t_k) / sqrt((n^2 - sum of p_k^2) (n^2 - sum of
     * t_k^2))} with {@code t_k} samples of a class and {@code p_k} that were taken for it; from -1 to 1, and 0 where all samples are of one class, or were taken for one. No class is a class that is
     * predicted here.
     */
    public double matthews() {
        double n = count;
        double both = 0;
        double predicted = square(count - IntStream.of(predictions).sum());
        double wanted = 0;
        for (int number = 0; number < targets.length; number++) {
            both += (double) predictions[number] * targets[number];
            predicted += square(predictions[number]);
            wanted += square(targets[number]);
        }
        double divisor = Math.sqrt((n * n - predicted) * (n * n - wanted));
        return divisor == 0 ? 0 : (n * right - both) / divisor;
    }

    private static double square(double value) {
        return value * value;
    }

    /** Pairs of classes that were taken for each other, the most frequent first. */
    public List<Pair> mistakes(int most) {
        return counts.keySet().stream()
                .filter(Pair::isMistake)
                .sorted(Comparator.<Pair>comparingInt(pair -> -counts.get(pair))
                        .thenComparingInt(Pair::target)
                        .thenComparingInt(Pair::predicted))
                .limit(most)
                .toList();
    }

    /** Whether some sample was taken for no class. */
    public boolean hasNone() {
        return counts.keySet().stream().anyMatch(pair -> pair.predicted() == OutputClass.NONE);
    }
}
