package io.github.layerc.network.random;

/**
 * Which activations a training step leaves out (Srivastava et al. 2014), inverted: those that stay are divided by the share that stays, so that
 * predictions need nothing of it. Whether one stays depends on the seed, the number of the update, the layer, the sample's place in the step and the
 * unit, and on nothing that was drawn before: so threads, engines, targets and a training that goes on after a checkpoint leave out the same ones.
 * The numbers are those of a counter (Salmon et al. 2011), mixed by the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
 */
public final class Dropout {
    /** The key of steps that leave out nothing, as gradients are asked for outside a training. */
    public static final long NONE = 0;

    /** What {@link #accepts} asks for. */
    public static final String RULE = "must be at least 0 and below 1";

    /** Rates are multiples of one by this. */
    private static final int ALL = 1 << 24;

    private static final int BITS = 24;

    /** Odd, so that no place is met twice along a layer, a sample or a unit: 2^64 by the golden ratio, and two of the primes of xxHash64. */
    private static final long LAYER = 0x9E3779B97F4A7C15L;

    private static final long SAMPLE = 0xC2B2AE3D27D4EB4FL;
    private static final long UNIT = 0x165667B19E3779F9L;

    private Dropout() {}

    /**
     * The key of an update.
     *
     * @param seed of the network
     * @param update from 0
     */
    public static long key(long seed, int update) {
        // never that of no dropout
        return mix(mix(seed + LAYER) + update * LAYER) | 1;
    }

    /**
     * Whether an activation stays.
     *
     * @param key of the update
     * @param layer from 1
     * @param sample place in the step, from 0
     * @param unit from 0
     * @param dropped of {@link #dropped(double)}
     */
    public static boolean keeps(long key, int layer, int sample, int unit, int dropped) {
        return key == NONE
                || mix(key + layer * LAYER + sample * SAMPLE + unit * UNIT) >>> (Long.SIZE - BITS) >= dropped;
    }

    public static boolean accepts(double rate) {
        return rate >= 0 && rate < 1 && dropped(rate) < ALL;
    }

    /** How many of 2^24 a rate leaves out. */
    public static int dropped(double rate) {
        return (int) Math.round(rate * ALL);
    }

    /** What an activation that stays is multiplied with: 1 by the share that stays. */
    public static double scale(int dropped) {
        return ALL / (double) (ALL - dropped);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
