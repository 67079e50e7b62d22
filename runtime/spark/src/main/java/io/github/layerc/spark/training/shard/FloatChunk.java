package io.github.layerc.spark.training.shard;

import io.github.layerc.engine.FloatEngine;
import java.io.Serializable;

/** Rows of one group that go to an engine in one call. */
final class FloatChunk implements Serializable {
    private static final long serialVersionUID = 1;

    private final Group group;
    private final int count;
    private final float[] samples;
    private final float[] targets;

    FloatChunk(Group group, int count, float[] samples, float[] targets) {
        this.group = group;
        this.count = count;
        this.samples = samples;
        this.targets = targets;
    }

    Group group() {
        return group;
    }

    int count() {
        return count;
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
        System.arraycopy(samples, 0, allSamples, row * inputs(), samples.length);
        int at = row * outputs();
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
