package io.github.layerc.emit.code;

import com.palantir.javapoet.CodeBlock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** Vectors of a tile of one sample: twice as many accumulators fit 32 registers, and more calls do not fit the budget. */
    public static final int ONE_SAMPLE_VECTORS = 8;

    private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\(");

    private static final Map<String, Integer> WEIGHTS = Map.ofEntries(
            Map.entry("zero", 150),
            Map.entry("broadcast", 155),
            Map.entry("fromArray", 310),
            Map.entry("intoArray", 220),
            Map.entry("fma", 420),
            Map.entry("add", 400),
            Map.entry("sub", 400),
            Map.entry("mul", 400),
            Map.entry("div", 410),
            Map.entry("max", 400),
            Map.entry("min", 400),
            Map.entry("neg", 335),
            Map.entry("compare", 280),
            Map.entry("blend", 280));

    private InliningBudget() {}

    /** Nodes of the calls in a method of the vector target. */
    public static int nodes(CodeBlock code) {
        Matcher call = CALL.matcher(code.toString());
        int nodes = 0;
        while (call.find()) {
            nodes += WEIGHTS.getOrDefault(call.group(1), 0);
        }
        return nodes;
    }
}
