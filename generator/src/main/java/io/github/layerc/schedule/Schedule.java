package io.github.layerc.schedule;

/**
 * How a product {@code out[row][column] = sum over r of left[row][r] * right[column][r]} is computed.
 *
 * @param form what stays in registers
 * @param lanes the axis whose neighbours fill a vector
 * @param rows tile size mr: rows of the output that are computed together
 * @param columns tile size nr: columns, or vectors of columns, that are computed together
 * @param block for {@link Form#TILE}, the kc elements of the reduction that are taken at a time, 0 for all; for {@link Form#ROWS}, the
 *     columns whose sums are kept at a time
 * @param samples the mc samples that pass while their partial sums, one vector for each output, stay in the second-level cache; 0 where the
 *     reduction is not taken in blocks, or its partial sums are numbers
 * @param few more samples than that are worth a transposed copy of the weights, along whose rows the lanes then lie; 0 where the kernel makes
 *     no copy
 */
public record Schedule(Form form, Lanes lanes, int rows, int columns, int block, int samples, int few) {

    /** What stays in registers. */
    public enum Form {
        /** A tile of rows x columns accumulators; the reduction is the innermost loop. */
        TILE,
        /** Coefficients of rows x columns(of the reduction); sums of a block of columns are kept in the first-level cache. */
        ROWS
    }

    /** The axis whose neighbours fill a vector. */
    public enum Lanes {
        /** Scalar code. */
        NONE,
        /** The summed axis: a vector is summed up at the end of a tile. */
        REDUCTION,
        /** The columns of the output: nothing is summed across lanes. */
        COLUMNS
    }

    public static Schedule tile(Lanes lanes, int rows, int columns, int block) {
        return new Schedule(Form.TILE, lanes, rows, columns, block, 0, 0);
    }

    /** The same tile with the reduction in blocks of kc, and partial sums of mc samples. */
    public Schedule withBlocks(int kc, int mc) {
        return new Schedule(form, lanes, rows, columns, kc, mc, few);
    }

    /** The same tile on a transposed copy of the weights for more than {@code few} samples. */
    public Schedule withCopyBeyond(int samplesWithout) {
        return new Schedule(form, lanes, rows, columns, block, samples, samplesWithout);
    }

    public static Schedule rows(int rows, int reduction, int block) {
        return new Schedule(Form.ROWS, Lanes.NONE, rows, reduction, block, 0, 0);
    }
}
