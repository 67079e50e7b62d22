package io.github.layerc.engine;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;

/** What the interpreter computes where activations meet targets: losses, and the delta from which the backward pass starts. */
final class FloatOutput {
    private final Loss loss;
    private final Layer layer;
    private final int units;

    FloatOutput(Network network) {
        this.loss = network.loss();
        this.layer = network.output();
        this.units = network.outputs();
    }

    /** The sum of the losses of samples, from pre-activations {@code z} and activations {@code a}, both {@code [count][units]}. */
    double losses(float[] z, float[] a, float[] y, int yAt, int count) {
        double losses = 0;
        for (int s = 0; s < count; s++) {
            int at = s * units;
            losses += switch (loss) {
                case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(z, at, y, yAt + at);
                case CATEGORICAL_CROSS_ENTROPY -> categoricalCrossEntropy(z, at, y, yAt + at);
                case MEAN_SQUARED_ERROR -> meanSquaredError(a, at, y, yAt + at);
            };
        }
        return losses;
    }

    /** From the pre-activation, so that it stays finite: {@code -ln sigmoid(z) = ln(1 + exp(-z))}. */
    private double binaryCrossEntropy(float[] z, int at, float[] y, int yAt) {
        double sum = 0;
        for (int u = 0; u < units; u++) {
            double value = z[at + u];
            sum += Math.max(value, 0) - y[yAt + u] * value + Math.log1p(Math.exp(-Math.abs(value)));
        }
        return sum / units;
    }

    /** From the pre-activations, so that it stays finite: {@code -ln softmax(z)_j = ln(sum over k of exp(z_k)) - z_j}. */
    private double categoricalCrossEntropy(float[] z, int at, float[] y, int yAt) {
        double largest = z[at];
        for (int u = 1; u < units; u++) {
            largest = Math.max(largest, z[at + u]);
        }
        double exponentials = 0;
        for (int u = 0; u < units; u++) {
            exponentials += Math.exp(z[at + u] - largest);
        }
        double logSum = largest + Math.log(exponentials);
        double sum = 0;
        for (int u = 0; u < units; u++) {
            sum += y[yAt + u] * (logSum - z[at + u]);
        }
        return sum;
    }

    private double meanSquaredError(float[] a, int at, float[] y, int yAt) {
        double sum = 0;
        for (int u = 0; u < units; u++) {
            double difference = (double) a[at + u] - y[yAt + u];
            sum += difference * difference;
        }
        return sum / units;
    }

    /** {@code dz}, {@code [count][units]}. Where a cross-entropy meets its own activation, the derivative is {@code a - y}. */
    void delta(float[] a, float[] y, int yAt, int count, float[] dz) {
        float perUnit = (float) (1.0 / units);
        int size = count * units;
        switch (loss) {
            case BINARY_CROSS_ENTROPY -> differences(a, y, yAt, size, perUnit, dz);
            case CATEGORICAL_CROSS_ENTROPY -> differences(a, y, yAt, size, 1, dz);
            case MEAN_SQUARED_ERROR -> {
                differences(a, y, yAt, size, 2 * perUnit, dz);
                for (int at = 0; at < size; at += units) {
                    FloatActivations.timesDerivative(layer.activation(), a, dz, at, units);
                }
            }
        }
    }

    /** {@code factor * (a - y)}. */
    private static void differences(float[] a, float[] y, int yAt, int size, float factor, float[] out) {
        for (int i = 0; i < size; i++) {
            out[i] = factor * (a[i] - y[yAt + i]);
        }
    }
}
