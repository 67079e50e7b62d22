package io.github.layerc.engine;

import io.github.layerc.engine.kernels.FloatBatch;
import io.github.layerc.engine.kernels.FloatStepKernels;

/**
 * What an implementation of a network provides behind a {@link FloatEngine}: generated code for one target, or the interpreter. Callers pass
 * at most {@link #capacity()} samples, checked.
 */
public interface FloatKernels extends FloatStepKernels {

    /** The schedule in one line. */
    String schedule();

    /**
     * Forward and backward pass as in a training step, but without dropout, and without a change of running means and variances: adds {@code weight} times the
     * sum of the samples' gradients to {@code gradients}.
     *
     * @param batch with targets
     * @param gradients in the layout of these kernels
     * @return the sum of the losses
     */
    double gradients(FloatBatch batch, float inputScale, float weight, float[] gradients);
}
