package io.github.layerc.engine.gram;

import io.github.layerc.engine.step.Parallel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Products of matrices with long rows: what the Gram form has to do before its first step and behind its last. They are
 * multiplied and added up in the network's precision over {@value #CHUNK} columns, and these sums in double. The
 * network's threads share the work; each sum is added up in the same order whatever their number, so it does not change
 * a bit.
 *
 * <p>Plain Java: it runs once in a training, and code of the Vector API would be waiting for its compilation longer than it runs.
 */
final class FloatRowProducts {
    /** Columns that are copied together: with 400 rows they fit the second-level cache. */
    private static final int CHUNK = 256;

    /** Bytes of copied columns that are multiplied together, so that they and a row of sums fit the first-level cache. */
    private static final int STRIP_BYTES = 24 << 10;

    /** Rows that a thread takes at a time. */
    private static final int GROUP = 16;

    /** Rows that are transposed side by side. */
    private static final int LINE = 8;

    /** FLOPs of a thread in a chunk that are worth its being called twice. */
    private static final long FEWEST_FLOPS = 2_000_000;

    private final Parallel workers;
    private final int threads;

    FloatRowProducts(Parallel workers, int threads) {
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

        private float value(int row, int column) {
            return values[at + row * stride + column];
        }
    }

    /** Bytes that the methods need for so many rows while they run, roughly. */
    static long bytes(int rows) {
        return 8L * rows * CHUNK;
    }

    /** {@code out[i][j] += } the product of row i and row j of the same matrix, {@code j <= i}. */
    void add(Rows rows, int length, double[][] out) {
        multiply(new Product(rows, rows, length, out, true));
    }

    /** {@code out[i][j] += } the product of row i of {@code a} and row j of {@code b}. */
    void add(Rows a, Rows b, int length, double[][] out) {
        multiply(new Product(a, b, length, out, false));
    }

    private void multiply(Product product) {
        int parts = parts((double) product.a.count * product.b.count * Math.min(CHUNK, product.length));
        float[][][] partials = new float[parts][GROUP][product.b.count];
        for (int from = 0; from < product.length; from += CHUNK) {
            product.start(from);
            workers.run(product::transpose, parts);
            workers.run((part, of) -> product.multiply(partials[part]), parts);
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
        private final float[][] columns;

        private final AtomicInteger taken = new AtomicInteger();
        private int from;
        private int width;

        Product(Rows a, Rows b, int length, double[][] out, boolean symmetric) {
            this.a = a;
            this.b = b;
            this.length = length;
            this.out = out;
            this.symmetric = symmetric;
            this.strip = Math.max(4, Math.min(CHUNK, STRIP_BYTES / (Float.BYTES * b.count)) / 4 * 4);
            this.columns = new float[Math.min(CHUNK, length)][b.count];
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

        private static void transpose(float[] values, int at, int stride, float[][] columns, int width, int j) {
            for (int k = 0; k < width; k++) {
                float[] column = columns[k];
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

        /**
         * Of a symmetric product, what is not above the diagonal; the longest rows first. Which thread takes a group changes no bit.
         *
         * @param partial zeros, before and afterwards: a thread's sums of a chunk, of the rows of a group
         */
        void multiply(float[][] partial) {
            int groups = (a.count + GROUP - 1) / GROUP;
            for (int group = taken.getAndIncrement(); group < groups; group = taken.getAndIncrement()) {
                int first = (groups - 1 - group) * GROUP;
                int last = Math.min(first + GROUP, a.count);
                for (int k = 0; k < width; k += strip) {
                    int end = Math.min(k + strip, width);
                    for (int i = first; i < last; i++) {
                        addColumns(partial[i - first], i, k, end, symmetric ? i + 1 : b.count);
                    }
                }
                for (int i = first; i < last; i++) {
                    moveSums(partial[i - first], out[i], symmetric ? i + 1 : b.count);
                }
            }
        }

        private static void moveSums(float[] partial, double[] sums, int count) {
            for (int j = 0; j < count; j++) {
                sums[j] += partial[j];
            }
            Arrays.fill(partial, 0, count, 0);
        }

        private void addColumns(float[] sums, int i, int start, int end, int count) {
            int k = start;
            for (; k <= end - 4; k += 4) {
                FloatRowSums.add(
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
                FloatRowSums.add(sums, columns[k], a.value(i, from + k), count);
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
        int parts = parts((double) units * rows.count * Math.min(CHUNK, length));
        float[] factors = new float[units * rows.count];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) c[i];
        }
        float[][] copies = new float[rows.count][Math.min(CHUNK, length)];
        float[][] sums = new float[units][copies[0].length];
        for (int from = 0; from < length; from += CHUNK) {
            int start = from;
            int width = Math.min(CHUNK, length - from);
            workers.run(
                    (part, of) -> {
                        for (int s = part; s < rows.count; s += of) {
                            System.arraycopy(rows.values, rows.at + s * rows.stride + start, copies[s], 0, width);
                        }
                    },
                    parts);
            workers.run(
                    (part, of) -> {
                        for (int u = part; u < units; u += of) {
                            combine(factors, u * rows.count, copies, sums[u], width);
                            addTo(out, u * length + start, sums[u], width);
                        }
                    },
                    parts);
        }
    }

    /** {@code sums = sum over s of c[s] * rows[s]}. */
    static void combine(float[] c, int at, float[][] rows, float[] sums, int length) {
        Arrays.fill(sums, 0, length, 0);
        int s = 0;
        for (; s <= rows.length - 4; s += 4) {
            FloatRowSums.add(
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
            FloatRowSums.add(sums, rows[s], c[at + s], length);
        }
    }

    private static void addTo(float[] out, int at, float[] sums, int length) {
        for (int k = 0; k < length; k++) {
            out[at + k] += sums[k];
        }
    }
}
