package io.github.layerc.check;

import static io.github.layerc.check.Bounds.scaled;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;

/**
 * A normalised layer in a step, {@code n = (u - mean) / sqrt(variance + epsilon)} and {@code z = gamma n + b}, and how far all of it and of its gradients may be off. A group
 * is what one mean is taken over: of {@link Normalization#batchNorm} the samples of a unit, of {@link Normalization#layerNorm} the units of a sample.
 *
 * <p>The bounds hold for products {@code u} anywhere within theirs, however close these are to each other. Centred, one of {@code N} moves by at most {@code e (1 - 2 / N)} and the
 * mean of all {@code e}, what the products are off by. The deviation is a norm of the centred products, so it is off by at most that norm of {@code e}; at both ends
 * of it follows what the factor {@code 1 / sqrt(variance + epsilon)} may be, and with it {@code n}. The gradient {@code (dn - mean of dn - n * mean of dn n) / sqrt(variance +
 * epsilon)} takes over what each of its parts is off by, and their products. Engines of either precision take these sums in double; {@code u}, {@code n},
 * {@code z}, deltas and the variance that is kept are rounded.
 */
final class NormalizationBounds {
    /** Of the sums, in both precisions. */
    private static final double SUMS = 8 * Precision.DOUBLE.epsilon();

    private final Layer layer;
    private final double[] parameters;
    private final double eps;
    private final double least;
    private final int units;
    private final boolean runs;
    private final int groups;
    private final int members;
    private final double[] n;
    private final double[] nBound;
    private final double[] mean;
    private final double[] meanBound;
    private final double[] variance;
    private final double[] varianceBound;
    private final double[] factor;
    private final double[] factorBound;

    /**
     * @param precision of the network
     * @param u products of weights and what the layer reads, {@code [samples][units]}
     * @param uBound how far each may be off
     */
    NormalizationBounds(Layer layer, double[] parameters, Precision precision, double[] u, double[] uBound) {
        this.layer = layer;
        this.parameters = parameters;
        this.eps = precision.epsilon();
        this.least = precision.least();
        this.units = layer.units();
        this.runs = layer.batchNorm().isPresent();
        int count = u.length / units;
        this.groups = runs ? units : count;
        this.members = runs ? count : units;
        this.n = new double[u.length];
        this.nBound = new double[u.length];
        this.mean = new double[groups];
        this.meanBound = new double[groups];
        this.variance = new double[groups];
        this.varianceBound = new double[groups];
        this.factor = new double[groups];
        this.factorBound = new double[groups];
        for (int g = 0; g < groups; g++) {
            normalize(g, u, uBound);
        }
    }

    /** Place of a value in arrays {@code [samples][units]}. */
    private int at(int group, int member) {
        return runs ? member * units + group : group * units + member;
    }

    private void normalize(int g, double[] u, double[] uBound) {
        double off = 0;
        double offSquares = 0;
        double size = 0;
        for (int k = 0; k < members; k++) {
            int i = at(g, k);
            mean[g] += u[i] / members;
            off += uBound[i] / members;
            offSquares += uBound[i] * uBound[i] / members;
            size += Math.abs(u[i]) / members;
        }
        for (int k = 0; k < members; k++) {
            double centred = u[at(g, k)] - mean[g];
            variance[g] += centred * centred / members;
        }
        double ofSum = SUMS * Math.sqrt(members) * size;
        meanBound[g] = off + ofSum;
        double deviation = Math.sqrt(variance[g]);
        double ofDeviation = Math.sqrt(offSquares) + ofSum + (SUMS * Math.sqrt(members) + eps) * deviation;
        varianceBound[g] = 2 * scaled(ofDeviation, deviation) + ofDeviation * ofDeviation;
        factor[g] = factor(deviation);
        double most = factor(Math.max(0, deviation - ofDeviation));
        factorBound[g] = Math.max(most - factor[g], factor[g] - factor(deviation + ofDeviation)) + 2 * eps * factor[g];
        for (int k = 0; k < members; k++) {
            int i = at(g, k);
            double centred = u[i] - mean[g];
            double ofCentred = members == 1 ? 0 : scaled(uBound[i], 1 - 2.0 / members) + off;
            n[i] = centred * factor[g];
            nBound[i] = most * (ofCentred + ofSum) + scaled(factorBound[g], centred) + 4 * eps * Math.abs(n[i]);
        }
    }

    private double factor(double deviation) {
        return 1
                / Math.sqrt(deviation * deviation
                        + layer.normalization().orElseThrow().epsilon());
    }

    private double gamma(int i) {
        return parameters[layer.gammaAt() + i % units];
    }

    /**
     * What the activation takes.
     *
     * @param z takes it, {@code [samples][units]}
     * @param zBound takes how far each may be off
     */
    void preActivations(double[] z, double[] zBound) {
        for (int i = 0; i < z.length; i++) {
            double bias = parameters[layer.biasAt() + i % units];
            double product = gamma(i) * n[i];
            z[i] = product + bias;
            zBound[i] = scaled(nBound[i], gamma(i)) + 2 * eps * (Math.abs(product) + Math.abs(bias)) + least;
        }
    }

