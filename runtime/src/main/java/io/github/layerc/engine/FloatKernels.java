package io.github.layerc.engine;

/**
 * What an implementation of a network provides behind a {@link FloatEngine}: generated code for one target, or the interpreter. Callers pass
 * at most {@link #capacity()} samples, checked; arrays have an offset, so nothing is copied. Offsets are in elements.
 */
public interface FloatKernels {

    /** The parameters themselves, canonical layout; whoever writes to them owns the instance. */
    float[] parameters();

    /** Number of samples that the workspace holds. */
    int capacity();

    /** The schedule in one line. */
    String schedule();

    /**
     * Forward pass.
     *
     * @param x samples, one every {@code xStride} values from {@code xAt} on
     * @param xStride at least the number of inputs
     * @param inputScale factor on the samples
     * @param out outputs {@code [count][outputs]} from {@code outAt} on
     */
    void predict(float[] x, int xAt, int xStride, int count, float inputScale, float[] out, int outAt);

    /**
     * The sum of the losses.
     *
     * @param y targets {@code [count][outputs]} from {@code yAt} on
     */
    double cost(float[] x, int xAt, int xStride, float[] y, int yAt, int count, float inputScale);

    /**
     * Forward and backward pass: adds {@code weight} times the sum of the samples' gradients to {@code gradients}.
     *
     * @param gradients canonical layout
     * @return the sum of the losses
     */
    double gradients(
            float[] x,
            int xAt,
            int xStride,
            float[] y,
            int yAt,
            int count,
            float inputScale,
            float weight,
            float[] gradients);

    /**
     * Forward pass, backward pass and update in one: {@code p = p - rate * sum of the samples' gradients}. The samples are scaled already.
     *
     * @return the sum of the losses before the update
     */
    double step(float[] x, int xAt, int xStride, float[] y, int yAt, int count, float rate);

    /** The update alone: {@code p = p - rate * gradients}. */
    void update(float[] gradients, float rate);
}
