package io.github.layerc.engine;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;

/** The activations of the interpreter and their derivatives, in place, over rows of units; computed in double and rounded. */
final class FloatActivations {
    private FloatActivations() {}

    /** From the pre-activations of samples, in the place of their activations, to these. */
    static void activate(Layer layer, float[] a, int count) {
        Activation activation = layer.activation();
        int size = count * layer.units();
        if (!activation.elementwise()) {
            for (int s = 0; s < count; s++) {
                softmax(a, s * layer.units(), layer.units());
            }
        } else if (activation == Activation.RELU) {
            for (int i = 0; i < size; i++) {
                a[i] = Math.max(a[i], 0);
            }
        } else if (activation != Activation.IDENTITY) {
            for (int i = 0; i < size; i++) {
                a[i] = (float) activation.apply(a[i]);
            }
        }
    }

    /** The largest pre-activation is subtracted first, so that no exponential overflows. */
    private static void softmax(float[] a, int at, int units) {
        double largest = a[at];
        for (int u = 1; u < units; u++) {
            largest = Math.max(largest, a[at + u]);
        }
        double sum = 0;
        for (int u = 0; u < units; u++) {
            double exponential = Math.exp(a[at + u] - largest);
            a[at + u] = (float) exponential;
            sum += exponential;
        }
        for (int u = 0; u < units; u++) {
            a[at + u] = (float) (a[at + u] / sum);
        }
    }

    /** {@code da} of one sample becomes {@code dz}. Softmax: {@code dz_j = a_j (da_j - sum over k of da_k a_k)}. */
    static void timesDerivative(Activation activation, float[] a, float[] d, int at, int units) {
        if (!activation.elementwise()) {
            double sum = 0;
            for (int u = at; u < at + units; u++) {
                sum += (double) d[u] * a[u];
            }
            for (int u = at; u < at + units; u++) {
                d[u] = (float) (a[u] * (d[u] - sum));
            }
            return;
        }
        for (int u = at; u < at + units; u++) {
            d[u] = (float) (d[u] * activation.derivative(a[u]));
        }
    }
}
