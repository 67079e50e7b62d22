package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;

/**
 * Samples of a data set in this precision, scaled, and their targets {@code [count][outputs]}. The first sample starts where a cache line starts, if
 * the array itself starts a region, as large arrays do under G1, behind a header of 16 bytes: a vector that crosses a line costs two loads. And
 * where the rows would all start at the same place of a page, there is a gap of one line between them: the weight gradient walks down the rows,
 * and a few sets of the caches would take them all.
 */
final class FloatSamples {
    private static final int CACHE_LINE = 64;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIASED = 1024;

    /** Place of the first sample. */
    static final int FIRST = (CACHE_LINE - ARRAY_HEADER) / Float.BYTES;

    private final int count;
    private final int inputs;
    private final int outputs;
    private final int stride;
    private final float[] x;
    private final float[] y;

    FloatSamples(Network network, Dataset data) {
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
            data.copySamples(s, 1, network.input().scale(), x, at(s));
            for (int u = 0; u < outputs; u++) {
                y[s * outputs + u] = (float) data.target(s, u);
            }
        }
    }

    int count() {
        return count;
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /** Distance of two samples. */
    int stride() {
        return stride;
    }

    float[] x() {
        return x;
    }

    float[] y() {
        return y;
    }

    /** Where a sample starts. */
    int at(int sample) {
        return FIRST + sample * stride;
    }

    /** Targets of some samples, one behind the other. */
    void copyTargets(int[] rows, int from, int size, float[] out) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(y, rows[from + i] * outputs, out, i * outputs, outputs);
        }
    }

    FloatRowProducts.Rows rows() {
        return new FloatRowProducts.Rows(x, FIRST, stride, count);
    }
}
