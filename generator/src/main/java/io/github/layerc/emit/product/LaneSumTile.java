package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.LaneConstants;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A tile of one row or one column whose accumulators run along the summed axis. Their sums across lanes become neighbours of one vector, without
 * leaving the registers: two vectors at a time become one.
 *
 * <pre>
 * a = a0 a1 a2 a3                                    lanes whose number has bit 1: from b, else from a
 * b = b0 b1 b2 b3   ->   a0+a1  b0+b1  a2+a3  b2+b3  and the other half, changed with its neighbour, added
 * </pre>
 *
 * <p>With bits 1, 2, 4, ... as many vectors as there are lanes become one, in the order of the sums. A tile has as many sums as a vector of
 * 512 bits has lanes: vectors of 128 and 256 bits are full earlier. Sums that a tile does not have are zeros. They are neighbours in the output:
 * the columns of one sample, or, where the output is rows of samples, samples of one column.
 */
final class LaneSumTile {
    private final ProductNest nest;
    private final StoreEmitter store;
    private final Words words;
    private final Axis along;
    private final Operand held;
    private final Operand streamed;
    private final int sums;
    private final int lanes;

    /**
     * @param along the axis of the sums
     * @param sums at most {@link LaneConstants#lanes}
     */
    LaneSumTile(ProductNest nest, StoreEmitter store, Axis along, int sums) {
        this.nest = nest;
        this.store = store;
        this.words = nest.emission().words();
        this.along = along;
        this.held = along == nest.rows() ? nest.right() : nest.left();
        this.streamed = along == nest.rows() ? nest.left() : nest.right();
        this.sums = sums;
        this.lanes = LaneConstants.lanes(words.precision());
    }

    /** The sums of each quarter of the tile, as far as there are any. */
    List<Integer> quarters() {
        List<Integer> quarters = new ArrayList<>();
        for (int first = 0; first < sums; first += quarter()) {
            quarters.add(Math.min(quarter(), sums - first));
        }
        return quarters;
    }

    /** Sums of a full quarter. */
    int quarter() {
        return lanes / 4;
    }

    /**
     * From the sums of the quarters, which lie in the scratch of the class, to the output.
     *
     * <p>A quarter is a method of its own since all of them in one are beyond the {@link InliningBudget}.
     */
    void emit(Lines lines) {
        nest.scratch().sumsLanesInRegisters();
        String vectors = nest.scratch().lanes(quarters().size());
        lines.line(words.register() + " zeros = " + words.zero());
        List<String> quarters = new ArrayList<>(List.of("", "", "", ""));
        for (int q = 0; q < quarters().size(); q++) {
            quarters.set(q, "quarter" + q);
            String loaded = words.load(vectors, Operand.product(String.valueOf(q), "LANES"));
            lines.line(words.register() + " quarter" + q + " = " + loaded);
        }
        store.constants(lines, words);
        lines.line("int outAt = "
                + nest.out()
                        .index(
                                nest.rows(),
                                nest.rows().variable(),
                                nest.columns(),
                                nest.columns().variable()));
        lines.begin("if (LANES == " + quarter() + ")");
        store(lines, quarters);
        lines.line("return").end();
        List<String> halves = merged(lines, quarters, quarter(), "half");
        lines.begin("if (LANES == " + 2 * quarter() + ")");
        store(lines, halves);
        lines.line("return").end();
        List<String> whole = merged(lines, halves, 2 * quarter(), "whole");
        lines.begin("if (LANES == " + lanes + ")");
        store(lines, whole);
        lines.line("return").end();
        longer(lines, whole.get(0));
    }

