package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The loops over the tiles of a product whose rows are samples, with the lanes along its columns. */
final class SampleWalk {
    /** Nodes of the {@link InliningBudget} for narrow tiles of each number of samples in a kernel, which has other edges, too. */
    private static final int ROOM = InliningBudget.NODES / 2;

    private final ProductNest nest;
    private final StoreEmitter store;
    private final TileWalk walk;
    private final TileWalk.Tiles tiles;
    private final List<Method> methods = new ArrayList<>();

    SampleWalk(ProductNest nest, StoreEmitter store, TileWalk walk, TileWalk.Tiles tiles) {
        this.nest = nest;
        this.store = store;
        this.walk = walk;
        this.tiles = tiles;
    }

    /** What the loops call besides tiles, once they were emitted. */
    List<Method> methods() {
        return methods;
    }

    /**
     * Full tiles of samples for each tile of columns, which stays in a cache; then what is left of the samples, in tiles of fewer samples that
     * are wider instead: few chains of multiply-adds would wait for each other. Last the columns that fill no vector, for all samples.
     */
    void emit(Body body) {
        int mr = nest.schedule().mr();
        Expression from = Argument.FROM.value();
        Expression to = Argument.TO.value();
        Name s = Names.at(Axis.SAMPLES);
        if (mr == 1) {
            walk.vectors(
                    body,
                    nest.schedule().nr(),
                    (turn, nr, column) -> turn.loop(s.text(), from, to).run(tiles.tile(1, nr, s, column)));
            return;
        }
        Expression step = Expression.number(mr);
        Name full = body.integer("full", Expression.sum(from, Expression.whole(Expression.difference(to, from), step)));
        walk.fullVectors(
                body.when(Expression.compare(full, Sign.GREATER, from)),
                nest.schedule().nr(),
                (turn, nr, column) -> turn.loop(s.text(), from, full, step).run(tiles.tile(mr, nr, s, column)));
        body.integer(s.text(), full);
        for (int size : TileWalk.sizes(mr)) {
            if (size < mr) {
                few(TileWalk.steps(body, s, to, size), size);
            }
        }
        walk.tail(body);
    }

    /**
     * All vectors of columns of a few samples: wide tiles are calls, the narrowest ones part of the code around them. A
     * method of a narrow tile would be small enough for C2 to inline it, and all of them are more than fits the {@link
     * InliningBudget} of the kernel. So those of one sample are in a method together, and those of more samples in the
     * kernel, which they make too large to be inlined itself.
     */
    private void few(Body body, int rows) {
        if (rows > 1) {
            columns(body, rows, narrow(rows, ROOM));
            return;
        }
        Map<Integer, List<Statement>> narrow = narrow(rows, InliningBudget.NODES);
        if (narrow.isEmpty()) {
            columns(body, rows, narrow);
            return;
        }
        Body alone = new Body();
        columns(alone, rows, narrow);
        Set<Argument> arguments = new LinkedHashSet<>(nest.operandArguments());
        arguments.addAll(nest.epilogueArguments());
        String name = nest.name() + "Alone";
        methods.add(nest.emission()
                .method(name, arguments)
                .parameter(Type.INT, Axis.SAMPLES.variable())
                .documentation(
                        "$L, all vectors of $L. $L bytes of bytecode.\n",
                        Axis.SAMPLES.plural(rows),
                        nest.columns(),
                        Emission.sizeOf(name))
                .code(alone));
        body.run(Argument.call(name, List.copyOf(arguments), Names.at(Axis.SAMPLES)));
    }

    /**
     * The loops over the columns.
     *
     * @param inside the code of the tiles that are no calls, by their vectors
     */
    private void columns(Body body, int rows, Map<Integer, List<Statement>> inside) {
        walk.fullVectors(body, wider(rows), (turn, nr, column) -> {
            if (inside.containsKey(nr)) {
                turn.add(inside.get(nr));
            } else {
                turn.run(tiles.tile(rows, nr, Names.at(Axis.SAMPLES), column));
            }
        });
    }

    /**
     * The narrowest tiles of a walk, of which the widest is none, as far as they fit.
     *
     * @param room nodes of the calls for them
     */
    private Map<Integer, List<Statement>> narrow(int rows, int room) {
        int widest = wider(rows);
        Map<Integer, List<Statement>> fitting = new TreeMap<>();
        int nodes = 0;
        for (int nr : new TreeSet<>(walk.vectorSizes(widest))) {
            if (nr == widest) {
                continue;
            }
            List<Statement> tile = ColumnTile.code(nest, store, rows, nr);
            nodes += InliningBudget.nodes(tile);
            if (nodes <= room) {
                fitting.put(nr, tile);
            }
        }
        return fitting;
    }

    /** Vectors of a tile with fewer rows. In panels no more than one has: a tile of two would take its weights from two places by turns. */
    private int wider(int rows) {
        return nest.right().panels() != null
                ? nest.right().panels().vectors()
                : nest.emission().thresholds().vectors(nest.schedule(), rows, nest.extent(nest.columns()));
    }
}
