package io.github.layerc.schedule;

/**
 * How a product {@code out[row][column] = sum over r of left[row][r] * right[column][r]} is computed: mr x nr of something stay in registers, and
 * what that is tells one kind of kernel from the other.
 */
public sealed interface Schedule {
    /** What stays in registers. */
    Form form();

    /** The axis whose neighbours fill a vector. */
    Lanes lanes();

    /** Rows of the output that are computed together. */
    int mr();

    /** What else is taken together, see each kind. */
    int nr();

    /**
     * A tile of mr x nr accumulators; the reduction is the innermost loop.
     *
     * @param nr columns, or vectors of columns, that are computed together
     * @param kc elements of the reduction that are taken at a time, 0 for all
     * @param mc samples that pass while their partial sums, one vector for each output, stay in the second-level cache; 0 where the reduction is
     *     not taken in blocks, or its partial sums are numbers
     * @param few more samples than that are worth a transposed copy of the weights, along whose rows the lanes then lie; 0 where the kernel makes
     *     no copy
     */
    record Tile(Lanes lanes, int mr, int nr, int kc, int mc, int few) implements Schedule {
        @Override
        public Form form() {
            return Form.TILE;
        }

        /** The same tile with the reduction in blocks of kc, and partial sums of mc samples. */
        public Tile withBlocks(int otherKc, int otherMc) {
            return new Tile(lanes, mr, nr, otherKc, otherMc, few);
        }

        /** The same tile on a transposed copy of the weights for more than {@code few} samples. */
        public Tile withCopyBeyond(int samplesWithout) {
            return new Tile(lanes, mr, nr, kc, mc, samplesWithout);
        }
    }

    /**
     * Coefficients of mr rows x nr terms; sums of a block of columns are kept in the first-level cache. In plain Java, of whose innermost loop over
     * the columns C2 makes vectors by itself.
     *
     * @param nr terms of the reduction that are added together
     * @param block columns whose sums are kept at a time
     */
    record Rows(int mr, int nr, int block) implements Schedule {
        @Override
        public Form form() {
            return Form.ROWS;
        }

        @Override
        public Lanes lanes() {
            return Lanes.NONE;
        }
    }

    /** The kinds, by the words of a file with measured schedules. */
    enum Form {
        TILE,
        ROWS
    }

    /** The axis whose neighbours fill a vector. */
    enum Lanes {
        /** Scalar code. */
        NONE,
        /** The summed axis: a vector is summed up at the end of a tile. */
        REDUCTION,
        /** The columns of the output: nothing is summed across lanes. */
        COLUMNS
    }

    /** A tile with blocks of nothing but the reduction. */
    static Tile tile(Lanes lanes, int mr, int nr, int kc) {
        return new Tile(lanes, mr, nr, kc, 0, 0);
    }
}
