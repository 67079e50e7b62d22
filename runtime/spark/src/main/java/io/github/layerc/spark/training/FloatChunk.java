package io.github.layerc.spark.training;

import io.github.layerc.engine.FloatEngine;
import java.io.Serializable;

/** Rows of one class and weight that go to an engine in one call. */
final class FloatChunk implements Serializable {
    private static final long serialVersionUID = 1;

    private final int count;
    private final float[] samples;
    private final float[] targets;
    private final int label;
    private final double weight;
    private final boolean validates;

    FloatChunk(int count, float[] samples, float[] targets, int label, double weight, boolean validates) {
        this.count = count;
        this.samples = samples;
        this.targets = targets;
        this.label = label;
        this.weight = weight;
        this.validates = validates;
    }

    int count() {
        return count;
    }

    int label() {
        return label;
    }

    double weight() {
        return weight;
    }

    boolean validates() {
        return validates;
    }

    /** Their mean loss. */
    double cost(FloatEngine engine) {
        return engine.cost(samples, targets, count);
    }

    /** Their mean loss, and its gradients. */
    double gradients(FloatEngine engine, float[] out) {
        return engine.gradients(samples, targets, count, out);
    }

    /** Copies them to larger arrays, {@code row} rows behind the start. */
    void copyTo(float[] allSamples, double[] allTargets, int row) {
        System.arraycopy(samples, 0, allSamples, row * (samples.length / count), samples.length);
        int at = row * (targets.length / count);
        for (int i = 0; i < targets.length; i++) {
            allTargets[at + i] = targets[i];
        }
    }

    int inputs() {
        return samples.length / count;
    }

    int outputs() {
        return targets.length / count;
    }
}
