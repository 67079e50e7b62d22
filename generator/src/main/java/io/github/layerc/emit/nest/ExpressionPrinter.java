package io.github.layerc.emit.nest;

import io.github.layerc.emit.nest.Expression.Arithmetic;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Choice;
import io.github.layerc.emit.nest.Expression.ClassOf;
import io.github.layerc.emit.nest.Expression.Constant;
import io.github.layerc.emit.nest.Expression.Element;
import io.github.layerc.emit.nest.Expression.Field;
import io.github.layerc.emit.nest.Expression.Grouped;
import io.github.layerc.emit.nest.Expression.Hoisted;
import io.github.layerc.emit.nest.Expression.Int;
import io.github.layerc.emit.nest.Expression.Literal;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Expression.Operation;
import io.github.layerc.emit.nest.Expression.Own;
import io.github.layerc.emit.nest.Expression.Sum;
import io.github.layerc.emit.nest.Expression.Unary;
import io.github.layerc.network.Precision;
import java.util.List;

/** Writes an expression, with parentheses where Java would read it in another way without. */
final class ExpressionPrinter implements Expression.Visitor<Text> {

    /** How strongly what an expression is made of holds together, the weakest first. */
    private enum Level {
        CHOICE,
        COMPARISON,
        SHIFT,
        SUM,
        PRODUCT,
        UNARY,
        PRIMARY
    }

    private final Dialect dialect;
    private final Precision precision;
    private final Text text;

    ExpressionPrinter(Dialect dialect, Precision precision, Text text) {
        this.dialect = dialect;
        this.precision = precision;
        this.text = text;
    }

    Text print(Expression expression) {
        return print(expression, Level.CHOICE);
    }

    /** In parentheses if it is weaker than it has to be. */
    private Text print(Expression expression, Level least) {
        Expression plain = plain(expression);
        return print(plain, level(plain).compareTo(least) < 0);
    }

    /** In parentheses unless it is stronger: what stands on the right of an operator that Java reads from the left. */
    private Text printRight(Expression expression, Level of) {
        Expression plain = plain(expression);
        return print(plain, level(plain).compareTo(of) <= 0);
    }

    private Text print(Expression plain, boolean inParentheses) {
        text.add(inParentheses ? "(" : "");
        plain.accept(this);
        return text.add(inParentheses ? ")" : "");
    }

    private Expression plain(Expression expression) {
        if (expression instanceof Operation operation) {
            return plain(dialect.plain(operation));
        }
        return expression instanceof Hoisted hoisted ? plain(dialect.plain(hoisted)) : expression;
    }

    private static Level level(Expression plain) {
        if (plain instanceof Arithmetic arithmetic) {
            return level(arithmetic.sign());
        }
        if (plain instanceof Sum) {
            return Level.SUM;
        }
        if (plain instanceof Choice) {
            return Level.CHOICE;
        }
        return plain instanceof Unary ? Level.UNARY : Level.PRIMARY;
    }

    private static Level level(Sign sign) {
        return switch (sign) {
            case PLUS, MINUS -> Level.SUM;
            case TIMES, BY, MODULO -> Level.PRODUCT;
            case SHIFT -> Level.SHIFT;
            case LESS, AT_MOST, GREATER, EQUAL, NOT_EQUAL -> Level.COMPARISON;
        };
    }

    @Override
    public Text name(Name name) {
        return text.add(name.text());
    }

    @Override
    public Text own(Own own) {
        return text.add(own.member().name());
    }

    @Override
    public Text number(Int number) {
        return text.add(String.valueOf(number.value()));
    }

    @Override
    public Text constant(Constant constant) {
        double value = constant.value();
        String digits = precision == Precision.FLOAT ? Float.toString((float) value) + "f" : Double.toString(value);
        return text.add(digits.replace(".0f", "f"));
    }

    @Override
    public Text literal(Literal literal) {
        return text.add(literal.text());
    }

    @Override
    public Text sum(Sum sum) {
        return list(sum.terms(), " + ", Level.SUM);
    }

    @Override
    public Text arithmetic(Arithmetic arithmetic) {
        Level level = level(arithmetic.sign());
        print(arithmetic.left(), level);
        text.add(" " + arithmetic.sign().text() + " ");
        return printRight(arithmetic.right(), level);
    }

    @Override
    public Text unary(Unary unary) {
        text.add(unary.prefix().text());
        return print(unary.value(), unary.prefix() == Prefix.MINUS ? Level.PRIMARY : Level.UNARY);
    }

    @Override
    public Text grouped(Grouped grouped) {
        text.add("(");
        print(grouped.value());
        return text.add(")");
    }

    @Override
    public Text choice(Choice choice) {
        printRight(choice.condition(), Level.CHOICE);
        text.add(" ? ");
        printRight(choice.then(), Level.CHOICE);
        text.add(" : ");
        return print(choice.otherwise());
    }

    @Override
    public Text element(Element element) {
        print(element.array(), Level.PRIMARY).add("[");
        return print(element.index()).add("]");
    }

    @Override
    public Text classOf(ClassOf owner) {
        return text.add(owner.name());
    }

    @Override
    public Text field(Field field) {
        return print(field.owner(), Level.PRIMARY).add("." + field.name());
    }

    @Override
    public Text call(Call call) {
        if (call.owner() != null) {
            print(call.owner(), Level.PRIMARY).add(".");
        }
        print(call.method(), Level.PRIMARY).add("(");
        return list(call.arguments(), ", ", Level.CHOICE).add(")");
    }

    private Text list(List<Expression> expressions, String between, Level least) {
        String separator = "";
        for (Expression each : expressions) {
            text.add(separator);
            print(each, least);
            separator = between;
        }
        return text;
    }

    @Override
    public Text hoisted(Hoisted hoisted) {
        return print(hoisted);
    }

    @Override
    public Text operation(Operation operation) {
        return print(operation);
    }
}
