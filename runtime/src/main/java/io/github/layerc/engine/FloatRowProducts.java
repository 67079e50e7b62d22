package io.github.layerc.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Products of matrices with long rows, multiplied and added up in double: what the Gram form has to do before its first step and behind its last.
 * All cores work; each sum is added up in the same order whatever their number, so it does not change a bit.
 *
 * <p>Plain Java: it runs once in a training, and code of the Vector API would be waiting for its compilation longer than it runs.
 */
final class FloatRowProducts {
    /** Columns that are widened together: with 200 rows they fit the second-level cache. */
    private static final int CHUNK = 256;

    /** Bytes of widened columns that are multiplied together, so that they and a row of sums fit the first-level cache. */
    private static final int STRIP_BYTES = 24 << 10;

    /** Rows that a thread takes at a time. */
    private static final int GROUP = 16;

    /** Rows that are transposed side by side: a cache line of doubles. */
    private static final int LINE = 8;

    /** FLOPs of a part that are worth a thread. */
    private static final long FEWEST_FLOPS = 1_000_000;

    private final Workers workers;
    private final int threads;

    FloatRowProducts(Workers workers, int threads) {
        this.workers = workers;
        this.threads = threads;
    }

    /** Rows of a matrix. */
    static final class Rows {
        private final float[] values;
        private final int at;
        private final int stride;
        private final int count;

        /**
         * Takes rows of an array.
         *
         * @param at place of the first row
         * @param stride distance of two rows
         * @param count number of rows
         */
        Rows(float[] values, int at, int stride, int count) {
            this.values = values;
            this.at = at;
            this.stride = stride;
            this.count = count;
        }

        private double value(int row, int column) {
            return values[at + row * stride + column];
        }
    }

    /** Bytes that the methods need for so many rows while they run, roughly. */
    static long bytes(int rows) {
        return 8L * rows * CHUNK;
    }

    /** {@code out[i][j] += } the product of row i and row j of the same matrix. */
    void add(Rows rows, int length, double[][] out) {
        multiply(new Product(rows, rows, length, out, true));
        for (int i = 0; i < rows.count; i++) {
            for (int j = 0; j < i; j++) {
                out[j][i] = out[i][j];
            }
        }
    }

    /** {@code out[i][j] += } the product of row i of {@code a} and row j of {@code b}. */
    void add(Rows a, Rows b, int length, double[][] out) {
        multiply(new Product(a, b, length, out, false));
    }

    private void multiply(Product product) {
        int parts = parts((double) product.a.count * product.b.count * product.length);
        for (int from = 0; from < product.length; from += CHUNK) {
            product.start(from);
            workers.run(product::transpose, parts);
            workers.run(product::multiply, parts);
        }
    }

    private int parts(double multiplyAdds) {
        return (int) Math.max(1, Math.min(threads, 2 * multiplyAdds / FEWEST_FLOPS));
    }

    /** A product, a chunk of columns at a time. */
    private static final class Product {
        private final Rows a;
        private final Rows b;
        private final int length;
        private final double[][] out;
        private final boolean symmetric;
        private final int strip;

        /** The columns of the chunk. */
        private final double[][] columns;

        private final AtomicInteger taken = new AtomicInteger();
        private int from;
        private int width;

        Product(Rows a, Rows b, int length, double[][] out, boolean symmetric) {
            this.a = a;
            this.b = b;
            this.length = length;
            this.out = out;
            this.symmetric = symmetric;
            this.strip = Math.max(4, Math.min(CHUNK, STRIP_BYTES / (Double.BYTES * b.count)) / 4 * 4);
            this.columns = new double[Math.min(CHUNK, length)][b.count];
        }

        void start(int column) {
            from = column;
            width = Math.min(CHUNK, length - column);
            taken.set(0);
        }

        void transpose(int part, int parts) {
            int lines = (b.count + LINE - 1) / LINE;
            int end = Math.min(b.count, lines * (part + 1) / parts * LINE);
            int j = lines * part / parts * LINE;
            for (; j <= end - LINE; j += LINE) {
                transpose(b.values, b.at + j * b.stride + from, b.stride, columns, width, j);
            }
            for (; j < end; j++) {
                int source = b.at + j * b.stride + from;
                for (int k = 0; k < width; k++) {
                    columns[k][j] = b.values[source + k];
                }
            }
        }

