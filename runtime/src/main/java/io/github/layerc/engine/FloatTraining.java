package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;

/**
 * A data set bound in this precision: scaled samples and targets {@code [count][outputs]}, flat. Some things are arranged for the kernels of the
 * first layer, and change nothing but speed. For steps over all samples there are two copies more where the kernels want them, panels and strips,
 * from which they read their vectors one behind the other: the samples then take three times their memory. The first sample starts where a cache line starts, if the array itself starts a region, as large
 * arrays do under G1, behind a header of 16 bytes: a vector that crosses a line costs two loads. And where the rows would all start at the
 * same place of a page, there is a gap of one line between them: the weight gradient walks down the rows, and a few sets of the caches would
 * take them all.
 */
final class FloatTraining implements Training {
    private static final int CACHE_LINE = 64;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIASED = 1024;

    /** Place of the first sample. */
    private static final int FIRST = (CACHE_LINE - ARRAY_HEADER) / Float.BYTES;

    private final FloatInstance instance;
    private final int count;
    private final int inputs;
    private final int stride;
    private final int outputs;
    private final float[] x;
    private final float[] y;

    /** The samples once more, in panels, and in strips; empty where the kernels have no use for them. */
    private final float[] panels;

    private final float[] strips;

    /** Samples and targets of a step whose rows are not consecutive; made by the first such step and grown by larger ones. */
    private float[] gatheredX = {};

    private float[] gatheredY = {};

    private boolean closed;

    FloatTraining(FloatInstance instance, Dataset data) {
        Network network = instance.network();
        this.instance = instance;
        this.count = data.count();
        this.inputs = network.inputs();
        this.outputs = network.outputs();
        this.stride = inputs * (long) Float.BYTES % ALIASED == 0 ? inputs + CACHE_LINE / Float.BYTES : inputs;
        if ((long) count * stride > Integer.MAX_VALUE - 16 - FIRST) {
            throw new IllegalArgumentException("a data set can bind at most " + (Integer.MAX_VALUE - 16 - FIRST)
                    + " values: samples=" + count + ", inputs=" + inputs);
        }
        this.x = new float[FIRST + count * stride];
        this.y = new float[count * outputs];
        for (int s = 0; s < count; s++) {
            data.copySamples(s, 1, network.input().scale(), x, FIRST + s * stride);
            for (int u = 0; u < outputs; u++) {
                y[s * outputs + u] = (float) data.target(s, u);
            }
        }
        int width = fits(instance.panelWidth(count)) ? instance.panelWidth(count) : 0;
        this.panels = new float[width == 0 ? 0 : FIRST + padded(count, width) * inputs];
        this.strips = new float[width == 0 ? 0 : FIRST + padded(inputs, width) * count];
        if (width > 0) {
            FloatPacking.panels(x, FIRST, stride, count, inputs, width, panels, FIRST);
            FloatPacking.strips(x, FIRST, stride, count, inputs, width, strips, FIRST);
        }
        instance.reserveGradients(count);
    }

    private static int padded(int size, int width) {
        return (size + width - 1) / width * width;
    }

    /** Whether arrays can hold the copies. */
    private boolean fits(int width) {
        return ((long) count + width) * ((long) inputs + width) <= Integer.MAX_VALUE - 16 - FIRST;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public double step(double learningRate) {
        if (panels.length == 0) {
            return step(x, FIRST, y, 0, count, learningRate);
        }
        requireOpen();
        requireFinite(learningRate);
        return instance.boundStep(panels, strips, FIRST, x, FIRST, stride, y, learningRate, count) / count;
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
            return step(x, FIRST + rows[from] * stride, y, rows[from] * outputs, size, learningRate);
        }
        if (gatheredX.length < (long) size * stride) {
            gatheredX = new float[Math.multiplyExact(size, stride)];
            gatheredY = new float[size * outputs];
        }
        for (int i = 0; i < size; i++) {
            System.arraycopy(x, FIRST + rows[from + i] * stride, gatheredX, i * stride, inputs);
            System.arraycopy(y, rows[from + i] * outputs, gatheredY, i * outputs, outputs);
        }
        return step(gatheredX, 0, gatheredY, 0, size, learningRate);
    }

    private double step(float[] samples, int xAt, float[] targets, int yAt, int size, double learningRate) {
        requireOpen();
        requireFinite(learningRate);
        return instance.step(samples, xAt, stride, targets, yAt, size, learningRate) / size;
    }

    private void requireOpen() {
        instance.requireOpen();
        if (closed) {
            throw new IllegalStateException("network " + instance.network().name() + ": this training was closed");
        }
    }

    private static void requireFinite(double learningRate) {
        if (!Double.isFinite(learningRate)) {
            throw new IllegalArgumentException("learning rate must be finite: learningRate=" + learningRate);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
