package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.NormalDistribution;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operator that takes each element by itself, with one or two inputs, by its name in ONNX. */
enum Operation {
    ADD("Add", true),
    SUB("Sub", true),
    MUL("Mul", true),
    DIV("Div", true),
    MIN("Min", true),
    MAX("Max", true),
    POW("Pow", true),
    NEG("Neg", false),
    ABS("Abs", false),
    EXP("Exp", false),
    LOG("Log", false),
    SQRT("Sqrt", false),
    RECIPROCAL("Reciprocal", false),
    ERF("Erf", false);

    private static final Map<String, Operation> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(each -> each.operator, each -> each));

    private final String operator;
    private final boolean binary;

    Operation(String operator, boolean binary) {
        this.operator = operator;
        this.binary = binary;
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
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case POW -> Math.pow(a, b);
            case NEG -> -a;
            case ABS -> Math.abs(a);
            case EXP -> Math.exp(a);
            case LOG -> Math.log(a);
            case SQRT -> Math.sqrt(a);
            case RECIPROCAL -> 1 / a;
            case ERF -> erf(a);
        };
    }

    /** {@code erf(x) = 2 P(normal <= x sqrt(2)) - 1}. */
    private static double erf(double x) {
        double z = x * Math.sqrt(2);
        return 2 * FormulaTape.at(NormalDistribution.probability(Formula.Variable.Z), z, z, z) - 1;
    }
}
