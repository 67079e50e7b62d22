package io.github.layerc.emit.product;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The methods of a weight gradient for one sample: one that walks over the columns, and one for its widest tile. The narrower tiles are part of the
 * first method, which is too large to be inlined with them: each alone would be small enough, and all of them are more than fits the
 * {@link InliningBudget} of their caller.
 *
 * <pre>
 * addWeightGradient2Sample(...)       eight vectors of columns at a time; then four, two, one
 * addWeightGradient2Sample8(..., u)   eight vectors
 * </pre>
 */
final class OneSampleEmitter {
    private final ProductNest nest;
    private final StoreEmitter store;
    private final String name;
    private final List<Argument> arguments;
    private final List<MethodSpec> methods = new ArrayList<>();

    OneSampleEmitter(ProductNest nest, StoreEmitter store, TileWalk walk) {
        this.nest = nest;
        this.store = store;
        this.name = nest.name() + "Sample";
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        if (nest.hasTail()) {
            all.add(Argument.COUNT);
        }
        if (nest.shared()) {
            all.addAll(List.of(Argument.FROM, Argument.TO));
        }
        all.addAll(nest.epilogueArguments());
        this.arguments = List.copyOf(all);
        emit(walk);
    }

    String call() {
        return name + Argument.call(arguments);
    }

    List<MethodSpec> methods() {
        return methods;
    }

    private void emit(TileWalk walk) {
        Lines lines = new Lines();
        nest.laneExtent(lines);
        walk.vectors(lines, OneSampleTile.widest(nest), (nr, column) -> {
            if (nr == InliningBudget.ONE_SAMPLE_VECTORS) {
                lines.line(widest(nr, column));
            } else {
                new OneSampleTile(nest, store, nr).emit(lines);
            }
        });
        methods.add(
                0,
                nest.emission()
                        .method(name, arguments)
                        .addJavadoc(
                                "One sample: all $L, so that vectors of $L are held in registers. $L bytes of bytecode.\n",
                                nest.rows(),
                                nest.columns(),
                                Emission.sizeOf(name))
                        .addCode(lines.build())
                        .build());
    }

    private String widest(int nr, String column) {
        String tile = name + nr;
        Lines lines = new Lines();
        new OneSampleTile(nest, store, nr).emit(lines);
        methods.add(nest.emission()
                .method(tile, arguments)
                .addParameter(TypeName.INT, nest.columns().variable())
                .addJavadoc(
                        "One sample: all $L, $L of $L. $L bytes of bytecode.\n",
                        nest.rows(),
                        Words.vectors(nr),
                        nest.columns(),
                        Emission.sizeOf(tile))
                .addCode(lines.build())
                .build());
        return tile + Argument.call(arguments, column);
    }
}
