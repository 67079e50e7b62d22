package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.random.Dropout;

/**
 * How far outputs and gradients of a network may be from the exact ones in its precision. A sum of {@code n} terms may be off by
 * {@code 8 eps sqrt(n) S}, {@code S} the sum of the absolute values of its terms, and by the least number above 0 for each product, which counts where numbers have no
 * digits left, behind many layers; what its terms are off by already is carried along. The
 * textbook loops in double that it needs for this are a third implementation, independent of interpreter and compiler. For normalised layers see {@link NormalizationBounds}.
 */
public final class Bounds {
    private final Network network;
    private final double[] parameters;
    private final Dataset data;
    private final double eps;
    private final double least;
    private final int count;
    /** What the layer behind reads: activations, without those that a step leaves out. */
    private final double[][] a;

    private final double[][] aBound;

    /** All activations, of which derivatives are functions. */
    private final double[][] f;

    private final double[][] fBound;
    private final double[][] zBound;
    private final double[][] z;
    private final FormulaTape[] values;
    private final FormulaTape[] derivatives;
    private final FormulaTape lossDerivative;
    private final ParameterGradients gradients;
    private final long masks;
    private final double[] weights;

    /** Of each layer by its number; null where it is not normalised, and for batch normalisation in a prediction. */
    private final NormalizationBounds[] normalizations;

    /** Of a step: this, unless batch normalisation is another thing in a prediction; then null until somebody asks for it. */
    private Bounds step;

    /** Whether the backward pass is done: who asks for outputs only does not wait for it. */
    private boolean backwardDone;

    /**
     * Outputs of a prediction, and gradients of a step that does with all samples and activations the same.
     *
     * @param parameters canonical, and with the samples rounded to the precision of the network
     */
    public Bounds(Network network, double[] parameters, Dataset data) {
        this(network, parameters, data, Dropout.NONE, new double[0], false);
    }

    /**
     * Of a step that leaves out activations, and whose samples have weights.
     *
     * @param masks the {@linkplain Dropout#key key} of the update
     * @param weights what the gradient of each sample is multiplied with; empty where all are 1
     */
    Bounds(Network network, double[] parameters, Dataset data, long masks, double[] weights) {
        this(network, parameters, data, masks, weights, true);
    }

    private Bounds(Network network, double[] parameters, Dataset data, long masks, double[] weights, boolean ofStep) {
        this.step = ofStep || network.batchNorm().isEmpty() ? this : null;
        this.masks = masks;
        this.weights = weights;
        this.network = network;
        this.parameters = parameters;
        this.data = data;
        this.eps = network.precision().epsilon();
        this.least = network.precision().least();
        this.count = data.count();
        int layers = network.layers().size();
        this.a = new double[layers + 1][];
        this.aBound = new double[layers + 1][];
        this.f = new double[layers + 1][];
        this.fBound = new double[layers + 1][];
        this.z = new double[layers + 1][];
        this.zBound = new double[layers + 1][];
        this.values = new FormulaTape[layers + 1];
        this.derivatives = new FormulaTape[layers + 1];
        this.normalizations = new NormalizationBounds[layers + 1];
        for (Layer layer : network.layers()) {
            if (layer.activation().elementwise()) {
                values[layer.number()] = new FormulaTape(layer.activation().value(), 1);
                derivatives[layer.number()] = new FormulaTape(layer.activation().derivative(), 1);
            }
        }
        this.lossDerivative = new FormulaTape(network.loss().derivative(), 1);
        this.gradients = new ParameterGradients(network, count);
        input();
        network.layers().forEach(this::forward);
    }

    /** The same of a step, which takes mean and variance of a batch normalisation over its samples. */
    Bounds ofStep() {
        if (step == null) {
            step = new Bounds(network, parameters, data, masks, weights, true);
        }
        return step;
    }

    /** Of a normalised layer in a step. */
    NormalizationBounds normalization(Layer layer) {
        return ofStep().normalizations[layer.number()];
    }

    /** Pre-activations {@code [samples][units]} of a layer, numbered from 1. */
    double[] preActivations(int layer) {
        return z[layer];
    }

    /** What the layer behind reads, {@code [samples][units]}: activations, or for 0 the scaled samples. */
    double[] activations(int layer) {
        return a[layer];
    }

    /** How far each pre-activation may be off. */
    double[] preActivationBounds(int layer) {
        return zBound[layer];
    }

    /** Outputs {@code [samples][outputs]}. */
    public double[] outputs() {
        return a[a.length - 1];
    }

    /** How far each output may be off. */
    public double[] outputBounds() {
        return aBound[a.length - 1];
    }

    /** Mean gradients in the canonical layout. */
    public double[] gradients() {
        ofStep().backward();
        return ofStep().gradients.values();
    }

