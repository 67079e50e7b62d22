package io.github.layerc.engine;

/**
 * Samples that are looked at during a training but not trained on, with the parameters as they are at each call. It belongs to the training's
 * thread and ends with the training: then every method throws {@link IllegalStateException}.
 */
public interface Evaluation {

    /** Number of samples. */
    int count();

    /** Their mean loss, without a penalty. Allocates no more than some scratch, and at the first call. */
    double cost();

    /** Their outputs, row-major {@code [count][outputs]}, widened to double. Allocates its result. */
    double[] outputs();
}
