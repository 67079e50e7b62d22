package io.github.layerc.emit.product;

import com.palantir.javapoet.CodeBlock;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.DerivativeMethod;
import io.github.layerc.emit.code.FormulaCode;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Choice;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Activation;
import io.github.layerc.network.formula.Formula.Variable;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The epilogue of a product: what happens to finished sums, one number or one register at a time. */
final class StoreEmitter {
    private static final Name TIMES = Expression.name("times");
    private static final Name PARAMETERS = Expression.name("parameters");

    private final ProductNest nest;
    private final Epilogue epilogue;
    private final boolean branches;

    StoreEmitter(ProductNest nest) {
        this(nest, true);
    }

    /** @param branches whether a choice between two numbers may be a branch: in a loop that C2 is to make vectors of it may not */
    StoreEmitter(ProductNest nest, boolean branches) {
        this.nest = nest;
        this.epilogue = nest.epilogue();
        this.branches = branches;
    }

    String method() {
        return nest.name() + "Store";
    }

    /** The call for one sum; {@code first} and {@code last} are in scope where the product goes in blocks. */
    Call call(Expression row, Expression column, Expression sum) {
        List<Expression> more = new ArrayList<>(List.of(row, column, sum));
        if (nest.partialNumbers()) {
            more.add(Expression.name("first"));
            more.add(Expression.name("last"));
        }
        return Argument.call(method(), nest.epilogueArguments(), more.toArray(Expression[]::new));
    }

    /** A method that takes one sum: numbers only, so it costs nothing to call. */
    Method scalarMethod() {
        Method.Builder method = Method.builder(nest.emission().words().scalar(), method())
                .parameters(nest.epilogueArguments())
                .parameter(Type.INT, nest.rows().variable())
                .parameter(Type.INT, nest.columns().variable())
                .parameter(Type.ELEMENT, "sum");
        Body body = new Body();
        Expression out = nest.out().array();
        Name at = body.integer(
                "at", nest.out().index(nest.rows(), Names.at(nest.rows()), nest.columns(), Names.at(nest.columns())));
        Name sum = Expression.name("sum");
        if (nest.partialNumbers()) {
            method.parameter(Type.BOOLEAN, "first").parameter(Type.BOOLEAN, "last");
            Expression next = Expression.plus(Expression.element(out, at), sum);
            Name total = body.declare(Type.ELEMENT, "total", new Choice(Expression.name("first"), sum, next));
            body.when(Expression.not(Expression.name("last")))
                    .assign(Expression.element(out, at), total)
                    .leave();
            sum = total;
        }
        body.add(stored(sum, at, bias(), activation(at)));
        return method.documentation(CodeBlock.of(
                        "Epilogue: $L.", new NestText(nest).formula().replace("sum over", "the sum over")))
                .code(body);
    }

    /** The activation or pre-activation at which a derivative is taken, null for none. */
    Expression activation(Expression at) {
        return epilogue.derivativeAt() == null
                ? null
                : Registers.load(Expression.name(epilogue.derivativeAt().name()), at);
    }

    /** The constants that {@link #stored} needs. */
    void constants(Body body) {
        FormulaCode.constants(body, epilogue.activation().value());
        if (epilogue.derivativeAt() != null) {
            FormulaCode.constantsOfFactor(body, epilogue.derivative().derivative());
        }
        if (epilogue.store() != Store.SET) {
            body.hoist(TIMES.text(), times());
        }
    }

    /** What is multiplied with a sum before it is added to the output; registers find it in {@code times}. */
    Expression times() {
        Expression factor = Argument.FACTOR.value();
        return epilogue.inputScale() ? Expression.times(factor, Argument.INPUT_SCALE.value()) : factor;
    }

    boolean biased() {
        return epilogue.bias() != null;
    }

    /** The element of the bias, by the variable of the units; null for none. */
    Expression bias() {
        return bias(Names.at(Axis.UNITS));
    }

    /** The element of the bias of a unit, null for none. */
    Expression bias(Expression unit) {
        return biased() ? Expression.element(PARAMETERS, biasAt(unit)) : null;
    }

    /** Neighbouring elements of the bias. */
    Expression biases(Expression unit) {
        return Registers.load(PARAMETERS, biasAt(unit));
    }

    private Expression biasAt(Expression unit) {
        return Expression.sum(nest.emission().biasAt(nest.product().layer()), unit);
    }

    /**
     * The statement that finishes and stores a value.
     *
     * @param bias the bias as an expression of the same kind as the value, null where it is in the value or there is none
     * @param activation where a derivative is taken, the same
     */
    Statement stored(Expression value, Expression at, Expression bias, Expression activation) {
        Expression finished = finished(value, bias, activation);
        return epilogue.store() == Store.SET
                ? new Statement.Store(nest.out().array(), at, finished)
                : new Statement.AddScaled(
                        Argument.INTO.value(), at, new Expression.Hoisted(TIMES.text(), times()), finished);
    }

    /** The value as it is stored, or added times a factor, see {@link #stored}. */
    Expression finished(Expression value, Expression bias, Expression activation) {
        Expression finished = value;
        if (epilogue.inputScale() && epilogue.store() == Store.SET) {
            finished = Registers.multiply(finished, Argument.INPUT_SCALE.value());
        }
        if (bias != null) {
            finished = Registers.add(finished, bias);
        }
        finished = FormulaCode.inline(epilogue.activation().value(), Map.of(Variable.Z, finished));
        return epilogue.derivativeAt() == null ? finished : timesDerivative(finished, activation);
    }

    private Expression timesDerivative(Expression value, Expression activation) {
        Activation of = epilogue.derivative();
        if (!branches && DerivativeMethod.suits(of)) {
            return Registers.multiply(value, DerivativeMethod.call(nest.words(), of, activation));
        }
        Variable place = of.differentiatedAtZ() ? Variable.Z : Variable.A;
        return FormulaCode.inlineTimes(value, of.derivative(), Map.of(place, activation));
    }
}
