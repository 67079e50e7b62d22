package io.github.layerc.spark.training.shard;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import java.io.Serializable;
import java.util.Optional;

/**
 * The rows of a partition, packed as the class wants them. They stand in an order of their own, by weight, class and content: a partition that is computed once more has the same rows, but a
 * shuffle may bring them in another order, and sums of floating-point numbers depend on it.
 */
public interface Shard extends Serializable {
    /** Rows that an engine gets at a time. */
    int CHUNK = 4096;

    /** Rows to train with. */
    long rows();

    /** Rows that are kept for validation. */
    long validationRows();

    /** Rows that could not be read and were left out. */
    long droppedRows();

    /** How many of the rows to train with are of each class; of one class for a regression. */
    long[] classRows();

    /**
     * Adds losses and gradients of all rows, weighted, to sums.
     *
     * @param engine with the parameters to be looked at
     * @param classWeights one for each class
     */
    void addGradients(Engine engine, double[] classWeights, Sums sums);

    /** The sum of the losses of the rows to train with, weighted. */
    double losses(Engine engine, double[] classWeights);

    /** The sum of the losses of the rows for validation, without weights. */
    double validationLosses(Engine engine);

    /** The rows to train with as one data set, if there are any; weights where some are not 1. */
    Optional<Dataset> dataset(double[] classWeights);
}
