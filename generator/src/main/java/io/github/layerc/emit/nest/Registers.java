package io.github.layerc.emit.nest;

import io.github.layerc.emit.nest.Expression.Operation;
import java.util.List;

/** The arithmetic of registers. */
public final class Registers {
    private Registers() {}

    public static Expression zero() {
        return of(Operator.ZERO);
    }

    public static Expression load(Expression array, Expression index) {
        return of(Operator.LOAD, array, index);
    }

    public static Expression broadcast(Expression number) {
        return of(Operator.BROADCAST, number);
    }

    public static Expression add(Expression a, Expression b) {
        return of(Operator.ADD, a, b);
    }

    public static Expression subtract(Expression a, Expression b) {
        return of(Operator.SUBTRACT, a, b);
    }

    /** {@code b} may be a number. */
    public static Expression multiply(Expression a, Expression b) {
        return of(Operator.MULTIPLY, a, b);
    }

    public static Expression divide(Expression a, Expression b) {
        return of(Operator.DIVIDE, a, b);
    }

    public static Expression max(Expression a, Expression b) {
        return of(Operator.MAX, a, b);
    }

    public static Expression min(Expression a, Expression b) {
        return of(Operator.MIN, a, b);
    }

    public static Expression negate(Expression a) {
        return of(Operator.NEGATE, a);
    }

    public static Expression absolute(Expression a) {
        return of(Operator.ABSOLUTE, a);
    }

    /** {@code a * b + c}. */
    public static Expression multiplyAdd(Expression a, Expression b, Expression c) {
        return of(Operator.MULTIPLY_ADD, a, b, c);
    }

    /** The mask of the lanes in which a is at most b. */
    public static Expression atMost(Expression a, Expression b) {
        return of(Operator.AT_MOST, a, b);
    }

    /** The lanes of the second one where the mask is set, else of the first. */
    public static Expression blend(Expression first, Expression second, Expression mask) {
        return of(Operator.BLEND, first, second, mask);
    }

    public static Expression rearrange(Expression a, Expression shuffle) {
        return of(Operator.REARRANGE, a, shuffle);
    }

    public static Expression toBits(Expression a) {
        return of(Operator.TO_BITS, a);
    }

    public static Expression shift(Expression bits, int by) {
        return of(Operator.SHIFT, bits, Expression.number(by));
    }

    public static Expression fromBits(Expression bits) {
        return of(Operator.FROM_BITS, bits);
    }

    private static Operation of(Operator operator, Expression... operands) {
        return new Operation(operator, List.of(operands));
    }
}