    /** How far each gradient may be off. */
    public double[] gradientBounds() {
        ofStep().backward();
        return ofStep().gradients.bounds();
    }

    private void input() {
        int inputs = network.inputs();
        a[0] = new double[count * inputs];
        aBound[0] = new double[count * inputs];
        data.copySamples(0, count, network.input().scale(), a[0], 0);
        for (int i = 0; i < a[0].length; i++) {
            aBound[0][i] = eps * Math.abs(a[0][i]);
        }
    }

    private void forward(Layer layer) {
        int l = layer.number();
        int units = layer.units();
        int n = layer.fanIn();
        z[l] = new double[count * units];
        zBound[l] = new double[count * units];
        for (int s = 0; s < count; s++) {
            for (int u = 0; u < units; u++) {
                double sum = layer.normalization().isPresent() ? 0 : parameters[layer.biasAt() + u];
                double size = Math.abs(sum);
                double carried = 0;
                for (int i = 0; i < n; i++) {
                    double w = parameters[layer.weightsAt() + u * n + i];
                    double x = a[l - 1][s * n + i];
                    sum += w * x;
                    size += Math.abs(w * x);
                    carried += scaled(aBound[l - 1][s * n + i], w);
                }
                z[l][s * units + u] = sum;
                zBound[l][s * units + u] = carried + 8 * eps * Math.sqrt(n) * size + n * least;
            }
        }
        if (layer.batchNorm().isPresent() && step != this) {
            NormalizationBounds.predict(layer, parameters, network.precision(), z[l], zBound[l]);
        } else if (layer.normalization().isPresent()) {
            normalizations[l] = new NormalizationBounds(layer, parameters, network.precision(), z[l], zBound[l]);
            normalizations[l].preActivations(z[l], zBound[l]);
        }
        activate(layer);
    }

    private void activate(Layer layer) {
        int l = layer.number();
        a[l] = z[l].clone();
        aBound[l] = zBound[l].clone();
        int units = layer.units();
        for (int s = 0; s < count; s++) {
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            double worst = 0;
            for (int i = s * units; i < (s + 1) * units; i++) {
                largest = Math.max(largest, z[l][i]);
                worst = Math.max(worst, zBound[l][i]);
            }
            for (int i = s * units; i < (s + 1) * units; i++) {
                sum += Math.exp(z[l][i] - largest);
            }
            for (int i = s * units; i < (s + 1) * units; i++) {
                if (!layer.activation().elementwise()) {
                    a[l][i] = Math.exp(z[l][i] - largest) / sum;
                    // d ln a_i is at most twice the largest change of any z; a few roundings of its own
                    double own = 8 + Math.sqrt(units) + 2 * Math.abs(z[l][i] - largest);
                    aBound[l][i] = a[l][i] * (2 * worst + own * eps) + Float.MIN_NORMAL * eps;
                } else {
                    a[l][i] = values[l].at(z[l][i], 0, 0);
                    // exp(z) of a rounded z, and a few roundings of its own
                    aBound[l][i] = layer.activation().steepest() * zBound[l][i] + 4 * (eps * Math.abs(a[l][i]) + least);
                }
            }
        }
        f[l] = a[l];
        fBound[l] = aBound[l];
        if (drops(layer)) {
            a[l] = a[l].clone();
            aBound[l] = aBound[l].clone();
            for (int i = 0; i < a[l].length; i++) {
                double factor = maskFactor(layer, i);
                a[l][i] *= factor;
                aBound[l][i] = scaled(aBound[l][i], factor) + 2 * eps * Math.abs(a[l][i]) + least;
            }
        }
    }

    private boolean drops(Layer layer) {
        return masks != Dropout.NONE && layer.dropout() > 0;
    }

    /** What an activation is multiplied with where the step leaves out some: 0, or 1 by the share that stays. */
    private double maskFactor(Layer layer, int i) {
        int dropped = Dropout.dropped(layer.dropout());
        boolean keeps = Dropout.keeps(masks, layer.number(), i / layer.units(), i % layer.units(), dropped);
        return keeps ? Dropout.scale(dropped) : 0;
    }

    private void backward() {
        if (backwardDone) {
            return;
        }
        backwardDone = true;
        Layer output = network.output();
        int l = output.number();
        int units = output.units();
        double[] d = new double[count * units];
        double[] dBound = new double[count * units];
        for (int s = 0; s < count; s++) {
            outputDelta(output, s, d, dBound);
            if (weights.length > 0) {
                weigh(weights[s], s * units, (s + 1) * units, d, dBound);
            }
        }
        while (true) {
            Layer layer = network.layers().get(l - 1);
            gradients.bias(layer, d, dBound);
            if (normalizations[l] != null) {
                gradients.gamma(layer, d, dBound, normalizations[l]);
                normalizations[l].backward(d, dBound);
            }
            gradients.weights(layer, d, dBound, a[l - 1], aBound[l - 1]);
            if (l == 1) {
                return;
            }
            double[] previous = new double[count * layer.fanIn()];
            double[] previousBound = new double[previous.length];
            previousDelta(layer, d, dBound, previous, previousBound);
            d = previous;
            dBound = previousBound;
            l--;
        }
    }

