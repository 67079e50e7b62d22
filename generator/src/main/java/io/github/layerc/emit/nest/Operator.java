package io.github.layerc.emit.nest;

/** What can be done with registers. */
public enum Operator {
    ZERO("zero"),
    /** A number in all lanes. */
    BROADCAST("broadcast"),
    /** Array and index. */
    LOAD("fromArray"),
    /** Only as a statement, see {@link Statement.Store}. */
    STORE("intoArray"),
    ADD("add"),
    SUBTRACT("sub"),
    MULTIPLY("mul"),
    DIVIDE("div"),
    MAX("max"),
    MIN("min"),
    NEGATE("neg"),
    ABSOLUTE("abs"),
    /** {@code a * b + c}. */
    MULTIPLY_ADD("fma"),
    /** A mask: the lanes of the first that are at most those of the second. */
    AT_MOST("compare"),
    /** Of two registers, the lanes of the second one where the mask is set, else of the first. */
    BLEND("blend"),
    /** The lanes in the order of a shuffle; there is no such thing in numbers. */
    REARRANGE("rearrange"),
    /** The same bits as integers. */
    TO_BITS(""),
    /** Integers, by a number of bits to the left. */
    SHIFT("lanewise"),
    /** The reverse of {@link #TO_BITS}. */
    FROM_BITS("");

    private final String call;

    Operator(String call) {
        this.call = call;
    }

    /** The method of the Vector API; empty for those whose name tells the type. */
    String call() {
        return call;
    }
}
