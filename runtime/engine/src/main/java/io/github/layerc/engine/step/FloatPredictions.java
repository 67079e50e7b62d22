package io.github.layerc.engine.step;

/** Bound samples that are predicted during a training, a part at a time: at most as many as the kernels take. */
public interface FloatPredictions {

    /**
     * Called before the parts of a call.
     *
     * @param own whether the training's own step was the last change of the parameters; else they are up to date
     */
    void prepare(boolean own);

    /** The sum of the losses of a part. */
    double losses(int from, int part);

    void predict(int from, int part, float[] out, int outAt);
}
