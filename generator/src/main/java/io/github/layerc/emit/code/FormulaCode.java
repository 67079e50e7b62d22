package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Hoisted;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Expression.Operation;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Precision;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.Formula.Binary;
import io.github.layerc.network.formula.Formula.Choice;
import io.github.layerc.network.formula.Formula.Constant;
import io.github.layerc.network.formula.Formula.Function;
import io.github.layerc.network.formula.Formula.Named;
import io.github.layerc.network.formula.Formula.Unary;
import io.github.layerc.network.formula.Formula.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@link Formula} of an activation or a loss as code. A cheap one is a single expression, whose constants are
 * literals in plain Java and registers in vectors; one with exponentials is a few statements and an expression, its
 * constants variables in front of the loop.
 */
public final class FormulaCode {
    private static final Set<Formula> COMMON = Set.of(Constant.ZERO, Constant.ONE, Constant.TWO);

    private final Body body;
    private final Map<Variable, Expression> names;

    /** What makes exponentials of registers; null where {@link Math} does. */
    private final Exponentials exponentials;

    /** Of registers; null where there are none that a method of {@link Math} makes. */
    private final Precision precision;

    /** Of variables, and of constants in them. */
    private final Type type;

    private final Map<String, Named> made = new HashMap<>();
    private int exponentialsMade;

    /** How exponentials of registers are made: the n-th of a block. */
    private interface Exponentials {
        Exponential get(int number);
    }

    private FormulaCode(
            Body body, Map<Variable, Expression> names, Exponentials exponentials, Precision precision, Type type) {
        this.body = body;
        this.names = names;
        this.exponentials = exponentials;
        this.precision = precision;
        this.type = type;
    }

    /** Whether registers can be vectors. A logarithm is {@link Math}'s in every class: the Vector API's own is a call for each lane on many JVMs. */
    public static boolean suitsVectors(Formula formula) {
        boolean logarithm = formula instanceof Unary unary
                && (unary.function() == Function.LOG || unary.function() == Function.LOG_ONE_PLUS);
        return !logarithm && formula.parts().stream().allMatch(FormulaCode::suitsVectors);
    }

    /**
     * A formula of registers as an expression, after statements where it needs some.
     *
     * @param branches whether an exponential may branch, see {@link Exponential}
     * @param names of registers; where formulas are not cheap, of variables
     */
    public static Expression of(
            Body body, Precision precision, boolean branches, Formula formula, Map<Variable, Expression> names) {
        return registers(body, precision, branches, names).expression(formula, !formula.cheap(), true);
    }

    private static FormulaCode registers(
            Body body, Precision precision, boolean branches, Map<Variable, Expression> names) {
        Exponentials exponentials =
                number -> new Exponential(precision, branches, number == 1 ? "" : String.valueOf(number));
        return new FormulaCode(body, names, exponentials, precision, Type.REGISTER);
    }

    /** A cheap formula of registers as an expression alone. */
    public static Expression inline(Formula formula, Map<Variable, Expression> names) {
        return cheap(formula, names).expression(formula, false, true);
    }

    private static FormulaCode cheap(Formula formula, Map<Variable, Expression> names) {
        if (!formula.cheap()) {
            throw new AssertionError("a formula of several statements: " + formula);
        }
        return new FormulaCode(new Body(), names, null, null, Type.REGISTER);
    }

    /**
     * A formula in numbers, its exponentials from {@link Math}.
     *
     * @param type {@link Type#ELEMENT} or {@link Type#DOUBLE}
     */
    public static Expression math(Body body, Type type, Formula formula, Map<Variable, Expression> names) {
        return new FormulaCode(body, names, null, null, type).expression(formula, false, true);
    }

    /** The same as an expression alone, what has a name written in its place. */
    public static Expression mathInline(Type type, Formula formula, Map<Variable, Expression> names) {
        return math(new Body(), type, formula.unnamed(), names);
    }

    /** {@code value * derivative} of a cheap derivative as an expression alone, the value written once. */
    public static Expression inlineTimes(Expression value, Formula derivative, Map<Variable, Expression> names) {
        return cheap(derivative, names).times(value, derivative);
    }

