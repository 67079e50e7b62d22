package io.github.layerc.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Products of the rows of two matrices, {@code out[i][j] = sum over k of a[i][k] * b[j][k]}, multiplied and added up in double: the set-up of the
 * Gram form. Rows are taken a block of columns at a time, which is widened once and then multiplied by the kernels, all cores at work. Each sum
 * is that of its blocks in their order, so the bits do not depend on the number of cores.
 */
final class FloatRowProducts {
    /** Columns of a block, roughly: 8 KiB of each row, so that the rows of a tile stay in the first-level cache. */
    private static final int BLOCK = 1024;

    /**
     * Rows of a are handed to the kernels so many at a time, a multiple of the rows of every tile: with their block they fit the second-level
     * cache, and all rows of b pass once for each of them.
     */
    private static final int GROUP = 36;

    /** FLOPs of a part that are worth a thread. */
    private static final long FEWEST_FLOPS = 1_000_000;

    /** Values between rows of a block, so that not all start at the same place of a page. */
    private static final int GAP = 8;

    private final FloatKernels kernels;
    private final Workers workers;
    private final int threads;

    FloatRowProducts(FloatKernels kernels, Workers workers, int threads) {
        this.kernels = kernels;
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
    }

    /** Bytes that {@link #add} needs for so many rows while it runs. */
    static long bytes(int rows) {
        return 8L * rows * (BLOCK + GAP);
    }

    /** {@code out[i][j] += } the product of row i and row j of the same matrix. */
    void add(Rows rows, int length, double[] out, int outStride) {
        run(new Product(rows, rows, length, out, 0, outStride, true));
        for (int i = 0; i < rows.count; i++) {
            for (int j = 0; j < i; j++) {
                out[j * outStride + i] = out[i * outStride + j];
            }
        }
    }

    /** {@code out[i][j] += } the product of row i of {@code a} and row j of {@code b}; the first row of {@code out} starts at {@code outAt}. */
    void add(Rows a, Rows b, int length, double[] out, int outAt, int outStride) {
        run(new Product(a, b, length, out, outAt, outStride, false));
    }

    private void run(Product product) {
        double flops = 2.0 * product.a.count * product.b.count * product.length;
        int parts = (int) Math.max(1, Math.min(threads, flops / FEWEST_FLOPS));
        for (int from = 0; from < product.length; from += product.block) {
            product.start(from);
            workers.run(product::widen, parts);
            workers.run(product::multiply, parts);
        }
    }

    /** The blocks of one product. */
    private final class Product {
        private final Rows a;
        private final Rows b;
        private final int length;
        private final double[] out;
        private final int outAt;
        private final int outStride;
        private final boolean symmetric;
        private final int block;
        private final int stride;
        private final double[] wideA;
        private final double[] wideB;
        private final AtomicInteger taken = new AtomicInteger();
        private int from;
        private int width;

        Product(Rows a, Rows b, int length, double[] out, int outAt, int outStride, boolean symmetric) {
            this.a = a;
            this.b = b;
            this.length = length;
            this.out = out;
            this.outAt = outAt;
            this.outStride = outStride;
            this.symmetric = symmetric;
            int multiple = kernels.gramWidth();
            this.block = Math.max(1, Math.min(BLOCK, length + multiple - 1) / multiple) * multiple;
            this.stride = block + GAP;
            this.wideA = new double[Math.multiplyExact(a.count, stride)];
            this.wideB = symmetric ? wideA : new double[Math.multiplyExact(b.count, stride)];
        }

        void start(int column) {
            from = column;
            width = Math.min(block, length - column);
            taken.set(0);
        }

        void widen(int part, int parts) {
            widen(a, wideA, part, parts);
            if (!symmetric) {
                widen(b, wideB, part, parts);
            }
        }

        private void widen(Rows rows, double[] wide, int part, int parts) {
            for (int r = part; r < rows.count; r += parts) {
                int source = rows.at + r * rows.stride + from;
                int target = r * stride;
                for (int k = 0; k < width; k++) {
                    wide[target + k] = rows.values[source + k];
                }
                // the last block is shorter: the kernels multiply zeros behind it
                Arrays.fill(wide, target + width, target + block, 0);
            }
        }

        /**
         * Of a symmetric product, what lies below the diagonal; the longest rows first. Which thread takes a group changes no bit of the result.
         */
        void multiply(int part, int parts) {
            int groups = (a.count + GROUP - 1) / GROUP;
            for (int group = taken.getAndIncrement(); group < groups; group = taken.getAndIncrement()) {
                int i = (groups - 1 - group) * GROUP;
                int rows = Math.min(GROUP, a.count - i);
                int columns = symmetric ? Math.min(i + GROUP, b.count) : b.count;
                kernels.addRowProducts(
                        wideA,
                        i * stride,
                        rows,
                        wideB,
                        0,
                        columns,
                        stride,
                        block,
                        out,
                        outAt + i * outStride,
                        outStride);
            }
        }
    }
}
