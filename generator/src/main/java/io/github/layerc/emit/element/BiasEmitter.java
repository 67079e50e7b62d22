package io.github.layerc.emit.element;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Grouped;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Update;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.List;

/** Gradients of biases, and updates that no gradient could take. */
public final class BiasEmitter {
    /** Chains of additions, since one waits for the one before. */
    private static final int CHAINS = 4;

    private static final Name S = Names.at(Axis.SAMPLES);
    private static final Name U = Names.at(Axis.UNITS);

    private final Emission emission;

    public BiasEmitter(Emission emission) {
        this.emission = emission;
    }

    public Kernel gradient(BiasGradient op) {
        Operand delta = emission.operand(op.dz(), Axis.UNITS);
        Body body = new Body();
        if (emission.rowsOfSamples(op.layer())) {
            Body turn = body.loop(U.text(), Names.units(op.layer()));
            add(turn, op, sumOfRow(turn, delta));
        } else if (emission.padded()) {
            unitsInLanes(body, op, delta);
        } else {
            Body turn = body.loop(U.text(), Names.units(op.layer()));
            Name sum = turn.declare(Type.ELEMENT, "sum", Expression.number(0));
            turn.loop(S.text(), Argument.COUNT.value()).increase(sum, delta.element(Axis.SAMPLES, Axis.UNITS));
            add(turn, op, sum);
        }
        return kernel(op, body);
    }

    private static boolean adds(BiasGradient op) {
        return op.store() != Store.SET;
    }

    /** No lanes, which a few hundred samples would not pay. */
    private static Name sumOfRow(Body body, Operand delta) {
        Name deltaAt = body.integer("deltaAt", delta.row(Axis.UNITS, U));
        for (int c = 0; c < CHAINS; c++) {
            body.declare(Type.ELEMENT, sum(c).text(), Expression.number(0));
        }
        Expression count = Argument.COUNT.value();
        body.integer(S.text(), Expression.number(0));
        Body turn = body.steps(S, count, Expression.number(CHAINS));
        for (int c = 0; c < CHAINS; c++) {
            Expression at = Expression.sum(deltaAt, S, Expression.number(c));
            turn.increase(sum(c), Expression.element(delta.array(), at));
        }
        body.rest(S, count).increase(sum(0), Expression.element(delta.array(), Expression.sum(deltaAt, S)));
        return body.declare(Type.ELEMENT, "sum", Expression.plus(pair(0, 2), pair(1, 3)));
    }

    private static Expression pair(int first, int second) {
        return new Grouped(Expression.plus(sum(first), sum(second)));
    }

    private static Name sum(int chain) {
        return Expression.name("sum" + chain);
    }

    private void add(Body body, BiasGradient op, Expression sum) {
        Expression out = Expression.element(out(op), Expression.sum(emission.biasAt(op.layer()), U));
        if (adds(op)) {
            body.increase(out, Expression.times(Argument.FACTOR.value(), sum));
        } else {
            body.assign(out, sum);
        }
    }

    private static Expression out(BiasGradient op) {
        return adds(op) ? Argument.INTO.value() : Emission.array(op.out());
    }

    /** A vector of units at a time, whose sums need no step across lanes. */
    private void unitsInLanes(Body body, BiasGradient op, Operand delta) {
        Expression factor = Argument.FACTOR.value();
        Expression times = adds(op) ? body.register("times", Registers.broadcast(factor)) : null;
        Body turn = body.loop(U.text(), Expression.number(0), emission.width(op.layer()), Names.LANES);
        Name acc = turn.register("acc", Registers.zero());
        Expression loaded = Registers.load(delta.array(), delta.index(Axis.SAMPLES, S, Axis.UNITS, U));
        turn.loop(S.text(), Argument.COUNT.value()).assign(acc, Registers.add(acc, loaded));
        Expression at = Expression.sum(emission.biasAt(op.layer()), U);
        if (times == null) {
            turn.store(out(op), at, acc);
        } else {
            turn.addScaled(out(op), at, times, acc);
        }
    }

    private Kernel kernel(BiasGradient op, Body body) {
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(op));
        arguments.add(Argument.COUNT);
        if (adds(op)) {
            arguments.add(Argument.INTO);
            arguments.add(Argument.FACTOR);
        }
        String name = (adds(op) ? "addBiasGradient" : "biasGradient") + op.layer();
        String formula = adds(op) ? "into[b" + op.layer() + "] += factor * sum of " + op.dz() : op.toString();
        return new Kernel(
                op,
                name,
                arguments,
                List.of(emission.method(name, arguments)
                        .documentation("Layer $L: {@code $L}, over the samples.\n", op.layer(), formula)
                        .code(body)),
                "");
    }

    public Kernel update(Update op) {
        List<Argument> arguments = List.of(Argument.INTO, Argument.FACTOR);
        int layer = op.layer();
        Role role = op.parameter().role();
        String name = (role == Role.WEIGHTS ? "stepWeights" : role == Role.BIAS ? "stepBias" : "stepGamma") + layer;
        Expression from = role == Role.WEIGHTS
                ? Names.weights(layer)
                : emission.vectorsAt(layer).get(role == Role.BIAS ? 0 : 1);
        Expression end = role == Role.WEIGHTS ? Names.bias(layer) : Expression.sum(from, emission.width(layer));
        Name i = Expression.name("i");
        Body body = new Body();
        Expression gradient = Expression.element(Argument.GRADIENTS.value(), i);
        body.loop(i.text(), from, end)
                .increase(
                        Expression.element(Argument.INTO.value(), i),
                        Expression.times(Argument.FACTOR.value(), gradient));
        return new Kernel(
                op,
                name,
                arguments,
                List.of(emission.method(name, arguments)
                        .documentation("Layer $L: {@code $L}.\n", layer, op)
                        .code(body)),
                "");
    }
}
