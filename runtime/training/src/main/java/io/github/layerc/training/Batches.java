package io.github.layerc.training;

import io.github.layerc.engine.Training;
import io.github.layerc.network.random.NumpyRandom;
import java.util.Arrays;
import java.util.Map;

/**
 * The samples of one update after the other. A batch that is not smaller than the data is all samples, in order. Otherwise each epoch is a
 * permutation of its own, {@code permutation(count)} of NumPy's {@code RandomState(seed)} called once for each epoch, cut into slices of the
 * batch; the last slice has what is left, and its cost and gradients are means over its own samples. The same seed gives the same batches on
 * every machine.
 */
final class Batches {
    private static final String ROWS = "rows";
    private static final String NEXT = "next";
    private static final String RANDOM = "random";

    private final int count;
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
        this.count = count;
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
        int from = begin();
        next = end(from);
        return training.step(rows, from, next, learningRate);
    }

    /** Starts an epoch where one has ended; returns the place of the next batch. */
    private int begin() {
        if (next == rows.length) {
            random.permutation(rows);
            next = 0;
        }
        return next;
    }

    private int end(int from) {
        return from + Math.min(batch, rows.length - from);
    }

    /** The samples of the next update, which stays the next one. */
    int[] nextRows() {
        if (rows.length == 0) {
            int[] all = new int[count];
            Arrays.setAll(all, row -> row);
            return all;
        }
        int from = begin();
        return Arrays.copyOfRange(rows, from, end(from));
    }

    /** Whether the last update was the last one of its epoch. */
    boolean isEndOfEpoch() {
        return next == rows.length;
    }

    /** What the next batches depend on. */
    Map<String, double[]> state() {
        return Map.of(
                ROWS,
                Arrays.stream(rows).asDoubleStream().toArray(),
                NEXT,
                new double[] {next},
                RANDOM,
                random.state());
    }

    /**
     * Goes on as the batches did whose {@link #state()} this is.
     *
     * @throws IllegalArgumentException if they are of another number of samples or batch
     */
    void restore(Map<String, double[]> state) {
        double[] found = state.get(ROWS);
        if (found.length != rows.length) {
            throw new IllegalArgumentException(
                    "batches must be of " + count + " samples, with batch " + batch + ": rows=" + found.length);
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) found[i];
        }
        next = (int) state.get(NEXT)[0];
        random.restore(state.get(RANDOM));
    }
}
