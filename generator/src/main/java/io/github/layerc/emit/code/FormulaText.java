package io.github.layerc.emit.code;

import io.github.layerc.network.Formula;
import io.github.layerc.network.Formula.Binary;
import io.github.layerc.network.Formula.Choice;
import io.github.layerc.network.Formula.Constant;
import io.github.layerc.network.Formula.Named;
import io.github.layerc.network.Formula.Operator;
import io.github.layerc.network.Formula.Unary;
import io.github.layerc.network.Formula.Variable;
import java.util.Map;

/** A {@link Formula} as people write it: {@code max(z, 0) - y * z}. */
public final class FormulaText {
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
                case NEGATIVE -> "-" + Words.factor(x);
                case ABSOLUTE -> "|" + x + "|";
                case EXP -> "exp(" + x + ")";
                case EXP_MINUS_ONE -> "(exp(" + x + ") - 1)";
            };
        }
        if (formula instanceof Choice choice) {
            return "(" + text(choice.value()) + " <= " + text(choice.limit()) + " ? " + text(choice.atMost()) + " : "
                    + text(choice.above()) + ")";
        }
        return text((Binary) formula);
    }

    private String text(Binary binary) {
        String left = text(binary.left());
        String right = text(binary.right());
        if (binary.operator() == Operator.MULTIPLY && left.equals(right)) {
            return Words.factor(left) + "^2";
        }
        return switch (binary.operator()) {
            case ADD -> left + " + " + right;
            case SUBTRACT -> left + " - " + Words.term(right);
            case MULTIPLY -> Words.factor(left) + " * " + Words.factor(right);
            case DIVIDE -> Words.factor(left) + " / " + Words.factor(right);
            case MAX -> "max(" + left + ", " + right + ")";
            case MIN -> "min(" + left + ", " + right + ")";
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6 ? String.valueOf((int) value) : String.valueOf(value);
    }
}