    /** {@code value * derivative}, the value written once. */
    public static Expression times(
            Body body,
            Precision precision,
            boolean branches,
            Expression value,
            Formula derivative,
            Map<Variable, Expression> names) {
        return registers(body, precision, branches, names).times(value, derivative);
    }

    private Expression times(Expression value, Formula derivative) {
        if (derivative.equals(Constant.ONE)) {
            return value;
        }
        return isStep(derivative)
                ? choice((Choice) derivative, constant(Constant.ZERO, false, true), value, false)
                : Registers.multiply(value, expression(derivative, !derivative.cheap(), true));
    }

    /** Whether a value times the derivative is a choice between 0 and the value. */
    private static boolean isStep(Formula derivative) {
        return derivative instanceof Choice choice
                && choice.atMost().equals(Constant.ZERO)
                && choice.above().equals(Constant.ONE);
    }

    /** The constants of a cheap formula, in front of the loop that it stands in. */
    public static void constants(Body body, Formula formula) {
        Set<Constant> constants = new LinkedHashSet<>();
        collect(formula, constants);
        constants(body, null, formula, constants);
    }

    /** The constants of any formula, in front of the loop that it stands in. */
    public static void constants(Body body, Precision precision, Formula formula) {
        Set<Constant> constants = new LinkedHashSet<>();
        collect(formula, constants);
        constants(body, precision, formula, constants);
    }

    /** The same for a cheap derivative that a value is multiplied with. */
    public static void constantsOfFactor(Body body, Formula derivative) {
        constantsOfFactor(body, null, derivative);
    }

    /** The same for a derivative that a value is multiplied with. */
    public static void constantsOfFactor(Body body, Precision precision, Formula derivative) {
        Set<Constant> constants = new LinkedHashSet<>();
        if (isStep(derivative)) {
            collect(((Choice) derivative).limit(), constants);
            constants.add(Constant.ZERO);
        } else if (!derivative.equals(Constant.ONE)) {
            collect(derivative, constants);
        }
        constants(body, precision, derivative, constants);
    }

    private static void constants(Body body, Precision precision, Formula formula, Set<Constant> constants) {
        boolean cheap = formula.cheap();
        if (!cheap) {
            new Exponential(precision, false).constants(body);
            constants.remove(Constant.ONE);
        }
        List<Constant> ordered = new ArrayList<>(constants);
        ordered.sort(Comparator.comparing((Constant constant) -> !COMMON.contains(constant))
                .thenComparing(Constant::note));
        String note = "";
        for (Constant constant : ordered) {
            if (!cheap && !constant.note().equals(note)) {
                note = constant.note();
                body.comment(note);
            }
            Expression value = Expression.constant(constant.value());
            if (cheap) {
                body.hoist(constant.name(), value);
            } else {
                body.register(constant.name(), Registers.broadcast(value));
            }
        }
    }

    private static void collect(Formula formula, Set<Constant> constants) {
        if (formula instanceof Constant constant) {
            constants.add(constant);
        }
        formula.parts().forEach(part -> collect(part, constants));
    }

    /**
     * @param variables whether constants are variables
     * @param arithmetic whether it is an operand of an arithmetic operator, where an int does as well
     */
    private Expression expression(Formula formula, boolean variables, boolean arithmetic) {
        if (formula instanceof Variable variable) {
            return names.get(variable);
        }
        if (formula instanceof Constant constant) {
            return constant(constant, variables, arithmetic);
        }
        if (formula instanceof Named named) {
            boolean inline = type == Type.REGISTER && !variables;
            return inline ? expression(named.of(), false, arithmetic) : named(named, variables);
        }
        if (formula instanceof Unary unary) {
            return unary(unary, variables);
        }
        if (formula instanceof Choice choice) {
            Expression atMost = expression(choice.atMost(), variables, true);
            return choice(choice, atMost, expression(choice.above(), variables, true), variables);
        }
        return binary((Binary) formula, variables);
    }

