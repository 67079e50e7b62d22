package io.github.layerc.spark.scoring.loop;

import io.github.layerc.engine.VectorSupport;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Loops over the numbers of a row, which take as long as a small network where they go number by number, as C2 of 17 leaves all of them.
 */
public interface Doubles {
    /** By the Vector API where this JVM runs it well. */
    static Doubles best() {
        return Best.FOUND;
    }

    /** Whether no number from one place up to another has a larger absolute value than {@code most}, or is NaN. */
    boolean within(double[] values, int from, int to, double most);

    /** Copies numbers, which are rounded. */
    void copy(double[] values, int count, float[] to, int at);

    /** Copies numbers as they are. */
    default void copy(double[] values, int count, double[] to, int at) {
        System.arraycopy(values, 0, to, at, count);
    }

    /**
     * Copies numbers that are packed into bytes, in the byte order of this machine; they are rounded.
     *
     * @param from of the first number, in bytes
     * @return whether none has a larger absolute value than {@code most}, or is NaN; if one has, what was copied counts for nothing
     */
    boolean copy(byte[] packed, int from, int count, double most, float[] to, int at);

    /** The same for numbers that are copied as they are. */
    default boolean copy(byte[] packed, int from, int count, double most, double[] to, int at) {
        ByteBuffer.wrap(packed, from, count * Double.BYTES)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer()
                .get(to, at, count);
        return within(to, at, at + count, most);
    }

    /** Found once: it does not change while the JVM runs. A class of its own, so that none that implements this waits for it. */
    final class Best {
        private static final Doubles FOUND =
                VectorSupport.isAvailable() && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        ? new VectorDoubles()
                        : new Plain();

        private Best() {}
    }

    /** In plain Java. */
    final class Plain implements Doubles {
        private static final VarHandle PACKED =
                MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());

        @Override
        public boolean within(double[] values, int from, int to, double most) {
            return areWithin(values, from, to, most);
        }

        static boolean areWithin(double[] values, int from, int to, double most) {
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

        @Override
        public boolean copy(byte[] packed, int from, int count, double most, float[] to, int at) {
            return copy(packed, from, 0, count, most, to, at);
        }

        static boolean copy(byte[] packed, int from, int first, int end, double most, float[] to, int at) {
            boolean within = true;
            for (int i = first; i < end; i++) {
                double value = (double) PACKED.get(packed, from + i * Double.BYTES);
                within &= Math.abs(value) <= most;
                to[at + i] = (float) value;
            }
            return within;
        }
    }
}
