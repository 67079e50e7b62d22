package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.schedule.Thresholds;
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
    private final List<Method> methods = new ArrayList<>();

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

    Call call() {
        return Argument.call(name, arguments);
    }

    List<Method> methods() {
        return methods;
    }

    private void emit(TileWalk walk) {
        Body body = new Body();
        nest.declareLaneExtent(body);
        Thresholds thresholds = nest.emission().thresholds();
        int widest = thresholds.gradientVectors(nest.extent(nest.columns()));
        walk.vectors(body, widest, (turn, nr, column) -> {
            if (nr == thresholds.oneSampleVectors()) {
                turn.run(widest(nr, column));
            } else {
                turn.add(OneSampleTile.code(nest, store, nr));
            }
        });
        methods.add(
                0,
                nest.emission()
                        .method(name, arguments)
                        .documentation(
                                "One sample: all $L, so that vectors of $L are held in registers. $L bytes of bytecode.\n",
                                nest.rows(),
                                nest.columns(),
                                Emission.sizeOf(name))
                        .code(body));
    }

    private Call widest(int nr, Expression column) {
        String tile = name + nr;
        methods.add(nest.emission()
                .method(tile, arguments)
                .parameter(Type.INT, nest.columns().variable())
                .documentation(
                        "One sample: all $L, $L of $L. $L bytes of bytecode.\n",
                        nest.rows(),
                        Words.vectors(nr),
                        nest.columns(),
                        Emission.sizeOf(tile))
                .code(OneSampleTile.code(nest, store, nr)));
        return Argument.call(tile, arguments, column);
    }
}
