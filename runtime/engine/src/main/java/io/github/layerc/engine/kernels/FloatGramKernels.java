package io.github.layerc.engine.kernels;

/** What a class with a Gram form has besides its {@link FloatStepKernels}, see {@link FloatStepKernels#gram()}; called on the same terms. */
public interface FloatGramKernels {

    /**
     * Forward and backward pass of a training step in Gram form: from pre-activations of the first layer to what the step adds to coefficients
     * and pre-activations, and to all parameters but the weights of the first layer.
     *
     * @param batch with products and targets
     * @param deltaRows receives the deltas {@code dz1}, a row for each unit: what the coefficients change by, without the factor
     * @param preActivationsInto a row of bound samples for each unit, padded like those of the products: each is added {@code factor} times what
     *     the sum of the samples' gradients does to its pre-activation
     * @param into {@link FloatStepKernels#parameters()}, or an array with their layout, see {@link FloatStepKernels#step}
     * @return the sum of the losses, before any change
     */
    double gramStep(
            FloatGramBatch batch, float[][] deltaRows, float[][] preActivationsInto, float[] into, float factor);

    /** The outputs of samples, {@code [count][outputs]} from {@code outAt} on. */
    void gramPredict(FloatGramBatch batch, float[] out, int outAt);

    /**
     * The sum of the losses of samples.
     *
     * @param batch with targets
     */
    double gramCost(FloatGramBatch batch);
}
