package io.github.layerc.emit.product;

import com.palantir.javapoet.ClassName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.FormulaCode;
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
import io.github.layerc.network.Activation;
import io.github.layerc.network.formula.Formula.Variable;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.GramUpdate;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The Gram form of the first layer. What a step adds to the pre-activations of all bound samples is one small product:
 *
 * <pre>
 * plain Java   for a block of bound samples                    its sums and copied rows stay in the first-level cache
 *                for the samples of the step, some at a time     their products with the bound ones are copied
 *                  for the units                                 as many multiply-adds
 * vectors      for the vectors of bound samples of a tile      their products stay in the first-level cache
 *                for the units of a tile
 *                  for the samples of the step                   a multiply-add for each unit and vector of the tile
 * </pre>
 *
 * <p>It is added to rows of changes, which the runtime adds to pre-activations in double: errors of thousands of steps would add up in them.
 */
final class GramEmitter {
    private static final String UPDATE = Products.GRAM_UPDATE;

    private static final List<Argument> TILE_ARGUMENTS = List.of(
            Argument.GRAM,
            Argument.GRAM_AT,
            Argument.GRAM_STRIDE,
            Argument.COUNT,
            Argument.PRE_ACTIVATIONS_INTO,
            Argument.FACTOR);

    private static final ClassName SYSTEM = ClassName.get(System.class);
    private static final Expression NONE = Expression.number(0);
    private static final Name U = Names.at(Axis.UNITS);
    private static final Name S = Names.at(Axis.SAMPLES);
    private static final Name START = Expression.name("start");
    private static final Name LENGTH = Expression.name("length");
    private static final Name J = Expression.name("j");

    private final Emission emission;
    private final Schedule schedule;

    /** @param schedule one that {@link io.github.layerc.schedule.GramRules} have no objection to */
    GramEmitter(Emission emission, Schedule schedule) {
        this.emission = emission;
        this.schedule = schedule;
    }

    /** Samples out of all bound ones. */
    Kernel gather(Gather op) {
        List<Argument> arguments = List.of(Argument.PRE_ACTIVATIONS, Argument.SAMPLES_AT, Argument.FROM, Argument.TO);
        String name = "gatherActivations" + op.layer();
        Body body = new Body();
        if (emission.unitMajor()) {
            gatherRows(body, op);
        } else {
            Operand out = emission.operand(op.out(), Axis.UNITS);
            Body samples = body.loop(S.text(), Argument.FROM.value(), Argument.TO.value());
            Name at = samples.integer("at", out.row(Axis.SAMPLES, S));
            Expression bound = Expression.element(
                    Expression.element(Argument.PRE_ACTIVATIONS.value(), U),
                    Expression.sum(Argument.SAMPLES_AT.value(), S));
            Expression bias = op.epilogue().bias() == null ? null : bias(op);
            samples.loop(U.text(), Names.units(op.layer()))
                    .store(out.array(), Expression.sum(at, U), finished(op, bound, bias));
        }
        return new Kernel(
                op,
                name,
                arguments,
                List.of(Method.builder(emission.words().scalar(), name)
                        .parameters(arguments)
                        .documentation(
                                "Layer $L: {@code $L}. $L bytes of bytecode.\n", op.layer(), op, Emission.sizeOf(name))
                        .code(body)),
                "");
    }

    private void gatherRows(Body body, Gather op) {
        Operand out = emission.operand(op.out(), Axis.UNITS);
        Expression from = Argument.FROM.value();
        Expression to = Argument.TO.value();
        boolean biased = op.epilogue().bias() != null;
        Body units = body.loop(U.text(), Names.units(op.layer()));
        Name at = units.integer("at", out.row(Axis.UNITS, U));
        units.run(Expression.call(
                SYSTEM,
                "arraycopy",
                Expression.element(Argument.PRE_ACTIVATIONS.value(), U),
                Expression.sum(Argument.SAMPLES_AT.value(), from),
                out.array(),
                Expression.sum(at, from),
                Expression.difference(to, from)));
        Expression bias = biased ? units.declare(Type.ELEMENT, "bias", bias(op)) : null;
        if (biased || !op.epilogue().activation().equals(Activation.IDENTITY)) {
            // of one array, so C2 makes vectors of it
            Expression place = Expression.sum(at, S);
            units.loop(S.text(), from, to)
                    .store(out.array(), place, finished(op, Registers.load(out.array(), place), bias));
        }
    }

    private Expression bias(Gather op) {
        return Expression.element(Expression.name("parameters"), Expression.sum(emission.biasAt(op.layer()), U));
    }

