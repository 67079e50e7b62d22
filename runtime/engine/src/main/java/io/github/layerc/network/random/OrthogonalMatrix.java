package io.github.layerc.network.random;

/**
 * Makes the columns of a matrix, or its rows where these are fewer, orthogonal and equally long, by the method of Gram and Schmidt, done twice: the second time takes away what
 * rounding has left (Giraud, Langou and Rozloznik 2005). The vectors are {@code Q} of a decomposition {@code QR} whose {@code R} has a positive diagonal.
 */
public final class OrthogonalMatrix {
    private OrthogonalMatrix() {}

    /**
     * Replaces a matrix.
     *
     * @param values holds it from {@code at} on, row-major {@code [rows][columns]}, of rank {@code min(rows, columns)}, as random ones are
     * @param length of the vectors that are made
     */
    public static void make(double[] values, int at, int rows, int columns, double length) {
        if (rows < columns) {
            make(values, at, rows, columns);
        } else {
            double[] transposed = new double[rows * columns];
            for (int i = 0; i < transposed.length; i++) {
                transposed[i % columns * rows + i / columns] = values[at + i];
            }
            make(transposed, 0, columns, rows);
            for (int i = 0; i < transposed.length; i++) {
                values[at + i] = transposed[i % columns * rows + i / columns];
            }
        }
        for (int i = at; i < at + rows * columns; i++) {
            values[i] *= length;
        }
    }

    private static void make(double[] values, int at, int count, int size) {
        for (int v = 0; v < count; v++) {
            int vector = at + v * size;
            for (int time = 0; time < 2; time++) {
                for (int other = at; other < vector; other += size) {
                    double shared = product(values, vector, other, size);
                    for (int i = 0; i < size; i++) {
                        values[vector + i] -= shared * values[other + i];
                    }
                }
            }
            double norm = Math.sqrt(product(values, vector, vector, size));
            for (int i = 0; i < size; i++) {
                values[vector + i] /= norm;
            }
        }
    }

    /** In four sums: each addition to a single one would wait for the one before. */
    private static double product(double[] values, int a, int b, int size) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= size - 4; i += 4) {
            sum0 += values[a + i] * values[b + i];
            sum1 += values[a + i + 1] * values[b + i + 1];
            sum2 += values[a + i + 2] * values[b + i + 2];
            sum3 += values[a + i + 3] * values[b + i + 3];
        }
        for (; i < size; i++) {
            sum0 += values[a + i] * values[b + i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
