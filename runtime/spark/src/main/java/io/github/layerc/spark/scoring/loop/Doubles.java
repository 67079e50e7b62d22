package io.github.layerc.spark.scoring.loop;

import io.github.layerc.engine.VectorSupport;

/**
 * Loops over the numbers of a row, which take as long as a small network where they go number by number: C2 of 17 makes vectors of neither, that
 * of 25 of the second alone.
 */
public interface Doubles {
    /** By the Vector API where this JVM runs it well. */
    static Doubles best() {
        return Best.FOUND;
    }

    /** Whether no number is larger than that, or NaN. */
    boolean within(double[] values, int count, double most);

    /** Copies numbers, which are rounded. */
    void copy(double[] values, int count, float[] to, int at);

    /** Copies numbers as they are. */
    default void copy(double[] values, int count, double[] to, int at) {
        System.arraycopy(values, 0, to, at, count);
    }

    /** Found once: it does not change while the JVM runs. A class of its own, so that none that implements this waits for it. */
    final class Best {
        private static final Doubles FOUND = VectorSupport.isAvailable() ? new VectorDoubles() : new Plain();

        private Best() {}
    }

    /** In plain Java. */
    final class Plain implements Doubles {
        @Override
        public boolean within(double[] values, int count, double most) {
            return within(values, 0, count, most);
        }

        static boolean within(double[] values, int from, int to, double most) {
            for (int i = from; i < to; i++) {
                if (!(Math.abs(values[i]) <= most)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void copy(double[] values, int count, float[] to, int at) {
            copy(values, 0, count, to, at);
        }

        static void copy(double[] values, int from, int count, float[] to, int at) {
            for (int i = from; i < count; i++) {
                to[at + i] = (float) values[i];
            }
        }
    }
}
