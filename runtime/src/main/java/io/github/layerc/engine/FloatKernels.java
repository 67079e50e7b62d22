package io.github.layerc.engine;

/**
 * What an implementation of a network provides behind a {@link FloatEngine}: generated code for one target, or the interpreter. Callers pass
 * at most {@link #capacity()} samples, checked; arrays have an offset, so nothing is copied. Offsets are in elements.
 */
public interface FloatKernels {

    /** The parameters themselves, in the layout of these kernels; whoever writes to them owns the instance. */
    float[] parameters();

    /**
     * Where {@code W1, b1, W2, b2, ...} start in the layout of these kernels, which has them in this order: each ends where the next one starts,
     * the last one at the end of the array. Allocates its result.
     */
    int[] places();

    /** Parameters or gradients from the canonical layout to that of these kernels. */
    void pack(float[] canonical, float[] packed);

    /** Parameters or gradients from the layout of these kernels to the canonical one. */
    void unpack(float[] packed, float[] canonical);

    /** Number of samples that the workspace holds. */
    int capacity();

    /** The threads that may take part in a call, the caller's among them. */
    default int threads() {
        return 1;
    }

    /** Ends the other threads, if there are any. */
    default void close() {}

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
     * @param gradients in the layout of these kernels
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
     * Forward and backward pass of a training step: {@code into += factor * sum of the samples' gradients}. The samples are scaled already. With
     * the parameters themselves and minus the learning rate this is the update of gradient descent: each parameter is read for the last time
     * before it changes.
     *
     * @param into {@link #parameters()}, or an array with their layout
     * @return the sum of the losses, before any change
     */
    double step(float[] x, int xAt, int xStride, float[] y, int yAt, int count, float[] into, float factor);

    /**
     * The samples that stand side by side in a panel of bound data, {@code [panels][inputs][width]}, and the inputs that do in a strip, {@code
     * [strips][samples][width]}; 0 where these kernels have no use for panels and strips.
     */
    default int panelWidth() {
        return 0;
    }

    /**
     * {@link #step} for data that are bound in panels and strips, too.
     *
     * @param panels the samples that {@code x} has, in panels of {@link #panelWidth()} samples
     * @param strips the same in strips of {@link #panelWidth()} inputs
     * @param boundAt where panels and strips start in their arrays
     * @return the sum of the losses, before any change
     */
    default double boundStep(
            float[] panels,
            float[] strips,
            int boundAt,
            float[] x,
            int xAt,
            int xStride,
            float[] y,
            int yAt,
            int count,
            float[] into,
            float factor) {
        return step(x, xAt, xStride, y, yAt, count, into, factor);
    }

    /**
     * What rows of bound samples are padded to a multiple of in the Gram form, with zeros; 0 where these kernels have no Gram form, and none of
     * the methods below.
     */
    default int gramWidth() {
        return 0;
    }

    /**
     * Products of rows, {@code out[i][j] += sum over k of a[i][k] * b[j][k]}, on a thread of its own for each instance.
     *
     * @param stride distance of rows in {@code a} and in {@code b}
     * @param length of a row, a multiple of {@link #gramWidth()}
     * @param out a row every {@code outStride} values from {@code outAt} on
     */
    default void addRowProducts(
            double[] a,
            int aAt,
            int aRows,
            double[] b,
            int bAt,
            int bRows,
            int stride,
            int length,
            double[] out,
            int outAt,
            int outStride) {
        throw new UnsupportedOperationException("no Gram form");
    }

    /**
     * Forward and backward pass of a training step in Gram form: from pre-activations of the first layer to what the step adds to coefficients
     * and pre-activations, and to all parameters but the weights of the first layer.
     *
     * @param states the pre-activations, without bias, of all bound samples: {@code [units][statesStride]} from {@code statesAt} on
     * @param statesStride a multiple of {@link #gramWidth()}
     * @param gram products of all pairs of bound samples in panels of columns, {@code [panels][statesStride][gramWidth()]} from {@code gramAt} on
     * @param rows the bound samples that the step takes, from {@code rowsAt} on
     * @param y their targets
     * @param count their number
     * @param statesInto coefficients, then pre-activations, both {@code [units][statesStride]}: each is added {@code factor} times what the
     *     sum of the samples' gradients does to it
     * @param into {@link #parameters()}, or an array with their layout, see {@link #step}
     * @return the sum of the losses, before any change
     */
    default double gramStep(
            double[] states,
            int statesAt,
            int statesStride,
            double[] gram,
            int gramAt,
            int[] rows,
            int rowsAt,
            float[] y,
            int yAt,
            int count,
            double[] statesInto,
            float[] into,
            float factor) {
        throw new UnsupportedOperationException("no Gram form");
    }

    /** The outputs of samples whose pre-activations of the first layer are given, see {@link #gramStep}. */
    default void gramPredict(
            double[] states,
            int statesAt,
            int statesStride,
            int[] rows,
            int rowsAt,
            int count,
            float[] out,
            int outAt) {
        throw new UnsupportedOperationException("no Gram form");
    }

    /** The sum of the losses of such samples. */
    default double gramCost(
            double[] states, int statesAt, int statesStride, int[] rows, int rowsAt, float[] y, int yAt, int count) {
        throw new UnsupportedOperationException("no Gram form");
    }

    /**
     * The weights of the first layer from coefficients: {@code W1 += factor * C[rows]^T x}.
     *
     * @param x scaled samples
     * @param states coefficients {@code [units][statesStride]} from {@code statesAt} on
     * @param rows the bound samples that {@code x} has
     * @param into {@link #parameters()}, or an array with their layout
     */
    default void gramWeights(
            float[] x,
            int xAt,
            int xStride,
            double[] states,
            int statesAt,
            int statesStride,
            int[] rows,
            int rowsAt,
            int count,
            float[] into,
            float factor) {
        throw new UnsupportedOperationException("no Gram form");
    }
}
