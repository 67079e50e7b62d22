package io.github.layerc.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much the samples of each class count in the cost of a training. The class of a sample is that of its label, or of its targets: the unit with the
 * largest one.
 *
 * @param weights one for each class, at least 0, finite, not all 0; empty for {@link #BALANCED}
 */
public record ClassWeights(List<Double> weights) {
    /** The word of a spec for {@link #BALANCED}. */
    public static final String BALANCED_WORD = "balanced";

    /**
     * Every class counts as much as any other, and all samples together as much as without weights: {@code samples / (classes * samples of the class)},
     * as scikit-learn has it. Counted are the samples that a training is given, and the classes that they are of.
     */
    public static final ClassWeights BALANCED = new ClassWeights(List.of());

    public ClassWeights {
        weights = List.copyOf(weights);
        for (int i = 0; i < weights.size(); i++) {
            if (!accepts(weights.get(i))) {
                throw new IllegalArgumentException(
                        "class " + i + ": weight must be at least 0 and finite: weight=" + weights.get(i));
            }
        }
        if (!weights.isEmpty() && Collections.max(weights) == 0) {
            throw new IllegalArgumentException("class weights must have one above 0: weights=" + weights);
        }
    }

    /** The weights of the classes from 0 on. */
    public static ClassWeights of(double... weights) {
        if (weights.length < 2) {
            throw new IllegalArgumentException("class weights must be of 2 classes or more: classes=" + weights.length);
        }
        List<Double> all = new ArrayList<>();
        for (double weight : weights) {
            all.add(weight);
        }
        return new ClassWeights(all);
    }

    /** Whether it can be a weight. */
    public static boolean accepts(double weight) {
        return weight >= 0 && Double.isFinite(weight);
    }

    /** The classes of so many outputs: one output tells two. */
    public static int classes(int outputs) {
        return Math.max(2, outputs);
    }

    /** The weights of the classes from 0 on, where the samples of each are so many; of a class without samples it is 0. */
    public double[] of(int[] samples) {
        double[] of = new double[samples.length];
        long all = 0;
        int present = 0;
        for (int count : samples) {
            all += count;
            present += count > 0 ? 1 : 0;
        }
        for (int i = 0; i < of.length; i++) {
            double balanced = samples[i] == 0 ? 0 : (double) all / ((double) present * samples[i]);
            of[i] = weights.isEmpty() ? balanced : weights.get(i);
        }
        return of;
    }

    /** As in a spec. */
    @Override
    public String toString() {
        return weights.isEmpty() ? BALANCED_WORD : weights.toString();
    }
}
