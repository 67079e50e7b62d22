package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Precision;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.Formula.Binary;
import io.github.layerc.network.formula.Formula.Choice;
import io.github.layerc.network.formula.Formula.Constant;
import io.github.layerc.network.formula.Formula.Operator;
import io.github.layerc.network.formula.Formula.Variable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A derivative that has one formula up to an activation of 0 and another one above it, as a method without a branch: C2 makes no vectors of a loop with
 * one. Both formulas are finite for every finite activation: each is multiplied with 0 where the other one counts.
 */
public final class DerivativeMethod {
    private DerivativeMethod() {}

    /** Whether loops without a branch need the method. */
    public static boolean suits(Activation activation) {
        return activation.derivative() instanceof Choice;
    }

    /** Its call. */
    public static Expression call(Words words, Activation activation, Expression a) {
        return Expression.call(new Helper(Helper.Kind.DERIVATIVE, 0, method(words.scalar(), activation)), List.of(a));
    }

    /** Layers may have the same activation with other settings. */
    private static String name(Activation activation) {
        String settings = activation.settings().stream()
                .map(setting -> String.valueOf(setting.value()).replaceAll("[^0-9A-Za-z]", "_"))
                .collect(Collectors.joining("_"));
        return Names.camelCase(activation.keyword()) + "Derivative" + settings;
    }

    /** Large twice, so that the smallest number that there is becomes more than 1. A delta that has overflowed makes NaN of a 0, not 0. */
    private static Method method(Words words, Activation activation) {
        Choice choice = (Choice) activation.derivative();
        if (!choice.value().equals(Variable.A) || !choice.limit().equals(Constant.ZERO)) {
            throw new AssertionError("a derivative that does not jump where the activation is 0: " + activation);
        }
        Expression large = new Expression.Literal(words.precision() == Precision.FLOAT ? "1e38f" : "1e300");
        Name a = Expression.name("a");
        Expression product = Expression.times(Expression.times(a, large), large);
        boolean negative = !(activation.value() instanceof Binary binary
                && binary.operator() == Operator.MAX
                && binary.right().equals(Constant.ZERO));
        Expression positive = negative ? Expression.math("max", product, Expression.constant(0)) : product;
        Expression step = Expression.math("min", positive, Expression.constant(1));
        Body body = new Body();
        if (choice.atMost().equals(Constant.ZERO) && choice.above().equals(Constant.ONE)) {
            body.leave(step);
        } else {
            Name above = body.declare(Type.ELEMENT, "above", step);
            Expression below = Expression.minus(Expression.number(1), above);
            body.leave(Expression.plus(
                    Expression.times(below, part(choice.atMost(), a)),
                    Expression.times(above, part(choice.above(), a))));
        }
        return Method.builder(words, name(activation))
                .isStatic()
                .documentation(
                        "The derivative of $L for the activation, without a branch: C2 makes vectors of the loops that call it.\n",
                        activation.text())
                .returns(Type.ELEMENT)
                .parameter(Type.ELEMENT, a.text())
                .code(body);
    }

    private static Expression part(Formula formula, Name a) {
        return formula instanceof Constant constant
                ? Expression.constant(constant.value())
                : FormulaCode.mathInline(Type.ELEMENT, formula, Map.of(Variable.A, a));
    }
}
