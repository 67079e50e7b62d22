package io.github.layerc.engine.step;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;

/**
 * Samples of a data set in this precision, scaled, and their targets {@code [count][outputs]}. The first sample starts where a cache line starts, if
 * the array itself starts a region, as large arrays do under G1, behind a header of 16 bytes: a vector that crosses a line costs two loads. And
 * where the rows would all start at the same place of a page, there is a gap of one line between them: the weight gradient walks down the rows,
 * and a few sets of the caches would take them all.
 */
public final class FloatSamples {
    private static final int CACHE_LINE = 64;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIASED = 1024;

    /** Place of the first sample. */
    public static final int FIRST = (CACHE_LINE - ARRAY_HEADER) / Float.BYTES;

    private final int count;
    private final int inputs;
    private final int outputs;
    private final int stride;
    private final float[] x;
    private final float[] y;

    /** @throws IllegalArgumentException if samples or targets do not fit the network, its loss, or this precision */
    public FloatSamples(Network network, Dataset dataset) {
        Dataset data = dataset.by(network.loss().targets());
        requireInputs(network, data);
        requireTargets(network, data);
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
        Scale scale = network.input().scale();
        boolean bounded = Float.isFinite((float) scale.apply(data.bound()));
        for (int s = 0; s < count; s++) {
            data.copySamples(s, 1, scale, x, at(s));
            if (!bounded) {
                requireFinite(data, s, scale);
            }
            for (int u = 0; u < outputs; u++) {
                y[s * outputs + u] = (float) data.target(s, u);
            }
        }
    }

    public static void requireInputs(Network network, Dataset data) {
        if (data.features() != network.inputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.inputs()
                    + " inputs: values of a sample=" + data.features());
        }
    }

    private static void requireTargets(Network network, Dataset data) {
        Loss loss = network.loss();
        if (data.outputs() != network.outputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.outputs()
                    + " outputs: targets of a sample=" + data.outputs());
        }
        for (int s = 0; s < data.count(); s++) {
            double sum = 0;
            for (int u = 0; u < data.outputs(); u++) {
                double target = data.target(s, u);
                if (!loss.targets().accepts(target) || !Float.isFinite((float) target)) {
                    String rule = loss.targets().accepts(target)
                            ? "targets must be " + Precision.FLOAT.finite(target)
                            : loss.keyword() + " takes " + loss.targets().text();
                    throw new IllegalArgumentException(
                            "sample " + s + ", output " + u + ": " + rule + ": target=" + target);
                }
                sum += target;
            }
            if (!loss.targets().acceptsSum(sum)) {
                throw new IllegalArgumentException(
                        "sample " + s + ": targets of " + loss.keyword() + " must add up to 1: sum=" + sum);
            }
        }
    }

    private void requireFinite(Dataset data, int sample, Scale scale) {
        for (int k = 0; k < inputs; k++) {
            if (!Float.isFinite(x[at(sample) + k])) {
                double value = data.sample(sample, k);
                String what = Float.isFinite((float) value) ? "samples times scale " + scale : "samples";
                throw notFinite(what, sample, k, value);
            }
        }
    }

    private static IllegalArgumentException notFinite(String what, int sample, int feature, double value) {
        return new IllegalArgumentException("sample " + sample + ", feature " + feature + ": " + what + " must be "
                + Precision.FLOAT.finite(value) + ": value=" + value);
    }

    /**
     * Samples for a prediction, as stored. One that is not finite has outputs of its own kind, but what is finite must stay so.
     *
     * @throws IllegalArgumentException if a value is too large for this precision
     */
    public static void copy(Dataset data, int from, int rows, float[] out) {
        data.copySamples(from, rows, Scale.ONE, out, 0);
        if (Float.isFinite((float) data.bound())) {
            return;
        }
        int features = data.features();
        for (int i = 0; i < rows * features; i++) {
            double value = Float.isInfinite(out[i]) ? data.sample(from + i / features, i % features) : 0;
            if (Float.isInfinite(out[i]) && Double.isFinite(value)) {
                throw notFinite("samples", from + i / features, i % features, value);
            }
        }
    }

    public int count() {
        return count;
    }

    public int inputs() {
        return inputs;
    }

    public int outputs() {
        return outputs;
    }

    /** Distance of two samples. */
    public int stride() {
        return stride;
    }

    public float[] x() {
        return x;
    }

    public float[] y() {
        return y;
    }

    /** Where a sample starts. */
    public int at(int sample) {
        return FIRST + sample * stride;
    }

    /** Targets of some samples, one behind the other. */
    public void copyTargets(int[] rows, int from, int size, float[] out) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(y, rows[from + i] * outputs, out, i * outputs, outputs);
        }
    }
}
