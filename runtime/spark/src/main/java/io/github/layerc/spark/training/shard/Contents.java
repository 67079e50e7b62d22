package io.github.layerc.spark.training.shard;

/** Hashes of what rows contain: a row has the same one wherever it lies. */
final class Contents {
    /** Odd, with bits all over. */
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private Contents() {}

    /** The hash of a row whose values before this one have the hash {@code before}; 0 before the first one. */
    static long mix(long before, double value) {
        long mixed = (before ^ Double.doubleToLongBits(value)) * FACTOR;
        return mixed ^ mixed >>> 29;
    }

    /** The hash of values and what stands behind them. */
    static long hash(double[] values, double last) {
        long hash = 0;
        for (double value : values) {
            hash = mix(hash, value);
        }
        return mix(hash, last);
    }

    /** Whether a row is among a share of all rows, from 0 to 1, that hashes choose. */
    static boolean isAmong(double share, double[] values, double last) {
        // the upper bits, as a number from 0 to 1
        return share > 0 && (hash(values, last) >>> 11) * 0x1p-53 < share;
    }
}
