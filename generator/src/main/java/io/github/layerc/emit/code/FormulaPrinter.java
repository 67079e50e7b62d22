package io.github.layerc.emit.code;

import io.github.layerc.network.Formula;
import io.github.layerc.network.Formula.Binary;
import io.github.layerc.network.Formula.Choice;
import io.github.layerc.network.Formula.Constant;
import io.github.layerc.network.Formula.Function;
import io.github.layerc.network.Formula.Named;
import io.github.layerc.network.Formula.Operator;
import io.github.layerc.network.Formula.Unary;
import io.github.layerc.network.Formula.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints the {@link Formula} of an activation or a loss in the words of a target. A cheap one is a single expression, whose constants are literals
 * in plain Java and registers in vectors; one with exponentials is a few statements and an expression, its constants variables in front of the
 * loop.
 */
public final class FormulaPrinter {
    private static final Set<Formula> COMMON = Set.of(Constant.ZERO, Constant.ONE, Constant.TWO);

    private final Words words;
    private final Lines lines;
    private final Map<Variable, String> names;

    /** Whether all of it is in numbers, exponentials from {@link Math}. */
    private final boolean math;

    private final Map<String, Named> printed = new HashMap<>();
    private int exponentials;

    private FormulaPrinter(Words words, Lines lines, Map<Variable, String> names, boolean math) {
        this.words = words;
        this.lines = lines;
        this.names = names;
        this.math = math;
    }

    /**
     * A formula as an expression, after statements where it needs some.
     *
     * @param lines takes the statements
     * @param names of registers; where formulas are not cheap, of variables
     */
    public static String print(Words words, Lines lines, Formula formula, Map<Variable, String> names) {
        return new FormulaPrinter(words, lines, names, false).text(formula, !formula.cheap(), true);
    }

    /** A cheap formula as an expression alone. */
    public static String inline(Words words, Formula formula, Map<Variable, String> names) {
        if (!formula.cheap()) {
            throw new AssertionError("a formula of several statements: " + formula);
        }
        return new FormulaPrinter(words, new Lines(), names, false).text(formula, false, true);
    }

    /** A formula in numbers, its exponentials from {@link Math}. */
    public static String math(Words numbers, Lines lines, Formula formula, Map<Variable, String> names) {
        return new FormulaPrinter(numbers, lines, names, true).text(formula, false, true);
    }

    /** The same as an expression alone, what has a name printed in its place. */
    public static String mathInline(Words numbers, Formula formula, Map<Variable, String> names) {
        return math(numbers, new Lines(), formula.unnamed(), names);
    }

    /** {@code value * derivative} of a cheap derivative as an expression alone, the value printed once. */
    public static String inlineTimes(Words words, String value, Formula derivative, Map<Variable, String> names) {
        if (!derivative.cheap()) {
            throw new AssertionError("a formula of several statements: " + derivative);
        }
        return times(words, new Lines(), value, derivative, names);
    }

    /** {@code value * derivative}, the value printed once. */
    public static String times(
            Words words, Lines lines, String value, Formula derivative, Map<Variable, String> names) {
        if (derivative.equals(Constant.ONE)) {
            return value;
        }
        FormulaPrinter printer = new FormulaPrinter(words, lines, names, false);
        if (isStep(derivative)) {
            return printer.choice((Choice) derivative, printer.constant(Constant.ZERO, false, true), value);
        }
        return words.multiply(value, printer.text(derivative, !derivative.cheap(), true));
    }

    /** Whether a value times the derivative is a choice between 0 and the value. */
    private static boolean isStep(Formula derivative) {
        return derivative instanceof Choice choice
                && choice.atMost().equals(Constant.ZERO)
                && choice.above().equals(Constant.ONE);
    }

    /** Emits the constants of formulas, in front of the loop that they are printed in. */
    public static void constants(Words words, Lines lines, List<Formula> formulas) {
        Set<Constant> constants = new LinkedHashSet<>();
        formulas.forEach(formula -> collect(formula, constants));
        constants(words, lines, formulas, constants);
    }

    /** The same for a derivative that a value is multiplied with. */
    public static void constantsOfFactor(Words words, Lines lines, Formula derivative) {
        Set<Constant> constants = new LinkedHashSet<>();
        if (isStep(derivative)) {
            collect(((Choice) derivative).limit(), constants);
            constants.add(Constant.ZERO);
        } else if (!derivative.equals(Constant.ONE)) {
            collect(derivative, constants);
        }
        constants(words, lines, List.of(derivative), constants);
    }

