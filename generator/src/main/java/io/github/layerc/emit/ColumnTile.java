package io.github.layerc.emit;

/**
 * A tile whose accumulators run along the columns of the output: for each step of the reduction, vectors of columns are loaded once and
 * multiplied by one broadcast number for each row. No sum across lanes is needed.
 */
final class ColumnTile {
    private final ProductNest nest;
    private final StoreEmitter store;
    private final Words words;
    private final int mr;
    private final int nr;
    private final String r;

    ColumnTile(ProductNest nest, StoreEmitter store, int mr, int nr) {
        this.nest = nest;
        this.store = store;
        this.words = nest.emission().words();
        this.mr = mr;
        this.nr = nr;
        this.r = nest.reduction().variable();
        if (!nest.right().contiguous(nest.columns()) || !nest.out().contiguous(nest.columns())) {
            throw new AssertionError("lanes along an axis that is not contiguous: " + nest.product());
        }
    }

    void emit(Lines lines) {
        Operand left = nest.left();
        boolean leftAlongReduction = left.contiguous(nest.reduction());
        if (leftAlongReduction) {
            rowPlaces(lines, left, left.word());
        }
        for (int p = 0; p < mr; p++) {
            if (startsWithBias()) {
                bias(lines, p);
            }
            for (int q = 0; q < nr; q++) {
                lines.line(words.register() + " " + acc(p, q) + " = " + (startsWithBias() ? "bias" + p : words.zero()));
            }
        }
        lines.begin("for (int " + r + " = 0; " + r + " < " + nest.extentName(nest.reduction()) + "; " + r + "++)");
        Operand right = nest.right();
        String rightPlace = right.word() + "At";
        lines.line("int " + rightPlace + " = "
                + right.index(
                        nest.reduction(), r, nest.columns(), nest.columns().variable()));
        for (int q = 0; q < nr; q++) {
            String index = Operand.sum(rightPlace, Operand.product(String.valueOf(q), "LANES"));
            lines.line(words.register() + " " + right.word() + q + " = " + words.load(right.array(), index));
        }
        if (!leftAlongReduction) {
            lines.line("int " + left.word() + "At = "
                    + left.index(nest.reduction(), r, nest.rows(), nest.rows().variable()));
        }
        for (int p = 0; p < mr; p++) {
            String index = leftAlongReduction
                    ? left.word() + "At" + p + " + " + r
                    : Operand.sum(left.word() + "At", Operand.product(String.valueOf(p), left.stride(nest.rows())));
            lines.line(words.register() + " " + left.word() + p + " = "
                    + words.broadcast(left.array() + "[" + index + "]"));
            for (int q = 0; q < nr; q++) {
                lines.line(words.accumulate(acc(p, q), right.word() + q, left.word() + p));
            }
        }
        lines.end();
        epilogue(lines);
    }

    private void epilogue(Lines lines) {
        lines.blank().comment("epilogue: while the tile is in registers");
        store.constants(lines, words);
        rowPlaces(lines, nest.out(), "out");
        for (int p = 0; p < mr; p++) {
            boolean addsBias = nest.epilogue().bias() != null && !startsWithBias();
            if (addsBias) {
                bias(lines, p);
            }
            String bias = addsBias ? "bias" + p : "";
            for (int q = 0; q < nr; q++) {
                String at = Operand.sum("outAt" + p, Operand.product(String.valueOf(q), "LANES"));
                String activation = store.activation(words, at);
                if (!activation.isEmpty()) {
                    lines.line(words.register() + " activation" + p + q + " = " + activation);
                    activation = "activation" + p + q;
                }
                lines.line(store.stored(words, acc(p, q), at, bias, activation));
            }
        }
    }

    /** Accumulators start at the bias instead of 0, unless the sum is scaled before the bias is added. */
    private boolean startsWithBias() {
        return nest.epilogue().bias() != null && !nest.epilogue().inputScale();
    }

    private void bias(Lines lines, int p) {
        String index = Operand.sum("B" + nest.epilogue().bias().layer(), Axis.UNITS.variable(), String.valueOf(p));
        lines.line(words.register() + " bias" + p + " = " + words.broadcast("parameters[" + index + "]"));
    }

    private void rowPlaces(Lines lines, Operand operand, String word) {
        for (int p = 0; p < mr; p++) {
            String start;
            if (p > 0) {
                start = Operand.sum(word + "At" + (p - 1), operand.stride(nest.rows()));
            } else if (operand.strides().containsKey(nest.columns())) {
                start = operand.index(
                        nest.rows(),
                        nest.rows().variable(),
                        nest.columns(),
                        nest.columns().variable());
            } else {
                start = operand.row(nest.rows(), nest.rows().variable());
            }
            lines.line("int " + word + "At" + p + " = " + start);
        }
    }

    private static String acc(int p, int q) {
        return "acc" + p + q;
    }
}
