package io.github.layerc.engine;

import io.github.layerc.data.PredictedClasses;
import io.github.layerc.engine.check.Sizes;
import io.github.layerc.network.Network;

/**
 * An engine of a network in this precision. All arrays are flat and row-major; samples are passed as stored, the engine
 * scales them. A sample that has values that are not finite is no error here: what it makes of outputs, cost and
 * gradients is theirs, so NaN gives NaN.
 */
public interface FloatEngine extends Engine {

    /** A copy of the parameters in the canonical layout {@code W1, b1, W2, b2, ...}. */
    float[] parameters();

    /**
     * Takes parameters in the canonical layout.
     *
     * @throws IllegalArgumentException if the length is not the network's {@code parameterCount()}, or a parameter is not finite; the instance
     *     keeps those that it has
     */
    void setParameters(float[] parameters);

    /**
     * Outputs of {@code count} samples. Does not allocate.
     *
     * @param samples {@code [count][inputs]}
     * @param out {@code [count][outputs]}
     * @throws IllegalArgumentException if an array is shorter than that, or the count is negative
     */
    void predict(float[] samples, int count, float[] out);

    /**
     * Outputs {@code [count][outputs]} of {@code count} samples, in an array of their own.
     *
     * @throws IllegalArgumentException if the samples are fewer, the count is negative, or no array is long enough for the outputs
     */
    default float[] predict(float[] samples, int count) {
        Network network = network();
        Sizes.requireRows("samples", samples.length, count, network.inputs(), 0);
        float[] out = new float[Sizes.array("outputs", count, network.outputs())];
        predict(samples, count, out);
        return out;
    }

    /**
     * The classes of {@code count} samples, from 0 on, by the rule of {@link io.github.layerc.data.OutputClass}, which accuracies follow, too: with one output 1 where it is
     * greater than 0.5, or than 0 with hinge, else 0; with more, the number of the largest; -1 where an output is NaN.
     *
     * @throws IllegalArgumentException if the samples are fewer, the count is negative, or no array is long enough for the outputs
     * @throws IllegalStateException if the outputs are no classes, see {@link io.github.layerc.network.Loss#classifies()}
     */
    default int[] predictClass(float[] samples, int count) {
        PredictedClasses.require(network());
        float[] outputs = predict(samples, count);
        return PredictedClasses.of(network(), count, i -> outputs[i]);
    }

    /**
     * The mean loss of {@code count} samples, at least one: the cost without the penalty of decaying weights. Does not allocate.
     *
     * @param samples {@code [count][inputs]}
     * @param targets {@code [count][outputs]}, of the kind that the loss takes: they are not checked here
     * @throws IllegalArgumentException if an array is shorter than that, or there is no sample
     */
    double cost(float[] samples, float[] targets, int count);

    /**
     * The derivatives of the mean loss of {@code count} samples, at least one, after every parameter, without those of a penalty. Does not
     * allocate.
     *
     * @param samples {@code [count][inputs]}
     * @param targets {@code [count][outputs]}, of the kind that the loss takes, with a sum of 1 for categorical cross-entropy: they are not
     *     checked here
     * @param out the gradients in the canonical layout of the parameters
     * @return the mean loss
     * @throws IllegalArgumentException if an array is shorter than that, or there is no sample
     */
    double gradients(float[] samples, float[] targets, int count, float[] out);
}
