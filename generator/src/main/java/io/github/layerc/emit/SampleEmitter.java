package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.program.Op.ProductKind;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A small layer for a single sample, the first one of the workspace: a tile that is all of the layer, at places that are constants. For so few
 * multiply-adds it counts that nothing has to be walked over, and that one check of an array stands for those of all its loads.
 *
 * <pre>
 * forward1Sample(x, ...)    which of the tiles it is: a constant for the JIT
 * forward1Sample2(x, ...)   one sample, all units, if these are two vectors
 * </pre>
 */
final class SampleEmitter {
    /** Weights of a layer up to which multiplying with them takes little longer than getting there. */
    private static final int MOST_WEIGHTS = 4096;

    /** The most vectors of a tile: two accumulators for each fit the registers of most machines. */
    private static final int MOST_VECTORS = 8;

    /** Of the registers that machines have. */
    private static final int[] VECTOR_BYTES = {64, 32, 16};

    private final ProductNest nest;
    private final StoreEmitter store;
    private final List<Argument> arguments;

    SampleEmitter(ProductNest nest, StoreEmitter store) {
        this.nest = nest;
        this.store = store;
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        all.addAll(nest.epilogueArguments());
        this.arguments = List.copyOf(all);
    }

    /** Whether a product is the forward one of a small layer, with vectors of columns that are padded. */
    static boolean suits(ProductNest nest) {
        return nest.product().kind() == ProductKind.FORWARD
                && nest.schedule().lanes() == Lanes.COLUMNS
                && nest.rows() == Axis.SAMPLES
                && nest.padded(nest.columns())
                && !nest.partialOutputs()
                && nest.product().matrix().elements() <= MOST_WEIGHTS
                && !vectors(nest).isEmpty();
    }

    /** The numbers of vectors that the columns may be, on some machine. */
    private static Set<Integer> vectors(ProductNest nest) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (int bytes : VECTOR_BYTES) {
            int lanes = nest.words().lanes(bytes);
            int vectors = (nest.extent(nest.columns()) + lanes - 1) / lanes;
            if (vectors <= MOST_VECTORS) {
                numbers.add(vectors);
            }
        }
        return numbers;
    }

    /** The method to call, with {@link #arguments}. */
    static String method(ProductNest nest) {
        return nest.name() + "Sample";
    }

    /** That method and its tiles. */
    List<MethodSpec> methods() {
        String name = method(nest);
        String width = nest.laneExtentName(nest.columns());
        List<MethodSpec> tiles = new ArrayList<>();
        Lines lines = new Lines();
        for (int vectors : vectors(nest)) {
            lines.begin("if (" + width + " == " + Operand.product(String.valueOf(vectors), "LANES") + ")");
            lines.line(name + vectors + Argument.call(arguments)).line("return").end();
            tiles.add(tile(name + vectors, vectors));
        }
        lines.line(nest.name() + "(" + String.join(", ", firstOfAny()) + ")");
        List<MethodSpec> methods = new ArrayList<>();
        methods.add(nest.emission()
                .method(name, arguments)
                .addJavadoc(
                        "Layer $L: {@code $L} for one sample.\n", nest.product().layer(), nest.formula())
                .addCode(lines.build())
                .build());
        methods.addAll(tiles);
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

    private MethodSpec tile(String name, int vectors) {
        Lines lines = new Lines();
        new ColumnTile(nest, store, 1, vectors, "0", "0").emit(lines);
        return nest.emission()
                .method(name, arguments)
                .addJavadoc(
                        "All $L, a number of vectors: $L. $L bytes of bytecode.\n",
                        nest.columns().plural(nest.extent(nest.columns())),
                        vectors,
                        Emission.sizeOf(name))
                .addCode(lines.build())
                .build();
    }
}
