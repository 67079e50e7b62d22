package io.github.layerc.exchange.chain;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;

/** A layer that is being made: its arrays are its own, and change. */
final class Draft {
    private final double[] weights;
    private final double[] bias;
    private double[] gamma;
    private Normalization normalization;
    private Activation activation;

    Draft(double[] weights, double[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /** {@code y = factor x + shift} as a product. */
    static Draft diagonal(double[] factor, double[] shift) {
        double[] weights = new double[factor.length * factor.length];
        for (int u = 0; u < factor.length; u++) {
            weights[u * factor.length + u] = factor[u];
        }
        return new Draft(weights, shift.clone());
    }

    /** Whether a stage behind it can still become a part of its product. */
    boolean isOpen() {
        return activation == null && normalization == null;
    }

    boolean hasNoActivation() {
        return activation == null;
    }

    boolean hasNoBias() {
        for (double each : bias) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code x W^T + b} becomes {@code factor (x W^T + b) + shift}. */
    void scaleOutputs(double[] factor, double[] shift) {
        int fanIn = weights.length / bias.length;
        for (int u = 0; u < bias.length; u++) {
            for (int i = u * fanIn; i < (u + 1) * fanIn; i++) {
                weights[i] *= factor[u];
            }
            bias[u] = factor[u] * bias[u] + shift[u];
        }
    }

    /** {@code x W^T + b} becomes {@code (factor x + shift) W^T + b}. */
    void scaleInputs(double[] factor, double[] shift) {
        int fanIn = factor.length;
        for (int u = 0; u < bias.length; u++) {
            for (int i = 0; i < fanIn; i++) {
                bias[u] += weights[u * fanIn + i] * shift[i];
                weights[u * fanIn + i] *= factor[i];
            }
        }
    }

    void normalize(Stage.LayerNorm norm) {
        normalization = Normalization.layerNorm(norm.epsilon());
        gamma = norm.gamma().clone();
        System.arraycopy(norm.beta(), 0, bias, 0, bias.length);
    }

    /** Identity where it has none. */
    Activation activation() {
        return activation == null ? Activation.IDENTITY : activation;
    }

    void activate(Activation value) {
        activation = value;
    }

    void addTo(Network.Builder network) {
        network.layer(bias.length, activation());
        if (normalization != null) {
            network.normalization(normalization);
        }
    }

    void copyTo(double[] parameters, Layer layer) {
        System.arraycopy(weights, 0, parameters, layer.weightsAt(), weights.length);
        System.arraycopy(bias, 0, parameters, layer.biasAt(), bias.length);
        if (gamma != null) {
            System.arraycopy(gamma, 0, parameters, layer.gammaAt(), gamma.length);
        }
    }
}
