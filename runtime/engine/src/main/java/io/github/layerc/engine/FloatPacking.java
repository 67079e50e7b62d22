package io.github.layerc.engine;

/** Moves matrices between layouts; generated classes pack their parameters with it. All arrays are flat, places and strides in elements. */
public final class FloatPacking {
    /** Columns of so many elements are moved at a time, so that their lines stay in the first-level cache from eight rows to the next. */
    private static final int BLOCK = 16;

    private FloatPacking() {}

    /** {@code to[r][c] = from[r][c]}: the rows keep their order and get another distance. */
    public static void copyRows(
            float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(from, fromAt + r * fromStride, to, toAt + r * toStride, columns);
        }
    }

    /**
     * {@code to[c][r] = from[r][c]}.
     *
     * @param rows of {@code from}
     * @param columns of {@code from}
     */
    public static void transpose(
            float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride, int rows, int columns) {
        for (int c = 0; c < columns; c += BLOCK) {
            int last = Math.min(c + BLOCK, columns);
            int r = 0;
            // eight rows side by side are eight neighbours in a row of the other matrix: no inner loop
            for (; r <= rows - 8; r += 8) {
                int row0 = fromAt + r * fromStride;
                int row1 = row0 + fromStride;
                int row2 = row1 + fromStride;
                int row3 = row2 + fromStride;
                int row4 = row3 + fromStride;
                int row5 = row4 + fromStride;
                int row6 = row5 + fromStride;
                int row7 = row6 + fromStride;
                int at = toAt + c * toStride + r;
                for (int column = c; column < last; column++) {
                    float value0 = from[row0 + column];
                    float value1 = from[row1 + column];
                    float value2 = from[row2 + column];
                    float value3 = from[row3 + column];
                    float value4 = from[row4 + column];
                    float value5 = from[row5 + column];
                    float value6 = from[row6 + column];
                    float value7 = from[row7 + column];
                    to[at] = value0;
                    to[at + 1] = value1;
                    to[at + 2] = value2;
                    to[at + 3] = value3;
                    to[at + 4] = value4;
                    to[at + 5] = value5;
                    to[at + 6] = value6;
                    to[at + 7] = value7;
                    at += toStride;
                }
            }
            for (; r < rows; r++) {
                int at = toAt + c * toStride + r;
                for (int column = c; column < last; column++) {
                    to[at] = from[fromAt + r * fromStride + column];
                    at += toStride;
                }
            }
        }
    }

    /**
     * Rows in panels, samples or a layer's units: {@code width} of them side by side, input after input, {@code [panels][inputs][width]}. What
     * the last panel has too many stays as it is.
     *
     * @param rows one every {@code fromStride} values
     * @param inputs of a row
     * @param width rows of a panel
     */
    public static void panels(
            float[] from, int fromAt, int fromStride, int rows, int inputs, int width, float[] to, int toAt) {
        for (int r = 0; r < rows; r += width) {
            transpose(
                    from,
                    fromAt + r * fromStride,
                    fromStride,
                    to,
                    toAt + r * inputs,
                    width,
                    Math.min(width, rows - r),
                    inputs);
        }
    }

    /** The rows that {@link #panels} has put into panels. */
    public static void rowsOfPanels(
            float[] from, int fromAt, int rows, int inputs, int width, float[] to, int toAt, int toStride) {
        for (int r = 0; r < rows; r += width) {
            transpose(
                    from,
                    fromAt + r * inputs,
                    width,
                    to,
                    toAt + r * toStride,
                    toStride,
                    inputs,
                    Math.min(width, rows - r));
        }
    }

    /**
     * Samples in strips: {@code width} inputs side by side, sample after sample, {@code [strips][samples][width]}. What the last strip has too
     * many stays as it is.
     *
     * @param samples one every {@code fromStride} values
     * @param width inputs of a strip
     */
    public static void strips(
            float[] from, int fromAt, int fromStride, int samples, int inputs, int width, float[] to, int toAt) {
        for (int i = 0; i < inputs; i += width) {
            copyRows(from, fromAt + i, fromStride, to, toAt + i * samples, width, samples, Math.min(width, inputs - i));
        }
    }
}
