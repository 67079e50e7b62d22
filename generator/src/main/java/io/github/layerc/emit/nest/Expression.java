package io.github.layerc.emit.nest;

import com.palantir.javapoet.ClassName;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value in generated code. Places in arrays are sums and products of integers, which the factories simplify: a term that is 0, or a factor that
 * is 1, is never written. What is done to registers is an {@link Operation}, which each target writes in its own way; everything else is the same
 * Java for both.
 */
public sealed interface Expression {

    /** A variable, an argument, a constant of the class. */
    record Name(String text) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.name(this);
        }
    }

    /** A member that the class has for the sake of this code. */
    record Own(Member member) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.own(this);
        }
    }

    /** An integer. */
    record Int(int value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.number(this);
        }
    }

    /** A number of the network's precision. */
    record Constant(double value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.constant(this);
        }
    }

    /** A number as Java writes it, whatever the precision. */
    record Literal(String text) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.literal(this);
        }
    }

    /** A sum of integers, whose order does not count. */
    record Sum(List<Expression> terms) implements Expression {
        public Sum {
            terms = List.copyOf(terms);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sum(this);
        }

        @Override
        public List<Expression> parts() {
            return terms;
        }
    }

    /** Two numbers, or two integers, and the operator between them. */
    record Arithmetic(Sign sign, Expression left, Expression right) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arithmetic(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }
    }

    /** A number or a condition with something in front. */
    record Unary(Prefix prefix, Expression value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unary(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    /** In parentheses that Java does not ask for, to show an order that counts. */
    record Grouped(Expression value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.grouped(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(value);
        }
    }

    /** {@code condition ? then : otherwise}. */
    record Choice(Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choice(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(condition, then, otherwise);
        }
    }

    /** An element of an array: a number, or an array of them. */
    record Element(Expression array, Expression index) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.element(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(array, index);
        }
    }

    /** A class whose static members are used; it is imported where it has to be. */
    record ClassOf(ClassName name) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.classOf(this);
        }
    }

    /** A field of an object or a class. */
    record Field(Expression owner, String name) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.field(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(owner);
        }
    }

    /**
     * A call.
     *
     * @param owner the object or the class whose method it is; null for a method of the class that the code is in
     */
    record Call(Expression owner, Expression method, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }

        @Override
        public List<Expression> parts() {
            Stream<Expression> called = owner == null ? Stream.of(method) : Stream.of(owner, method);
            return Stream.concat(called, arguments.stream()).toList();
        }
    }

    /** What {@link Statement.Hoist} has put into a vector of that name; numbers are written where they are used. */
    record Hoisted(String name, Expression number) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.hoisted(this);
        }

        @Override
        public List<Expression> parts() {
            return List.of(number);
        }
    }

    /** A register, made of others. */
    record Operation(Operator operator, List<Expression> operands) implements Expression {
        public Operation {
            operands = List.copyOf(operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.operation(this);
        }

        @Override
        public List<Expression> parts() {
            return operands;
        }
    }

    /** Says something about each kind of expression. */
    interface Visitor<R> {
        R name(Name name);

        R own(Own own);

        R number(Int number);

        R constant(Constant constant);

        R literal(Literal literal);

        R sum(Sum sum);

        R arithmetic(Arithmetic arithmetic);

        R unary(Unary unary);

        R grouped(Grouped grouped);

        R choice(Choice choice);

        R element(Element element);

        R classOf(ClassOf owner);

        R field(Field field);

        R call(Call call);

        R hoisted(Hoisted hoisted);

        R operation(Operation operation);
    }

    <R> R accept(Visitor<R> visitor);

    /** What it is made of. */
    default List<Expression> parts() {
        return List.of();
    }

    /** Itself, and what it is made of. */
    default Stream<Expression> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Expression::all));
    }

    default boolean is(int value) {
        return equals(number(value));
    }

    static Name name(String text) {
        return new Name(text);
    }

    static Int number(int value) {
        return new Int(value);
    }

    static Constant constant(double value) {
        return new Constant(value);
    }

    /** A sum of integers. */
    static Expression sum(Expression... terms) {
        List<Expression> all = new ArrayList<>();
        for (Expression term : terms) {
            if (term instanceof Sum inner) {
                all.addAll(inner.terms());
            } else if (!term.is(0)) {
                all.add(term);
            }
        }
        return all.isEmpty() ? number(0) : all.size() == 1 ? all.get(0) : new Sum(all);
    }

    static Expression sum(Expression first, int second) {
        return sum(first, number(second));
    }

    /** A product of integers. */
    static Expression product(Expression left, Expression right) {
        if (left.is(0) || right.is(0)) {
            return number(0);
        }
        if (right.is(1)) {
            return left;
        }
        return left.is(1) ? right : times(left, right);
    }

    static Expression product(int left, Expression right) {
        return product(number(left), right);
    }

    /** A quotient of integers, rounded to 0. */
    static Expression quotient(Expression left, Expression right) {
        return left.is(0) ? left : new Arithmetic(Sign.BY, left, right);
    }

    static Expression remainder(Expression left, Expression right) {
        return left.is(0) ? left : new Arithmetic(Sign.MODULO, left, right);
    }

    static Expression difference(Expression left, Expression right) {
        return right.is(0) ? left : minus(left, right);
    }

    /** What is left of a number of elements if those go that fill no whole step. */
    static Expression whole(Expression elements, Expression step) {
        return product(quotient(elements, step), step);
    }

    static Expression plus(Expression left, Expression right) {
        return new Arithmetic(Sign.PLUS, left, right);
    }

    static Expression minus(Expression left, Expression right) {
        return new Arithmetic(Sign.MINUS, left, right);
    }

    static Expression times(Expression left, Expression right) {
        return new Arithmetic(Sign.TIMES, left, right);
    }

    static Expression over(Expression left, Expression right) {
        return new Arithmetic(Sign.BY, left, right);
    }

    static Expression compare(Expression left, Sign sign, Expression right) {
        return new Arithmetic(sign, left, right);
    }

    static Expression not(Expression condition) {
        return new Unary(Prefix.NOT, condition);
    }

    static Expression negative(Expression number) {
        return new Unary(Prefix.MINUS, number);
    }

    /** A number in double. */
    static Expression widened(Expression number) {
        return new Unary(Prefix.WIDENED, number);
    }

    /** A number in double as one of this precision. */
    static Expression rounded(Precision precision, Expression number) {
        return precision == Precision.FLOAT ? new Unary(Prefix.NARROWED, number) : number;
    }

    static Element element(Expression array, Expression index) {
        return new Element(array, index);
    }

    /** A call of a method of the class. */
    static Call call(String method, List<? extends Expression> arguments) {
        return new Call(null, name(method), List.copyOf(arguments));
    }

    static Call call(Member method, List<? extends Expression> arguments) {
        return new Call(null, new Own(method), List.copyOf(arguments));
    }

    static Call call(ClassName owner, String method, Expression... arguments) {
        return new Call(new ClassOf(owner), name(method), List.of(arguments));
    }

    static Call call(Expression owner, String method, Expression... arguments) {
        return new Call(owner, name(method), List.of(arguments));
    }

    /** A call of a method of {@link Math}. */
    static Call math(String method, Expression... arguments) {
        return call(ClassName.get(Math.class), method, arguments);
    }
}
