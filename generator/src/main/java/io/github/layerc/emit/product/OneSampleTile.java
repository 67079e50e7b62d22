package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Lanes;

/**
 * The weight gradient of one sample, which has nothing to sum up: some vectors of columns, times the factor, are held in registers, and the rows of
 * the output are read and written one behind the other.
 *
 * <pre>
 * held = factor * right[0][columns]
 * for rows: out[row][columns] += left[0][row] * held
 * </pre>
 */
final class OneSampleTile {
    /** Elements of the shortest vector that is worth a wide tile. */
    private static final int FEWEST_ELEMENTS = 4;

    private final ProductNest nest;
    private final StoreEmitter store;
    private final Words words;
    private final int vectors;

    OneSampleTile(ProductNest nest, StoreEmitter store, int vectors) {
        this.nest = nest;
        this.store = store;
        this.words = nest.emission().words();
        this.vectors = vectors;
    }

    /** Whether a product has such tiles: a gradient with the lanes along its columns that is added to what is there. */
    static boolean suits(ProductNest nest) {
        return nest.product().kind() == Product.Kind.WEIGHT_GRADIENT
                && nest.schedule().lanes() == Lanes.COLUMNS
                && nest.epilogue().store() != Store.SET
                && !nest.strips();
    }

    /** Vectors of the widest tile, a power of two. */
    static int widest(ProductNest nest) {
        int extent = nest.extent(nest.columns());
        int vectors = (extent + FEWEST_ELEMENTS - 1) / FEWEST_ELEMENTS;
        return extent == 0
                ? InliningBudget.ONE_SAMPLE_VECTORS
                : Integer.highestOneBit(Math.min(InliningBudget.ONE_SAMPLE_VECTORS, vectors));
    }

    void emit(Lines lines) {
        String row = nest.rows().variable();
        String column = nest.columns().variable();
        Operand left = nest.left();
        Operand right = nest.right();
        lines.line(words.register() + " times = " + words.broadcast(store.times()));
        String rightAt = right.index(Axis.SAMPLES, "0", nest.columns(), column);
        for (int q = 0; q < vectors; q++) {
            String loaded = words.load(right.array(), Operand.sum(rightAt, right.vector(q)));
            lines.line(words.register() + " " + right.word() + q + " = " + words.multiply(loaded, "times"));
        }
        Operand out = nest.out();
        boolean panels = out.panels() != null;
        if (panels) {
            lines.line("int " + Operand.TILE + " = " + out.row(nest.columns(), column));
        }
        lines.begin("for (int " + row + " = " + nest.start(nest.rows()) + "; " + row + " < " + nest.end(nest.rows())
                + "; " + row + "++)");
        String coefficient = left.array() + "[" + left.index(Axis.SAMPLES, "0", nest.rows(), row) + "]";
        lines.line(words.register() + " " + left.word() + " = " + words.broadcast(coefficient));
        String outAt = panels
                ? out.inTile().index(nest.rows(), row, nest.columns(), "0")
                : out.index(nest.rows(), row, nest.columns(), column);
        lines.line("int outAt = " + outAt);
        for (int q = 0; q < vectors; q++) {
            String at = Operand.sum("outAt", out.vector(q));
            String sum = words.multiplyAdd(right.word() + q, left.word(), words.load("into", at));
            lines.line(words.store(sum, "into", at));
        }
        lines.end();
    }
}
