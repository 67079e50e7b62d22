package io.github.layerc.network.random;

/**
 * The generator behind NumPy's {@code RandomState(seed)}: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998, seeded by
 * {@code init_genrand}). {@code randn} is 53-bit uniform doubles and Marsaglia's polar method, which makes two deviates at a time; NumPy returns
 * the second one first and keeps the other. The uniform draws and the permutations are NumPy's exactly; the deviates differ by at most the
 * rounding of the logarithm.
 */
public final class NumpyRandom {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int position = SIZE;
    private double kept;
    private boolean hasKept;

    /** @param seed from 0 to 2^32 - 1 */
    public NumpyRandom(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** A standard normal deviate. */
    public double nextGaussian() {
        if (hasKept) {
            hasKept = false;
            return kept;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * nextDouble() - 1;
            y = 2 * nextDouble() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double factor = Math.sqrt(-2 * Math.log(square) / square);
        kept = factor * x;
        hasKept = true;
        return factor * y;
    }

    /**
     * Fills an array with {@code permutation(n)}, its length being n: 0 to n - 1, shuffled from the end by Fisher and Yates. Each place takes 32
     * random bits, cut to as many as its number has, until they make a number that is not larger.
     */
    public void permutation(int[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = i;
        }
        for (int i = out.length - 1; i > 0; i--) {
            int mask = -1 >>> Integer.numberOfLeadingZeros(i);
            int j;
            do {
                j = nextInt() & mask;
            } while (j > i);
            int kept = out[i];
            out[i] = out[j];
            out[j] = kept;
        }
    }

    /** All that the next draws depend on, for {@link #restore}: the generator's words, the place of the next one, the deviate that is kept, if any. */
    public double[] state() {
        double[] out = new double[SIZE + 3];
        for (int i = 0; i < SIZE; i++) {
            out[i] = state[i];
        }
        out[SIZE] = position;
        out[SIZE + 1] = hasKept ? 1 : 0;
        out[SIZE + 2] = kept;
        return out;
    }

    /** Goes on as the generator did whose {@link #state()} this is. */
    public void restore(double[] from) {
        if (from.length != SIZE + 3) {
            throw new IllegalArgumentException("state must have " + (SIZE + 3) + " numbers: length=" + from.length);
        }
        for (int i = 0; i < SIZE; i++) {
            state[i] = (int) from[i];
        }
        position = (int) from[SIZE];
        hasKept = from[SIZE + 1] != 0;
        kept = from[SIZE + 2];
    }

    /** Uniform in [0, 1), 53 random bits. */
    public double nextDouble() {
        int high = nextInt() >>> 5;
        int low = nextInt() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    /** 32 random bits. */
    int nextInt() {
        if (position == SIZE) {
            twist();
        }
        int y = state[position++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
            state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        position = 0;
    }
}
