package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Operator;
import io.github.layerc.emit.nest.Statement;
import java.util.List;

/**
 * How much of the Vector API a method may call. C2 inlines each call while it parses the method, with a dozen methods below it, as long as its
 * graph has at most 18,000 nodes ({@code NodeCountInliningCutoff}, which no flag sets); calls behind that are put off until all is parsed. There
 * C2 of JDK 17 fails on some of them in one JVM of several - it takes a few nodes more or less, which the profiles decide - and what it fails on
 * puts its vectors on the heap, in every call and for good. The weights are nodes of a call: 18,000 by the number of equal calls in a method
 * before the first is put off, on 17. A method in a program has a tenth more of them.
 */
public final class InliningBudget {
    public static final int NODES = 15_000;

    /** The same for a method that no other one may inline, so that nothing is in the graph beside it. */
    public static final int NODES_ALONE = 17_000;

    private InliningBudget() {}

    /** Nodes of the calls in code of the vector target. */
    public static int nodes(List<Statement> code) {
        return Statement.operators(code).mapToInt(InliningBudget::nodes).sum();
    }

    public static boolean fits(List<Statement> code) {
        return nodes(code) <= NODES;
    }

    private static int nodes(Operator operator) {
        return switch (operator) {
            case ZERO -> 150;
            case BROADCAST -> 155;
            case LOAD -> 310;
            case STORE -> 220;
            case MULTIPLY_ADD -> 420;
            case ADD, SUBTRACT, MULTIPLY, MAX, MIN -> 400;
            case DIVIDE -> 410;
            case NEGATE, ABSOLUTE -> 335;
            case AT_MOST, BLEND -> 280;
            case REARRANGE, TO_BITS, SHIFT, FROM_BITS -> 0;
        };
    }
}
