package io.github.layerc.interpreter;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Normalization;

/** Normalises the pre-activations of one layer, sample-major {@code [samples][units]}, all sums in double; nothing where it has no normalisation. */
final class FloatNormalization {
    private final Layer layer;
    private final Normalization kind;
    private final int units;

    /** Of the last forward pass: what gamma is multiplied with. */
    private final float[] normalized;

    /** Of the last forward pass: 1 / deviation, of each unit or of each sample. */
    private final double[] reciprocals;

    FloatNormalization(Layer layer, int capacity) {
        this.layer = layer;
        this.kind = layer.normalization().orElse(null);
        this.units = layer.units();
        this.normalized = new float[kind == null ? 0 : Math.multiplyExact(capacity, units)];
        this.reciprocals = new double[kind == null ? 0 : kind.runs() ? units : capacity];
    }

    /** Whether a pass has it; in a prediction batch normalisation is part of weights and bias. */
    boolean applies(boolean trains) {
        return kind != null && (trains || !kind.runs());
    }

    /**
     * {@code z = gamma n + b}, in the place of pre-activations without their bias.
     *
     * @param keeps whether the running mean and variance, if there are such, take in those of these samples
     */
    void forward(float[] z, int count, float[] parameters, boolean keeps) {
        if (kind.runs()) {
            for (int u = 0; u < units; u++) {
                double[] moments = normalize(z, u, units, count, u);
                if (keeps) {
                    move(parameters, layer.gammaAt() + units + u, moments[0]);
                    if (count > 1) {
                        move(parameters, layer.gammaAt() + 2 * units + u, moments[1] * count / (count - 1));
                    }
                }
            }
        } else {
            for (int s = 0; s < count; s++) {
                normalize(z, s * units, 1, units, s);
            }
        }
        for (int i = 0; i < count * units; i++) {
            int u = i % units;
            z[i] = parameters[layer.gammaAt() + u] * normalized[i] + parameters[layer.biasAt() + u];
        }
    }

    /** Some values, so many apart; returns their mean and variance. */
    private double[] normalize(float[] z, int from, int distance, int number, int reciprocal) {
        double mean = 0;
        for (int i = 0; i < number; i++) {
            mean += z[from + i * distance];
        }
        mean /= number;
        double variance = 0;
        for (int i = 0; i < number; i++) {
            double difference = z[from + i * distance] - mean;
            variance += difference * difference;
        }
        variance /= number;
        reciprocals[reciprocal] = 1 / Math.sqrt(variance + kind.epsilon());
        for (int i = 0; i < number; i++) {
            int at = from + i * distance;
            normalized[at] = (float) ((z[at] - mean) * reciprocals[reciprocal]);
        }
        return new double[] {mean, variance};
    }

    private void move(float[] parameters, int at, double value) {
        parameters[at] = (float) (kind.momentum() * parameters[at] + (1 - kind.momentum()) * value);
    }

    /** {@code gradients += weight * sum over the samples of dz n}, for gamma. */
    void addGradient(float[] dz, int count, float weight, float[] gradients) {
        for (int u = 0; u < units; u++) {
            double sum = 0;
            for (int s = 0; s < count; s++) {
                sum += (double) dz[s * units + u] * normalized[s * units + u];
            }
            gradients[layer.gammaAt() + u] += (float) (weight * sum);
        }
    }

    /** From the gradient of {@code z} to that of the product, in its place. */
    void backward(float[] dz, int count, float[] parameters) {
        for (int i = 0; i < count * units; i++) {
            dz[i] *= parameters[layer.gammaAt() + i % units];
        }
        if (kind.runs()) {
            for (int u = 0; u < units; u++) {
                backward(dz, u, units, count, reciprocals[u]);
            }
        } else {
            for (int s = 0; s < count; s++) {
                backward(dz, s * units, 1, units, reciprocals[s]);
            }
        }
    }

    /** {@code du = reciprocal (dn - mean of dn - n * mean of dn n)}: the two means are what the mean and the variance take from it. */
    private void backward(float[] dn, int from, int distance, int number, double reciprocal) {
        double sum = 0;
        double product = 0;
        for (int i = 0; i < number; i++) {
            int at = from + i * distance;
            sum += dn[at];
            product += (double) dn[at] * normalized[at];
        }
        for (int i = 0; i < number; i++) {
            int at = from + i * distance;
            dn[at] = (float) (reciprocal * (dn[at] - sum / number - normalized[at] * (product / number)));
        }
    }
}
