package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;

/**
 * A tile whose accumulators run along the columns of the output: for each step of the reduction, vectors of columns are loaded once and
 * multiplied by one broadcast number for each row. No sum across lanes is needed.
 *
 * <p>The epilogue takes the sums from registers where that fits the {@link InliningBudget}; else they are stored first, and it is a loop.
 */
final class ColumnTile {
    /** From so many elements on, a reduction is worth two halves, however many vectors the tile has. */
    private static final int LONG_REDUCTION = 64;

    /** From so many on, it is worth as many parts as let {@link #BUSY} multiply-adds be under way. */
    private static final int SHORT_REDUCTION = 16;

    /** Multiply-adds that have to be independent to hide each other's latency: two a cycle, each of four cycles. */
    private static final int BUSY = 8;

    private static final int MOST_PARTS = 4;

    private final ProductNest nest;
    private final StoreEmitter store;
    private final Words words;
    private final int mr;
    private final int nr;
    private final String r;
    private final String row;
    private final String column;

    /** Parts of the reduction, see {@link #mostParts}. */
    private int parts;

    /** Whether accumulators start at the bias instead of 0: not where the sum is scaled before, or not complete in a tile, or a loop adds it. */
    private boolean biasFirst;

    /** A tile at the place that the variables of rows and columns name. */
    ColumnTile(ProductNest nest, StoreEmitter store, int mr, int nr) {
        this(nest, store, mr, nr, nest.rows().variable(), nest.columns().variable());
    }

    /**
     * A tile at a place.
     *
     * @param row the first row, an expression
     * @param column the same for columns
     */
    ColumnTile(ProductNest nest, StoreEmitter store, int mr, int nr, String row, String column) {
        this.nest = nest;
        this.store = store;
        this.words = nest.words();
        this.mr = mr;
        this.nr = nr;
        this.r = nest.reduction().variable();
        this.row = row;
        this.column = column;
        this.parts = mostParts();
        boolean neighbours = nest.panels() || nest.strips() || nest.right().contiguous(nest.columns());
        if (!neighbours || !nest.out().contiguous(nest.columns())) {
            throw new AssertionError("lanes along an axis that is not contiguous: " + nest.product());
        }
    }

    /** In as many parts as are worth it, as far as all of it fits the {@link InliningBudget}. */
    void emit(Lines lines) {
        boolean loops = !fits(false);
        while (loops && parts > 1 && !fits(true)) {
            parts /= 2;
            loops = !fits(false);
        }
        emit(lines, loops);
    }

    private boolean fits(boolean loops) {
        Lines draft = new Lines();
        ColumnTile tile = new ColumnTile(nest.draft(), store, mr, nr, row, column);
        tile.parts = parts;
        tile.emit(draft, loops);
        return !words.vector() || InliningBudget.nodes(draft.build()) <= InliningBudget.NODES;
    }

    /** @param loops whether the sums are stored before the epilogue, and the bias or the sums of earlier blocks are added there */
    private void emit(Lines lines, boolean loops) {
        biasFirst = !loops && nest.epilogue().bias() != null && !nest.epilogue().inputScale() && !nest.partialOutputs();
        Operand left = nest.left();
        boolean leftAlongReduction = left.contiguous(nest.reduction());
        if (leftAlongReduction) {
            rowPlaces(lines, left, left.word());
        }
        start(lines, loops);
        rightPlace(lines);
        if (parts > 1) {
            parts(lines);
            epilogue(lines, loops);
            return;
        }
        boolean blocks = nest.partialOutputs();
        lines.begin("for (int " + r + " = " + (blocks ? "start" : "0") + "; " + r + " < "
                + (blocks ? "end" : nest.extentName(nest.reduction())) + "; " + r + "++)");
        loadColumns(lines);
        if (!leftAlongReduction) {
            lines.line("int " + left.word() + "At = " + left.index(nest.reduction(), r, nest.rows(), row));
        }
        for (int p = 0; p < mr; p++) {
            String index = leftAlongReduction
                    ? left.word() + "At" + p + " + " + r
                    : Operand.sum(left.word() + "At", Operand.product(String.valueOf(p), left.stride(nest.rows())));
            lines.line(words.register() + " " + left.word() + p + " = "
                    + words.broadcast(left.array() + "[" + index + "]"));
            for (int q = 0; q < nr; q++) {
                lines.line(words.accumulate(acc(p, q), nest.right().word() + q, left.word() + p));
            }
        }
        lines.end();
        if (blocks && !loops) {
            for (int p = 0; p < mr; p++) {
                for (int q = 0; q < nr; q++) {
                    lines.line(words.store(acc(p, q), nest.out().array(), outAt(p, q)));
                }
            }
        } else {
            epilogue(lines, loops);
        }
    }

