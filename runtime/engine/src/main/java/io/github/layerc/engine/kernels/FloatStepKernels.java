package io.github.layerc.engine.kernels;

import java.util.Optional;

/**
 * The kernels of a network as trainings call them: a part of {@link io.github.layerc.engine.FloatKernels}. Callers pass
 * at most {@link #capacity()} samples, checked.
 */
public interface FloatStepKernels {

    /** The parameters themselves, in the layout of these kernels; whoever writes to them owns the instance. */
    float[] parameters();

    /**
     * Where {@code W1, b1, W2, b2, ...} start in the layout of these kernels, which has them in this order: each ends where the next one starts,
     * the last one at the end of the array. Allocates its result.
     */
    int[] places();

    /**
     * Where the weights lie in the layout of these kernels, layer after layer: groups of four numbers, the place of the first weight of a row, the
     * length of a row, the distance of two rows, the number of rows. What lies between rows is padding: no parameter, and whatever kernels have
     * left there. Allocates its result.
     */
    int[] weightRows();

    /** Parameters or gradients from the canonical layout to that of these kernels. What the padding of that holds stays. */
    void pack(float[] canonical, float[] packed);

    /** Parameters or gradients from the layout of these kernels to the canonical one. */
    void unpack(float[] packed, float[] canonical);

    /** Number of samples that the workspace holds. */
    int capacity();

    /** The threads that may take part in a call, the caller's among them. */
    default int threads() {
        return 1;
    }

    /**
     * Forward pass.
     *
     * @param inputScale factor on the samples
     * @param out outputs {@code [count][outputs]} from {@code outAt} on
     */
    void predict(FloatBatch batch, float inputScale, float[] out, int outAt);

    /**
     * The sum of the losses.
     *
     * @param batch with targets
     */
    double cost(FloatBatch batch, float inputScale);

    /**
     * Forward and backward pass of a training step: {@code into += factor * sum of the samples' gradients}. The samples are scaled already. With
     * the parameters themselves and minus the learning rate this is the update of gradient descent: each parameter is read for the last time
     * before it changes.
     *
     * @param batch with targets
     * @param into {@link #parameters()}, or an array with their layout
     * @return the sum of the losses, before any change
     */
    double step(FloatBatch batch, float[] into, float factor);

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
     * @param panels the samples of the batch, in panels of {@link #panelWidth()} samples
     * @param strips the same in strips of {@link #panelWidth()} inputs
     * @param boundAt where panels and strips start in their arrays
     * @return the sum of the losses, before any change
     */
    default double boundStep(
            FloatBatch batch, float[] panels, float[] strips, int boundAt, float[] into, float factor) {
        return step(batch, into, factor);
    }

    /** The kernels of the Gram form, where the class has them: the instance itself. */
    default Optional<FloatGramKernels> gram() {
        return Optional.empty();
    }

    /** Ends the other threads, if there are any. */
    default void close() {}

    /** Kernels of the same class with parameters and a workspace of their own, where the network has to be folded for predictions. */
    default FloatStepKernels another() {
        throw new UnsupportedOperationException("kernels of a network without batch normalisation");
    }
}
