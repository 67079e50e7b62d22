package io.github.layerc.engine.kernels;

/** What a class with a Gram form has besides its {@link FloatStepKernels}, see {@link FloatStepKernels#gram()}; called on the same terms. */
public interface FloatGramKernels {

    /**
     * Forward and backward pass of a training step in Gram form: from pre-activations of the first layer to what the step adds to coefficients
     * and pre-activations, and to all parameters but the weights of the first layer.
     *
     * @param preActivations without bias: a row of bound samples for each unit, in which those of the step start at {@code samplesAt}
     * @param gram products of the samples of the step with all bound ones: one row every {@code gramStride} values from {@code gramAt} on, padded
     *     with zeros
     * @param gramStride a multiple of 128 bytes
     * @param y their targets
     * @param count their number
     * @param deltaRows receives the deltas {@code dz1}, a row for each unit: what the coefficients change by, without the factor
     * @param preActivationsInto a row of bound samples for each unit, padded like those of {@code gram}: each is added {@code factor} times what the
     *     sum of the samples' gradients does to its pre-activation
     * @param into {@link FloatStepKernels#parameters()}, or an array with their layout, see {@link FloatStepKernels#step}
     * @return the sum of the losses, before any change
     */
    double gramStep(
            float[][] preActivations,
            int samplesAt,
            float[] gram,
            int gramAt,
            int gramStride,
            float[] y,
            int yAt,
            int count,
            float[][] deltaRows,
            float[][] preActivationsInto,
            float[] into,
            float factor);

    /** The outputs of samples whose pre-activations of the first layer are given, see {@link #gramStep}. */
    void gramPredict(float[][] preActivations, int samplesAt, int count, float[] out, int outAt);

    /** The sum of the losses of such samples. */
    double gramCost(float[][] preActivations, int samplesAt, float[] y, int yAt, int count);
}