    /**
     * Parts of the reduction that go side by side. In a tile of one sample and few vectors each multiply-add would wait for the one before. With many
     * inputs it waits for its weights, which C2 would load from eight rows at a time, column by column; two streams of rows arrive faster.
     */
    private int mostParts() {
        if (mr > 1
                || nr > InliningBudget.ONE_SAMPLE_VECTORS
                || nest.rows() != Axis.SAMPLES
                || !nest.left().contiguous(nest.reduction())
                || nest.partialOutputs()) {
            return 1;
        }
        int extent = nest.size(nest.reduction());
        int least = extent >= LONG_REDUCTION ? 2 : 1;
        return extent >= SHORT_REDUCTION ? Math.max(least, Math.min(MOST_PARTS, BUSY / nr)) : 1;
    }

    private void parts(Lines lines) {
        Operand left = nest.left();
        Operand right = nest.right();
        int extent = nest.size(nest.reduction());
        int length = extent / parts;
        for (int part = 1; part < parts; part++) {
            lines.line("int " + left.word() + "At" + part + " = " + left.word() + "At0 + " + part * length);
            for (int q = 0; q < nr; q++) {
                String value = part + q == 1 ? words.zero() : acc(1, 0);
                lines.line(words.register() + " " + acc(part, q) + " = " + value);
            }
        }
        lines.begin("for (int " + r + " = 0; " + r + " < " + length + "; " + r + "++)");
        for (int part = 0; part < parts; part++) {
            String distance = Operand.product(String.valueOf(part * length), right.stride(nest.reduction()));
            String first = rightAt(r);
            String at = part == 0 ? first : right.word() + "At0 + " + distance;
            step(lines, part, part, left.word() + "At" + part + " + " + r, at);
        }
        lines.end();
        for (int distance = 1; distance < parts; distance *= 2) {
            for (int part = 0; part < parts; part += 2 * distance) {
                for (int q = 0; q < nr; q++) {
                    lines.line(acc(part, q) + " = " + words.add(acc(part, q), acc(part + distance, q)));
                }
            }
        }
        for (int rest = parts * length; rest < extent; rest++) {
            String at = rightAt(String.valueOf(rest));
            step(lines, 0, rest - parts * length, left.word() + "At0 + " + rest, at);
        }
    }

    /** One multiply-add for each vector of the tile, for a part of the reduction; the name tells its operands from those of other steps. */
    private void step(Lines lines, int part, int name, String leftAt, String rightAt) {
        String left = nest.left().word() + name;
        String at = nest.right().word() + "At" + name;
        lines.line("int " + at + " = " + rightAt);
        lines.line(words.register() + " " + left + " = "
                + words.broadcast(nest.left().array() + "[" + leftAt + "]"));
        for (int q = 0; q < nr; q++) {
            String weight = words.load(
                    nest.right().array(), Operand.sum(at, nest.right().vector(q)));
            lines.line(acc(part, q) + " = " + words.multiplyAdd(weight, left, acc(part, q)));
        }
    }

