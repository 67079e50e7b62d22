package io.github.layerc.spark.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.io.Serializable;
import java.util.Optional;

/**
 * The rows of a partition, packed as the class wants them. They stand in an order of their own, by weight, class and content: a partition that is computed once more has the same rows, but a
 * shuffle may bring them in another order, and sums of floating-point numbers depend on it.
 */
interface Shard extends Serializable {
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

    /** The sum of the losses of the rows for validation, without weights. */
    double validationLosses(Engine engine);

    /** The rows to train with as one data set, if there are any; weights where some are not 1. */
    Optional<Dataset> dataset(double[] classWeights);

    /** A place for rows, before they are put in order. */
    interface Builder {
        /**
         * Adds a row.
         *
         * @param inputs as many as the network has
         * @param targets as many as the network has outputs
         * @param label class, or 0 for a regression
         * @param weight of the row, at least 0
         * @param validates whether it is kept for validation
         */
        void add(double[] inputs, double[] targets, int label, double weight, boolean validates);

        /** Counts a row that is left out. */
        void drop();

        /** All that were added. */
        Shard build();
    }

    /**
     * A builder in the precision of a network.
     *
     * @param validation share of the rows that is kept for it, by their contents
     */
    static Builder builder(Network network, int classes, double validation) {
        return network.precision() == Precision.FLOAT
                ? new FloatShardBuilder(classes, validation)
                : new DoubleShardBuilder(classes, validation);
    }
}