    /**
     * Multiply-adds of a quarter, then their sums across lanes, side by side in one vector that goes to the scratch of the class.
     *
     * @param first place of the first sum
     * @param at place in the scratch
     */
    void quarter(Lines lines, int number, String first, String at) {
        String r = nest.reduction().variable();
        String vector = held.word();
        Axis single = along == nest.rows() ? nest.columns() : nest.rows();
        lines.line("int " + vector + "At = " + held.row(single, single.variable()));
        for (int q = 0; q < number; q++) {
            lines.line("int " + place(q) + " = "
                    + (q == 0 ? streamed.row(along, first) : Operand.sum(place(q - 1), streamed.stride(along))));
        }
        lines.line(words.register() + " zeros = " + words.zero());
        for (int q = 0; q < number; q++) {
            lines.line(words.register() + " acc" + q + " = zeros");
        }
        String extent = nest.extentName(nest.reduction());
        String whole = nest.reductionTail() ? extent + " / LANES * LANES" : extent;
        lines.begin("for (int " + r + " = 0; " + r + " < " + whole + "; " + r + " += LANES)");
        step(lines, number, r, "");
        lines.end();
        if (nest.reductionTail()) {
            lines.begin("if (" + extent + " % LANES != 0)");
            lines.line("int " + r + " = " + whole, "the last vector, whose padding does not count");
            step(lines, number, r, nest.reductionMask());
            lines.end();
        }
        List<String> vectors = new ArrayList<>();
        for (int q = 0; q < quarter(); q++) {
            vectors.add(q < number ? "acc" + q : "");
        }
        for (int bit = 1; vectors.size() > 1; bit *= 2) {
            vectors = merged(lines, vectors, bit, vectors.size() == 2 ? "sums" : "pair");
        }
        lines.line(words.store(vectors.get(0), nest.scratch().lanes(quarters().size()), at));
    }

    /**
     * One vector of the summed axis.
     *
     * @param mask the lanes that count, empty for all
     */
    private void step(Lines lines, int number, String r, String mask) {
        String vector = held.word();
        lines.line(words.register() + " " + vector + " = " + words.load(held.array(), vector + "At + " + r));
        streamed.panel(lines, nest.reduction(), r);
        for (int q = 0; q < number; q++) {
            String other = words.load(streamed.array(), place(q) + " + " + streamed.along(nest.reduction(), r));
            String sum = words.multiplyAdd(other, vector, "acc" + q);
            lines.line("acc" + q + " = " + (mask.isEmpty() ? sum : words.choose("acc" + q, sum, mask)));
        }
    }

    private List<String> merged(Lines lines, List<String> vectors, int bit, String name) {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i += 2) {
            next.add(merge(lines, vectors.get(i), vectors.get(i + 1), bit, vectors.size() == 2 ? name : name + i / 2));
        }
        return next;
    }

    /** Emits the vector that two become; an empty name is a vector of zeros. */
    private String merge(Lines lines, String first, String second, int bit, String name) {
        if (first.isEmpty()) {
            return "";
        }
        String value = second.isEmpty()
                ? first + ".add(" + first + ".rearrange(SWAP_" + bit + ")).blend(zeros, BIT_" + bit + ")"
                : first + ".blend(" + second + ", BIT_" + bit + ").add(" + second + ".blend(" + first + ", BIT_" + bit
                        + ").rearrange(SWAP_" + bit + "))";
        lines.line(words.register() + " " + name + " = " + value);
        return name;
    }

    private void store(Lines lines, List<String> vectors) {
        boolean biased = nest.epilogue().bias() != null;
        boolean biasOfEach = along == Axis.UNITS;
        if (biased && !biasOfEach) {
            lines.line(words.register() + " bias = " + words.broadcast(store.bias()));
        }
        String biasAt = Operand.sum(nest.emission().biasAt(nest.product().layer()), along.variable());
        for (int v = 0; v < vectors.size(); v++) {
            if (vectors.get(v).isEmpty()) {
                continue;
            }
            String offset = Operand.product(String.valueOf(v), "LANES");
            String at = Operand.sum("outAt", offset);
            String activation = store.activation(words, at);
            if (!activation.isEmpty()) {
                lines.line(words.register() + " activation" + v + " = " + activation);
                activation = "activation" + v;
            }
            String vectorOfBiases = words.load("parameters", Operand.sum(biasAt, offset));
            String added = !biased ? "" : biasOfEach ? vectorOfBiases : "bias";
            lines.line(store.stored(words, vectors.get(v), at, added, activation));
        }
    }

    /** Vectors longer than the tile still hold parts of each sum. */
    private void longer(Lines lines, String whole) {
        String vector = nest.scratch().lanes(1);
        lines.line(words.store(whole, vector, "0"));
        lines.begin("for (int number = 0; number < " + sums + "; number++)");
        lines.line(words.type() + " sum = 0");
        lines.begin("for (int l = number; l < LANES; l += " + lanes + ")")
                .line("sum += " + vector + "[l]")
                .end();
        String row = nest.rows().variable();
        String column = nest.columns().variable();
        lines.line(store.call(
                along == nest.rows() ? Operand.sum(row, "number") : row,
                along == nest.rows() ? column : Operand.sum(column, "number"),
                "sum"));
        lines.end();
    }

    private String place(int number) {
        return streamed.word() + "At" + number;
    }
}
