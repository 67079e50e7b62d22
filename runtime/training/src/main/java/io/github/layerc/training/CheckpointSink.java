package io.github.layerc.training;

/** Takes the checkpoints of a training, which waits meanwhile. */
@FunctionalInterface
public interface CheckpointSink {

    /**
     * Called before the first step of a training that will give checkpoints from time to time: code that runs once before then is faster later. Does not count as time of the training.
     *
     * @param start what a checkpoint would be now
     */
    default void prepare(TrainingCheckpoint start) {}

    void take(TrainingCheckpoint checkpoint);
}