    private Expression constant(Constant constant, boolean variables, boolean arithmetic) {
        double value = constant.value();
        if (variables) {
            return Expression.name(constant.name());
        }
        boolean integer = value == Math.rint(value) && Math.abs(value) < 1e6;
        if (arithmetic && integer) {
            return new Hoisted(constant.name(), Expression.number((int) value));
        }
        return type == Type.DOUBLE
                ? new Expression.Literal(Double.toString(value))
                : new Hoisted(constant.name(), Expression.constant(value));
    }

    /** Its name, after the statements that make it where these are not there yet. */
    private Name named(Named named, boolean variables) {
        Named known = made.putIfAbsent(named.name(), named);
        if (known != null && !known.equals(named)) {
            throw new AssertionError("two parts of a formula with the name " + named.name());
        }
        if (known != null) {
            return Expression.name(named.name());
        }
        boolean exponential =
                type == Type.REGISTER && named.of() instanceof Unary unary && isExponential(unary.function());
        return exponential
                ? exponential(named.name(), (Unary) named.of(), variables)
                : body.declare(type, named.name(), expression(named.of(), variables, true));
    }

    private static boolean isExponential(Function function) {
        return function == Function.EXP || function == Function.EXP_MINUS_ONE;
    }

    private Name exponential(String name, Unary unary, boolean variables) {
        Expression x = expression(unary.of(), variables, true);
        exponentialsMade++;
        Exponential exponential = exponentials.get(exponentialsMade);
        return unary.function() == Function.EXP
                ? exponential.exp(body, name, x)
                : exponential.expMinusOne(body, name, x);
    }

    private Expression unary(Unary unary, boolean variables) {
        Expression x = expression(unary.of(), variables, true);
        return switch (unary.function()) {
            case NEGATIVE -> Registers.negate(x);
            case ABSOLUTE -> Registers.absolute(x);
            case EXP -> exponentialOf("exp", x);
            case EXP_MINUS_ONE -> exponentialOf("expm1", x);
            case LOG -> inDouble("log", x);
            case LOG_ONE_PLUS -> inDouble("log1p", x);
        };
    }

    private Expression exponentialOf(String method, Expression x) {
        if (type == Type.REGISTER) {
            throw new AssertionError("an exponential without a name: " + method);
        }
        return inDouble(method, x);
    }

    /** {@link Math} has these methods in double only. */
    private Expression inDouble(String method, Expression x) {
        Expression value = Expression.math(method, x);
        return switch (type) {
            case REGISTER -> Expression.rounded(precision, value);
            case DOUBLE -> value;
            default -> throw new AssertionError("a value in double as " + type + ": " + method);
        };
    }

    private Expression binary(Binary binary, boolean variables) {
        boolean arithmetic = switch (binary.operator()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
            case MAX, MIN -> false;
        };
        Expression left = expression(binary.left(), variables, arithmetic);
        Expression right = expression(binary.right(), variables, arithmetic);
        return switch (binary.operator()) {
            case ADD -> add(binary.left(), left, right);
            case SUBTRACT -> Registers.subtract(left, right);
            case MULTIPLY -> Registers.multiply(left, right);
            case DIVIDE -> Registers.divide(left, right);
            case MAX -> Registers.max(left, right);
            case MIN -> Registers.min(left, right);
        };
    }

    /** A product and a sum are one instruction where numbers of the network's precision are added. */
    private Expression add(Formula first, Expression left, Expression right) {
        boolean product = first instanceof Binary binary && binary.operator() == Formula.Operator.MULTIPLY;
        return product && type != Type.DOUBLE && left instanceof Operation of
                ? Registers.multiplyAdd(of.operands().get(0), of.operands().get(1), right)
                : Registers.add(left, right);
    }

    private Expression choice(Choice choice, Expression atMost, Expression above, boolean variables) {
        Expression value = expression(choice.value(), variables, true);
        Expression limit = expression(choice.limit(), variables, true);
        return Registers.blend(above, atMost, Registers.atMost(value, limit));
    }
}
