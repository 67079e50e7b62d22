package io.github.layerc.emit.code;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Formula;
import io.github.layerc.network.Formula.Binary;
import io.github.layerc.network.Formula.Choice;
import io.github.layerc.network.Formula.Constant;
import io.github.layerc.network.Formula.Operator;
import io.github.layerc.network.Formula.Variable;
import io.github.layerc.network.Precision;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * A derivative that is one number up to an activation of 0 and another one above it, as a method without a branch: C2 makes no vectors of a loop with
 * one.
 */
public final class DerivativeMethod {
    private DerivativeMethod() {}

    /** Whether loops without a branch need the method. */
    public static boolean suits(Activation activation) {
        return activation.derivative() instanceof Choice;
    }

    /** Its call. */
    public static String call(Activation activation, String a) {
        return name(activation) + "(" + a + ")";
    }

    /** Layers may have the same activation with other settings. */
    private static String name(Activation activation) {
        String settings = activation.settings().stream()
                .map(setting -> String.valueOf(setting.value()).replaceAll("[^0-9A-Za-z]", "_"))
                .collect(Collectors.joining("_"));
        return Names.camelCase(activation.keyword()) + "Derivative" + settings;
    }

    /** Large twice, so that the smallest number that there is becomes more than 1. A delta that has overflowed makes NaN of a 0, not 0. */
    public static MethodSpec method(Activation activation, Precision precision) {
        Choice choice = (Choice) activation.derivative();
        if (!choice.value().equals(Variable.A) || !choice.limit().equals(Constant.ZERO)) {
            throw new AssertionError("a derivative that does not jump where the activation is 0: " + activation);
        }
        Words words = new Words(Target.SCALAR, precision);
        String large = precision == Precision.FLOAT ? "1e38f" : "1e300";
        String product = "a * " + large + " * " + large;
        boolean negative = !(activation.value() instanceof Binary binary
                && binary.operator() == Operator.MAX
                && binary.right().equals(Constant.ZERO));
        String step = words.min(negative ? words.max(product, words.constant(0)) : product, words.constant(1));
        Lines lines = new Lines();
        if (choice.atMost().equals(Constant.ZERO) && choice.above().equals(Constant.ONE)) {
            lines.line("return " + step);
        } else {
            lines.line(words.type() + " above = " + step);
            lines.line("return (1 - above) * " + number(words, choice.atMost()) + " + above * "
                    + number(words, choice.above()));
        }
        TypeName element = Argument.element(precision);
        return MethodSpec.methodBuilder(name(activation))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc(
                        "The derivative of $L for the activation, without a branch: C2 makes vectors of the loops that call it.\n",
                        activation.text())
                .returns(element)
                .addParameter(element, "a")
                .addCode(lines.build())
                .build();
    }

    private static String number(Words words, Formula formula) {
        if (!(formula instanceof Constant constant)) {
            throw new AssertionError("a derivative that is no number on one side of 0: " + formula);
        }
        return words.constant(constant.value());
    }
}
