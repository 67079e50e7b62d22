package io.github.layerc.emit.element;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.FormulaCode;
import io.github.layerc.emit.code.FormulaText;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Literal;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Precision;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.Formula.Variable;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.OutputDelta;
import io.github.layerc.program.op.Return;
import io.github.layerc.schedule.Axis;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens at the output: losses, their derivatives, results for the caller. Targets and results are the caller's, sample-major, and there are
 * few of them, so all of it is in numbers; losses are in double.
 */
public final class LossEmitter {
    private static final List<Argument> TARGETS = List.of(Argument.Y, Argument.Y_AT, Argument.FROM, Argument.TO);

    private static final Name S = Names.at(Axis.SAMPLES);
    private static final Name U = Names.at(Axis.UNITS);
    private static final Name Z = Expression.name("z");
    private static final Name LOSSES = Expression.name("losses");
    private static final Name PRODUCT = Expression.name("product");
    private static final Name LARGEST = Expression.name("largest");
    private static final Name TARGET = Expression.name("target");
    private static final Name WEIGHT = Expression.name("weight");
    private static final Name OF_TARGETS = Expression.name("ofTargets");
    private static final Expression NONE = Expression.number(0);
    private static final Expression SINGLE = Expression.number(1);

    private final Emission emission;
    private final Words words;

    public LossEmitter(Emission emission) {
        this.emission = emission;
        this.words = emission.words().scalar();
    }

    /**
     * Whether logarithms are added up as that of a product. What that loses of {@code ln(1 + e^-|z|)} below 1e-16, and the 2 ulp of an exponential
     * in float, are below what a float can tell of z; the sum of a softmax's exponentials, at least 1, has lost it before.
     */
    private boolean products(Losses op) {
        return !op.loss().elementwise() || (op.loss().logarithm().isPresent() && words.precision() == Precision.FLOAT);
    }

    /** The sum of the losses; from pre-activations where those of a saturated output would be infinite. */
    public Kernel losses(Losses op) {
        Body body = new Body();
        body.declare(Type.DOUBLE, LOSSES.text(), NONE);
        if (products(op)) {
            body.comment("a logarithm of many factors, instead of one of each");
            body.declare(Type.DOUBLE, PRODUCT.text(), SINGLE);
        }
        if (op.loss().elementwise()) {
            lossesOfUnits(body, op);
        } else {
            lossesOfSamples(body, op);
        }
        if (products(op)) {
            body.increase(LOSSES, Expression.math("log", PRODUCT));
        }
        body.leave(mean(op) ? Expression.over(LOSSES, Names.units(op.layer())) : LOSSES);
        String name = op.softmax() == null ? "losses" : "lossesBySoftmax";
        Method method = method(name)
                .returns(Type.DOUBLE)
                .documentation("The sum of the losses: {@code $L}.\n", lossFormula(op))
                .code(body);
        return new Kernel(op, name, TARGETS, List.of(method), "");
    }

    private static boolean mean(Losses op) {
        return op.loss().meanOfUnits() && op.from().columns() > 1;
    }

    private Method.Builder method(String name) {
        return Method.builder(words, name).parameters(TARGETS);
    }

    private static Body samples(Body body) {
        return body.loop(S.text(), Argument.FROM.value(), Argument.TO.value());
    }

    private void lossesOfUnits(Body body, Losses op) {
        Optional<Formula> logarithm = op.loss().logarithm();
        boolean ofProduct = products(op);
        if (ofProduct) {
            FormulaCode.constants(body, words.precision(), logarithm.orElseThrow());
        }
        Body unit = samples(body).loop(U.text(), Names.units(op.layer()));
        boolean atZ = op.loss().readsPreActivations();
        // what an exponential in float is made of is float
        Name place = unit.declare(ofProduct ? Type.ELEMENT : Type.DOUBLE, atZ ? "z" : "a", from(op));
        unit.declare(Type.DOUBLE, TARGET.text(), target(op));
        Map<Variable, Expression> names = Map.of(atZ ? Variable.Z : Variable.A, place, Variable.Y, TARGET);
        Expression value = FormulaCode.math(unit, Type.DOUBLE, op.loss().value(), names);
        if (ofProduct) {
            unit.increase(LOSSES, value);
            Expression of = FormulaCode.of(unit, words.precision(), true, logarithm.orElseThrow(), names);
            multiply(unit, Expression.plus(new Literal("1.0"), of));
        } else {
            unit.increase(
                    LOSSES,
                    logarithm
                            .map(formula -> FormulaCode.mathInline(Type.DOUBLE, formula, names))
                            .map(less -> Expression.plus(value, Expression.math("log1p", less)))
                            .orElse(value));
        }
    }

