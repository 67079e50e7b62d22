package io.github.layerc.spark.training.shard;

import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;

/** A place for rows, before they are put in order. */
interface ShardBuilder {
    /**
     * Adds a row.
     *
     * @param inputs as many as the network has
     * @param targets as many as the network has outputs
     */
    void add(Group group, double[] inputs, double[] targets);

    /** Counts a row that is left out. */
    void drop();

    /** All that were added. */
    Shard build();

    /** A builder in the precision of a network. */
    static ShardBuilder of(Network network, int classes) {
        return network.precision() == Precision.FLOAT
                ? new FloatShardBuilder(classes)
                : new DoubleShardBuilder(classes);
    }
}
