package io.github.layerc.peers;

/**
 * One network in the hands of one library, opened for a {@link Task}: samples, targets and parameters are bound once, as far as the library
 * allows, before anything is measured. It belongs to the thread that uses it. Failures of a library pass through: there is nobody to handle
 * them.
 */
interface Peer extends AutoCloseable {

    /** One prediction of the bound samples. Returns its outputs, or what holds them, in memory that Java can read. */
    Object predict() throws Exception;

    /**
     * One update with the mean gradient of the bound samples. Returns something that depends on it.
     *
     * @throws UnsupportedOperationException if this library only predicts
     */
    Object trainStep() throws Exception;

    /** Predicts, and copies the outputs, {@code [batch][outputs]}. */
    double[] outputs() throws Exception;

    /**
     * A copy of the parameters in the canonical layout {@code W1, b1, W2, b2, ...}, each {@code W} row-major {@code [units][fan-in]}.
     *
     * @throws UnsupportedOperationException if this library only predicts
     */
    double[] parameters() throws Exception;

    @Override
    void close();
}
