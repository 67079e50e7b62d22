package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.NormalDistribution;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operator that takes each element by itself, with one or two inputs, by its name in ONNX. */
enum Operation {
    ADD("Add", Double::sum),
    SUB("Sub", (a, b) -> a - b),
    MUL("Mul", (a, b) -> a * b),
    DIV("Div", (a, b) -> a / b),
    MIN("Min", Math::min),
    MAX("Max", Math::max),
    POW("Pow", Math::pow),
    NEG("Neg", a -> -a),
    ABS("Abs", Math::abs),
    EXP("Exp", Math::exp),
    LOG("Log", Math::log),
    SQRT("Sqrt", Math::sqrt),
    RECIPROCAL("Reciprocal", a -> 1 / a),
    ERF("Erf", Operation::erf);

    private static final Map<String, Operation> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(each -> each.operator, each -> each));

    private final String operator;
    private final boolean binary;
    private final DoubleBinaryOperator function;

    Operation(String operator, DoubleBinaryOperator function) {
        this.operator = operator;
        this.binary = true;
        this.function = function;
    }

    Operation(String operator, DoubleUnaryOperator function) {
        this.operator = operator;
        this.binary = false;
        this.function = (a, none) -> function.applyAsDouble(a);
    }

    static Optional<Operation> of(String operator) {
        return Optional.ofNullable(BY_NAME.get(operator));
    }

    /** Names of all operators. */
    static Stream<String> names() {
        return BY_NAME.keySet().stream();
    }

    boolean isBinary() {
        return binary;
    }

    /** @param b anything where the operator has one input */
    double apply(double a, double b) {
        return function.applyAsDouble(a, b);
    }

    /** {@code erf(x) = 2 P(normal <= x sqrt(2)) - 1}. */
    private static double erf(double x) {
        double z = x * Math.sqrt(2);
        return 2 * FormulaTape.at(NormalDistribution.probability(Formula.Variable.Z), z, z, z) - 1;
    }
}
