package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.schedule.Schedule.Lanes;

/**
 * A tile whose accumulators run along the summed axis, or are single numbers. Of rows and columns, the operands of the fewer are held in
 * registers, and the others streamed through one.
 */
final class ReductionTile {
    private final ProductNest nest;
    private final StoreEmitter store;
    private final Words words;
    private final int mr;
    private final int nr;
    private final boolean lanes;
    private final String r;

    ReductionTile(ProductNest nest, StoreEmitter store, int mr, int nr) {
        this.nest = nest;
        this.store = store;
        this.words = nest.words();
        this.mr = mr;
        this.nr = nr;
        this.lanes = nest.schedule().lanes() == Lanes.REDUCTION;
        this.r = nest.reduction().variable();
        boolean neighbours =
                nest.left().contiguous(nest.reduction()) && nest.right().contiguous(nest.reduction());
        if (lanes && !neighbours) {
            throw new AssertionError("lanes along an axis that is not contiguous: " + nest.product());
        }
    }

    /** Vectors of partial sums are added up in memory where the calls for all of them do not fit the {@link InliningBudget}. */
    void emit(Lines lines) {
        boolean masks = lanes && nest.reductionTail() && nest.reductionPadded();
        boolean fits = fits(masks);
        emit(lines, nest.partialVectors() && !fits, masks && fits);
    }

    private boolean fits(boolean masks) {
        Lines draft = new Lines();
        new ReductionTile(nest.draft(), store, mr, nr).emit(draft, false, masks);
        return InliningBudget.nodes(draft.build()) <= InliningBudget.NODES;
    }

