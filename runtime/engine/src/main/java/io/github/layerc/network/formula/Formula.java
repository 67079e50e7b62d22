package io.github.layerc.network.formula;

import java.util.List;

/**
 * A function of one element, as a tree: what an activation or a loss is, said once. The compiler prints it in the words of a target,
 * the interpreter runs it over rows.
 *
 * <p>It is no general algebra: it has the operations that element-wise functions of dense networks need. A part that has a name is computed once in generated code, and the name says which part it is: a formula has each name once.
 */
public sealed interface Formula {
    /** What a formula can be a function of. */
    enum Variable implements Formula {
        /** The pre-activation. */
        Z,
        /** The activation. */
        A,
        /** The target. */
        Y
    }

    /**
     * A number.
     *
     * @param name what generated code calls it where it has to be a variable there
     * @param note what it is, in a line for generated code in front of all constants with this note; empty where the name says it
     */
    record Constant(String name, double value, String note) implements Formula {
        public static final Constant ZERO = new Constant("zero", 0, "");
        public static final Constant ONE = new Constant("one", 1, "");
        public static final Constant TWO = new Constant("two", 2, "");
    }

    /** The operations on one value. */
    enum Function {
        NEGATIVE(true),
        ABSOLUTE(true),
        /** {@code e^x}. */
        EXP(false),
        /** {@code e^x - 1}, with all digits where {@code x} is small. */
        EXP_MINUS_ONE(false),
        /** {@code ln x}. */
        LOG(false),
        /** {@code ln(1 + x)}, with all digits where {@code x} is small. */
        LOG_ONE_PLUS(false);

        private final boolean cheap;

        Function(boolean cheap) {
            this.cheap = cheap;
        }

        /** Whether it is an instruction or two. */
        public boolean cheap() {
            return cheap;
        }
    }

    record Unary(Function function, Formula of) implements Formula {}

    /** The operations on two values. */
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MAX,
        MIN
    }

    record Binary(Operator operator, Formula left, Formula right) implements Formula {}

    /** {@code value <= limit ? atMost : above}; {@code above}, if the value is not a number. */
    record Choice(Formula value, Formula limit, Formula atMost, Formula above) implements Formula {}

    /** A value that generated code gives a variable of this name. */
    record Named(String name, Formula of) implements Formula {}

    static Formula constant(String name, double value) {
        return new Constant(name, value, "");
    }

    default Formula plus(Formula other) {
        return new Binary(Operator.ADD, this, other);
    }

    default Formula minus(Formula other) {
        return new Binary(Operator.SUBTRACT, this, other);
    }

    default Formula times(Formula other) {
        return new Binary(Operator.MULTIPLY, this, other);
    }

    default Formula over(Formula other) {
        return new Binary(Operator.DIVIDE, this, other);
    }

    default Formula max(Formula other) {
        return new Binary(Operator.MAX, this, other);
    }

    default Formula min(Formula other) {
        return new Binary(Operator.MIN, this, other);
    }

    default Formula negative() {
        return new Unary(Function.NEGATIVE, this);
    }

    default Formula absolute() {
        return new Unary(Function.ABSOLUTE, this);
    }

    default Formula exp() {
        return new Unary(Function.EXP, this);
    }

    default Formula expMinusOne() {
        return new Unary(Function.EXP_MINUS_ONE, this);
    }

    default Formula log() {
        return new Unary(Function.LOG, this);
    }

    default Formula logOnePlus() {
        return new Unary(Function.LOG_ONE_PLUS, this);
    }

    /** {@code (exp(2x) - 1) / (exp(2x) + 1)}; beyond 20 it is 1 in both precisions. */
    default Formula tanh() {
        Formula limited = min(constant("most", 20)).max(constant("least", -20));
        Formula e = limited.times(Constant.TWO).named("doubled").expMinusOne().named("e");
        return e.over(e.plus(Constant.TWO));
    }

    default Formula named(String name) {
        return new Named(name, this);
    }

    /** This where {@code value} is above the limit or not a number, the other where it is not. */
    default Formula unlessAtMost(Formula value, Formula limit, Formula other) {
        return new Choice(value, limit, other, this);
    }

    /** The same without names. */
    default Formula unnamed() {
        if (this instanceof Named named) {
            return named.of().unnamed();
        }
        if (this instanceof Unary unary) {
            return new Unary(unary.function(), unary.of().unnamed());
        }
        if (this instanceof Binary binary) {
            return new Binary(
                    binary.operator(), binary.left().unnamed(), binary.right().unnamed());
        }
        if (this instanceof Choice choice) {
            return new Choice(
                    choice.value().unnamed(),
                    choice.limit().unnamed(),
                    choice.atMost().unnamed(),
                    choice.above().unnamed());
        }
        return this;
    }

    /** What it is made of directly, from left to right. */
    default List<Formula> parts() {
        if (this instanceof Unary unary) {
            return List.of(unary.of());
        }
        if (this instanceof Binary binary) {
            return List.of(binary.left(), binary.right());
        }
        if (this instanceof Choice choice) {
            return List.of(choice.value(), choice.limit(), choice.atMost(), choice.above());
        }
        return this instanceof Named named ? List.of(named.of()) : List.of();
    }

    /** Whether the formula is this part, or has it somewhere inside. */
    default boolean contains(Formula part) {
        return equals(part) || parts().stream().anyMatch(inside -> inside.contains(part));
    }

    /** How often the part stands in the formula. */
    default int occurrences(Formula part) {
        return equals(part)
                ? 1
                : parts().stream().mapToInt(inside -> inside.occurrences(part)).sum();
    }

    /** Whether additions, products, comparisons and the like are all that it takes, no exponential and no logarithm. */
    default boolean cheap() {
        return !(this instanceof Unary unary && !unary.function().cheap())
                && parts().stream().allMatch(Formula::cheap);
    }
}