    private static void constants(Words words, Lines lines, List<Formula> formulas, Set<Constant> constants) {
        boolean cheap = formulas.stream().allMatch(Formula::cheap);
        if (!cheap) {
            new Exponential(words, lines).constants();
            constants.remove(Constant.ONE);
        } else if (!words.vector()) {
            return;
        }
        List<Constant> ordered = new ArrayList<>(constants);
        ordered.sort((a, b) -> Boolean.compare(COMMON.contains(b), COMMON.contains(a)));
        ordered.forEach(constant -> words.define(lines, constant.name(), constant.value()));
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
    private String text(Formula formula, boolean variables, boolean arithmetic) {
        if (formula instanceof Variable variable) {
            return names.get(variable);
        }
        if (formula instanceof Constant constant) {
            return constant(constant, variables, arithmetic);
        }
        if (formula instanceof Named named) {
            return variables || math ? named(named, variables) : text(named.of(), false, arithmetic);
        }
        if (formula instanceof Unary unary) {
            return unary(unary, variables);
        }
        if (formula instanceof Choice choice) {
            String atMost = text(choice.atMost(), variables, true);
            return choice(choice, atMost, text(choice.above(), variables, true));
        }
        return binary((Binary) formula, variables);
    }

    private String constant(Constant constant, boolean variables, boolean arithmetic) {
        if (words.vector() || variables) {
            return constant.name();
        }
        boolean integer = constant.value() == Math.rint(constant.value()) && Math.abs(constant.value()) < 1e6;
        return arithmetic && integer ? String.valueOf((int) constant.value()) : words.constant(constant.value());
    }

    /** Its name, after the statements that make it where these are not there yet. */
    private String named(Named named, boolean variables) {
        Named known = printed.putIfAbsent(named.name(), named);
        if (known != null && !known.equals(named)) {
            throw new AssertionError("two parts of a formula with the name " + named.name());
        }
        if (known == null) {
            if (!math && named.of() instanceof Unary unary && !unary.function().cheap()) {
                exponential(named.name(), unary, variables);
            } else {
                String value = text(named.of(), variables, true);
                lines.line(words.register() + " " + named.name() + " = " + value);
            }
        }
        return named.name();
    }

    private void exponential(String name, Unary unary, boolean variables) {
        String x = text(unary.of(), variables, true);
        exponentials++;
        Exponential exponential = new Exponential(words, lines, exponentials == 1 ? "" : String.valueOf(exponentials));
        if (unary.function() == Function.EXP) {
            exponential.exp(name, x);
        } else {
            exponential.expMinusOne(name, x);
        }
    }

    private String unary(Unary unary, boolean variables) {
        String x = text(unary.of(), variables, true);
        return switch (unary.function()) {
            case NEGATIVE -> words.negative(x);
            case ABSOLUTE -> words.absolute(x);
            case EXP, EXP_MINUS_ONE -> {
                if (!math) {
                    throw new AssertionError("an exponential without a name: " + unary);
                }
                yield unary.function() == Function.EXP ? "Math.exp(" + x + ")" : "Math.expm1(" + x + ")";
            }
        };
    }

    private String binary(Binary binary, boolean variables) {
        boolean arithmetic = switch (binary.operator()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
            case MAX, MIN -> false;
        };
        String left = text(binary.left(), variables, arithmetic);
        String right = text(binary.right(), variables, arithmetic);
        return switch (binary.operator()) {
            case ADD ->
                binary.left() instanceof Binary product && product.operator() == Operator.MULTIPLY
                        ? words.multiplyAdd(
                                text(product.left(), variables, true), text(product.right(), variables, true), right)
                        : words.add(left, right);
            case SUBTRACT -> words.subtract(left, right);
            case MULTIPLY -> words.multiply(left, right);
            case DIVIDE -> words.divide(left, right);
            case MAX -> words.max(left, right);
            case MIN -> words.min(left, right);
        };
    }

    private String choice(Choice choice, String atMost, String above) {
        boolean variables = !choice.cheap();
        String value = text(choice.value(), variables, true);
        String limit = text(choice.limit(), variables, true);
        return words.vector()
                ? words.choose(above, atMost, value + ".compare(VectorOperators.LE, " + limit + ")")
                : "(" + value + " <= " + limit + " ? " + atMost + " : " + above + ")";
    }
}