    /**
     * @param inMemory whether partial sums are added up there
     * @param masks whether the last vector of a padded row is taken without the padding; else its elements are taken one by one
     */
    private void emit(Lines lines, boolean inMemory, boolean masks) {
        places(lines, nest.left(), nest.rows(), mr);
        places(lines, nest.right(), nest.columns(), nr);
        if (nest.partialVectors()) {
            partialPlaces(lines, inMemory ? 1 : mr);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                boolean sumSoFar = nest.partialVectors() && !inMemory;
                String value = sumSoFar
                        ? words.load(partials(), partial(p, q))
                        : p + q == 0 || !lanes ? words.zero() : acc(0, 0);
                lines.line(words.register() + " " + acc(p, q) + " = " + value);
            }
        }
        loop(lines, masks);
        if (inMemory) {
            addToPartials(lines);
        } else if (nest.partialVectors()) {
            for (int p = 0; p < mr; p++) {
                for (int q = 0; q < nr; q++) {
                    lines.line(words.store(acc(p, q), partials(), partial(p, q)));
                }
            }
        } else if (lanes) {
            reduce(lines, nest.reductionTail() && !masks);
        } else {
            if (nest.forwardInBlocks()) {
                flags(lines);
            }
            for (int p = 0; p < mr; p++) {
                for (int q = 0; q < nr; q++) {
                    lines.line(store.call(plus(nest.rows(), p), plus(nest.columns(), q), acc(p, q)));
                }
            }
        }
    }

    /** Where the rows of an operand start. */
    private void places(Lines lines, Operand operand, Axis axis, int number) {
        for (int i = 0; i < number; i++) {
            String start = i == 0
                    ? operand.row(axis, axis.variable())
                    : Operand.sum(place(operand, i - 1), operand.stride(axis));
            lines.line("int " + place(operand, i) + " = " + start);
        }
    }

    /** Where the vectors of the rows of the tile start among the partial sums. */
    private void partialPlaces(Lines lines, int number) {
        String units = nest.extentName(nest.columns());
        for (int p = 0; p < number; p++) {
            String start = p == 0
                    ? "((s - firstSample) * " + units + " + " + nest.columns().variable() + ") * LANES"
                    : "partialAt" + (p - 1) + " + " + units + " * LANES";
            lines.line("int partialAt" + p + " = " + start);
        }
    }

    private String partials() {
        return nest.scratch().partials(nest.product().layer(), nest.schedule().samples());
    }

    private void addToPartials(Lines lines) {
        String vectors = storeSums(lines);
        lines.begin("for (int row = 0; row < " + mr + "; row++)");
        lines.begin("for (int column = 0; column < " + nr + "; column++)");
        String distance = nest.extentName(nest.columns());
        lines.line("int at = partialAt0 + (row * " + distance + " + column) * LANES");
        String sum = words.load(vectors, "(row * " + nr + " + column) * LANES");
        lines.line(words.store(words.add(words.load(partials(), "at"), sum), partials(), "at"));
        lines.end().end();
    }

    /** Stores the accumulators, one behind the other; returns the array. */
    private String storeSums(Lines lines) {
        String vectors = nest.scratch().lanes(mr * nr);
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                lines.line(words.store(acc(p, q), vectors, Operand.product(String.valueOf(p * nr + q), "LANES")));
            }
        }
        return vectors;
    }

    private static String partial(int p, int q) {
        return Operand.sum("partialAt" + p, Operand.product(String.valueOf(q), "LANES"));
    }

    private void loop(Lines lines, boolean masks) {
        String extent = nest.forwardInBlocks() ? "end" : nest.extentName(nest.reduction());
        String start = nest.forwardInBlocks() ? "start" : "0";
        if (!lanes) {
            lines.begin("for (int " + r + " = " + start + "; " + r + " < " + extent + "; " + r + "++)");
        } else if (nest.reductionTail()) {
            lines.line("int " + r + " = " + start);
            lines.begin("for (; " + r + " <= " + extent + " - LANES; " + r + " += LANES)");
        } else {
            lines.begin("for (int " + r + " = " + start + "; " + r + " < " + extent + "; " + r + " += LANES)");
        }
        multiplyAdds(lines, "");
        lines.end();
        if (masks) {
            lines.begin("if (" + extent + " % LANES != 0)");
            lines.comment("the last vector, whose padding does not count");
            multiplyAdds(lines, nest.reductionMask());
            lines.end();
        }
    }

    /** @param mask the lanes that count, empty for all */
    private void multiplyAdds(Lines lines, String mask) {
        boolean holdRows = mr <= nr;
        Operand held = holdRows ? nest.left() : nest.right();
        Operand streamed = holdRows ? nest.right() : nest.left();
        nest.right().panel(lines, nest.reduction(), r);
        for (int h = 0; h < Math.min(mr, nr); h++) {
            load(lines, held, h);
        }
        for (int t = 0; t < Math.max(mr, nr); t++) {
            load(lines, streamed, t);
            for (int h = 0; h < Math.min(mr, nr); h++) {
                int p = holdRows ? h : t;
                int q = holdRows ? t : h;
                String sum = words.multiplyAdd(held.word() + h, streamed.word() + t, acc(p, q));
                lines.line(
                        mask.isEmpty()
                                ? words.accumulate(acc(p, q), held.word() + h, streamed.word() + t)
                                : acc(p, q) + " = " + words.choose(acc(p, q), sum, mask));
            }
        }
    }

    private void load(Lines lines, Operand operand, int i) {
        String index = place(operand, i) + " + " + operand.along(nest.reduction(), r);
        lines.line(words.register() + " " + operand.word() + i + " = " + words.load(operand.array(), index));
    }

    /** Sums up each accumulator in a fixed order, adds the elements that did not fill a vector, and stores. */
    private void reduce(Lines lines, boolean tail) {
        lines.blank().comment("reduce: once per tile");
        String vectors = storeSums(lines);
        if (mr > 1) {
            lines.begin("for (int row = 0; row < " + mr + "; row++)");
        }
        if (nr > 1) {
            lines.begin("for (int column = 0; column < " + nr + "; column++)");
        }
        String row = mr > 1 ? nest.rows().variable() + " + row" : nest.rows().variable();
        String column = nr > 1
                ? nest.columns().variable() + " + column"
                : nest.columns().variable();
        String index = Operand.sum(mr > 1 ? Operand.product("row", String.valueOf(nr)) : "0", nr > 1 ? "column" : "0");
        lines.line(words.type() + " sum = " + nest.scratch().sumOfLanes(vectors, Operand.product(index, "LANES")));
        if (tail) {
            String extent = nest.extentName(nest.reduction());
            lines.begin("for (int t = " + r + "; t < " + extent + "; t++)");
            Words numbers = words.scalar();
            lines.line(numbers.accumulate(
                    "sum",
                    numbers.load(nest.left().array(), nest.left().index(nest.rows(), row, nest.reduction(), "t")),
                    numbers.load(
                            nest.right().array(), nest.right().index(nest.columns(), column, nest.reduction(), "t"))));
            lines.end();
        }
        lines.line(store.call(row, column, "sum"));
        if (nr > 1) {
            lines.end();
        }
        if (mr > 1) {
            lines.end();
        }
    }

    private void flags(Lines lines) {
        lines.line("boolean first = start == 0");
        lines.line("boolean last = end == " + nest.extentName(nest.reduction()));
    }

    private String acc(int p, int q) {
        return "acc" + p + q;
    }

    private static String place(Operand operand, int i) {
        return operand.word() + "At" + i;
    }

    private static String plus(Axis axis, int offset) {
        return Operand.sum(axis.variable(), String.valueOf(offset));
    }
}