    /** The accumulators: 0, the bias, or what the blocks before have summed up. */
    private void start(Lines lines, boolean loops) {
        boolean sumsSoFar = nest.partialOutputs() && !loops;
        if (sumsSoFar) {
            rowPlaces(lines, nest.out(), "out");
        } else if (biasFirst) {
            biases(lines);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                String value = sumsSoFar
                        ? words.load(nest.out().array(), outAt(p, q))
                        : biasFirst ? bias(p, q) : p + q == 0 ? words.zero() : acc(0, 0);
                lines.line(words.register() + " " + acc(p, q) + " = " + value);
            }
        }
    }

    /** The vectors of columns for one step of the reduction; those of panels are the samples of a panel each. */
    private void loadColumns(Lines lines) {
        Operand right = nest.right();
        String place = right.word() + "At";
        lines.line("int " + place + " = " + rightAt(r));
        boolean apart = nest.panels() || nest.strips();
        String distance = nest.extentName(nest.reduction()) + " * LANES";
        for (int q = 0; q < nr; q++) {
            String vector = apart && q > 0 ? (q == 1 ? "" : q + " * ") + distance : right.vector(q);
            String at = Operand.sum(place, vector);
            lines.line(words.register() + " " + right.word() + q + " = " + words.load(right.array(), at));
        }
    }

    private String outAt(int p, int q) {
        return Operand.sum("outAt" + p, nest.out().vector(q));
    }

    private void rightPlace(Lines lines) {
        if (nest.right().panels() != null) {
            lines.line("int " + Operand.TILE + " = " + nest.right().row(nest.columns(), column));
        }
    }

    /** The tile's first vector of the right operand for a step of the reduction. */
    private String rightAt(String step) {
        Operand right = nest.right();
        return right.panels() == null
                ? right.index(nest.reduction(), step, nest.columns(), column)
                : right.inTile().index(nest.reduction(), step, nest.columns(), "0");
    }

    private void epilogue(Lines lines, boolean loops) {
        if (loops) {
            epilogueLoop(lines);
            return;
        }
        lines.blank().comment("epilogue: while the tile is in registers");
        store.constants(lines, words);
        rowPlaces(lines, nest.out(), "out");
        boolean addsBias = nest.epilogue().bias() != null && !biasFirst;
        if (addsBias) {
            biases(lines);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                String bias = addsBias ? bias(p, q) : "";
                String at = outAt(p, q);
                String activation = store.activation(words, at);
                if (!activation.isEmpty()) {
                    lines.line(words.register() + " activation" + p + q + " = " + activation);
                    activation = "activation" + p + q;
                }
                lines.line(store.stored(words, acc(p, q), at, bias, activation));
            }
        }
    }

    /** The same for sums in memory, which costs a store and a load of each, but takes one call of each operation for all. */
    private void epilogueLoop(Lines lines) {
        Operand out = nest.out();
        lines.blank()
                .comment("epilogue: from memory, where a loop takes fewer calls of the Vector API than C2 inlines");
        String lanes = nest.scratch().lanes(mr * nr);
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                lines.line(words.store(acc(p, q), lanes, Operand.product(String.valueOf(p * nr + q), "LANES")));
            }
        }
        boolean blocks = nest.partialOutputs();
        boolean addsBias = !blocks && nest.epilogue().bias() != null && !biasFirst;
        if (!blocks) {
            store.constants(lines, words);
        }
        String each = Operand.sum(row, mr > 1 ? "row" : "");
        if (mr > 1) {
            lines.begin("for (int row = 0; row < " + mr + "; row++)");
        }
        lines.line("int outAt = " + out.index(nest.rows(), each, nest.columns(), column));
        String biasAt =
                Operand.sum(nest.emission().biasAt(nest.product().layer()), nest.rows() == Axis.UNITS ? each : "");
        if (addsBias && nest.rows() == Axis.UNITS) {
            lines.line(words.register() + " bias = " + words.broadcast("parameters[" + biasAt + "]"));
        }
        if (nr > 1) {
            lines.begin("for (int column = 0; column < " + nr + "; column++)");
        }
        lines.line("int at = " + Operand.sum("outAt", nr > 1 ? "column * LANES" : ""));
        String index = Operand.sum(mr > 1 ? Operand.product("row", String.valueOf(nr)) : "", nr > 1 ? "column" : "");
        String sum = words.load(lanes, Operand.product(Words.factor(index), "LANES"));
        if (addsBias && nest.rows() != Axis.UNITS) {
            String first = Operand.sum(biasAt, column);
            lines.line(words.register() + " bias = "
                    + words.load("parameters", Operand.sum(first, nr > 1 ? "column * LANES" : "")));
        }
        if (blocks) {
            lines.line(words.store(words.add(words.load(out.array(), "at"), sum), out.array(), "at"));
        } else {
            lines.line(store.stored(words, sum, "at", addsBias ? "bias" : "", store.activation(words, "at")));
        }
        if (nr > 1) {
            lines.end();
        }
        if (mr > 1) {
            lines.end();
        }
    }

    /** Registers with the biases: of a row where the rows are units, else vectors of them. */
    private void biases(Lines lines) {
        String unit = nest.rows() == Axis.UNITS ? row : column;
        String first = Operand.sum(nest.emission().biasAt(nest.product().layer()), unit);
        if (nest.rows() == Axis.UNITS) {
            for (int p = 0; p < mr; p++) {
                String index = Operand.sum(first, String.valueOf(p));
                lines.line(words.register() + " bias" + p + " = " + words.broadcast("parameters[" + index + "]"));
            }
        } else {
            for (int q = 0; q < nr; q++) {
                String index = Operand.sum(first, Operand.product(String.valueOf(q), "LANES"));
                lines.line(words.register() + " bias" + q + " = " + words.load("parameters", index));
            }
        }
    }

    private String bias(int p, int q) {
        return "bias" + (nest.rows() == Axis.UNITS ? p : q);
    }

    private void rowPlaces(Lines lines, Operand operand, String word) {
        for (int p = 0; p < mr; p++) {
            String start;
            if (p > 0) {
                start = Operand.sum(word + "At" + (p - 1), operand.stride(nest.rows()));
            } else if (operand.strides().containsKey(nest.columns())) {
                start = operand.index(nest.rows(), row, nest.columns(), column);
            } else {
                start = operand.row(nest.rows(), row);
            }
            lines.line("int " + word + "At" + p + " = " + start);
        }
    }

    private static String acc(int p, int q) {
        return "acc" + p + q;
    }
}
