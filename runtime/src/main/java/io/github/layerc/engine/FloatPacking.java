package io.github.layerc.engine;

/** Moves matrices between layouts; generated classes pack their parameters with it. All arrays are flat, places and strides in elements. */
public final class FloatPacking {
    /** A square of so many elements is moved at a time, so that the lines of both matrices stay in the first-level cache. */
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
            int lastColumn = Math.min(c + BLOCK, columns);
            for (int r = 0; r < rows; r += BLOCK) {
                int lastRow = Math.min(r + BLOCK, rows);
                for (int column = c; column < lastColumn; column++) {
                    int at = toAt + column * toStride;
                    for (int row = r; row < lastRow; row++) {
                        to[at + row] = from[fromAt + row * fromStride + column];
                    }
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
