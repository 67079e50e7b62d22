package io.github.layerc.engine.step;

import java.util.List;

/** How a training does its steps. Whoever calls has checked rows and learning rate, and that the instance is free. */
public interface FloatForm extends Rehearsal {

    /** Called before a step where anything but this training's own steps has changed the parameters: forgets the steps before. */
    void restart();

    /** Makes room for so many samples of a step to be copied. All or nothing: else there is as much as before. */
    void makeRoom(int size);

    /** Returns the cost before the step. */
    double stepWithAll(double learningRate);

    /**
     * A step with the samples {@code rows[from] .. rows[to - 1]}, for which there is room.
     *
     * @param consecutive whether they follow each other
     * @return their cost before the step
     */
    double step(int[] rows, int from, int to, boolean consecutive, double learningRate);

    /** Whether its steps can be had in two parts, {@link #gradients} and {@link #apply}; else neither is called. */
    boolean hasAllGradients();

    /**
     * The gradient of the cost of such samples.
     *
     * @param out takes it, in the canonical layout of the parameters
     * @return their cost
     */
    double gradients(int[] rows, int from, int to, boolean consecutive, float[] out);

    /** One update with gradients in the canonical layout. */
    void apply(float[] gradients, double learningRate);

    /** What the next step depends on, besides samples and settings, always in the same order. */
    List<StatePart> state();

    /** Called when all parts of the state have been written, instead of {@link #restart}. */
    void restored();

    /** Whether it keeps an average of the parameters. */
    default boolean hasAverage() {
        return false;
    }

    /** Gives the engine that average, or the parameters of the last step back; nothing where there is no average. A step gives them back. */
    default void useAverage(boolean wanted) {}

    /** Brings the parameters of the engine up to date, if this form has put that off. */
    void settle();

    /** Other samples, to be looked at between the steps. */
    FloatPredictions predictions(FloatSamples others);
}
