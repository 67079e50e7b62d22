package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.List;

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
    private OneSampleTile() {}

    /** Whether a product has such tiles: a gradient with the lanes along its columns that is added to what is there. */
    static boolean suits(ProductNest nest) {
        return nest.product().kind() == Product.Kind.WEIGHT_GRADIENT
                && nest.schedule().lanes() == Lanes.COLUMNS
                && nest.epilogue().store() != Store.SET
                && !nest.strips();
    }

    /** @param vectors of columns */
    static List<Statement> code(ProductNest nest, StoreEmitter store, int vectors) {
        Name row = Names.at(nest.rows());
        Name column = Names.at(nest.columns());
        Expression none = Expression.number(0);
        Operand left = nest.left();
        Operand right = nest.right();
        Body body = new Body();
        Name times = body.register("times", Registers.broadcast(store.times()));
        Expression rightAt = right.index(Axis.SAMPLES, none, nest.columns(), column);
        for (int q = 0; q < vectors; q++) {
            Expression loaded = Registers.load(right.array(), Expression.sum(rightAt, right.vector(q)));
            body.register(right.word() + q, Registers.multiply(loaded, times));
        }
        Operand out = nest.out();
        boolean panels = out.panels() != null;
        if (panels) {
            body.integer(Operand.TILE, out.row(nest.columns(), column));
        }
        Body turn = body.loop(row.text(), nest.start(nest.rows()), nest.end(nest.rows()));
        Expression coefficient = Expression.element(left.array(), left.index(Axis.SAMPLES, none, nest.rows(), row));
        Name factor = turn.register(left.word(), Registers.broadcast(coefficient));
        Name outAt = turn.integer(
                "outAt",
                panels
                        ? out.inTile().index(nest.rows(), row, nest.columns(), none)
                        : out.index(nest.rows(), row, nest.columns(), column));
        Expression into = Argument.INTO.value();
        for (int q = 0; q < vectors; q++) {
            Expression at = Expression.sum(outAt, out.vector(q));
            Name held = Expression.name(right.word() + q);
            turn.store(into, at, Registers.multiplyAdd(held, factor, Registers.load(into, at)));
        }
        return body.build();
    }
}
