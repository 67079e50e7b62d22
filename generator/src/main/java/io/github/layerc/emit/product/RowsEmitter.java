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
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Schedule.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Products of plain Java with few columns, in which rows of the right operand are scaled and added up; with many,
 * {@link RowCopiesEmitter} takes them:
 *
 * <pre>
 * for a block of columns             its sums stay in the first-level cache
 *   for rows in steps of mr          sums = 0
 *     for the reduction in steps of nr
 *       mr x nr coefficients
 *       for the columns              independent of each other
 *     epilogue and store
 * </pre>
 *
 * <p>The sums are an array of their own, so that C2 keeps what it loads: a store to them changes no row.
 */
final class RowsEmitter {
    private static final Name START = Expression.name("start");
    private static final Name LENGTH = Expression.name("length");
    private static final Name J = Expression.name("j");

    private final ProductNest nest;
    private final Rows schedule;
    private final StoreEmitter store;
    private final List<Method> methods = new ArrayList<>();
    private final Set<String> emitted = new HashSet<>();

    RowsEmitter(ProductNest nest) {
        this.nest = nest;
        this.schedule = nest.scaledRows();
        this.store = new StoreEmitter(nest);
    }

    Kernel emit() {
        Body body = new Body();
        boolean blocks = schedule.block() < nest.extent(nest.columns());
        Body block = blocks ? blocks(body, nest) : body;
        Expression start = blocks ? START : Expression.number(0);
        Expression length = blocks ? LENGTH : nest.extentName(nest.columns());
        Name row = Names.at(nest.rows());
        int extent = nest.extent(nest.rows());
        int mr = schedule.mr();
        if (extent == 0) {
            Expression to = Argument.TO.value();
            block.integer(row.text(), Argument.FROM.value());
            block.steps(row, to, Expression.number(mr)).run(call(mr, row, start, length));
            block.rest(row, to).run(call(1, row, start, length));
        } else {
            int full = extent / mr * mr;
            Expression bound = full == extent ? nest.extentName(nest.rows()) : Expression.number(full);
            if (full == mr) {
                block.run(call(mr, Expression.number(0), start, length));
            } else {
                block.loop(row.text(), Expression.number(0), bound, Expression.number(mr))
                        .run(call(mr, row, start, length));
            }
            if (full < extent) {
                block.run(call(extent - full, Expression.number(full), start, length));
            }
        }
        List<Method> all = new ArrayList<>();
        all.add(driver(nest, body));
        all.addAll(methods);
        return new Kernel(nest.product(), nest.name(), nest.arguments(), all, new NestText(nest).scheduleText());
    }

    /** The loop over blocks of columns: of {@code length}, from {@code start} on. */
    static Body blocks(Body body, ProductNest nest) {
        Expression block = Expression.number(nest.scaledRows().block());
        Expression end = nest.end(nest.columns());
        Body turn = body.loop(START.text(), nest.start(nest.columns()), end, block);
        turn.integer(LENGTH.text(), Expression.math("min", block, Expression.difference(end, START)));
        return turn;
    }

    /** The method that walks over the rows. */
    static Method driver(ProductNest nest, Body body) {
        return Method.builder(nest.words(), nest.name())
                .parameters(nest.arguments())
                .documentation(
                        "Layer $L: {@code $L}.\n\n<p>Schedule: $L. $L\n",
                        new NestText(nest).layer(),
                        new NestText(nest).formula(),
                        new NestText(nest).scheduleText(),
                        new NestText(nest).reason())
                .code(body);
    }

    /** What the methods for some rows take, but the place. */
    static List<Argument> arguments(ProductNest nest) {
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        if (nest.reduction() == Axis.SAMPLES) {
            all.add(Argument.COUNT);
        }
        all.addAll(nest.epilogueArguments());
        return List.copyOf(all);
    }

    /** Emits the method for a number of rows once; returns its call. */
    private Call call(int mr, Expression row, Expression start, Expression length) {
        String name = nest.name() + "Rows" + mr;
        List<Argument> arguments = arguments(nest);
        if (emitted.add(name)) {
            methods.add(rowsMethod(name, arguments, mr));
        }
        return Argument.call(name, arguments, row, start, length);
    }

