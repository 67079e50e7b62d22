package io.github.layerc.check;

import static io.github.layerc.check.Bounds.scaled;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.util.Arrays;

/** Mean gradients of all parameters, in the canonical layout, and how far each may be off: sums over samples of what {@link Bounds} knows of a layer. */
final class ParameterGradients {
    private final int count;
    private final double eps;
    private final double least;
    private final double[] values;
    private final double[] bounds;

    /** @param count samples */
    ParameterGradients(Network network, int count) {
        this.count = count;
        this.eps = network.precision().epsilon();
        this.least = network.precision().least();
        this.values = new double[network.parameterCount()];
        this.bounds = new double[values.length];
    }

    double[] values() {
        return values;
    }

    double[] bounds() {
        return bounds;
    }

    /** @param d gradients of pre-activations, {@code [samples][units]} */
    void bias(Layer layer, double[] d, double[] dBound) {
        int units = layer.units();
        for (int u = 0; u < units; u++) {
            double sum = 0;
            double size = 0;
            double carried = 0;
            for (int i = u; i < d.length; i += units) {
                sum += d[i];
                size += Math.abs(d[i]);
                carried += dBound[i];
            }
            mean(layer.biasAt() + u, sum, size, carried);
        }
    }

    /**
     * Sums of {@code dz n}.
     *
     * @param d gradients of pre-activations, {@code [samples][units]}
     */
    void gamma(Layer layer, double[] d, double[] dBound, NormalizationBounds normalization) {
        int units = layer.units();
        for (int u = 0; u < units; u++) {
            double sum = 0;
            double size = 0;
            double carried = 0;
            for (int i = u; i < d.length; i += units) {
                double product = d[i] * normalization.normalized()[i];
                sum += product;
                size += Math.abs(product);
                carried += normalization.productBound(d[i], dBound[i], i);
            }
            mean(layer.gammaAt() + u, sum, size, carried);
        }
    }

    /**
     * Sums of deltas times what the layer reads.
     *
     * @param d gradients of products of weights and what the layer reads: those of pre-activations where nothing normalises
     * @param a what the layer reads, {@code [samples][fan-in]}
     */
    void weights(Layer layer, double[] d, double[] dBound, double[] a, double[] aBound) {
        int units = layer.units();
        int n = layer.fanIn();
        // a weight's terms are the same, in the same order, as if its samples were the inner loop; so the rows are read
        // as they lie
        double[] sum = new double[n];
        double[] size = new double[n];
        double[] carried = new double[n];
        for (int u = 0; u < units; u++) {
            Arrays.fill(sum, 0);
            Arrays.fill(size, 0);
            Arrays.fill(carried, 0);
            for (int s = 0; s < count; s++) {
                double delta = d[s * units + u];
                double deltaBound = dBound[s * units + u];
                for (int i = 0; i < n; i++) {
                    double in = a[s * n + i];
                    sum[i] += delta * in;
                    size[i] += Math.abs(delta * in);
                    carried[i] += scaled(deltaBound, in) + scaled(aBound[s * n + i], delta);
                }
            }
            for (int i = 0; i < n; i++) {
                mean(layer.weightsAt() + u * n + i, sum[i], size[i], carried[i]);
            }
        }
    }

    private void mean(int at, double sum, double size, double carried) {
        values[at] = sum / count;
        bounds[at] = (carried + 8 * eps * Math.sqrt(count) * size) / count + least + Float.MIN_NORMAL * eps;
    }
}
