package io.github.layerc.spark.training;

import java.util.Locale;

/** How a cluster trains. */
public enum Strategy {
    /** Exact gradients of all rows for each step. */
    FULL_BATCH,
    /** Partitions train by themselves, their parameters are averaged. */
    AVERAGING;

    /** The word of the parameter. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
