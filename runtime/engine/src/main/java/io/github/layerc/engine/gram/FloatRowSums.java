package io.github.layerc.engine.gram;

/**
 * Adds up scaled rows of matrices. The rows are arrays of their own, since C2 makes vectors of such a loop only where all of its arrays start at
 * the same index (JDK 17 to 25: 57 GFLOP/s in floats and 42 in doubles, and 12 where rows lie in one array at places that it does not know), and of
 * one sum of four terms: with two sums or eight terms the body is too large for it.
 */
final class FloatRowSums {
    private FloatRowSums() {}

    /** {@code sums[j] += c0 * row0[j] + ... + c3 * row3[j]}, {@code j < length}. */
    static void add(
            float[] sums,
            float[] row0,
            float[] row1,
            float[] row2,
            float[] row3,
            float c0,
            float c1,
            float c2,
            float c3,
            int length) {
        for (int j = 0; j < length; j++) {
            sums[j] += c0 * row0[j] + c1 * row1[j] + c2 * row2[j] + c3 * row3[j];
        }
    }

    /** {@code sums[j] += c * row[j]}, {@code j < length}. */
    static void add(float[] sums, float[] row, float c, int length) {
        for (int j = 0; j < length; j++) {
            sums[j] += c * row[j];
        }
    }
}
