package io.github.layerc.engine.step;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One array of a {@linkplain io.github.layerc.data.TrainingState state}.
 *
 * @param length of the array
 * @param read the array as it is now; the same object as the last time where nothing has changed it
 * @param write takes another one, of the same length
 */
public record StatePart(String name, int length, Supplier<double[]> read, Consumer<double[]> write) {

    /** A whole number. */
    public static StatePart number(String name, Supplier<Integer> read, Consumer<Integer> write) {
        return new StatePart(name, 1, () -> new double[] {read.get()}, array -> write.accept((int) array[0]));
    }

    /** Copies numbers into an array of a state; a method of its own, which is compiled earlier than loops in those that call it. */
    public static void widen(float[] from, int start, double[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            to[at + i] = from[start + i];
        }
    }

    /** The same for numbers that are wide already. */
    public static void widen(double[] from, int start, double[] to, int at, int count) {
        System.arraycopy(from, start, to, at, count);
    }
}