    private void weigh(double weight, int from, int to, double[] d, double[] dBound) {
        for (int i = from; i < to; i++) {
            d[i] *= weight;
            dBound[i] = scaled(dBound[i], weight) + 2 * eps * Math.abs(d[i]) + least;
        }
    }

    private void outputDelta(Layer output, int s, double[] d, double[] dBound) {
        int l = output.number();
        int units = output.units();
        Loss loss = network.loss();
        double perUnit = loss.meanOfUnits() ? 1.0 / units : 1;
        boolean cancels = loss.cancels(output.activation());
        double dot = 0;
        double dotBound = 0;
        double dotSize = 0;
        for (int u = 0; u < units; u++) {
            int i = s * units + u;
            double y = loss.smoothed(data.target(s, u), units);
            d[i] = perUnit * (cancels ? a[l][i] - y : lossDerivative.at(z[l][i], a[l][i], y));
            double off = aBound[l][i] + 2 * eps * (Math.abs(a[l][i]) + Math.abs(y));
            double bend = cancels
                    ? 1
                    : Math.max(
                            FormulaTape.at(loss.bend(), Double.NaN, a[l][i] - off, y),
                            FormulaTape.at(loss.bend(), Double.NaN, a[l][i] + off, y));
            boolean jumps = !cancels && loss.jump() > 0 && Math.abs(a[l][i] - y) <= off;
            dBound[i] = perUnit * (bend * off + (jumps ? loss.jump() : 0)) + 2 * least;
            dot += d[i] * a[l][i];
            dotSize += Math.abs(d[i] * a[l][i]);
            dotBound += scaled(dBound[i], a[l][i]) + scaled(aBound[l][i], d[i]);
        }
        if (cancels) {
            return;
        }
        dotBound += 8 * eps * Math.sqrt(units) * dotSize + units * least;
        for (int i = s * units; i < (s + 1) * units; i++) {
            if (!output.activation().elementwise()) {
                double difference = d[i] - dot;
                dBound[i] = scaled(dBound[i] + dotBound + 2 * eps * (Math.abs(d[i]) + Math.abs(dot)), a[l][i])
                        + scaled(aBound[l][i], difference)
                        + least;
                d[i] = a[l][i] * difference;
            } else {
                timesDerivative(output, i, d, dBound);
            }
        }
    }

    /** An activation so close to a jump of its derivative that rounding decides which side it is on may have the one or the other. */
    private void timesDerivative(Layer layer, int i, double[] d, double[] dBound) {
        int l = layer.number();
        Activation activation = layer.activation();
        double factor = drops(layer) ? maskFactor(layer, i) : 1;
        if (factor != 1) {
            d[i] *= factor;
            dBound[i] = scaled(dBound[i], factor) + 2 * eps * Math.abs(d[i]) + least;
        }
        double derivative = derivatives[l].at(z[l][i], f[l][i], 0);
        double at = z[l][i];
        double off = zBound[l][i];
        if (activation.jumps().stream().anyMatch(jump -> Math.abs(at - jump) <= off)) {
            dBound[i] = activation.steepest() * (dBound[i] + Math.abs(d[i])) + least;
        } else {
            double[][] place = activation.differentiatedAtZ() ? zBound : fBound;
            double own = activation.bend() == 0 ? 0 : activation.bend() * place[l][i] + 4 * eps;
            dBound[i] = scaled(dBound[i], derivative) + scaled(own, d[i]) + eps * Math.abs(d[i] * derivative) + least;
        }
        d[i] *= derivative;
    }

    private void previousDelta(Layer layer, double[] d, double[] dBound, double[] previous, double[] previousBound) {
        int units = layer.units();
        int n = layer.fanIn();
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < n; i++) {
                double size = 0;
                for (int u = 0; u < units; u++) {
                    double w = parameters[layer.weightsAt() + u * n + i];
                    previous[s * n + i] += d[s * units + u] * w;
                    size += Math.abs(d[s * units + u] * w);
                    previousBound[s * n + i] += scaled(dBound[s * units + u], w);
                }
                previousBound[s * n + i] += 8 * eps * Math.sqrt(units) * size + units * least;
                timesDerivative(network.layers().get(layer.number() - 2), s * n + i, previous, previousBound);
            }
        }
    }

    /** What a bound becomes by a factor. Behind a hundred layers a bound can be infinite; by a factor of 0 it is 0 all the same, not NaN. */
    static double scaled(double bound, double factor) {
        return factor == 0 ? 0 : bound * Math.abs(factor);
    }
}