    private Method rowsMethod(String name, List<Argument> arguments, int mr) {
        Body body = new Body();
        Expression length = Expression.number(mr * schedule.block());
        Expression none = Expression.number(0);
        body.run(Expression.call(ClassName.get(Arrays.class), "fill", sums(mr), none, length, none));
        Name r = Names.at(nest.reduction());
        Expression extent = nest.extentName(nest.reduction());
        int step = schedule.nr();
        int fixed = nest.extent(nest.reduction());
        body.integer(r.text(), none);
        if (fixed == 0 || fixed >= step) {
            scaledRows(body.steps(r, extent, Expression.number(step)), mr, step);
        }
        if (fixed == 0 || fixed % step != 0) {
            scaledRows(body.rest(r, extent), mr, 1);
        }
        epilogue(body, mr);
        return Method.builder(nest.words(), name)
                .parameters(arguments)
                .parameter(Type.INT, nest.rows().variable())
                .parameter(Type.INT, START.text())
                .parameter(Type.INT, LENGTH.text())
                .documentation(
                        "$L, $L {@code start .. start + length - 1}. $L bytes of bytecode.\n",
                        nest.rows().plural(mr),
                        nest.columns(),
                        Emission.sizeOf(name))
                .code(body);
    }

    private void scaledRows(Body body, int mr, int step) {
        Operand left = nest.left();
        Operand right = nest.right();
        Name r = Names.at(nest.reduction());
        for (int p = 0; p < mr; p++) {
            for (int t = 0; t < step; t++) {
                Expression index = left.index(
                        nest.rows(), Expression.sum(Names.at(nest.rows()), p), nest.reduction(), Expression.sum(r, t));
                body.declare(Type.ELEMENT, left.word() + p + t, Expression.element(left.array(), index));
            }
        }
        for (int t = 0; t < step; t++) {
            Expression place = t == 0
                    ? Expression.sum(right.row(nest.reduction(), r), START)
                    : Expression.sum(Expression.name(right.word() + "At" + (t - 1)), right.stride(nest.reduction()));
            body.integer(right.word() + "At" + t, place);
        }
        Body turn = body.loop(J.text(), LENGTH);
        for (int t = 0; t < step; t++) {
            Expression at = Expression.sum(Expression.name(right.word() + "At" + t), J);
            turn.declare(Type.ELEMENT, right.word() + t, Expression.element(right.array(), at));
        }
        for (int p = 0; p < mr; p++) {
            Expression sum = null;
            for (int t = 0; t < step; t++) {
                Expression term =
                        Expression.times(Expression.name(left.word() + p + t), Expression.name(right.word() + t));
                sum = sum == null ? term : Expression.plus(sum, term);
            }
            turn.increase(Expression.element(sums(mr), place(p)), sum);
        }
    }

    private void epilogue(Body body, int mr) {
        Operand out = nest.out();
        for (int p = 0; p < mr; p++) {
            Expression place = p == 0
                    ? Expression.sum(out.row(nest.rows(), Names.at(nest.rows())), START)
                    : Expression.sum(Expression.name("outAt" + (p - 1)), out.stride(nest.rows()));
            body.integer("outAt" + p, place);
        }
        store.constants(body);
        for (int p = 0; p < mr && store.biased(); p++) {
            Expression bias = store.bias(Expression.sum(Names.at(nest.rows()), p));
            body.register("bias" + p, Registers.broadcast(bias));
        }
        Body turn = body.loop(J.text(), LENGTH);
        for (int p = 0; p < mr; p++) {
            Expression at = Expression.sum(Expression.name("outAt" + p), J);
            Expression bias = store.biased() ? Expression.name("bias" + p) : null;
            turn.add(store.stored(Registers.load(sums(mr), place(p)), at, bias, store.activation(at)));
        }
    }

    private Expression sums(int mr) {
        return new Expression.Own(Scratch.sums(mr * schedule.block()));
    }

    private Expression place(int p) {
        return Expression.sum(Expression.number(p * schedule.block()), J);
    }
}
