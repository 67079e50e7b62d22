package io.github.layerc.data;

import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TargetRule;
import java.util.Arrays;
import java.util.Objects;

/**
 * Samples and their targets, held as they were stored: {@code count} rows of {@code features} values, flattened in C order, and
 * {@code count} rows of {@code outputs} targets, or {@code count} labels; none of the latter where the samples are for predictions only. Immutable as
 * long as nobody writes to the arrays that it was made of; they are not copied.
 *
 * <p>A label is the number of the class of a sample: from 0 on and below {@code outputs}, or 0 or 1 where there is one output. Targets follow from it: 1
 * for the unit of the class and 0 for the others; one output has the label itself. A training takes those that its loss wants instead, see {@link
 * TargetRule#of}, and never has more of them than for one call of the kernels.
 *
 * <p>Samples may have weights: what each counts in the cost, see {@link #withWeights}.
 */
public final class Dataset {
    private static final double[] NO_WEIGHTS = {};

    private final Storage samples;
    private final StoredTargets targets;
    private final int count;
    private final int features;

    /** Empty where every sample has 1. */
    private final double[] weights;

    private Dataset(Storage samples, int length, int features, StoredTargets targets) {
        this(samples, rows(length, features), features, targets, NO_WEIGHTS);
    }

    private Dataset(Storage samples, int count, int features, StoredTargets targets, double[] weights) {
        if (features < 1 || (targets != StoredTargets.NONE && targets.outputs() < 1)) {
            throw new IllegalArgumentException(
                    "features and outputs must be at least 1: features=" + features + ", outputs=" + targets.outputs());
        }
        if (count < 1) {
            throw new IllegalArgumentException("samples must be one or more rows: count=" + count);
        }
        this.count = count;
        targets.requireCount(count);
        this.samples = samples;
        this.features = features;
        this.targets = targets;
        this.weights = weights;
    }

    /** Samples of unsigned bytes, as pictures are stored; a value of the data set is from 0 to 255. */
    public static Dataset ofBytes(byte[] samples, int features, double[] targets, int outputs) {
        return new Dataset(
                new Storage.Bytes(samples, features),
                samples.length,
                features,
                new StoredTargets.Values(targets, outputs));
    }

    public static Dataset of(float[] samples, int features, double[] targets, int outputs) {
        return new Dataset(
                new Storage.Floats(samples, features),
                samples.length,
                features,
                new StoredTargets.Values(targets, outputs));
    }

    public static Dataset of(double[] samples, int features, double[] targets, int outputs) {
        return new Dataset(
                new Storage.Doubles(samples, features),
                samples.length,
                features,
                new StoredTargets.Values(targets, outputs));
    }

    /**
     * Samples of unsigned bytes with labels.
     *
     * @throws IllegalArgumentException if a label is no class of so many outputs, or there is not one for each sample
     */
    public static Dataset ofBytes(byte[] samples, int features, int[] labels, int outputs) {
        return new Dataset(
                new Storage.Bytes(samples, features),
                samples.length,
                features,
                StoredTargets.Labels.of(labels, outputs));
    }

    /** Samples with labels, as those {@linkplain #ofBytes(byte[], int, int[], int) of bytes}. */
    public static Dataset of(float[] samples, int features, int[] labels, int outputs) {
        return new Dataset(
                new Storage.Floats(samples, features),
                samples.length,
                features,
                StoredTargets.Labels.of(labels, outputs));
    }

    /** Samples with labels, as those {@linkplain #ofBytes(byte[], int, int[], int) of bytes}. */
    public static Dataset of(double[] samples, int features, int[] labels, int outputs) {
        return new Dataset(
                new Storage.Doubles(samples, features),
                samples.length,
                features,
                StoredTargets.Labels.of(labels, outputs));
    }

    /** Samples of unsigned bytes without targets, to predict. */
    public static Dataset ofBytes(byte[] samples, int features) {
        return new Dataset(new Storage.Bytes(samples, features), samples.length, features, StoredTargets.NONE);
    }

    /** Samples without targets, to predict. */
    public static Dataset of(float[] samples, int features) {
        return new Dataset(new Storage.Floats(samples, features), samples.length, features, StoredTargets.NONE);
    }

    /** Samples without targets, to predict. */
    public static Dataset of(double[] samples, int features) {
        return new Dataset(new Storage.Doubles(samples, features), samples.length, features, StoredTargets.NONE);
    }

    /**
     * Samples that lie elsewhere, as in a mapped file, without targets: {@link #withLabels}, {@link #withTargets}. A training that takes a part of them at a time has no more of them in memory
     * than for one call of the kernels.
     */
    public static Dataset of(SampleStore store, int count, int features) {
        return new Dataset(new Storage.Elsewhere(store, features), count, features, StoredTargets.NONE, NO_WEIGHTS);
    }