    private static Expression finished(Gather op, Expression value, Expression bias) {
        Expression sum = bias == null ? value : Registers.add(value, bias);
        return FormulaCode.inline(op.epilogue().activation().value(), Map.of(Variable.Z, sum));
    }

    Kernel update(GramUpdate op) {
        List<Argument> arguments = List.of(
                Argument.GRAM,
                Argument.GRAM_AT,
                Argument.GRAM_STRIDE,
                Argument.COUNT,
                Argument.DELTA_ROWS,
                Argument.PRE_ACTIVATIONS_INTO,
                Argument.FACTOR);
        Operand delta = emission.operand(op.dz(), Axis.UNITS);
        Body body = new Body();
        List<Method> methods = new ArrayList<>();
        if (emission.words().vector()) {
            tiles(body, methods, delta, emission.units(op.layer()));
        } else {
            rows(body, delta, op);
        }
        Body units = body.loop(U.text(), Names.units(op.layer()));
        Expression row = Expression.element(Argument.DELTA_ROWS.value(), U);
        if (emission.unitMajor()) {
            Expression from = delta.row(Axis.UNITS, U);
            units.run(Expression.call(SYSTEM, "arraycopy", delta.array(), from, row, NONE, Argument.COUNT.value()));
        } else {
            Name t = Expression.name("t");
            units.loop(t.text(), Argument.COUNT.value()).assign(Expression.element(row, t), element(delta, t));
        }
        methods.add(
                0,
                emission.method(UPDATE, arguments)
                        .documentation(
                                "Layer $L: {@code $L}. $L bytes of bytecode.\n\n<p>Schedule: $L.\n",
                                op.layer(),
                                op,
                                Emission.sizeOf(UPDATE),
                                schedule())
                        .code(body));
        return new Kernel(op, UPDATE, arguments, methods, schedule());
    }

    private static Expression element(Operand delta, Expression sample) {
        return Expression.element(delta.array(), delta.index(Axis.UNITS, U, Axis.SAMPLES, sample));
    }

    private String schedule() {
        return emission.words().vector()
                ? "lanes along bound samples, tile " + schedule.mr() + " units x " + schedule.nr() + " vectors"
                : "rows of " + schedule.nr() + " samples scaled and added up, bound samples innermost";
    }

    /** Plain Java: blocks of some samples' rows are copied, and added to the sums of some units, while these are in the first-level cache. */
    private void rows(Body body, Operand delta, GramUpdate op) {
        boolean all = schedule.mr() == emission.units(op.layer());
        Expression units = Names.units(op.layer());
        Expression stride = Argument.GRAM_STRIDE.value();
        int length = ((Rows) schedule).block();
        Expression columns = Expression.number(length);
        Expression rows = new Expression.Own(Scratch.rowCopies(schedule.nr(), length));
        for (int q = 0; q < schedule.nr(); q++) {
            body.declare(Type.ARRAY, copy(q).text(), Expression.element(rows, Expression.number(q)));
        }
        Body block = body.loop(START.text(), NONE, stride, columns);
        block.integer(LENGTH.text(), Expression.math("min", columns, Expression.difference(stride, START)));
        Expression first = all ? NONE : Expression.name("first");
        Expression last = all ? units : Expression.name("last");
        Body some = block;
        if (!all) {
            Expression step = Expression.number(schedule.mr());
            some = block.loop("first", NONE, units, step);
            some.integer("last", Expression.math("min", Expression.sum(first, step), units));
        }
        Expression sums = Expression.element(
                new Expression.Own(Scratch.rowSums(schedule.mr(), length)), Expression.difference(U, first));
        some.loop(U.text(), first, last)
                .run(Expression.call(ClassName.get(Arrays.class), "fill", sums, NONE, LENGTH, NONE));
        some.integer(S.text(), NONE);
        Expression count = Argument.COUNT.value();
        addRows(some.steps(S, count, Expression.number(schedule.nr())), delta, first, last, sums, schedule.nr());
        addRows(some.rest(S, count), delta, first, last, sums, 1);
        Body finished = some.loop(U.text(), first, last);
        Name sum = finished.declare(Type.ARRAY, "sums", sums);
        Name into = finished.declare(Type.ARRAY, "into", Expression.element(Argument.PRE_ACTIVATIONS_INTO.value(), U));
        finished.loop(J.text(), LENGTH)
                .increase(
                        Expression.element(into, Expression.sum(START, J)),
                        Expression.times(Argument.FACTOR.value(), Expression.element(sum, J)));
    }

