package io.github.layerc.emit.product;

import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.List;

/**
 * A tile whose accumulators run along the summed axis, or are single numbers. Of rows and columns, the operands of the fewer are held in
 * registers, and the others streamed through one.
 */
final class ReductionTile {
    private final ProductNest nest;
    private final StoreEmitter store;
    private final int mr;
    private final int nr;
    private final boolean lanes;
    private final Name r;

    /** Whether partial sums are added up in memory. */
    private final boolean inMemory;

    /** Whether the last vector of a padded row is taken without the padding; else its elements are taken one by one. */
    private final boolean masks;

    private ReductionTile(ProductNest nest, StoreEmitter store, int mr, int nr, boolean inMemory, boolean masks) {
        this.nest = nest;
        this.store = store;
        this.mr = mr;
        this.nr = nr;
        this.lanes = nest.schedule().lanes() == Lanes.REDUCTION;
        this.r = Names.at(nest.reduction());
        this.inMemory = inMemory;
        this.masks = masks;
    }

    /** A tile. Vectors of partial sums are added up in memory where the calls for all of them do not fit the {@link InliningBudget}. */
    static List<Statement> code(ProductNest nest, StoreEmitter store, int mr, int nr) {
        boolean lanes = nest.schedule().lanes() == Lanes.REDUCTION;
        boolean neighbours =
                nest.left().contiguous(nest.reduction()) && nest.right().contiguous(nest.reduction());
        if (lanes && !neighbours) {
            throw new AssertionError("lanes along an axis that is not contiguous: " + nest.product());
        }
        boolean masks = lanes && nest.reductionTail() && nest.reductionPadded();
        List<Statement> code = new ReductionTile(nest, store, mr, nr, false, masks).code();
        return !lanes || InliningBudget.fits(code)
                ? code
                : new ReductionTile(nest, store, mr, nr, nest.partialVectors(), false).code();
    }

