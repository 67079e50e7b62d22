package io.github.layerc.engine;

/**
 * Adds up scaled rows of matrices. The rows are arrays of their own, since C2 makes vectors of such a loop only where all of its arrays start at
 * the same index (JDK 17 to 25: 42 GFLOP/s, and 11 where rows lie in one array at places that it does not know), and of one sum of four terms:
 * with two sums or eight terms the body is too large for it.
 */
final class RowSums {
    private RowSums() {}

    /** {@code sums[j] += c0 * row0[j] + ... + c3 * row3[j]}, {@code j < length}. */
    static void add(
            double[] sums,
            double[] row0,
            double[] row1,
            double[] row2,
            double[] row3,
            double c0,
            double c1,
            double c2,
            double c3,
            int length) {
        for (int j = 0; j < length; j++) {
            sums[j] += c0 * row0[j] + c1 * row1[j] + c2 * row2[j] + c3 * row3[j];
        }
    }

    /** {@code sums[j] += c * row[j]}, {@code j < length}. */
    static void add(double[] sums, double[] row, double c, int length) {
        for (int j = 0; j < length; j++) {
            sums[j] += c * row[j];
        }
    }
}
