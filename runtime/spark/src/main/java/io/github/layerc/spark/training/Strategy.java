package io.github.layerc.spark.training;

import java.util.Locale;

/** How a cluster trains. */
public enum Strategy {
    /** Exact gradients of all rows for each step. */
    FULL_BATCH {
        @Override
        Outcome train(Setup setup, Length length, long seed) {
            return new FullBatch(setup).run(length.iterations());
        }
    },
    /** Partitions train by themselves, their parameters are averaged. */
    AVERAGING {
        @Override
        Outcome train(Setup setup, Length length, long seed) {
            return new Averaging(setup).run(length.rounds(), length.localEpochs(), seed);
        }
    };

    /**
     * Trains.
     *
     * @param seed of the permutations
     * @throws IllegalArgumentException if network and optimizer cannot be trained so
     */
    abstract Outcome train(Setup setup, Length length, long seed);

    /** The word of the parameter. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