    /** The same samples with labels of other classes, as in {@link #ofBytes(byte[], int, int[], int)}. */
    public Dataset withLabels(int[] labels, int outputs) {
        return new Dataset(samples, count, features, StoredTargets.Labels.of(labels, outputs), weights);
    }

    /** The same samples with targets, as in {@link #of(float[], int, double[], int)}. */
    public Dataset withTargets(double[] values, int outputs) {
        return new Dataset(samples, count, features, new StoredTargets.Values(values, outputs), weights);
    }

    /**
     * The same samples with weights, which are copied: the loss and the gradients of a sample are multiplied by its weight, in trainings and evaluations; the
     * cost is their sum by the number of the samples, not by the sum of the weights. A sample of weight 0 is as if it were not there, but is still
     * counted. Predictions and accuracies know no weights.
     *
     * @param sampleWeights one for each sample, at least 0 and finite, not all 0
     */
    public Dataset withWeights(double[] sampleWeights) {
        if (sampleWeights.length != count) {
            throw new IllegalArgumentException(
                    "weights must be one for each of " + count + " samples: weights=" + sampleWeights.length);
        }
        boolean some = false;
        for (int s = 0; s < count; s++) {
            double weight = sampleWeights[s];
            if (!ClassWeights.accepts(weight)) {
                throw new IllegalArgumentException(
                        "sample " + s + ": weight must be at least 0 and finite: weight=" + weight);
            }
            some |= weight > 0;
        }
        if (!some) {
            throw new IllegalArgumentException("weights must have one above 0: samples=" + count);
        }
        return new Dataset(samples, count, features, targets, sampleWeights.clone());
    }

    /** Whether samples have weights. */
    public boolean hasWeights() {
        return weights.length > 0;
    }

    /** The weight of a sample, 1 where none was given. */
    public double weight(int row) {
        Objects.checkIndex(row, count);
        return weights.length == 0 ? 1 : weights[row];
    }

    /** Number of samples, at least 1. */
    public int count() {
        return count;
    }

    /** Number of values of a sample. */
    public int features() {
        return features;
    }

    /** Number of targets of a sample; 0 where samples have none. */
    public int outputs() {
        return targets.outputs();
    }

    /** A stored, unscaled value. */
    public double sample(int row, int feature) {
        return samples.at(Objects.checkIndex(row, count), Objects.checkIndex(feature, features));
    }

    /** Whether samples are stored as unsigned bytes. */
    public boolean areBytes() {
        return samples instanceof Storage.Bytes;
    }

    /** Whether samples lie elsewhere, see {@link SampleStore}. */
    public boolean areElsewhere() {
        return samples instanceof Storage.Elsewhere;
    }

    /** A number that no stored value is larger than, whatever its sign; infinite where only looking at all of them would tell. */
    public double bound() {
        return samples.bound();
    }

    /** Whether targets follow from labels. */
    public boolean hasLabels() {
        return targets instanceof StoredTargets.Labels;
    }

    /** A target; of labels 0 or 1, whatever a loss wants. */
    public double target(int row, int output) {
        return targets.at(row, output);
    }

    /** The label of a sample, or the class that its targets stand for; {@link OutputClass#NONE} where one of these is NaN. */
    public int targetClass(int row, TargetRule rule) {
        return targets.classOf(row, rule);
    }

    /** A data set of some of the samples, which are copied unless they lie elsewhere. */
    public Dataset rows(int... rows) {
        for (int row : rows) {
            Objects.checkIndex(row, count);
        }
        double[] some =
                hasWeights() ? Arrays.stream(rows).mapToDouble(this::weight).toArray() : NO_WEIGHTS;
        return new Dataset(samples.rows(rows), rows.length, features, targets.rows(rows), some);
    }

    /** Scaled samples {@code from .. from + rows}, row-major, to {@code out} from {@code at} on; scaled in double, then rounded. */
    public void copySamples(int from, int rows, Scale scale, float[] out, int at) {
        samples.copy(from, rows, scale, out, at);
    }

    /** Scaled samples {@code from .. from + rows}, row-major, to {@code out} from {@code at} on. */
    public void copySamples(int from, int rows, Scale scale, double[] out, int at) {
        samples.copy(from, rows, scale, out, at);
    }

    /** Rows of so many values that an array has. */
    private static int rows(int length, int features) {
        if (features < 1) {
            throw new IllegalArgumentException("features must be at least 1: features=" + features);
        }
        if (length == 0 || length % features != 0) {
            throw new IllegalArgumentException(
                    "samples must be one or more rows of " + features + " values: values=" + length);
        }
        return length / features;
    }
}
