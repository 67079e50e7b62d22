package io.github.layerc.engine.step;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TargetRule;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The weights of bound samples, and the samples of a step in groups of one weight each. Kernels have one factor for all samples of a call, so a step is a
 * call for each group, with gradients that are added up; a training without weights has none of this. With weights of classes that is a few calls, each of
 * many samples; where every sample has a weight of its own it is a call for each.
 */
public final class WeightGroups {
    /** Those that there are, ascending. */
    private final double[] weights;

    /** Place of the weight of each bound sample. */
    private final int[] groups;

    /** For sorting: the place of a weight, and behind it that of a row. */
    private long[] keys = {};

    private int[] rows = {};
    private int size;

    private WeightGroups(double[] ofSamples) {
        this.weights = Arrays.stream(ofSamples).sorted().distinct().toArray();
        this.groups = Arrays.stream(ofSamples)
                .mapToInt(weight -> Arrays.binarySearch(weights, weight))
                .toArray();
    }

    /**
     * The weights of samples times those of their classes; empty where all are 1.
     *
     * @throws IllegalArgumentException if a weight is not finite in the precision of the network
     */
    public static Optional<WeightGroups> of(Network network, Dataset data, TrainingSettings settings) {
        double[] ofClasses = ofClasses(network, data, settings);
        TargetRule rule = network.loss().targets();
        Precision precision = network.precision();
        double[] weights = new double[data.count()];
        for (int s = 0; s < weights.length; s++) {
            weights[s] = data.weight(s) * (ofClasses.length == 0 ? 1 : ofClasses[data.targetClass(s, rule)]);
            if (!Double.isFinite(precision.rounded(weights[s]))) {
                throw new IllegalArgumentException(
                        "sample " + s + ": weight must be " + precision.finite(weights[s]) + ": weight=" + weights[s]);
            }
        }
        boolean ones = Arrays.stream(weights).allMatch(weight -> weight == 1);
        return ones ? Optional.empty() : Optional.of(new WeightGroups(weights));
    }

    /** Empty where classes have none. */
    private static double[] ofClasses(Network network, Dataset data, TrainingSettings settings) {
        if (settings.classWeights().isEmpty()) {
            return new double[0];
        }
        int[] samples = new int[ClassWeights.classes(network.outputs())];
        IntStream.range(0, data.count())
                .forEach(s -> samples[data.targetClass(s, network.loss().targets())]++);
        return settings.classWeights().get().of(samples);
    }

    /** Sorts the rows of a step by their weights; those of one weight stay in their order. */
    public void take(int[] step, int from, int to) {
        size = to - from;
        if (rows.length < size) {
            rows = new int[size];
            keys = new long[size];
        }
        for (int i = 0; i < size; i++) {
            keys[i] = (long) groups[step[from + i]] << Integer.SIZE | i;
        }
        Arrays.sort(keys, 0, size);
        for (int i = 0; i < size; i++) {
            rows[i] = step[from + (int) keys[i]];
        }
    }

    /** The rows of the step, sorted; from 0 on. */
    public int[] rows() {
        return rows;
    }

    /** End of the rows that have the weight of the one at {@code from}, or of the first {@code most} of them. */
    public int end(int from, int most) {
        int end = from + 1;
        while (end < size && end - from < most && groups[rows[end]] == groups[rows[from]]) {
            end++;
        }
        return end;
    }

    /** Whether rows follow each other. */
    public boolean consecutive(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (rows[i] != rows[from] + (i - from)) {
                return false;
            }
        }
        return true;
    }

    /** The weight of a row of the step. */
    public double weight(int at) {
        return weights[groups[rows[at]]];
    }
}
