package io.github.layerc.spark.training;

import java.util.Locale;

/**
 * What a training takes, in seconds, from constants that were measured, to choose a strategy by; its line says how. Two calls with the same numbers choose alike, whatever the machines do.
 *
 * @param rows to train with
 * @param operations of a row in a step, forward and backward
 * @param bytes of the parameters
 * @param cores that work at a time
 * @param local whether all of it is in one JVM
 */
record CostModel(long rows, double operations, long bytes, int cores, boolean local) {
    /** Of one core, in the kernels of a step of a small network. */
    private static final double OPERATIONS_PER_SECOND = 1e10;

    /** Seconds of a job that does nothing but broadcast and collect, in one JVM and on a cluster. */
    private static final double LOCAL_JOB = 0.04;

    private static final double CLUSTER_JOB = 0.4;

    private static final int MOST_STEPS = 16;

    /** Bytes that the driver sends and takes in a second. */
    private static final double BYTES_PER_SECOND = 5e7;

    /** One job over all rows, with so many epochs in it. */
    private double job(int epochs) {
        double work = rows * operations * epochs / cores / OPERATIONS_PER_SECOND;
        return (local ? LOCAL_JOB : CLUSTER_JOB) + 2 * bytes / BYTES_PER_SECOND + work;
    }

    /**
     * The iterations of full batches that lead as far as local epochs: as many as these have steps, but no more than 16 for each, which is what was measured for a curved boundary between
     * two classes with L-BFGS.
     */
    int iterations(int epochs, int stepsOfAnEpoch) {
        return Math.multiplyExact(epochs, Math.max(1, Math.min(MOST_STEPS, stepsOfAnEpoch)));
    }

    double fullBatch(int iterations) {
        return iterations * job(1);
    }

    double averaging(int rounds, int localEpochs) {
        return rounds * job(localEpochs);
    }

    /** The same epochs on one machine with two cores, without Spark. */
    double oneMachine(int epochs) {
        return rows * operations * epochs / 2 / OPERATIONS_PER_SECOND;
    }

    /** For people: what was compared. */
    String line(int iterations, int rounds, int localEpochs) {
        int epochs = rounds * localEpochs;
        return String.format(
                Locale.ROOT,
                "%d rows, %.0f operations a row, %d cores: averaging %.3g s (%d rounds of %d epochs), full_batch %.3g s (%d iterations), one machine without Spark %.3g s (%d epochs)",
                rows,
                operations,
                cores,
                averaging(rounds, localEpochs),
                rounds,
                localEpochs,
                fullBatch(iterations),
                iterations,
                oneMachine(epochs),
                epochs);
    }
}
