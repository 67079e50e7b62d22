package io.github.layerc.emit.code;

import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.Formula.Binary;
import io.github.layerc.network.formula.Formula.Choice;
import io.github.layerc.network.formula.Formula.Constant;
import io.github.layerc.network.formula.Formula.Named;
import io.github.layerc.network.formula.Formula.Operator;
import io.github.layerc.network.formula.Formula.Unary;
import io.github.layerc.network.formula.Formula.Variable;
import java.util.Map;

/** A {@link Formula} as people write it: {@code max(z, 0) - y * z}. */
public final class FormulaText {
    /** How strongly what a formula is made of holds together, the weakest first. */
    private enum Level {
        SUM,
        PRODUCT,
        PRIMARY
    }

    private final Map<Variable, String> names;

    private FormulaText(Map<Variable, String> names) {
        this.names = names;
    }

    public static String of(Formula formula, Map<Variable, String> names) {
        return new FormulaText(names).text(formula);
    }

    private String text(Formula formula) {
        if (formula instanceof Variable variable) {
            return names.get(variable);
        }
        if (formula instanceof Constant constant) {
            return number(constant.value());
        }
        if (formula instanceof Named named) {
            return text(named.of());
        }
        if (formula instanceof Unary unary) {
            String x = text(unary.of());
            return switch (unary.function()) {
                case NEGATIVE -> "-" + text(unary.of(), Level.PRIMARY);
                case ABSOLUTE -> "|" + x + "|";
                case EXP -> "exp(" + x + ")";
                case EXP_MINUS_ONE -> "(exp(" + x + ") - 1)";
                case LOG -> "ln(" + x + ")";
                case LOG_ONE_PLUS -> "ln(1 + " + x + ")";
            };
        }
        if (formula instanceof Choice choice) {
            return "(" + text(choice.value()) + " <= " + text(choice.limit()) + " ? " + text(choice.atMost()) + " : "
                    + text(choice.above()) + ")";
        }
        return text((Binary) formula);
    }

    private String text(Binary binary) {
        Formula left = binary.left();
        Formula right = binary.right();
        if (isSquare(binary)) {
            return text(left, Level.PRIMARY) + "^2";
        }
        return switch (binary.operator()) {
            case ADD -> text(left) + " + " + text(right);
            case SUBTRACT -> text(left) + " - " + text(right, Level.PRODUCT);
            case MULTIPLY -> text(left, Level.PRIMARY) + " * " + text(right, Level.PRIMARY);
            case DIVIDE -> text(left, Level.PRIMARY) + " / " + text(right, Level.PRIMARY);
            case MAX -> "max(" + text(left) + ", " + text(right) + ")";
            case MIN -> "min(" + text(left) + ", " + text(right) + ")";
        };
    }

    private static boolean isSquare(Binary binary) {
        return binary.operator() == Operator.MULTIPLY && binary.left().equals(binary.right());
    }

    /** In parentheses if it is weaker than it has to be. */
    private String text(Formula formula, Level least) {
        return level(formula).compareTo(least) < 0 ? "(" + text(formula) + ")" : text(formula);
    }

    private static Level level(Formula formula) {
        if (formula instanceof Named named) {
            return level(named.of());
        }
        if (!(formula instanceof Binary binary) || isSquare(binary)) {
            return Level.PRIMARY;
        }
        return switch (binary.operator()) {
            case ADD, SUBTRACT -> Level.SUM;
            case MULTIPLY, DIVIDE -> Level.PRODUCT;
            case MAX, MIN -> Level.PRIMARY;
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6 ? String.valueOf((int) value) : String.valueOf(value);
    }
}
