package io.github.layerc.benchmark;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import java.util.Arrays;
import java.util.Random;

/**
 * Random samples and targets for a network, the same in every JVM. Samples are uniform from 0 to 1 once they are scaled, and are rounded to
 * float before, so that engines of both precisions read the same values. Targets are what the loss takes: 0 or 1, one class of each sample,
 * or uniform from 0 to 1.
 */
public final class Workload {
    private static final long SEED = 20_260_101;

    private final Network network;
    private final int count;
    private final float[] samples;
    private final double[] targets;

    /** @param count number of samples, at least 1 */
    public Workload(Network network, int count) {
        this(network, count, SEED);
    }

    /** Other samples for another seed. */
    public Workload(Network network, int count, long seed) {
        this.network = network;
        this.count = count;
        this.samples = new float[Math.multiplyExact(count, network.inputs())];
        this.targets = new double[Math.multiplyExact(count, network.outputs())];
        Random random = new Random(seed);
        double factor = network.input().scale().factor();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (random.nextDouble() / factor);
        }
        for (int s = 0; s < count; s++) {
            drawTargets(random, s * network.outputs());
        }
    }

    public int count() {
        return count;
    }

    /** Samples as stored, {@code [count][inputs]}. */
    public float[] samples() {
        return samples;
    }

    /** The same samples in double. */
    public double[] samplesAsDouble() {
        double[] wide = new double[samples.length];
        Arrays.setAll(wide, i -> samples[i]);
        return wide;
    }

    public Dataset dataset() {
        return Dataset.of(samples, network.inputs(), targets, network.outputs());
    }

    private void drawTargets(Random random, int at) {
        TargetRule rule = network.loss().targets();
        if (!rule.acceptsSum(0)) {
            // they add up to 1: one class
            targets[at + random.nextInt(network.outputs())] = 1;
            return;
        }
        for (int u = at; u < at + network.outputs(); u++) {
            double value = random.nextDouble();
            targets[u] = rule.classifies() ? rule.of(value > 0.5) : value;
        }
    }
}
