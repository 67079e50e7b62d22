package io.github.layerc.emit.element;

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
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.GammaGradient;
import io.github.layerc.program.op.Normalize;
import io.github.layerc.program.op.Op;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.List;

/**
 * Normalisation and its way back, in plain Java with sums in double. Means are of a unit, over samples, or of a sample, over units: one group of values after
 * the other, of which only the two loops change places.
 */
public final class NormalizationEmitter {
    private static final Name S = Names.at(Axis.SAMPLES);
    private static final Name U = Names.at(Axis.UNITS);
    private static final Name PARAMETERS = Expression.name("parameters");
    private static final Name COUNT = Argument.COUNT.value();
    private static final Expression ONE = Expression.number(1);

    private final Emission emission;
    private final Precision precision;
    private final int layer;
    private final Expression units;

    public NormalizationEmitter(Emission emission, int layer) {
        this.emission = emission;
        this.precision = emission.network().precision();
        this.layer = layer;
        this.units = Names.units(layer);
    }

    public Kernel normalize(Normalize op) {
        Body body = new Body();
        boolean runs = op.kind().runs();
        Body group = groups(body, op.kind());
        Name values = array(op.n());
        Name sum = group.declare(Type.DOUBLE, "sum", Expression.number(0));
        Body adding = members(group, op.kind());
        adding.increase(sum, Expression.element(values, at(op.n())));
        Name mean = group.declare(Type.DOUBLE, "mean", Expression.over(sum, number(op.kind())));
        Name squares = group.declare(Type.DOUBLE, "squares", Expression.number(0));
        Body squaring = members(group, op.kind());
        Name difference = squaring.declare(
                Type.DOUBLE, "difference", Expression.minus(Expression.element(values, at(op.n())), mean));
        squaring.increase(squares, Expression.times(difference, difference));
        Name variance = group.declare(Type.DOUBLE, "variance", Expression.over(squares, number(op.kind())));
        Expression place = runs ? U : S;
        if (runs) {
            group.store(array(op.mean()), place, Expression.rounded(precision, mean));
        }
        group.store(array(op.variance()), place, Expression.rounded(precision, variance));
        Name reciprocal = group.declare(Type.DOUBLE, "reciprocal", reciprocal(variance, op.kind()));
        if (runs) {
            scale(group);
            shift(group);
        }
        Body finishing = members(group, op.kind());
        Name at = finishing.integer("at", at(op.n()));
        Expression centred = Expression.minus(Expression.element(values, at), mean);
        Name normalized = finishing.declare(
                Type.ELEMENT, "normalized", Expression.rounded(precision, Expression.times(centred, reciprocal)));
        finishing.store(values, at, normalized);
        if (!runs) {
            scale(finishing);
            shift(finishing);
        }
        finishing.store(
                array(op.z()),
                at,
                Expression.plus(Expression.times(Expression.name("gamma"), normalized), Expression.name("bias")));
        return kernel(op, "normalize" + layer, range(op.kind()), "{@code " + op + "}", body);
    }

    public Kernel gradient(Normalize.Gradient op) {
        boolean runs = op.kind().runs();
        Body body = new Body();
        Body group = groups(body, op.kind());
        Name sum = group.declare(Type.DOUBLE, "sum", Expression.number(0));
        Name products = group.declare(Type.DOUBLE, "products", Expression.number(0));
        Body adding = members(group, op.kind());
        Name delta = adding.declare(Type.DOUBLE, "delta", delta(op));
        adding.increase(sum, delta);
        adding.increase(products, Expression.times(delta, Expression.element(array(op.n()), at(op.n()))));
        Name mean = group.declare(Type.DOUBLE, "mean", Expression.over(sum, number(op.kind())));
        Name product = group.declare(Type.DOUBLE, "product", Expression.over(products, number(op.kind())));
        Expression variance = Expression.element(array(op.variance()), runs ? U : S);
        Expression reciprocal = reciprocal(variance, op.kind());
        Name factor = group.declare(
                Type.DOUBLE,
                "factor",
                runs ? Expression.times(Expression.element(PARAMETERS, gammaAt()), reciprocal) : reciprocal);
        Body finishing = members(group, op.kind());
        Name at = finishing.integer("at", at(op.n()));
        Expression less = Expression.minus(
                Expression.minus(deltaAt(op, at), mean),
                Expression.times(Expression.element(array(op.n()), at), product));
        finishing.store(array(op.dn()), at, Expression.rounded(precision, Expression.times(factor, less)));
        return kernel(op, "normalizeGradient" + layer, range(op.kind()), "{@code " + op + "}", body);
    }

