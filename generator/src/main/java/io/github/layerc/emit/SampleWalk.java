package io.github.layerc.emit;

/** The loops over the tiles of a product whose rows are samples, with the lanes along its columns. */
final class SampleWalk {
    /** Chains of multiply-adds that hide each other's latency. */
    private static final int NARROW_ACCUMULATORS = 8;

    /** Vectors of a tile of one sample: their calls have to fit the {@link InliningBudget}. */
    private static final int MOST_VECTORS = 8;

    /** Elements of the shortest vector that is worth a wide tile. */
    private static final int FEWEST_VECTOR = 4;

    private final ProductNest nest;
    private final TileWalk walk;
    private final TileWalk.Tiles tiles;

    SampleWalk(ProductNest nest, TileWalk walk, TileWalk.Tiles tiles) {
        this.nest = nest;
        this.walk = walk;
        this.tiles = tiles;
    }

    /**
     * Full tiles of samples for each tile of columns, which stays in a cache; then what is left of the samples, in tiles of fewer samples that
     * are wider instead: few chains of multiply-adds would wait for each other.
     */
    void emit(Lines lines) {
        int mr = nest.schedule().rows();
        if (mr > 1) {
            lines.line("int full = from + (to - from) / " + mr + " * " + mr);
            lines.begin("if (full > from)");
        }
        String end = mr > 1 ? "full" : "to";
        walk.vectors(lines, nest.schedule().columns(), (nr, column) -> {
            lines.begin("for (int s = from; s < " + end + "; s += " + mr + ")");
            lines.line(tiles.tile(mr, nr, "s", column)).end();
        });
        if (mr == 1) {
            return;
        }
        lines.end();
        lines.line("int s = full");
        for (int size : TileWalk.sizes(mr)) {
            if (size < mr) {
                lines.begin(size == 1 ? "for (; s < to; s++)" : "for (; s <= to - " + size + "; s += " + size + ")");
                String row = "s";
                walk.vectors(lines, wider(size), (nr, column) -> lines.line(tiles.tile(size, nr, row, column)));
                lines.end();
            }
        }
    }

    /**
     * Vectors of a tile with fewer rows: a power of two that leaves no more accumulators than the full tile or {@value #NARROW_ACCUMULATORS}.
     * In panels no more than one has: a tile of two would take its weights from two places by turns.
     */
    private int wider(int rows) {
        if (nest.right().panels() != null) {
            return nest.right().panels().vectors();
        }
        int most = Math.max(nest.schedule().rows() * nest.schedule().columns(), NARROW_ACCUMULATORS) / rows;
        int vectors = (nest.extent(nest.columns()) + FEWEST_VECTOR - 1) / FEWEST_VECTOR;
        return Integer.highestOneBit(Math.max(1, Math.min(Math.min(most, MOST_VECTORS), vectors)));
    }
}