    private Expression from(Losses op) {
        return emission.operand(op.from(), Axis.UNITS).element(Axis.UNITS, Axis.SAMPLES);
    }

    private Expression target(Losses op) {
        Expression y = emission.operand(op.y(), Axis.UNITS).element(Axis.SAMPLES, Axis.UNITS);
        return smoothed(op.loss(), op.from().columns(), y);
    }

    /** What a loss takes for a target. */
    private static Expression smoothed(Loss loss, int units, Expression target) {
        return loss.smooths()
                ? Expression.plus(
                        Expression.times(Expression.constant(loss.targetFactor()), target),
                        Expression.constant(loss.targetSummand(units)))
                : target;
    }

    private void lossesOfSamples(Body body, Losses op) {
        Body sample = samples(body);
        Name sum = sumOfExponentials(sample, op, from(op), target(op));
        sample.increase(LOSSES, Expression.minus(Expression.times(WEIGHT, LARGEST), OF_TARGETS));
        Body once = new Body();
        multiply(once, sum);
        Body often = new Body();
        often.increase(LOSSES, Expression.times(WEIGHT, Expression.math("log", sum)));
        sample.choose(Expression.compare(WEIGHT, Sign.EQUAL, SINGLE), once, often);
    }

    private static void multiply(Body body, Expression factor) {
        body.add(new Statement.Change(PRODUCT, Sign.TIMES, factor));
        body.when(Expression.compare(PRODUCT, Sign.GREATER, new Literal("1e300")))
                .increase(LOSSES, Expression.math("log", PRODUCT))
                .assign(PRODUCT, SINGLE);
    }

    /**
     * The largest pre-activation, and the sum of the exponentials after it was subtracted: made anew, or from a softmax. On the way the sum of the
     * targets, and that of the pre-activations by their targets. Returns the sum of the exponentials.
     */
    private Name sumOfExponentials(Body body, Losses op, Expression z, Expression target) {
        Expression units = Names.units(op.layer());
        body.declare(Type.ELEMENT, LARGEST.text(), first(op.from()));
        body.declare(Type.DOUBLE, WEIGHT.text(), NONE);
        body.declare(Type.DOUBLE, OF_TARGETS.text(), NONE);
        if (op.softmax() == null) {
            body.loop(U.text(), SINGLE, units).assign(LARGEST, Expression.math("max", LARGEST, z));
            Name sum = body.declare(Type.DOUBLE, "sum", NONE);
            Body unit = body.loop(U.text(), units);
            unit.declare(Type.ELEMENT, Z.text(), z);
            unit.increase(sum, Expression.math("exp", Expression.minus(Expression.widened(Z), LARGEST)));
            targets(unit, target);
            return sum;
        }
        Name top = body.declare(Type.ELEMENT, "top", first(op.softmax()));
        Name total = body.declare(Type.DOUBLE, "total", NONE);
        Body unit = body.loop(U.text(), units);
        unit.declare(Type.ELEMENT, Z.text(), z);
        Operand softmax = emission.operand(op.softmax(), Axis.UNITS);
        Name a = unit.declare(Type.ELEMENT, "a", softmax.element(Axis.UNITS, Axis.SAMPLES));
        unit.assign(LARGEST, Expression.math("max", LARGEST, Z));
        unit.assign(top, Expression.math("max", top, a));
        unit.increase(total, a);
        targets(unit, target);
        return body.declare(Type.DOUBLE, "sum", Expression.over(total, top));
    }

    /** The element of a sample's first unit. */
    private Expression first(Buffer buffer) {
        Operand operand = emission.operand(buffer, Axis.UNITS);
        return Expression.element(operand.array(), operand.row(Axis.SAMPLES, S));
    }