    private List<Statement> code() {
        Body body = new Body();
        places(body, nest.left(), nest.rows(), mr);
        places(body, nest.right(), nest.columns(), nr);
        if (nest.partialVectors()) {
            partialPlaces(body, inMemory ? 1 : mr);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                boolean sumSoFar = nest.partialVectors() && !inMemory;
                Expression value = sumSoFar
                        ? Registers.load(partials(), partial(p, q))
                        : p + q == 0 || !lanes ? Registers.zero() : acc(0, 0);
                body.register(acc(p, q).text(), value);
            }
        }
        loop(body);
        if (inMemory) {
            addToPartials(body);
        } else if (nest.partialVectors()) {
            for (int p = 0; p < mr; p++) {
                for (int q = 0; q < nr; q++) {
                    body.store(partials(), partial(p, q), acc(p, q));
                }
            }
        } else if (lanes) {
            reduce(body);
        } else {
            if (nest.forwardInBlocks()) {
                flags(body);
            }
            for (int p = 0; p < mr; p++) {
                for (int q = 0; q < nr; q++) {
                    Expression row = Expression.sum(Names.at(nest.rows()), p);
                    Expression column = Expression.sum(Names.at(nest.columns()), q);
                    body.run(store.call(row, column, acc(p, q)));
                }
            }
        }
        return body.build();
    }

    /** Where the rows of an operand start. */
    private static void places(Body body, Operand operand, Axis axis, int number) {
        for (int i = 0; i < number; i++) {
            Expression start = i == 0
                    ? operand.row(axis, Names.at(axis))
                    : Expression.sum(place(operand, i - 1), operand.stride(axis));
            body.integer(place(operand, i).text(), start);
        }
    }

    /** Where the vectors of the rows of the tile start among the partial sums. */
    private void partialPlaces(Body body, int number) {
        for (int p = 0; p < number; p++) {
            Expression units = nest.extentName(nest.columns());
            Expression start = p == 0
                    ? partial(nest, Names.at(nest.rows()), Names.at(nest.columns()))
                    : Expression.sum(Expression.name("partialAt" + (p - 1)), Expression.product(units, Names.LANES));
            body.integer("partialAt" + p, start);
        }
    }

    /** The place of the vector of a sample and a unit among the partial sums. */
    static Expression partial(ProductNest nest, Expression sample, Expression unit) {
        Expression row = Expression.difference(sample, Expression.name("firstSample"));
        Expression number = Expression.sum(Expression.product(row, nest.extentName(nest.columns())), unit);
        return Expression.product(number, Names.LANES);
    }

    private Expression partials() {
        return partials(nest);
    }

    /** The array of the partial sums. */
    static Expression partials(ProductNest nest) {
        return new Expression.Own(
                Scratch.partials(nest.product().layer(), nest.tile().mc()));
    }

    private void addToPartials(Body body) {
        Expression vectors = storeSums(body);
        Body each = body.loop("row", Expression.number(mr)).loop("column", Expression.number(nr));
        Expression place = number(Expression.name("row"), Expression.name("column"), nest.extentName(nest.columns()));
        Name at = each.integer(
                "at", Expression.sum(Expression.name("partialAt0"), Expression.product(place, Names.LANES)));
        Expression number = number(Expression.name("row"), Expression.name("column"), Expression.number(nr));
        Expression sum = Registers.load(vectors, Expression.product(number, Names.LANES));
        each.store(partials(), at, Registers.add(Registers.load(partials(), at), sum));
    }

    private static Expression number(Expression row, Expression column, Expression width) {
        return Expression.sum(Expression.product(row, width), column);
    }

    /** Stores the accumulators, one behind the other; returns the array. */
    private Expression storeSums(Body body) {
        Expression vectors = new Expression.Own(Scratch.lanes(mr * nr));
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                body.store(vectors, Expression.product(p * nr + q, Names.LANES), acc(p, q));
            }
        }
        return vectors;
    }

    private static Expression partial(int p, int q) {
        return Expression.sum(Expression.name("partialAt" + p), Expression.product(q, Names.LANES));
    }

    private void loop(Body body) {
        boolean blocks = nest.forwardInBlocks();
        Expression extent = blocks ? Expression.name("end") : nest.extentName(nest.reduction());
        Expression start = blocks ? Expression.name("start") : Expression.number(0);
        if (!lanes) {
            multiplyAdds(body.loop(r.text(), start, extent), null);
        } else if (nest.reductionTail()) {
            body.integer(r.text(), start);
            multiplyAdds(body.steps(r, extent, Names.LANES), null);
        } else {
            multiplyAdds(body.loop(r.text(), start, extent, Names.LANES), null);
        }
        if (masks) {
            Expression left = Expression.remainder(extent, Names.LANES);
            Body last = body.when(Expression.compare(left, Sign.NOT_EQUAL, Expression.number(0)));
            last.comment("the last vector, whose padding does not count");
            multiplyAdds(last, nest.reductionMask());
        }
    }

    /** @param mask the lanes that count, null for all */
    private void multiplyAdds(Body body, Expression mask) {
        boolean holdRows = mr <= nr;
        Operand held = holdRows ? nest.left() : nest.right();
        Operand streamed = holdRows ? nest.right() : nest.left();
        nest.right().panel(body, nest.reduction(), r);
        for (int h = 0; h < Math.min(mr, nr); h++) {
            load(body, held, h);
        }
        for (int t = 0; t < Math.max(mr, nr); t++) {
            Name second = load(body, streamed, t);
            for (int h = 0; h < Math.min(mr, nr); h++) {
                Name first = Expression.name(held.word() + h);
                Name acc = holdRows ? acc(h, t) : acc(t, h);
                if (mask == null) {
                    body.accumulate(acc, first, second);
                } else {
                    body.assign(acc, Registers.blend(acc, Registers.multiplyAdd(first, second, acc), mask));
                }
            }
        }
    }

    private Name load(Body body, Operand operand, int i) {
        Expression index = Expression.sum(place(operand, i), operand.along(nest.reduction(), r));
        return body.register(operand.word() + i, Registers.load(operand.array(), index));
    }

    /** Sums up each accumulator in a fixed order, adds the elements that did not fill a vector, and stores. */
    private void reduce(Body body) {
        body.blank().comment("reduce: once per tile");
        Expression vectors = storeSums(body);
        Expression rowNumber = mr > 1 ? Expression.name("row") : Expression.number(0);
        Expression columnNumber = nr > 1 ? Expression.name("column") : Expression.number(0);
        Body rows = mr > 1 ? body.loop("row", Expression.number(mr)) : body;
        Body each = nr > 1 ? rows.loop("column", Expression.number(nr)) : rows;
        Expression row = Expression.sum(Names.at(nest.rows()), rowNumber);
        Expression column = Expression.sum(Names.at(nest.columns()), columnNumber);
        Expression number = number(rowNumber, columnNumber, Expression.number(nr));
        Name sum = each.declare(
                Type.ELEMENT,
                "sum",
                LaneSums.sum(nest.emission().words(), vectors, Expression.product(number, Names.LANES)));
        if (nest.reductionTail() && !masks) {
            Name t = Expression.name("t");
            each.loop(t.text(), r, nest.extentName(nest.reduction()))
                    .accumulateNumber(
                            sum,
                            Expression.element(
                                    nest.left().array(), nest.left().index(nest.rows(), row, nest.reduction(), t)),
                            Expression.element(
                                    nest.right().array(),
                                    nest.right().index(nest.columns(), column, nest.reduction(), t)));
        }
        each.run(store.call(row, column, sum));
    }

    private void flags(Body body) {
        Sign equal = Sign.EQUAL;
        body.declare(Type.BOOLEAN, "first", Expression.compare(Expression.name("start"), equal, Expression.number(0)));
        body.declare(
                Type.BOOLEAN,
                "last",
                Expression.compare(Expression.name("end"), equal, nest.extentName(nest.reduction())));
    }

    private static Name acc(int p, int q) {
        return Expression.name("acc" + p + q);
    }

    private static Name place(Operand operand, int i) {
        return Expression.name(operand.word() + "At" + i);
    }
}
