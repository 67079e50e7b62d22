package io.github.layerc.emit.product;

import com.palantir.javapoet.ClassName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Schedule.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Products of plain Java in which rows of the right operand are scaled and added up, with many columns:
 *
 * <pre>
 * for a block of columns             its sums and copies stay in the first-level cache
 *   for rows in steps of mr          sums = 0
 *     for the reduction in steps of nr
 *       nr rows of the right operand are copied
 *       for the mr rows              nr rows are added to a sum, see {@link RowAdders}
 *     epilogue and store
 * </pre>
 *
 * <p>A copy is an array of its own and begins at index 0, as the sums do: that is what C2 asks for before it makes vectors of a loop.
 */
final class RowCopiesEmitter {
    private static final ClassName SYSTEM = ClassName.get(System.class);
    private static final Name FIRST = Expression.name("first");
    private static final Name LAST = Expression.name("last");
    private static final Name START = Expression.name("start");
    private static final Name LENGTH = Expression.name("length");
    private static final Name J = Expression.name("j");
    private static final Expression NONE = Expression.number(0);

    private final ProductNest nest;
    private final Rows schedule;
    private final StoreEmitter store;

    RowCopiesEmitter(ProductNest nest) {
        this.nest = nest;
        this.schedule = nest.scaledRows();
        this.store = new StoreEmitter(nest, false);
    }

    Kernel emit() {
        String name = nest.name() + "Rows";
        List<Argument> arguments = RowsEmitter.arguments(nest);
        Method rows = Method.builder(nest.words(), name)
                .parameters(arguments)
                .parameter(Type.INT, FIRST.text())
                .parameter(Type.INT, LAST.text())
                .parameter(Type.INT, START.text())
                .parameter(Type.INT, LENGTH.text())
                .documentation(
                        "$L {@code first .. last - 1}, $L {@code start .. start + length - 1}. $L bytes of bytecode.\n",
                        nest.rows().title(),
                        nest.columns(),
                        Emission.sizeOf(name))
                .code(rows());
        return new Kernel(
                nest.product(),
                nest.name(),
                nest.arguments(),
                List.of(RowsEmitter.driver(nest, driver(name, arguments)), rows),
                new NestText(nest).scheduleText());
    }

    private Body driver(String name, List<Argument> arguments) {
        Body body = new Body();
        // columns that are samples come in ranges
        boolean blocks = nest.extent(nest.columns()) == 0 || schedule.block() < nest.extent(nest.columns());
        Body block = blocks ? RowsEmitter.blocks(body, nest) : body;
        Expression start = blocks ? START : nest.start(nest.columns());
        Expression length = blocks ? LENGTH : nest.extentName(nest.columns());
        int extent = nest.extent(nest.rows());
        Expression end = nest.end(nest.rows());
        if (extent > 0 && extent <= schedule.mr()) {
            block.run(Argument.call(name, arguments, NONE, end, start, length));
        } else {
            Name row = Names.at(nest.rows());
            Expression step = Expression.number(schedule.mr());
            Expression last = Expression.math("min", Expression.sum(row, step), end);
            block.loop(row.text(), nest.start(nest.rows()), end, step)
                    .run(Argument.call(name, arguments, row, last, start, length));
        }
        return body;
    }

    private Body rows() {
        Body body = new Body();
        int terms = schedule.nr();
        Expression copies = new Expression.Own(Scratch.rowCopies(terms, schedule.block()));
        for (int t = 0; t < terms; t++) {
            body.declare(Type.ARRAY, copy(t).text(), Expression.element(copies, Expression.number(t)));
        }
        eachRow(body).run(Expression.call(ClassName.get(Arrays.class), "fill", sums(), NONE, LENGTH, NONE));
        Name r = Names.at(nest.reduction());
        Expression extent = nest.extentName(nest.reduction());
        int fixed = nest.extent(nest.reduction());
        if (fixed > 0 && fixed < 2 * terms) {
            // one or two steps, at places that are known
            for (int at = 0; at < fixed; at += terms) {
                body.blank();
                step(body, Expression.number(at), Math.min(terms, fixed - at));
            }
        } else {
            body.integer(r.text(), NONE);
            step(body.steps(r, extent, Expression.number(terms)), r, terms);
            if (fixed > 0 && fixed % terms > 0) {
                step(body, r, fixed % terms);
            } else if (fixed == 0 && terms > 1) {
                step(body.rest(r, extent), r, 1);
            }
        }
        epilogue(body);
        return body;
    }

    private Body eachRow(Body body) {
        return body.loop(nest.rows().variable(), FIRST, LAST);
    }

    /** Copies some rows of the right operand, and adds them to the sums of all rows. */
    private void step(Body body, Expression at, int number) {
        Operand left = nest.left();
        Operand right = nest.right();
        List<Expression> copies = new ArrayList<>();
        List<Expression> factors = new ArrayList<>();
        Expression place = Expression.sum(right.row(nest.reduction(), at), START);
        Name held = Expression.name(left.word() + "At");
        for (int t = 0; t < number; t++) {
            Expression from = Expression.sum(place, Expression.product(t, right.stride(nest.reduction())));
            body.run(Expression.call(SYSTEM, "arraycopy", right.array(), from, copy(t), NONE, LENGTH));
            copies.add(copy(t));
            Expression element = Expression.sum(held, Expression.product(t, left.stride(nest.reduction())));
            factors.add(Expression.element(left.array(), element));
        }
        Body turn = eachRow(body);
        turn.integer(held.text(), left.index(nest.rows(), Names.at(nest.rows()), nest.reduction(), at));
        turn.run(RowAdders.call(nest.words(), sums(), LENGTH, copies, factors));
    }

    private static Name copy(int t) {
        return Expression.name("row" + t);
    }

    /** The sums of the row that the loop is at. */
    private Expression sums() {
        return Expression.element(
                new Expression.Own(Scratch.rowSums(schedule.mr(), schedule.block())),
                Expression.difference(Names.at(nest.rows()), FIRST));
    }

    private void epilogue(Body body) {
        body.blank();
        Body turn = eachRow(body);
        Name sums = turn.declare(Type.ARRAY, "sums", sums());
        Name outAt = turn.integer("outAt", Expression.sum(nest.out().row(nest.rows(), Names.at(nest.rows())), START));
        Expression sum = Registers.load(sums, J);
        if (nest.epilogue().store() != Store.SET) {
            turn.loop(J.text(), LENGTH).add(store.stored(sum, Expression.sum(outAt, J), null, null));
            return;
        }
        Expression activation = store.activation(J);
        if (activation != null) {
            Name from = Expression.name(nest.epilogue().derivativeAt().name());
            turn.run(Expression.call(SYSTEM, "arraycopy", from, outAt, copy(0), NONE, LENGTH));
            activation = Expression.element(copy(0), J);
        }
        Expression bias = store.biased() ? bias(turn) : null;
        store.constants(turn);
        Expression finished = store.finished(sum, bias, activation);
        if (!finished.equals(sum)) {
            turn.loop(J.text(), LENGTH).store(sums, J, finished);
        }
        turn.run(Expression.call(SYSTEM, "arraycopy", sums, NONE, nest.out().array(), outAt, LENGTH));
    }

    private Expression bias(Body body) {
        return nest.rows() == Axis.UNITS
                ? body.declare(Type.ELEMENT, "bias", store.bias())
                : store.bias(Expression.sum(START, J));
    }
}