    private static void targets(Body body, Expression target) {
        body.declare(Type.ELEMENT, TARGET.text(), target);
        body.increase(WEIGHT, TARGET);
        body.increase(OF_TARGETS, Expression.times(Expression.widened(TARGET), Z));
    }

    private static String lossFormula(Losses op) {
        String from = op.from().toString();
        if (!op.loss().elementwise()) {
            return "sum over u of " + op.target("y[u]") + " * (ln(sum over k of exp(" + from + "[k])) - " + from
                    + "[u])" + (op.softmax() == null ? "" : ", exp(" + from + ") as in " + op.softmax());
        }
        Map<Variable, String> names = Map.of(Variable.Z, from, Variable.A, from, Variable.Y, op.target("y"));
        String logarithm = op.loss()
                .logarithm()
                .map(formula -> " + ln(1 + " + FormulaText.of(formula, names) + ")")
                .orElse("");
        String mean = mean(op) ? "1/" + op.from().columns() + " of the sum of " : "";
        return mean + FormulaText.of(op.loss().value(), names) + logarithm;
    }

    public Kernel outputDelta(OutputDelta op) {
        return perElement(op, op.loss(), "outputDelta", op.dz(), op.a(), (body, a, y) -> {
            Expression difference = Expression.minus(a, y);
            return op.mean() ? Expression.times(perUnit(op.a()), difference) : difference;
        });
    }

    private static Expression perUnit(Buffer buffer) {
        return Expression.constant(1.0 / buffer.columns());
    }

    public Kernel lossGradient(LossGradient op) {
        boolean mean = op.loss().meanOfUnits() && op.a().columns() > 1;
        return perElement(op, op.loss(), "lossGradient", op.da(), op.a(), (body, a, y) -> {
            Map<Variable, Expression> names = Map.of(Variable.A, a, Variable.Y, y);
            Formula formula = op.loss().derivative();
            // an exponential is one in double
            Expression derivative = formula.cheap()
                    ? FormulaCode.math(body, Type.ELEMENT, formula, names)
                    : Expression.rounded(words.precision(), FormulaCode.math(body, Type.DOUBLE, formula, names));
            return mean ? Expression.times(derivative, perUnit(op.a())) : derivative;
        });
    }

    /** Results for the caller, row after row. */
    public Kernel results(Return op) {
        List<Argument> arguments = List.of(Argument.FROM, Argument.TO, Argument.OUT, Argument.OUT_AT);
        Operand out = emission.operand(op.out(), Axis.UNITS);
        Operand a = emission.operand(op.a(), Axis.UNITS);
        Body body = new Body();
        samples(body)
                .loop(U.text(), Names.units(op.layer()))
                .assign(out.element(Axis.SAMPLES, Axis.UNITS), a.element(Axis.UNITS, Axis.SAMPLES));
        Method method = emission.method("results", arguments)
                .documentation("{@code out[s][u] = $L[s][u]}.\n", op.a())
                .code(body);
        return new Kernel(op, "results", arguments, List.of(method), "");
    }

    private interface Result {
        /** The result, after the statements that it needs. */
        Expression of(Body body, Expression a, Expression y);
    }

    private Kernel perElement(Op op, Loss loss, String name, Buffer out, Buffer from, Result formula) {
        Operand a = emission.operand(from, Axis.UNITS);
        Expression units = Names.units(op.layer());
        Body body = new Body();
        Body unit = samples(body).loop(U.text(), units);
        Name at = unit.integer("at", a.index(Axis.UNITS, U, Axis.SAMPLES, S));
        Expression target = Expression.element(
                Argument.Y.value(), Expression.sum(Argument.Y_AT.value(), Expression.product(S, units), U));
        Expression result = formula.of(unit, Expression.element(a.array(), at), smoothed(loss, from.columns(), target));
        unit.assign(Expression.element(Expression.name(out.name()), at), result);
        Method method = method(name)
                .documentation("Layer $L: {@code $L}.\n", op.layer(), op)
                .code(body);
        return new Kernel(op, name, TARGETS, List.of(method), "");
    }
}
