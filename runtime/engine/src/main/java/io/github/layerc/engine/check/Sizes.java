package io.github.layerc.engine.check;

/** Checks of the sizes that callers choose. */
public final class Sizes {
    /** A few words below 2^31, since some JVMs reserve them in an array. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;

    private Sizes() {}

    /**
     * Checks the rows that a caller has passed.
     *
     * @param what for the message
     * @param length of the array
     * @param least count
     * @throws IllegalArgumentException if there are fewer, or the array does not hold them
     */
    public static void requireRows(String what, int length, int count, int columns, int least) {
        if (count < least) {
            throw new IllegalArgumentException("count must be at least " + least + ": count=" + count);
        }
        if (length < (long) count * columns) {
            throw new IllegalArgumentException(
                    what + " must hold " + count + " x " + columns + " values: length=" + length);
        }
    }

    /**
     * The length of an array for rows.
     *
     * @param what for the message
     * @throws IllegalArgumentException if no array is so long
     */
    public static int array(String what, int rows, int columns) {
        long length = (long) rows * columns;
        if (length > LARGEST_ARRAY) {
            throw new IllegalArgumentException(what + " must fit an array, at most " + LARGEST_ARRAY + " values: "
                    + rows + " x " + columns + " values");
        }
        return (int) length;
    }
}
