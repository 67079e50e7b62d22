package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Machine;
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
    private final ProductNest nest;
    private final StoreEmitter store;

    /** The bodies of the tiles by their vectors. */
    private final Map<Integer, List<Statement>> tiles;

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
                && nest.emission().thresholds().isSmall(nest.product());
    }

    /** For every number of vectors that the columns may be on some machine. */
    private Map<Integer, List<Statement>> tiles() {
        Map<Integer, List<Statement>> bodies = new TreeMap<>();
        for (int bytes : Machine.VECTOR_BYTES) {
            int lanes = nest.words().lanes(bytes);
            int vectors = (nest.extent(nest.columns()) + lanes - 1) / lanes;
            if (vectors <= nest.emission().thresholds().oneSampleVectors()) {
                Expression first = Expression.number(0);
                bodies.put(vectors, ColumnTile.code(nest, store, 1, vectors, first, first));
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
    List<Method> methods() {
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        all.addAll(nest.epilogueArguments());
        List<Argument> arguments = List.copyOf(all);
        Expression width = nest.laneExtent(nest.columns());
        Body driver = new Body();
        List<Method> methods = new ArrayList<>();
        tiles.forEach((vectors, code) -> {
            String name = method() + vectors;
            Expression elements = Expression.product(vectors, Names.LANES);
            driver.when(Expression.compare(width, Sign.EQUAL, elements))
                    .run(Argument.call(name, arguments))
                    .leave();
            methods.add(nest.emission()
                    .method(name, arguments)
                    .documentation(
                            "One sample: all $L, in $L. $L bytes of bytecode.\n",
                            nest.columns().plural(nest.extent(nest.columns())),
                            Words.vectors(vectors),
                            Emission.sizeOf(name))
                    .code(code));
        });
        driver.run(Expression.call(nest.name(), firstOfAny()));
        methods.add(
                0,
                nest.emission()
                        .method(method(), arguments)
                        .documentation(
                                "Layer $L: {@code $L} for one sample.\n",
                                new NestText(nest).layer(),
                                new NestText(nest).formula())
                        .code(driver));
        return methods;
    }

    /** The arguments of the kernel for any samples, with the first sample alone. */
    private List<Expression> firstOfAny() {
        List<Expression> values = new ArrayList<>();
        for (Argument argument : nest.arguments()) {
            values.add(
                    switch (argument) {
                        case FROM -> Expression.number(0);
                        case TO -> Expression.number(1);
                        default -> argument.value();
                    });
        }
        return values;
    }
}
