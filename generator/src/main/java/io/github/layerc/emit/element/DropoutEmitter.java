package io.github.layerc.emit.element;

import com.palantir.javapoet.ClassName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.random.Dropout;
import io.github.layerc.program.op.Drop;
import io.github.layerc.program.op.Op;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.List;

/** Dropout, in plain Java: what is left out is decided element by element, by integers of 64 bits. */
public final class DropoutEmitter {
    private static final List<Argument> TAKEN =
            List.of(Argument.MASK_KEY, Argument.MASK_FROM, Argument.FROM, Argument.TO);

    private static final Name S = Names.at(Axis.SAMPLES);
    private static final Name U = Names.at(Axis.UNITS);

    private static final Name SCALE = Expression.name("scale");

    private final Emission emission;

    public DropoutEmitter(Emission emission) {
        this.emission = emission;
    }

    public Kernel drop(Drop op) {
        String name = (op.phase() == Op.Phase.FORWARD ? "dropout" : "dropoutGradient") + op.layer();
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(op));
        arguments.addAll(TAKEN);
        Method method = Method.builder(emission.words().scalar(), name)
                .parameters(arguments)
                .documentation("Layer $L: {@code $L}. $L bytes of bytecode.\n", op.layer(), op, Emission.sizeOf(name))
                .code(body(op));
        return new Kernel(op, name, arguments, List.of(method), "");
    }

    private Body body(Drop op) {
        int dropped = Dropout.dropped(op.rate());
        Expression units = Names.units(op.layer());
        Body body = new Body();
        body.declare(
                Type.ELEMENT,
                SCALE.text(),
                new Expression.Choice(
                        Expression.compare(Argument.MASK_KEY.value(), Sign.EQUAL, Expression.number(0)),
                        Expression.number(1),
                        new Expression.Constant(Dropout.scale(dropped))));
        // in the order of memory
        Body turn = emission.rowsOfSamples(op.layer())
                ? samples(body.loop(U.text(), units))
                : samples(body).loop(U.text(), units);
        Name at = turn.integer("at", emission.operand(op.values(), Axis.UNITS).index(Axis.UNITS, U, Axis.SAMPLES, S));
        Name value = turn.declare(Type.ELEMENT, "value", Expression.element(Emission.array(op.values()), at));
        if (op.kept() != null) {
            turn.store(Emission.array(op.kept()), at, value);
        }
        Expression keeps = emission.support(
                ClassName.get(Dropout.class),
                "keeps",
                Argument.MASK_KEY.value(),
                layer(op),
                Expression.sum(Argument.MASK_FROM.value(), S),
                U,
                Expression.number(dropped));
        turn.store(
                Emission.array(op.values()),
                at,
                new Expression.Choice(keeps, Expression.times(SCALE, value), Expression.number(0)));
        return body;
    }

    private static Body samples(Body body) {
        return body.loop(S.text(), Argument.FROM.value(), Argument.TO.value());
    }

    private Expression layer(Drop op) {
        return emission.shapeArguments(op).contains(Argument.LAYER)
                ? Argument.LAYER.value()
                : Expression.number(op.layer());
    }
}
