package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;

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
    private final FloatKernels kernels;
    private final FloatUpdate update;
    private final double l2;

    /** Whether the kernels can update the parameters by themselves, where their workspace holds the samples of the step. */
    private final boolean fused;

    /** Where weights and biases of the layers start by turns, and the end of the last one, in the arrays that follow. */
    private final int[] places;

    /** Gradients of a step that is not fused, empty if there will be none. */
    private final float[] gradients;

    /** Empty for an optimizer without momentum. */
    private final float[] velocity;

    private final int count;
    private final int inputs;
    private final int stride;
    private final int outputs;
    private final float[] x;
    private final float[] y;

    /** The samples once more, in panels, and in strips; empty where the kernels have no use for them. */
    private final float[] panels;

    private final float[] strips;

    /** Samples and targets of a step whose rows are not consecutive: room for the batch of the settings, grown by larger steps. */
    private float[] gatheredX = {};

    private float[] gatheredY = {};

    private boolean closed;

    FloatTraining(FloatInstance instance, Dataset data, TrainingSettings settings) {
        Network network = instance.network();
        this.instance = instance;
        this.kernels = instance.kernels();
        this.update = new FloatUpdate(settings);
        this.l2 = settings.l2();
        this.fused = FloatUpdate.isAddition(settings);
        this.places = Arrays.copyOf(kernels.places(), 2 * network.layers().size() + 1);
        places[places.length - 1] = kernels.parameters().length;
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
        if (settings.batch() < count) {
            makeRoom(settings.batch());
        }
        this.gradients = fused && count <= kernels.capacity() ? new float[0] : instance.packedGradients();
        this.velocity = new float[settings.optimizer().hasMomentum() ? kernels.parameters().length : 0];
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
        begin(learningRate);
        if (fused) {
            return boundStep(kernels.parameters(), -learningRate / count) / count;
        }
        double penalty = prepare();
        double losses = boundStep(gradients, 1.0 / count);
        apply(learningRate);
        return losses / count + penalty;
    }

    private double boundStep(float[] into, double factor) {
        return kernels.boundStep(panels, strips, FIRST, x, FIRST, stride, y, 0, count, into, (float) factor);
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
        makeRoom(size);
        for (int i = 0; i < size; i++) {
            System.arraycopy(x, FIRST + rows[from + i] * stride, gatheredX, i * stride, inputs);
            System.arraycopy(y, rows[from + i] * outputs, gatheredY, i * outputs, outputs);
        }
        return step(gatheredX, 0, gatheredY, 0, size, learningRate);
    }

    private void makeRoom(int size) {
        if (gatheredX.length < (long) size * stride) {
            gatheredX = new float[Math.multiplyExact(size, stride)];
            gatheredY = new float[size * outputs];
        }
    }

    private double step(float[] samples, int xAt, float[] targets, int yAt, int size, double learningRate) {
        begin(learningRate);
        int capacity = kernels.capacity();
        if (fused && size <= capacity) {
            float factor = (float) (-learningRate / size);
            return kernels.step(samples, xAt, stride, targets, yAt, size, kernels.parameters(), factor) / size;
        }
        double penalty = prepare();
        float factor = (float) (1.0 / size);
        double losses = 0;
        for (int s = 0; s < size; s += capacity) {
            int part = Math.min(capacity, size - s);
            losses += kernels.step(
                    samples, xAt + s * stride, stride, targets, yAt + s * outputs, part, gradients, factor);
        }
        apply(learningRate);
        return losses / size + penalty;
    }

    private void begin(double learningRate) {
        requireOpen();
        requireFinite(learningRate);
        if (!instance.claim(this)) {
            Arrays.fill(velocity, 0);
        }
    }

    /** Sets the gradients to those of the penalty, which is returned. */
    private double prepare() {
        double penalty = 0;
        for (int i = 0; i + 1 < places.length; i++) {
            boolean weights = i % 2 == 0;
            penalty += update.prepare(kernels.parameters(), gradients, places[i], places[i + 1], weights ? l2 : 0);
        }
        return penalty;
    }

    private void apply(double learningRate) {
        float[] parameters = kernels.parameters();
        update.apply(parameters, gradients, velocity, 0, parameters.length, learningRate);
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
        instance.release(this);
    }
}