    public Kernel keep(Normalize.Keep op) {
        Body body = new Body();
        double momentum = op.kind().momentum();
        Body turn = body.loop(U.text(), units);
        move(turn, emission.meanAt(layer), momentum, Expression.element(array(op.mean()), U));
        Body several = turn.when(Expression.compare(COUNT, Sign.GREATER, ONE));
        Expression unbiased = Expression.over(
                Expression.times(Expression.element(array(op.variance()), U), COUNT), Expression.minus(COUNT, ONE));
        move(several, emission.varianceAt(layer), momentum, unbiased);
        return kernel(
                op,
                "keepStatistics" + layer,
                List.of(Argument.COUNT),
                "{@code " + op + "}; the variance by the number of samples less 1",
                body);
    }

    private void move(Body body, Expression from, double momentum, Expression value) {
        Expression place = Expression.element(PARAMETERS, Expression.sum(from, U));
        body.assign(
                place,
                Expression.plus(
                        Expression.times(Expression.constant(momentum), place),
                        Expression.times(Expression.constant(1 - momentum), value)));
    }

    public Kernel gammaGradient(GammaGradient op) {
        boolean adds = op.store() != Store.SET;
        Body body = new Body();
        Body turn = body.loop(U.text(), units);
        Name sum = turn.declare(Type.DOUBLE, "sum", Expression.number(0));
        Body adding = turn.loop(S.text(), COUNT);
        Name at = adding.integer("at", at(op.n()));
        adding.increase(
                sum,
                Expression.times(
                        Expression.widened(Expression.element(array(op.dz()), at)),
                        Expression.element(array(op.n()), at)));
        Expression rounded = Expression.rounded(precision, sum);
        Name out = adds ? Argument.INTO.value() : Emission.array(op.out());
        Expression place = Expression.element(out, gammaAt());
        if (adds) {
            turn.increase(place, Expression.times(Argument.FACTOR.value(), rounded));
        } else {
            turn.assign(place, rounded);
        }
        List<Argument> taken = adds ? List.of(Argument.COUNT, Argument.INTO, Argument.FACTOR) : List.of(Argument.COUNT);
        String name = (adds ? "addGammaGradient" : "gammaGradient") + layer;
        String formula = adds ? "into[gamma" + layer + "] += factor * sum of " + op.dz() + " " + op.n() : op.toString();
        return kernel(op, name, taken, "{@code " + formula + "}, over the samples", body);
    }

    private static List<Argument> range(Normalization kind) {
        return kind.runs() ? List.of(Argument.COUNT) : List.of(Argument.FROM, Argument.TO);
    }

    /** A turn for each mean. */
    private Body groups(Body body, Normalization kind) {
        return kind.runs()
                ? body.loop(U.text(), units)
                : body.loop(S.text(), Argument.FROM.value(), Argument.TO.value());
    }

    /** A turn for each value that goes into it. */
    private Body members(Body group, Normalization kind) {
        return kind.runs() ? group.loop(S.text(), COUNT) : group.loop(U.text(), units);
    }

    private Expression number(Normalization kind) {
        return kind.runs() ? COUNT : units;
    }

    private static Expression reciprocal(Expression variance, Normalization kind) {
        Expression.Literal epsilon = new Expression.Literal(Double.toString(kind.epsilon()));
        return Expression.over(ONE, Expression.math("sqrt", Expression.plus(variance, epsilon)));
    }

    /** The gradient of what has been normalised: gamma, the same for a whole mean over samples, is left out there. */
    private Expression delta(Normalize.Gradient op) {
        return deltaAt(op, at(op.n()));
    }

    private Expression deltaAt(Normalize.Gradient op, Expression at) {
        Expression delta = Expression.element(array(op.dz()), at);
        return op.kind().runs()
                ? delta
                : Expression.times(Expression.widened(Expression.element(PARAMETERS, gammaAt())), delta);
    }

    private void scale(Body body) {
        body.declare(Type.ELEMENT, "gamma", Expression.element(PARAMETERS, gammaAt()));
    }

    private void shift(Body body) {
        Expression at = Expression.sum(emission.biasAt(layer), U);
        body.declare(Type.ELEMENT, "bias", Expression.element(PARAMETERS, at));
    }

    private Expression gammaAt() {
        return Expression.sum(emission.gammaAt(layer), U);
    }

    /** The place of a value of a sample and a unit: the same in all that is normalised or becomes of it. */
    private Expression at(Buffer buffer) {
        return emission.operand(buffer, Axis.UNITS).index(Axis.UNITS, U, Axis.SAMPLES, S);
    }

    private static Name array(Buffer buffer) {
        return Emission.array(buffer);
    }

    private Kernel kernel(Op op, String name, List<Argument> taken, String text, Body body) {
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(op));
        arguments.addAll(taken);
        Method method = Method.builder(emission.words().scalar(), name)
                .parameters(arguments)
                .documentation("Layer $L: $L. $L bytes of bytecode.\n", layer, text, Emission.sizeOf(name))
                .code(body);
        return new Kernel(op, name, arguments, List.of(method), "");
    }
}
