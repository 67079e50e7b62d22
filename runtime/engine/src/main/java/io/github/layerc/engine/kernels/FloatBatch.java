package io.github.layerc.engine.kernels;

import io.github.layerc.network.random.Dropout;

/**
 * The samples of a call with their targets: places in arrays of the caller, which nothing copies. Whoever calls kernels sets one object for each call
 * anew, so that no call allocates; kernels look at it while the call runs, from all their threads, and neither change nor keep it. Places are in
 * elements.
 */
public final class FloatBatch {
    private static final float[] NONE = {};

    private float[] x = NONE;
    private int xAt;
    private int xStride;
    private float[] y = NONE;
    private int yAt;
    private int count;
    private long maskKey = Dropout.NONE;
    private int maskFrom;

    /** Without samples yet. */
    public FloatBatch() {}

    /**
     * Sets the samples.
     *
     * @param x one sample every {@code xStride} values from {@code xAt} on
     * @param xStride at least the number of inputs
     * @param count number of samples
     * @return this object
     */
    public FloatBatch samples(float[] x, int xAt, int xStride, int count) {
        this.x = x;
        this.xAt = xAt;
        this.xStride = xStride;
        this.count = count;
        return this;
    }

    /**
     * Sets their targets, which predictions do without.
     *
     * @param y {@code [count][outputs]} from {@code yAt} on
     * @return this object
     */
    public FloatBatch targets(float[] y, int yAt) {
        this.y = y;
        this.yAt = yAt;
        return this;
    }

    /**
     * Sets which activations are left out.
     *
     * @param key of the update, see {@link Dropout}
     * @param from place of the first of these samples among those of the update
     * @return this object
     */
    public FloatBatch masks(long key, int from) {
        this.maskKey = key;
        this.maskFrom = from;
        return this;
    }

    /** Lets go of the arrays: those of a program are not to live as long as what it has called. */
    public void clear() {
        x = NONE;
        y = NONE;
    }

    public float[] x() {
        return x;
    }

    public int xAt() {
        return xAt;
    }

    public int xStride() {
        return xStride;
    }

    public float[] y() {
        return y;
    }

    public int yAt() {
        return yAt;
    }

    public int count() {
        return count;
    }

    public long maskKey() {
        return maskKey;
    }

    public int maskFrom() {
        return maskFrom;
    }
}
