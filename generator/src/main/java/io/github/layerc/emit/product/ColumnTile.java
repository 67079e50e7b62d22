package io.github.layerc.emit.product;

import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.schedule.Axis;
import java.util.List;

/**
 * A tile whose accumulators run along the columns of the output: for each step of the reduction, vectors of columns are loaded once and
 * multiplied by one broadcast number for each row. No sum across lanes is needed.
 *
 * <p>The epilogue takes the sums from registers where that fits the {@link InliningBudget}; else they are stored first, and it is a loop.
 */
final class ColumnTile {
    private final ProductNest nest;
    private final StoreEmitter store;
    private final int mr;
    private final int nr;
    private final Name r;
    private final Expression row;
    private final Expression column;

    /** Parts of the reduction, see {@link #mostParts}. */
    private final int parts;

    /** Whether the sums are stored before the epilogue, and the bias or the sums of earlier blocks are added there. */
    private final boolean loops;

    /** Whether accumulators start at the bias instead of 0: not where the sum is scaled before, or not complete in a tile, or a loop adds it. */
    private final boolean biasFirst;

    private ColumnTile(
            ProductNest nest,
            StoreEmitter store,
            int mr,
            int nr,
            Expression row,
            Expression column,
            int parts,
            boolean loops) {
        this.nest = nest;
        this.store = store;
        this.mr = mr;
        this.nr = nr;
        this.r = Names.at(nest.reduction());
        this.row = row;
        this.column = column;
        this.parts = parts;
        this.loops = loops;
        this.biasFirst = !loops && store.biased() && !nest.epilogue().inputScale() && !nest.partialOutputs();
    }

    /** A tile at the place that the variables of rows and columns name. */
    static List<Statement> code(ProductNest nest, StoreEmitter store, int mr, int nr) {
        return code(nest, store, mr, nr, Names.at(nest.rows()), Names.at(nest.columns()));
    }

    /**
     * A tile at a place, in as many parts as are worth it, as far as all of it fits the {@link InliningBudget}.
     *
     * @param row the first row
     * @param column the same for columns
     */
    static List<Statement> code(
            ProductNest nest, StoreEmitter store, int mr, int nr, Expression row, Expression column) {
        boolean neighbours = nest.panels() || nest.strips() || nest.right().contiguous(nest.columns());
        if (!neighbours || !nest.out().contiguous(nest.columns())) {
            throw new AssertionError("lanes along an axis that is not contiguous: " + nest.product());
        }
        for (int parts = mostParts(nest, mr, nr); ; parts /= 2) {
            List<Statement> inRegisters = new ColumnTile(nest, store, mr, nr, row, column, parts, false).code();
            if (InliningBudget.fits(inRegisters)) {
                return inRegisters;
            }
            List<Statement> inMemory = new ColumnTile(nest, store, mr, nr, row, column, parts, true).code();
            if (parts == 1 || InliningBudget.fits(inMemory)) {
                return inMemory;
            }
        }
    }

    private List<Statement> code() {
        Body body = new Body();
        Operand left = nest.left();
        boolean leftAlongReduction = left.contiguous(nest.reduction());
        if (leftAlongReduction) {
            rowPlaces(body, left, left.word());
        }
        start(body);
        if (nest.right().panels() != null) {
            body.integer(Operand.TILE, nest.right().row(nest.columns(), column));
        }
        if (parts > 1) {
            parts(body);
        } else {
            loop(body, leftAlongReduction);
        }
        if (nest.partialOutputs() && !loops) {
            storeSums(body);
        } else if (loops) {
            epilogueLoop(body);
        } else {
            epilogue(body);
        }
        return body.build();
    }

    private void loop(Body body, boolean leftAlongReduction) {
        Operand left = nest.left();
        boolean blocks = nest.partialOutputs();
        Body turn = blocks
                ? body.loop(r.text(), Expression.name("start"), Expression.name("end"))
                : body.loop(r.text(), nest.extentName(nest.reduction()));
        loadColumns(turn);
        Name leftAt = Expression.name(left.word() + "At");
        if (!leftAlongReduction) {
            turn.integer(leftAt.text(), left.index(nest.reduction(), r, nest.rows(), row));
        }
        for (int p = 0; p < mr; p++) {
            Expression index = leftAlongReduction
                    ? Expression.sum(Expression.name(left.word() + "At" + p), r)
                    : Expression.sum(leftAt, Expression.product(p, left.stride(nest.rows())));
            Name held = turn.register(left.word() + p, Registers.broadcast(Expression.element(left.array(), index)));
            for (int q = 0; q < nr; q++) {
                turn.accumulate(acc(p, q), Expression.name(nest.right().word() + q), held);
            }
        }
    }

