package io.github.layerc.training;

import io.github.layerc.engine.Training;
import io.github.layerc.network.NumpyRandom;

/**
 * The samples of one update after the other. A batch that is not smaller than the data is all samples, in order. Otherwise each epoch is a
 * permutation of its own, {@code permutation(count)} of NumPy's {@code RandomState(seed)} called once for each epoch, cut into slices of the
 * batch; the last slice has what is left, and its cost and gradients are means over its own samples. The same seed gives the same batches on
 * every machine.
 */
final class Batches {
    private final int batch;
    private final NumpyRandom random;

    /** The permutation of the epoch; empty where a batch is all samples. */
    private final int[] rows;

    /** Place in the permutation behind the last batch. */
    private int next;

    /**
     * @param count number of samples
     * @param batch samples of an update, 0 for all of them
     * @param seed from 0 to 2^32 - 1
     */
    Batches(int count, int batch, long seed) {
        this.batch = batch;
        this.random = new NumpyRandom(seed);
        this.rows = new int[batch == 0 || batch >= count ? 0 : count];
        this.next = rows.length;
    }

    /** One update with the next batch; returns its cost before the update. Does not allocate. */
    double step(Training training, double learningRate) {
        if (rows.length == 0) {
            return training.step(learningRate);
        }
        if (next == rows.length) {
            random.permutation(rows);
            next = 0;
        }
        int from = next;
        next += Math.min(batch, rows.length - from);
        return training.step(rows, from, next, learningRate);
    }
}
