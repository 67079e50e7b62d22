package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;

/** A data set bound in this precision: scaled samples {@code [count][inputs]} and targets {@code [count][outputs]}, flat. */
final class FloatTraining implements Training {
    private final FloatInstance instance;
    private final int count;
    private final int inputs;
    private final int outputs;
    private final float[] x;
    private final float[] y;

    /** Where a step is split, the sum of the parts' gradients; made by the first such step. */
    private float[] gradients = {};

    /** Samples and targets of a step whose rows are not consecutive; made by the first such step and grown by larger ones. */
    private float[] gatheredX = {};

    private float[] gatheredY = {};

    FloatTraining(FloatInstance instance, Dataset data) {
        Network network = instance.network();
        this.instance = instance;
        this.count = data.count();
        this.inputs = network.inputs();
        this.outputs = network.outputs();
        if ((long) count * inputs > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(
                    "a data set can bind at most 2147483631 values: samples=" + count + ", inputs=" + inputs);
        }
        this.x = new float[count * inputs];
        this.y = new float[count * outputs];
        data.copySamples(0, count, network.input().scale(), x, 0);
        for (int s = 0; s < count; s++) {
            for (int u = 0; u < outputs; u++) {
                y[s * outputs + u] = (float) data.target(s, u);
            }
        }
        reserveGradients(count);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public double step(double learningRate) {
        return step(x, 0, y, 0, count, learningRate);
    }

    @Override
    public double step(int[] rows, int from, int to, double learningRate) {
        if (from < 0 || to > rows.length || from >= to) {
            throw new IndexOutOfBoundsException(
                    "rows must be a range within 0.." + rows.length + ": from=" + from + ", to=" + to);
        }
        boolean consecutive = true;
        for (int i = from; i < to; i++) {
            if (rows[i] < 0 || rows[i] >= count) {
                throw new IndexOutOfBoundsException(
                        "rows must be from 0 to " + (count - 1) + ": rows[" + i + "]=" + rows[i]);
            }
            consecutive &= rows[i] == rows[from] + (i - from);
        }
        int size = to - from;
        if (consecutive) {
            return step(x, rows[from] * inputs, y, rows[from] * outputs, size, learningRate);
        }
        if (gatheredX.length < (long) size * inputs) {
            gatheredX = new float[Math.multiplyExact(size, inputs)];
            gatheredY = new float[size * outputs];
        }
        for (int i = 0; i < size; i++) {
            System.arraycopy(x, rows[from + i] * inputs, gatheredX, i * inputs, inputs);
            System.arraycopy(y, rows[from + i] * outputs, gatheredY, i * outputs, outputs);
        }
        return step(gatheredX, 0, gatheredY, 0, size, learningRate);
    }

    private double step(float[] samples, int xAt, float[] targets, int yAt, int size, double learningRate) {
        instance.requireOpen();
        if (!Double.isFinite(learningRate)) {
            throw new IllegalArgumentException("learning rate must be finite: learningRate=" + learningRate);
        }
        reserveGradients(size);
        return instance.step(samples, xAt, targets, yAt, size, learningRate, gradients) / size;
    }

    private void reserveGradients(int size) {
        if (size > instance.batch() && gradients.length == 0) {
            gradients = new float[instance.network().parameterCount()];
        }
    }

    @Override
    public void close() {
        gatheredX = new float[0];
        gatheredY = new float[0];
    }
}