        private static void transpose(float[] values, int at, int stride, double[][] columns, int width, int j) {
            for (int k = 0; k < width; k++) {
                double[] column = columns[k];
                int source = at + k;
                column[j] = values[source];
                column[j + 1] = values[source + stride];
                column[j + 2] = values[source + 2 * stride];
                column[j + 3] = values[source + 3 * stride];
                column[j + 4] = values[source + 4 * stride];
                column[j + 5] = values[source + 5 * stride];
                column[j + 6] = values[source + 6 * stride];
                column[j + 7] = values[source + 7 * stride];
            }
        }

        /** Of a symmetric product, what is not above the diagonal; the longest rows first. Which thread takes a group changes no bit. */
        void multiply(int part, int parts) {
            int groups = (a.count + GROUP - 1) / GROUP;
            for (int group = taken.getAndIncrement(); group < groups; group = taken.getAndIncrement()) {
                int first = (groups - 1 - group) * GROUP;
                int last = Math.min(first + GROUP, a.count);
                for (int k = 0; k < width; k += strip) {
                    int end = Math.min(k + strip, width);
                    for (int i = first; i < last; i++) {
                        addColumns(out[i], i, k, end, symmetric ? i + 1 : b.count);
                    }
                }
            }
        }

        private void addColumns(double[] sums, int i, int start, int end, int count) {
            int k = start;
            for (; k <= end - 4; k += 4) {
                RowSums.add(
                        sums,
                        columns[k],
                        columns[k + 1],
                        columns[k + 2],
                        columns[k + 3],
                        a.value(i, from + k),
                        a.value(i, from + k + 1),
                        a.value(i, from + k + 2),
                        a.value(i, from + k + 3),
                        count);
            }
            for (; k < end; k++) {
                RowSums.add(sums, columns[k], a.value(i, from + k), count);
            }
        }
    }

    /**
     * Combinations of rows: {@code out[u][k] += sum over s of c[u][s] * rows[s][k]}.
     *
     * @param c {@code [units][rows]}
     * @param out {@code [units][length]}
     */
    void addCombinations(double[] c, int units, Rows rows, int length, float[] out) {
        int parts = parts((double) units * rows.count * length);
        double[][] wide = new double[rows.count][Math.min(CHUNK, length)];
        double[][] sums = new double[units][wide[0].length];
        for (int from = 0; from < length; from += CHUNK) {
            int start = from;
            int width = Math.min(CHUNK, length - from);
            workers.run(
                    (part, of) -> {
                        for (int s = part; s < rows.count; s += of) {
                            widen(rows.values, rows.at + s * rows.stride + start, wide[s], width);
                        }
                    },
                    parts);
            workers.run(
                    (part, of) -> {
                        for (int u = part; u < units; u += of) {
                            combine(c, u * rows.count, wide, sums[u], width);
                            addTo(out, u * length + start, sums[u], width);
                        }
                    },
                    parts);
        }
    }

    private static void widen(float[] values, int at, double[] out, int length) {
        for (int k = 0; k < length; k++) {
            out[k] = values[at + k];
        }
    }

    /** {@code sums = sum over s of c[s] * rows[s]}. */
    static void combine(double[] c, int at, double[][] rows, double[] sums, int length) {
        Arrays.fill(sums, 0, length, 0);
        int s = 0;
        for (; s <= rows.length - 4; s += 4) {
            RowSums.add(
                    sums,
                    rows[s],
                    rows[s + 1],
                    rows[s + 2],
                    rows[s + 3],
                    c[at + s],
                    c[at + s + 1],
                    c[at + s + 2],
                    c[at + s + 3],
                    length);
        }
        for (; s < rows.length; s++) {
            RowSums.add(sums, rows[s], c[at + s], length);
        }
    }

    private static void addTo(float[] out, int at, double[] sums, int length) {
        for (int k = 0; k < length; k++) {
            out[at + k] += (float) sums[k];
        }
    }
}
