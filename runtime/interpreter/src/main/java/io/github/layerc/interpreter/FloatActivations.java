package io.github.layerc.interpreter;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;

/** The activation of a layer as the interpreter computes it, and its derivative: in place, over rows of units, in double and rounded. */
final class FloatActivations {
    private static final int BLOCK = FormulaTape.BLOCK;

    private final Activation activation;
    private final int units;
    private final FormulaTape value;
    private final FormulaTape derivative;

    /** @param layer whose activation it is */
    FloatActivations(Layer layer) {
        this.activation = layer.activation();
        this.units = layer.units();
        boolean elementwise = activation.elementwise();
        this.value = elementwise ? new FormulaTape(activation.value(), BLOCK) : null;
        this.derivative = elementwise ? new FormulaTape(activation.derivative(), BLOCK) : null;
    }

    /** Whether {@link #timesDerivative} takes pre-activations instead of activations. */
    boolean differentiatedAtZ() {
        return activation.differentiatedAtZ();
    }

    /** From the pre-activations of samples, in the place of their activations, to these. */
    void activate(float[] a, int count) {
        if (value == null) {
            for (int s = 0; s < count; s++) {
                softmax(a, s * units);
            }
            return;
        }
        int size = count * units;
        for (int from = 0; from < size; from += BLOCK) {
            int length = Math.min(BLOCK, size - from);
            widen(a, from, length, value.z());
            double[] values = value.run(length);
            for (int i = 0; i < length; i++) {
                a[from + i] = (float) values[i];
            }
        }
    }

    private static void widen(float[] from, int at, int length, double[] to) {
        for (int i = 0; i < length; i++) {
            to[i] = from[at + i];
        }
    }

    /** The largest pre-activation is subtracted first, so that no exponential overflows. */
    private void softmax(float[] a, int at) {
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

    /**
     * {@code da} of samples becomes {@code dz}. Softmax: {@code dz_j = a_j (da_j - sum over k of da_k a_k)}.
     *
     * @param place where the derivative is taken: activations, or pre-activations where it is {@linkplain #differentiatedAtZ a function of these}
     */
    void timesDerivative(float[] place, float[] d, int count) {
        if (derivative == null) {
            for (int s = 0; s < count; s++) {
                timesSoftmaxDerivative(place, d, s * units);
            }
            return;
        }
        int size = count * units;
        double[] block = differentiatedAtZ() ? derivative.z() : derivative.a();
        for (int from = 0; from < size; from += BLOCK) {
            int length = Math.min(BLOCK, size - from);
            widen(place, from, length, block);
            double[] values = derivative.run(length);
            for (int i = 0; i < length; i++) {
                d[from + i] = (float) (d[from + i] * values[i]);
            }
        }
    }

    private void timesSoftmaxDerivative(float[] a, float[] d, int at) {
        double sum = 0;
        for (int u = at; u < at + units; u++) {
            sum += (double) d[u] * a[u];
        }
        for (int u = at; u < at + units; u++) {
            d[u] = (float) (a[u] * (d[u] - sum));
        }
    }
}
