package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.network.Network;

/** Samples with targets as numbers, in the arrays that engines of either precision take; what they say is widened to double. */
final class CheckedSamples {
    private final int count;
    private final Dataset data;
    private final double[] samples;
    private final double[] targets;

    /** @param data with the targets that the loss of the network takes, not labels */
    CheckedSamples(Network network, Dataset data) {
        this.count = data.count();
        this.data = data;
        int inputs = network.inputs();
        int outputs = network.outputs();
        this.samples = new double[Math.multiplyExact(count, inputs)];
        this.targets = new double[Math.multiplyExact(count, outputs)];
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < inputs; i++) {
                samples[s * inputs + i] = data.sample(s, i);
            }
            for (int u = 0; u < outputs; u++) {
                targets[s * outputs + u] = data.target(s, u);
            }
        }
    }

    int count() {
        return count;
    }

    Dataset data() {
        return data;
    }

    /** Mean loss of predictions. */
    double cost(Engine engine) {
        return engine instanceof FloatEngine floats
                ? floats.cost(narrow(samples), narrow(targets), count)
                : ((DoubleEngine) engine).cost(samples, targets, count);
    }

    /** The same of a step, which takes mean and variance of a batch normalisation over the samples. */
    double costOfStep(Engine engine) {
        if (engine.network().batchNorm().isEmpty()) {
            return cost(engine);
        }
        int parameters = engine.network().parameterCount();
        return engine instanceof FloatEngine floats
                ? floats.gradients(narrow(samples), narrow(targets), count, new float[parameters])
                : ((DoubleEngine) engine).gradients(samples, targets, count, new double[parameters]);
    }

    /** Mean gradients in the canonical layout, without those of a penalty. */
    double[] gradients(Engine engine) {
        double[] out = new double[engine.network().parameterCount()];
        if (engine instanceof FloatEngine floats) {
            float[] narrow = new float[out.length];
            floats.gradients(narrow(samples), narrow(targets), count, narrow);
            for (int i = 0; i < out.length; i++) {
                out[i] = narrow[i];
            }
        } else {
            ((DoubleEngine) engine).gradients(samples, targets, count, out);
        }
        return out;
    }

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }
}
