package io.github.layerc.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Arrays of float on their way to a library and back. */
final class Floats {

    private Floats() {}

    /** The values {@code from .. to - 1} in memory outside the heap, in the order of this machine's bytes. */
    static FloatBuffer direct(float[] values, int from, int to) {
        FloatBuffer buffer = direct(to - from);
        buffer.put(values, from, to - from);
        return buffer.rewind();
    }

    /** Zeros outside the heap. */
    static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