    /** Copies the rows of some samples, and adds them to the sums of units. */
    private void addRows(Body body, Operand delta, Expression first, Expression last, Expression sums, int number) {
        List<Expression> factors = new ArrayList<>();
        List<Expression> names = new ArrayList<>();
        for (int q = 0; q < number; q++) {
            Expression sample = Expression.sum(S, q);
            Expression from = Expression.sum(
                    Argument.GRAM_AT.value(), Expression.product(sample, Argument.GRAM_STRIDE.value()), START);
            body.run(Expression.call(SYSTEM, "arraycopy", Argument.GRAM.value(), from, copy(q), NONE, LENGTH));
            names.add(copy(q));
            factors.add(element(delta, sample));
        }
        body.loop(U.text(), first, last).run(RowAdders.call(emission.words(), sums, LENGTH, names, factors));
    }

    private static Name copy(int q) {
        return Expression.name("row" + q);
    }

    /** Vectors: a slice of all rows stays in the first-level cache while the units pass. */
    private void tiles(Body body, List<Method> methods, Operand delta, int units) {
        int mr = schedule.mr();
        int rest = units % mr;
        Expression width = Expression.product(schedule.nr(), Names.LANES);
        Body slice = body.loop(J.text(), NONE, Argument.GRAM_STRIDE.value(), width);
        if (units == mr) {
            slice.run(tileCall(mr, NONE));
        } else {
            slice.loop(U.text(), NONE, Expression.number(units - rest), Expression.number(mr))
                    .run(tileCall(mr, U));
            if (rest > 0) {
                slice.run(tileCall(rest, Expression.number(units - rest)));
            }
        }
        methods.add(tile(delta, mr));
        if (rest > 0) {
            methods.add(tile(delta, rest));
        }
    }

    private static Call tileCall(int units, Expression u) {
        return Argument.call(UPDATE + "Tile" + units, TILE_ARGUMENTS, u, J);
    }

    private Method tile(Operand delta, int units) {
        Body body = new Body();
        for (int p = 0; p < units; p++) {
            body.integer(
                    deltaAt(p).text(),
                    p == 0 ? delta.row(Axis.UNITS, U) : Expression.sum(deltaAt(p - 1), delta.stride(Axis.UNITS)));
        }
        for (int p = 0; p < units; p++) {
            for (int q = 0; q < schedule.nr(); q++) {
                body.register(acc(p, q).text(), p + q == 0 ? Registers.zero() : acc(0, 0));
            }
        }
        Body samples = body.loop(S.text(), Argument.COUNT.value());
        Name rowAt = samples.integer(
                "rowAt",
                Expression.sum(Argument.GRAM_AT.value(), Expression.product(S, Argument.GRAM_STRIDE.value()), J));
        for (int q = 0; q < schedule.nr(); q++) {
            Expression place = Expression.sum(rowAt, Expression.product(q, Names.LANES));
            samples.register("product" + q, Registers.load(Argument.GRAM.value(), place));
        }
        for (int p = 0; p < units; p++) {
            Expression place = Expression.sum(deltaAt(p), Expression.product(S, delta.stride(Axis.SAMPLES)));
            Name held = samples.register("delta" + p, Registers.broadcast(Expression.element(delta.array(), place)));
            for (int q = 0; q < schedule.nr(); q++) {
                samples.accumulate(acc(p, q), held, Expression.name("product" + q));
            }
        }
        Name times = body.register("times", Registers.broadcast(Argument.FACTOR.value()));
        for (int p = 0; p < units; p++) {
            Name into = body.declare(
                    Type.ARRAY,
                    "into" + p,
                    Expression.element(Argument.PRE_ACTIVATIONS_INTO.value(), Expression.sum(U, p)));
            for (int q = 0; q < schedule.nr(); q++) {
                body.addScaled(into, Expression.sum(J, Expression.product(q, Names.LANES)), times, acc(p, q));
            }
        }
        String name = UPDATE + "Tile" + units;
        return emission.method(name, TILE_ARGUMENTS)
                .parameter(Type.INT, U.text())
                .parameter(Type.INT, J.text())
                .documentation(
                        "$L units x $L vectors of bound samples. $L bytes of bytecode.\n",
                        units,
                        schedule.nr(),
                        Emission.sizeOf(name))
                .code(body);
    }

    private static Name deltaAt(int p) {
        return Expression.name("deltaAt" + p);
    }

    private static Name acc(int p, int q) {
        return Expression.name("acc" + p + q);
    }
}
