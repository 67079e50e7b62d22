package io.github.layerc.interpreter;

import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;

/** What the interpreter computes where activations meet targets: losses, and the delta from which the backward pass starts. */
final class FloatOutput {
    private static final int BLOCK = FormulaTape.BLOCK;

    private final Loss loss;
    private final int units;
    private final boolean cancels;
    private final float targetFactor;
    private final float targetSummand;

    /** Null where the loss couples the units. */
    private final FormulaTape value;

    /** Null where the loss has none. */
    private final FormulaTape logarithm;

    private final FormulaTape derivative;

    FloatOutput(Network network) {
        this.loss = network.loss();
        this.units = network.outputs();
        this.cancels = loss.cancels(network.output().activation());
        this.targetFactor = (float) loss.targetFactor();
        this.targetSummand = (float) loss.targetSummand(units);
        this.value = loss.elementwise() ? new FormulaTape(loss.value(), BLOCK) : null;
        this.logarithm =
                loss.logarithm().map(formula -> new FormulaTape(formula, BLOCK)).orElse(null);
        this.derivative = new FormulaTape(loss.derivative(), BLOCK);
    }

    /** The sum of the losses of samples, from pre-activations {@code z} and activations {@code a}, both {@code [count][units]}. */
    double losses(float[] z, float[] a, float[] y, int yAt, int count) {
        double losses = 0;
        if (value == null) {
            for (int s = 0; s < count; s++) {
                losses += categoricalCrossEntropy(z, s * units, y, yAt + s * units);
            }
            return losses;
        }
        int size = count * units;
        for (int from = 0; from < size; from += BLOCK) {
            int length = Math.min(BLOCK, size - from);
            losses += sum(run(value, z, a, from, y, yAt, length), length);
            if (logarithm != null) {
                double[] values = run(logarithm, z, a, from, y, yAt, length);
                for (int i = 0; i < length; i++) {
                    losses += Math.log1p(values[i]);
                }
            }
        }
        return loss.meanOfUnits() ? losses / units : losses;
    }

    /** What the loss takes for a target. */
    private float smoothed(float target) {
        return targetFactor * target + targetSummand;
    }

    private static double sum(double[] values, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += values[i];
        }
        return sum;
    }

    private double[] run(FormulaTape tape, float[] z, float[] a, int from, float[] y, int yAt, int length) {
        float[] read = loss.readsPreActivations() ? z : a;
        double[] block = loss.readsPreActivations() ? tape.z() : tape.a();
        for (int i = 0; i < length; i++) {
            block[i] = read[from + i];
            tape.y()[i] = smoothed(y[yAt + from + i]);
        }
        return tape.run(length);
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
            sum += smoothed(y[yAt + u]) * (logSum - z[at + u]);
        }
        return sum;
    }

    /**
     * {@code dz} or {@code da}, {@code [count][units]}. Where the loss meets its own activation, their derivatives may cancel to {@code a - y}.
     *
     * @return whether it is {@code da}, and the derivative of the activation is still to come
     */
    boolean delta(float[] a, float[] y, int yAt, int count, float[] d) {
        double perUnit = loss.meanOfUnits() ? 1.0 / units : 1;
        int size = count * units;
        if (cancels) {
            for (int i = 0; i < size; i++) {
                d[i] = (float) perUnit * (a[i] - smoothed(y[yAt + i]));
            }
            return false;
        }
        for (int from = 0; from < size; from += BLOCK) {
            int length = Math.min(BLOCK, size - from);
            for (int i = 0; i < length; i++) {
                derivative.a()[i] = a[from + i];
                derivative.y()[i] = smoothed(y[yAt + from + i]);
            }
            double[] values = derivative.run(length);
            for (int i = 0; i < length; i++) {
                d[from + i] = (float) (perUnit * values[i]);
            }
        }
        return true;
    }
}
