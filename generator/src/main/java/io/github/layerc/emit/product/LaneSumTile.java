package io.github.layerc.emit.product;

import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.LaneConstant;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
    private final Axis along;
    private final Operand held;
    private final Operand streamed;
    private final int sums;
    private final int lanes;

    /**
     * @param along the axis of the sums
     * @param sums at most {@link LaneConstant#lanes}
     */
    LaneSumTile(ProductNest nest, StoreEmitter store, Axis along, int sums) {
        this.nest = nest;
        this.store = store;
        this.along = along;
        this.held = along == nest.rows() ? nest.right() : nest.left();
        this.streamed = along == nest.rows() ? nest.left() : nest.right();
        this.sums = sums;
        this.lanes = LaneConstant.lanes(nest.emission().words().precision());
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
    void emit(Body body) {
        body.register("zeros", Registers.zero());
        List<Optional<Name>> quarters = new ArrayList<>(Collections.nCopies(4, Optional.empty()));
        for (int q = 0; q < quarters().size(); q++) {
            Expression loaded = Registers.load(vectors(), Expression.product(q, Names.LANES));
            quarters.set(q, Optional.of(body.register("quarter" + q, loaded)));
        }
        store.constants(body);
        body.integer(
                "outAt",
                nest.out().index(nest.rows(), Names.at(nest.rows()), nest.columns(), Names.at(nest.columns())));
        storeIf(body, quarter(), quarters);
        List<Optional<Name>> halves = merged(body, quarters, quarter(), "half");
        storeIf(body, 2 * quarter(), halves);
        List<Optional<Name>> whole = merged(body, halves, 2 * quarter(), "whole");
        storeIf(body, lanes, whole);
        longer(body, whole.get(0).orElseThrow());
    }

    private Expression vectors() {
        return new Expression.Own(Scratch.lanes(quarters().size()));
    }

    /**
     * Multiply-adds of a quarter, then their sums across lanes, side by side in one vector that goes to the scratch of the class.
     *
     * @param first place of the first sum
     * @param at place in the scratch
     */
    void quarter(Body body, int number, Expression first, Expression at) {
        Name r = Names.at(nest.reduction());
        Axis single = along == nest.rows() ? nest.columns() : nest.rows();
        body.integer(held.word() + "At", held.row(single, Names.at(single)));
        for (int q = 0; q < number; q++) {
            body.integer(
                    place(q).text(),
                    q == 0 ? streamed.row(along, first) : Expression.sum(place(q - 1), streamed.stride(along)));
        }
        Name zeros = body.register("zeros", Registers.zero());
        List<Optional<Name>> vectors = new ArrayList<>(Collections.nCopies(quarter(), Optional.empty()));
        for (int q = 0; q < number; q++) {
            vectors.set(q, Optional.of(body.register(acc(q).text(), zeros)));
        }
        Expression extent = nest.extentName(nest.reduction());
        Expression whole = nest.reductionTail() ? Expression.whole(extent, Names.LANES) : extent;
        step(body.loop(r.text(), Expression.number(0), whole, Names.LANES), number, null);
        if (nest.reductionTail()) {
            Expression left = Expression.remainder(extent, Names.LANES);
            Body last = body.when(Expression.compare(left, Sign.NOT_EQUAL, Expression.number(0)));
            last.declare(Type.INT, r.text(), whole, "the last vector, whose padding does not count");
            step(last, number, nest.reductionMask());
        }
        for (int bit = 1; vectors.size() > 1; bit *= 2) {
            vectors = merged(body, vectors, bit, vectors.size() == 2 ? "sums" : "pair");
        }
        body.store(vectors(), at, vectors.get(0).orElseThrow());
    }

    /**
     * One vector of the summed axis.
     *
     * @param mask the lanes that count, null for all
     */
    private void step(Body body, int number, Expression mask) {
        Name r = Names.at(nest.reduction());
        Expression at = Expression.sum(Expression.name(held.word() + "At"), r);
        Name vector = body.register(held.word(), Registers.load(held.array(), at));
        streamed.panel(body, nest.reduction(), r);
        for (int q = 0; q < number; q++) {
            Expression other =
                    Registers.load(streamed.array(), Expression.sum(place(q), streamed.along(nest.reduction(), r)));
            Expression sum = Registers.multiplyAdd(other, vector, acc(q));
            body.assign(acc(q), mask == null ? sum : Registers.blend(acc(q), sum, mask));
        }
    }

    private static List<Optional<Name>> merged(Body body, List<Optional<Name>> vectors, int bit, String name) {
        List<Optional<Name>> next = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i += 2) {
            String merged = vectors.size() == 2 ? name : name + i / 2;
            Optional<Name> second = vectors.get(i + 1);
            next.add(vectors.get(i).map(first -> body.register(merged, merged(first, second, bit))));
        }
        return next;
    }

    /** The vector that two become; the second one may be a vector of zeros. */
    private static Expression merged(Name first, Optional<Name> second, int bit) {
        Expression mask = new Expression.Own(LaneConstant.bit(bit));
        Expression swap = new Expression.Own(LaneConstant.swap(bit));
        if (second.isEmpty()) {
            Expression both = Registers.add(first, Registers.rearrange(first, swap));
            return Registers.blend(both, Expression.name("zeros"), mask);
        }
        Expression swapped = Registers.rearrange(Registers.blend(second.get(), first, mask), swap);
        return Registers.add(Registers.blend(first, second.get(), mask), swapped);
    }

    /** All of it where vectors have so many lanes. */
    private void storeIf(Body body, int lanesOfVectors, List<Optional<Name>> vectors) {
        Body then = body.when(Expression.compare(Names.LANES, Sign.EQUAL, Expression.number(lanesOfVectors)));
        boolean biasOfEach = along == Axis.UNITS;
        if (store.biased() && !biasOfEach) {
            then.register("bias", Registers.broadcast(store.bias()));
        }
        for (int v = 0; v < vectors.size(); v++) {
            if (vectors.get(v).isEmpty()) {
                continue;
            }
            Expression offset = Expression.product(v, Names.LANES);
            Expression at = Expression.sum(Expression.name("outAt"), offset);
            Expression activation = store.activation(at);
            if (activation != null) {
                activation = then.register("activation" + v, activation);
            }
            Expression bias = null;
            if (store.biased()) {
                bias = biasOfEach ? store.biases(Expression.sum(Names.at(along), offset)) : Expression.name("bias");
            }
            then.add(store.stored(vectors.get(v).get(), at, bias, activation));
        }
        then.leave();
    }

    /** Vectors longer than the tile still hold parts of each sum. */
    private void longer(Body body, Name whole) {
        Expression vector = new Expression.Own(Scratch.lanes(1));
        body.store(vector, Expression.number(0), whole);
        Name number = Expression.name("number");
        Body turn = body.loop(number.text(), Expression.number(sums));
        Name sum = turn.declare(Type.ELEMENT, "sum", Expression.number(0));
        Name l = Expression.name("l");
        turn.loop(l.text(), number, Names.LANES, Expression.number(lanes)).increase(sum, Expression.element(vector, l));
        Expression row = Names.at(nest.rows());
        Expression column = Names.at(nest.columns());
        turn.run(store.call(
                along == nest.rows() ? Expression.sum(row, number) : row,
                along == nest.rows() ? column : Expression.sum(column, number),
                sum));
    }

    private Name place(int number) {
        return Expression.name(streamed.word() + "At" + number);
    }

    private static Name acc(int number) {
        return Expression.name("acc" + number);
    }
}
