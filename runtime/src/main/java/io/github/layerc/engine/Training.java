package io.github.layerc.engine;

/**
 * A data set bound to an engine. Each step updates the parameters of the engine; the step does not allocate. It belongs to the engine's
 * thread, and ends before it.
 */
public interface Training extends AutoCloseable {

    /** Number of bound samples. */
    int count();

    /**
     * One update with the mean gradient over all samples.
     *
     * @param learningRate finite
     * @return the cost before the update
     */
    double step(double learningRate);

    /**
     * One update with the mean gradient over the samples {@code rows[from] .. rows[to - 1]}.
     *
     * @param learningRate finite
     * @return their cost before the update
     * @throws IndexOutOfBoundsException if the range is empty or outside {@code rows}, or a row is no bound sample
     */
    double step(int[] rows, int from, int to, double learningRate);

    /** Ends the training: later steps throw {@link IllegalStateException}. Closing twice has no effect. */
    @Override
    void close();
}
