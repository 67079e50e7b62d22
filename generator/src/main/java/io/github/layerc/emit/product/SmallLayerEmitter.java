package io.github.layerc.emit.product;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The forward product of a small layer for a single sample, the first one of the workspace: a tile that is all of the layer, at places that are
 * constants. For so few multiply-adds it counts that nothing has to be walked over, and that one check of an array stands for those of all its
 * loads. (The weight gradient of a single sample, of any layer, is {@link OneSampleTile}.)
 *
 * <pre>
 * forward1Sample(x, ...)    which of the tiles it is: a constant for the JIT
 * forward1Sample2(x, ...)   one sample, all units, if these are two vectors
 * </pre>
 */
final class SmallLayerEmitter {
    /** Weights of a layer up to which multiplying with them takes little longer than getting there. */
    private static final int MOST_WEIGHTS = 4096;

    /** Of the registers that machines have. */
    private static final int[] VECTOR_BYTES = {64, 32, 16};

    private final ProductNest nest;
    private final StoreEmitter store;

    /** The bodies of the tiles by their vectors. */
    private final Map<Integer, CodeBlock> tiles;

    SmallLayerEmitter(ProductNest nest, StoreEmitter store) {
        this.nest = nest;
        this.store = store;
        this.tiles = isSmallLayer() ? tiles() : Map.of();
    }

    private boolean isSmallLayer() {
        return nest.product().kind() == Product.Kind.FORWARD
                && nest.schedule().lanes() == Lanes.COLUMNS
                && nest.rows() == Axis.SAMPLES
                && nest.padded(nest.columns())
                && !nest.partialOutputs()
                && nest.product().matrix().elements() <= MOST_WEIGHTS;
    }

    /** For every number of vectors that the columns may be on some machine. */
    private Map<Integer, CodeBlock> tiles() {
        Map<Integer, CodeBlock> bodies = new TreeMap<>();
        for (int bytes : VECTOR_BYTES) {
            int lanes = nest.words().lanes(bytes);
            int vectors = (nest.extent(nest.columns()) + lanes - 1) / lanes;
            if (vectors <= InliningBudget.ONE_SAMPLE_VECTORS) {
                Lines lines = new Lines();
                new ColumnTile(nest, store, 1, vectors, "0", "0").emit(lines);
                bodies.put(vectors, lines.build());
            }
        }
        return bodies;
    }

    /** Whether there is such a tile; else there is nothing to emit. */
    boolean suits() {
        return !tiles.isEmpty();
    }

    /** The method to call, with the arguments of the kernel but its range. */
    String method() {
        return nest.name() + "Sample";
    }

    /** That method and its tiles. */
    List<MethodSpec> methods() {
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        all.addAll(nest.epilogueArguments());
        List<Argument> arguments = List.copyOf(all);
        String width = nest.laneExtentName(nest.columns());
        Lines lines = new Lines();
        List<MethodSpec> methods = new ArrayList<>();
        tiles.forEach((vectors, body) -> {
            String name = method() + vectors;
            lines.begin("if (" + width + " == " + Operand.product(String.valueOf(vectors), "LANES") + ")");
            lines.line(name + Argument.call(arguments)).line("return").end();
            methods.add(nest.emission()
                    .method(name, arguments)
                    .addJavadoc(
                            "One sample: all $L, in $L. $L bytes of bytecode.\n",
                            nest.columns().plural(nest.extent(nest.columns())),
                            Words.vectors(vectors),
                            Emission.sizeOf(name))
                    .addCode(body)
                    .build());
        });
        lines.line(nest.name() + "(" + String.join(", ", firstOfAny()) + ")");
        methods.add(
                0,
                nest.emission()
                        .method(method(), arguments)
                        .addJavadoc(
                                "Layer $L: {@code $L} for one sample.\n",
                                nest.product().layer(),
                                new NestText(nest).formula())
                        .addCode(lines.build())
                        .build());
        return methods;
    }

    /** The arguments of the kernel for any samples, with the first sample alone. */
    private List<String> firstOfAny() {
        return nest.arguments().stream()
                .map(argument -> switch (argument) {
                    case FROM -> "0";
                    case TO -> "1";
                    default -> argument.toString();
                })
                .toList();
    }
}