    /**
     * What a prediction makes of the products in batch normalisation, with the mean and the variance that steps have left behind. Engines fold them into weights and
     * bias: each is off by 4 roundings then, at most half of the 8 by which the bounds of the products count their terms.
     *
     * @param precision of the network
     * @param z the products, in whose place pre-activations come
     * @param zBound how far each may be off
     */
    static void predict(Layer layer, double[] parameters, Precision precision, double[] z, double[] zBound) {
        double eps = precision.epsilon();
        int units = layer.units();
        double epsilon = layer.batchNorm().orElseThrow().epsilon();
        for (int i = 0; i < z.length; i++) {
            int gamma = layer.gammaAt() + i % units;
            double factor = parameters[gamma] / Math.sqrt(parameters[gamma + 2 * units] + epsilon);
            double bias = parameters[layer.biasAt() + i % units];
            double shift = factor * parameters[gamma + units];
            z[i] = factor * z[i] + (bias - shift);
            zBound[i] = 1.5 * scaled(zBound[i], factor)
                    + 4 * eps * (Math.abs(bias) + Math.abs(shift) + Math.abs(z[i]))
                    + 4 * precision.least();
        }
    }

    /** How far {@code d n} may be off, {@code d} within its bound: at a place of {@code [samples][units]}. */
    double productBound(double d, double dBound, int i) {
        return scaled(dBound, n[i]) + scaled(nBound[i], d) + (dBound == 0 ? 0 : scaled(nBound[i], dBound));
    }

    /** From gradients of pre-activations to those of products, in their place. */
    void backward(double[] d, double[] dBound) {
        for (int i = 0; i < d.length; i++) {
            d[i] *= gamma(i);
            dBound[i] = scaled(dBound[i], gamma(i)) + eps * Math.abs(d[i]) + least;
        }
        for (int g = 0; g < groups; g++) {
            backward(g, d, dBound);
        }
    }

    private void backward(int g, double[] d, double[] dBound) {
        double sum = 0;
        double size = 0;
        double off = 0;
        double product = 0;
        double productSize = 0;
        double productOff = 0;
        for (int k = 0; k < members; k++) {
            int i = at(g, k);
            sum += d[i] / members;
            size += Math.abs(d[i]) / members;
            off += dBound[i] / members;
            product += d[i] * n[i] / members;
            productSize += Math.abs(d[i] * n[i]) / members;
            productOff += productBound(d[i], dBound[i], i) / members;
        }
        double sumOff = SUMS * Math.sqrt(members) * size;
        productOff += SUMS * Math.sqrt(members) * productSize;
        for (int k = 0; k < members; k++) {
            int i = at(g, k);
            double difference = d[i] - sum - n[i] * product;
            double centredOff = members == 1 ? 0 : scaled(dBound[i], 1 - 2.0 / members) + off;
            double differenceOff = centredOff
                    + sumOff
                    + productBound(product, productOff, i)
                    + 2 * eps * (Math.abs(d[i]) + Math.abs(sum) + Math.abs(n[i] * product));
            d[i] = factor[g] * difference;
            dBound[i] = (factor[g] + factorBound[g]) * differenceOff
                    + scaled(factorBound[g], difference)
                    + eps * Math.abs(d[i])
                    + least;
        }
    }

    /** Mean of a group. */
    double mean(int group) {
        return mean[group];
    }

    double meanBound(int group) {
        return meanBound[group];
    }

    /** Variance of a group by the number of its values. */
    double variance(int group) {
        return variance[group];
    }

    double varianceBound(int group) {
        return varianceBound[group];
    }

    /** Of the samples, {@code [samples][units]}. */
    double[] normalized() {
        return n;
    }

    /**
     * The largest step on which {@link #moved} holds: no deviation {@code sqrt(variance + epsilon)}, a norm, moves by more than half of itself.
     *
     * @param moves how far each product moves at most for a step of 1
     */
    double step(double[] moves) {
        double most = Double.POSITIVE_INFINITY;
        for (int g = 0; g < groups; g++) {
            most = Math.min(most, 0.5 / (factor[g] * Math.sqrt(moments(g, moves)[1])));
        }
        return most;
    }

    /** How far {@code gamma n} moves at most for a step of 1: half a deviation is left, so the factor is at most twice what it is. */
    double[] moved(double[] moves) {
        double[] out = new double[moves.length];
        for (int g = 0; g < groups; g++) {
            double[] moments = moments(g, moves);
            for (int k = 0; k < members; k++) {
                int i = at(g, k);
                double centred = moves[i] + moments[0];
                out[i] = 2 * factor[g] * Math.abs(gamma(i)) * (centred + Math.abs(n[i]) * Math.sqrt(moments[1]));
            }
        }
        return out;
    }

    /** Means of the values of a group and of their squares. */
    private double[] moments(int g, double[] values) {
        double[] moments = new double[2];
        for (int k = 0; k < members; k++) {
            double value = values[at(g, k)];
            moments[0] += value / members;
            moments[1] += value * value / members;
        }
        return moments;
    }
}
