package io.github.layerc.emit;

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
        Lines draft = new Lines();
        emit(draft, false);
        boolean inMemory = nest.partialVectors() && InliningBudget.nodes(draft.build()) > InliningBudget.NODES;
        emit(lines, inMemory);
    }

    private void emit(Lines lines, boolean inMemory) {
        places(lines, nest.left(), nest.rows(), mr);
        places(lines, nest.right(), nest.columns(), nr);
        if (nest.partialVectors()) {
            partialPlaces(lines, inMemory ? 1 : mr);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                boolean sumSoFar = nest.partialVectors() && !inMemory;
                String value = sumSoFar
                        ? words.load("partials", partial(p, q))
                        : p + q == 0 || !lanes ? words.zero() : acc(0, 0);
                lines.line(words.register() + " " + acc(p, q) + " = " + value);
            }
        }
        loop(lines);
        if (inMemory) {
            addToPartials(lines);
        } else if (nest.partialVectors()) {
            for (int p = 0; p < mr; p++) {
                for (int q = 0; q < nr; q++) {
                    lines.line(words.store(acc(p, q), "partials", partial(p, q)));
                }
            }
        } else if (lanes) {
            reduce(lines);
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

    private void addToPartials(Lines lines) {
        storeSums(lines);
        lines.begin("for (int row = 0; row < " + mr + "; row++)");
        lines.begin("for (int column = 0; column < " + nr + "; column++)");
        String distance = nest.extentName(nest.columns());
        lines.line("int at = partialAt0 + (row * " + distance + " + column) * LANES");
        String sum = words.load("lanes", "(row * " + nr + " + column) * LANES");
        lines.line(words.store(words.add(words.load("partials", "at"), sum), "partials", "at"));
        lines.end().end();
    }

    /** The accumulators, one behind the other. */
    private void storeSums(Lines lines) {
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                lines.line(words.store(acc(p, q), "lanes", Operand.product(String.valueOf(p * nr + q), "LANES")));
            }
        }
    }

    private static String partial(int p, int q) {
        return Operand.sum("partialAt" + p, Operand.product(String.valueOf(q), "LANES"));
    }

    private void loop(Lines lines) {
        String extent = nest.forwardInBlocks()
                ? "end"
                : lanes && !nest.reductionTail()
                        ? nest.laneExtentName(nest.reduction())
                        : nest.extentName(nest.reduction());
        String start = nest.forwardInBlocks() ? "start" : "0";
        if (!lanes) {
            lines.begin("for (int " + r + " = " + start + "; " + r + " < " + extent + "; " + r + "++)");
        } else if (nest.reductionTail()) {
            lines.line("int " + r + " = " + start);
            lines.begin("for (; " + r + " <= " + extent + " - LANES; " + r + " += LANES)");
        } else {
            lines.begin("for (int " + r + " = " + start + "; " + r + " < " + extent + "; " + r + " += LANES)");
        }
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
                lines.line(words.accumulate(acc(p, q), held.word() + h, streamed.word() + t));
            }
        }
        lines.end();
    }

    private void load(Lines lines, Operand operand, int i) {
        String index = place(operand, i) + " + " + operand.along(nest.reduction(), r);
        lines.line(words.register() + " " + operand.word() + i + " = " + words.load(operand.array(), index));
    }

    /** Sums up each accumulator in a fixed order, adds the elements that did not fill a vector, and stores. */
    private void reduce(Lines lines) {
        lines.blank().comment("reduce: once per tile");
        storeSums(lines);
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
        lines.line(words.type() + " sum = sumOfLanes(lanes, " + Operand.product(index, "LANES") + ")");
        if (nest.reductionTail()) {
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
