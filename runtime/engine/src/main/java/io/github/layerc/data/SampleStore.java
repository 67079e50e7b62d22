package io.github.layerc.data;

import io.github.layerc.network.Scale;

/** Samples that are not in memory all at a time, as those of a mapped file; always the same. May be asked by several threads. */
public interface SampleStore {

    /** A stored, unscaled value. */
    double at(int row, int feature);

    /** Copies a sample to {@code out} from {@code at} on, scaled in double, then rounded. */
    void copy(int row, Scale scale, float[] out, int at);

    /** Copies a sample to {@code out} from {@code at} on, scaled. */
    void copy(int row, Scale scale, double[] out, int at);
}