    private void storeSums(Body body) {
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                body.store(nest.out().array(), outAt(p, q), acc(p, q));
            }
        }
    }

    /**
     * Parts of the reduction that go side by side. In a tile of one sample and few vectors each multiply-add would wait for the one before. With many
     * inputs it waits for its weights, which C2 would load from eight rows at a time, column by column; two streams of rows arrive faster.
     */
    private static int mostParts(ProductNest nest, int mr, int nr) {
        if (mr > 1
                || nr > nest.emission().thresholds().oneSampleVectors()
                || nest.rows() != Axis.SAMPLES
                || !nest.left().contiguous(nest.reduction())
                || nest.partialOutputs()) {
            return 1;
        }
        return nest.emission().thresholds().parts(nest.size(nest.reduction()), nr);
    }

    private void parts(Body body) {
        Operand left = nest.left();
        Operand right = nest.right();
        int extent = nest.size(nest.reduction());
        int length = extent / parts;
        Name first = Expression.name(left.word() + "At0");
        for (int part = 1; part < parts; part++) {
            body.integer(left.word() + "At" + part, Expression.sum(first, part * length));
            for (int q = 0; q < nr; q++) {
                body.register(acc(part, q).text(), part + q == 1 ? Registers.zero() : acc(1, 0));
            }
        }
        Body turn = body.loop(r.text(), Expression.number(length));
        for (int part = 0; part < parts; part++) {
            Expression distance = Expression.product(part * length, right.stride(nest.reduction()));
            Expression at = part == 0 ? rightAt(r) : Expression.sum(Expression.name(right.word() + "At0"), distance);
            step(turn, part, part, Expression.sum(Expression.name(left.word() + "At" + part), r), at);
        }
        for (int distance = 1; distance < parts; distance *= 2) {
            for (int part = 0; part < parts; part += 2 * distance) {
                for (int q = 0; q < nr; q++) {
                    body.assign(acc(part, q), Registers.add(acc(part, q), acc(part + distance, q)));
                }
            }
        }
        for (int rest = parts * length; rest < extent; rest++) {
            step(body, 0, rest - parts * length, Expression.sum(first, rest), rightAt(Expression.number(rest)));
        }
    }

    /** One multiply-add for each vector of the tile, for a part of the reduction; the name tells its operands from those of other steps. */
    private void step(Body body, int part, int name, Expression leftAt, Expression rightAt) {
        Operand right = nest.right();
        Name at = body.integer(right.word() + "At" + name, rightAt);
        Name left = body.register(
                nest.left().word() + name,
                Registers.broadcast(Expression.element(nest.left().array(), leftAt)));
        for (int q = 0; q < nr; q++) {
            Expression weight = Registers.load(right.array(), Expression.sum(at, right.vector(q)));
            body.assign(acc(part, q), Registers.multiplyAdd(weight, left, acc(part, q)));
        }
    }

    /** The accumulators: 0, the bias, or what the blocks before have summed up. */
    private void start(Body body) {
        boolean sumsSoFar = nest.partialOutputs() && !loops;
        if (sumsSoFar) {
            rowPlaces(body, nest.out(), "out");
        } else if (biasFirst) {
            biases(body);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                Expression value = sumsSoFar
                        ? Registers.load(nest.out().array(), outAt(p, q))
                        : biasFirst ? bias(p, q) : p + q == 0 ? Registers.zero() : acc(0, 0);
                body.register(acc(p, q).text(), value);
            }
        }
    }

    /** The vectors of columns for one step of the reduction; those of panels are the samples of a panel each. */
    private void loadColumns(Body body) {
        Operand right = nest.right();
        Name place = body.integer(right.word() + "At", rightAt(r));
        boolean apart = nest.panels() || nest.strips();
        Expression distance = nest.extentName(nest.reduction());
        for (int q = 0; q < nr; q++) {
            Expression vector =
                    apart ? Expression.product(Expression.product(q, distance), Names.LANES) : right.vector(q);
            body.register(right.word() + q, Registers.load(right.array(), Expression.sum(place, vector)));
        }
    }

    private Expression outAt(int p, int q) {
        return Expression.sum(Expression.name("outAt" + p), nest.out().vector(q));
    }

    /** The tile's first vector of the right operand for a step of the reduction. */
    private Expression rightAt(Expression step) {
        Operand right = nest.right();
        return right.panels() == null
                ? right.index(nest.reduction(), step, nest.columns(), column)
                : right.inTile().index(nest.reduction(), step, nest.columns(), Expression.number(0));
    }

    private void epilogue(Body body) {
        body.blank().comment("epilogue: while the tile is in registers");
        store.constants(body);
        rowPlaces(body, nest.out(), "out");
        boolean addsBias = store.biased() && !biasFirst;
        if (addsBias) {
            biases(body);
        }
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                Expression at = outAt(p, q);
                Expression activation = store.activation(at);
                if (activation != null) {
                    activation = body.register("activation" + p + q, activation);
                }
                body.add(store.stored(acc(p, q), at, addsBias ? bias(p, q) : null, activation));
            }
        }
    }

    /** The same for sums in memory, which costs a store and a load of each, but takes one call of each operation for all. */
    private void epilogueLoop(Body body) {
        Operand out = nest.out();
        body.blank().comment("epilogue: from memory, where a loop takes fewer calls of the Vector API than C2 inlines");
        Expression lanes = new Expression.Own(Scratch.lanes(mr * nr));
        for (int p = 0; p < mr; p++) {
            for (int q = 0; q < nr; q++) {
                body.store(lanes, Expression.product(p * nr + q, Names.LANES), acc(p, q));
            }
        }
        boolean blocks = nest.partialOutputs();
        boolean addsBias = !blocks && store.biased();
        if (!blocks) {
            store.constants(body);
        }
        Expression rowNumber = mr > 1 ? Expression.name("row") : Expression.number(0);
        Expression columnNumber = nr > 1 ? Expression.name("column") : Expression.number(0);
        Body rows = mr > 1 ? body.loop("row", Expression.number(mr)) : body;
        Expression each = Expression.sum(row, rowNumber);
        Name outAt = rows.integer("outAt", out.index(nest.rows(), each, nest.columns(), column));
        if (addsBias && nest.rows() == Axis.UNITS) {
            rows.register("bias", Registers.broadcast(store.bias(each)));
        }
        Body columns = nr > 1 ? rows.loop("column", Expression.number(nr)) : rows;
        Expression vectors = Expression.product(columnNumber, Names.LANES);
        Name at = columns.integer("at", Expression.sum(outAt, vectors));
        Expression number = Expression.sum(Expression.product(rowNumber, Expression.number(nr)), columnNumber);
        Expression sum = Registers.load(lanes, Expression.product(number, Names.LANES));
        if (addsBias && nest.rows() != Axis.UNITS) {
            columns.register("bias", store.biases(Expression.sum(column, vectors)));
        }
        if (blocks) {
            columns.store(out.array(), at, Registers.add(Registers.load(out.array(), at), sum));
        } else {
            columns.add(store.stored(sum, at, addsBias ? Expression.name("bias") : null, store.activation(at)));
        }
    }

    /** Registers with the biases: of a row where the rows are units, else vectors of them. */
    private void biases(Body body) {
        if (nest.rows() == Axis.UNITS) {
            for (int p = 0; p < mr; p++) {
                body.register("bias" + p, Registers.broadcast(store.bias(Expression.sum(row, p))));
            }
        } else {
            for (int q = 0; q < nr; q++) {
                body.register("bias" + q, store.biases(Expression.sum(column, Expression.product(q, Names.LANES))));
            }
        }
    }

    private Expression bias(int p, int q) {
        return Expression.name("bias" + (nest.rows() == Axis.UNITS ? p : q));
    }

    private void rowPlaces(Body body, Operand operand, String word) {
        for (int p = 0; p < mr; p++) {
            Expression start;
            if (p > 0) {
                start = Expression.sum(Expression.name(word + "At" + (p - 1)), operand.stride(nest.rows()));
            } else if (operand.strides().containsKey(nest.columns())) {
                start = operand.index(nest.rows(), row, nest.columns(), column);
            } else {
                start = operand.row(nest.rows(), row);
            }
            body.integer(word + "At" + p, start);
        }
    }

    private static Name acc(int p, int q) {
        return Expression.name("acc" + p + q);
    }
}
