package io.github.layerc.engine.kernels;

import io.github.layerc.network.random.Dropout;

/**
 * The samples of a call in Gram form: what a {@link FloatBatch} is to calls that multiply with samples, on the same terms. The samples themselves are
 * not in it, but their pre-activations of the first layer and, for a step, their products with all bound samples.
 */
public final class FloatGramBatch {
    /**
     * Rows of products, and of what a step adds to pre-activations, are padded with zeros to a multiple of so many bytes: two vectors of 512 bits, the
     * most that a kernel reads at a time.
     */
    public static final int ROW_BYTES = 128;

    private static final float[][] NO_ROWS = {};
    private static final float[] NONE = {};

    private float[][] preActivations = NO_ROWS;
    private int samplesAt;
    private float[] gram = NONE;
    private int gramAt;
    private int gramStride;
    private float[] y = NONE;
    private int yAt;
    private int count;
    private long maskKey = Dropout.NONE;
    private int maskFrom;

    /** Without samples yet. */
    public FloatGramBatch() {}

    /**
     * Sets the samples.
     *
     * @param preActivations without bias: a row of samples for each unit, in which those of the call start at {@code samplesAt}
     * @param count number of samples
     * @return this object
     */
    public FloatGramBatch samples(float[][] preActivations, int samplesAt, int count) {
        this.preActivations = preActivations;
        this.samplesAt = samplesAt;
        this.count = count;
        return this;
    }

    /**
     * Sets their products with all bound samples, which steps alone take.
     *
     * @param gram a row for each sample, one every {@code gramStride} values from {@code gramAt} on, padded with zeros
     * @param gramStride a multiple of {@value #ROW_BYTES} bytes
     * @return this object
     */
    public FloatGramBatch products(float[] gram, int gramAt, int gramStride) {
        this.gram = gram;
        this.gramAt = gramAt;
        this.gramStride = gramStride;
        return this;
    }

    /**
     * Sets their targets, which predictions do without.
     *
     * @param y {@code [count][outputs]} from {@code yAt} on
     * @return this object
     */
    public FloatGramBatch targets(float[] y, int yAt) {
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
    public FloatGramBatch masks(long key, int from) {
        this.maskKey = key;
        this.maskFrom = from;
        return this;
    }

    public float[][] preActivations() {
        return preActivations;
    }

    public int samplesAt() {
        return samplesAt;
    }

    public float[] gram() {
        return gram;
    }

    public int gramAt() {
        return gramAt;
    }

    public int gramStride() {
        return gramStride;
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
