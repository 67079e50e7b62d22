package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;

/**
 * The cost of samples, without a penalty, and how far it may be off in the precision of the network: what the outputs are off by times the slope of the loss
 * there, and some roundings of the terms that the loss adds up.
 */
final class ReferenceCost {
    private final Loss loss;
    private final Dataset data;
    private final int units;
    private final double eps;
    private final double[] z;
    private final double[] zBound;
    private final double[] a;
    private final double[] aBound;
    private double value;
    private double bound;

    /** @param bounds of the same network and samples */
    ReferenceCost(Network network, Dataset data, Bounds bounds) {
        int output = network.output().number();
        this.loss = network.loss();
        this.data = data;
        this.units = network.outputs();
        this.eps = network.precision().epsilon();
        this.z = bounds.preActivations(output);
        this.zBound = bounds.preActivationBounds(output);
        this.a = bounds.outputs();
        this.aBound = bounds.outputBounds();
        for (int s = 0; s < data.count(); s++) {
            add(s);
        }
    }

    /** Mean loss. */
    double value() {
        return value;
    }

    double bound() {
        return bound;
    }

    private void add(int s) {
        FormulaTape derivative = new FormulaTape(loss.derivative(), 1);
        double perUnit = loss.meanOfUnits() ? 1.0 / units : 1;
        double sum = 0;
        double off = 0;
        double size = 0;
        for (int i = s * units; i < (s + 1) * units; i++) {
            double y = loss.smoothed(data.target(s, i - s * units), units);
            if (loss.readsPreActivations()) {
                // losses that are computed from pre-activations have the derivative a - y after them
                off += (Math.abs(a[i] - y) + aBound[i]) * zBound[i];
                size += Math.abs(z[i]) * (1 + Math.abs(y));
            } else {
                double slope = 0;
                for (double at : new double[] {a[i] - aBound[i], a[i], a[i] + aBound[i]}) {
                    slope = Math.max(slope, Math.abs(derivative.at(z[i], at, y)));
                }
                off += slope * aBound[i];
                size += Math.abs(a[i]) + Math.abs(y);
            }
            sum += ofUnit(s, i, y);
        }
        int count = data.count();
        value += perUnit * sum / count;
        double sums = 8 * Math.sqrt((double) units * count);
        bound += perUnit * (off + eps * (16 * size + (16 + sums) * Math.abs(sum))) / count;
    }

    private double ofUnit(int s, int i, double y) {
        if (loss.elementwise()) {
            double logarithm = loss.logarithm()
                    .map(formula -> Math.log1p(FormulaTape.at(formula, z[i], a[i], y)))
                    .orElse(0.0);
            return FormulaTape.at(loss.value(), z[i], a[i], y) + logarithm;
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = s * units; k < (s + 1) * units; k++) {
            largest = Math.max(largest, z[k]);
        }
        double exponentials = 0;
        for (int k = s * units; k < (s + 1) * units; k++) {
            exponentials += Math.exp(z[k] - largest);
        }
        return y * (largest + Math.log(exponentials) - z[i]);
    }
}
