package io.github.layerc.emit.product;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Lines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The loops over the tiles of a product whose rows are samples, with the lanes along its columns. */
final class SampleWalk {
    /** Nodes of the {@link InliningBudget} for narrow tiles of each number of samples in a kernel, which has other edges, too. */
    private static final int ROOM = InliningBudget.NODES / 2;

    /** Chains of multiply-adds that hide each other's latency. */
    private static final int NARROW_ACCUMULATORS = 8;

    /** Elements of the shortest vector that is worth a wide tile. */
    private static final int FEWEST_VECTOR = 4;

    private final ProductNest nest;
    private final StoreEmitter store;
    private final TileWalk walk;
    private final TileWalk.Tiles tiles;
    private final List<MethodSpec> methods = new ArrayList<>();

    SampleWalk(ProductNest nest, StoreEmitter store, TileWalk walk, TileWalk.Tiles tiles) {
        this.nest = nest;
        this.store = store;
        this.walk = walk;
        this.tiles = tiles;
    }

    /** What the loops call besides tiles, once they were emitted. */
    List<MethodSpec> methods() {
        return methods;
    }

    /**
     * Full tiles of samples for each tile of columns, which stays in a cache; then what is left of the samples, in tiles of fewer samples that
     * are wider instead: few chains of multiply-adds would wait for each other. Last the columns that fill no vector, for all samples.
     */
    void emit(Lines lines) {
        int mr = nest.schedule().rows();
        if (mr == 1) {
            walk.vectors(lines, nest.schedule().columns(), (nr, column) -> {
                lines.begin("for (int s = from; s < to; s++)");
                lines.line(tiles.tile(1, nr, "s", column)).end();
            });
            return;
        }
        lines.line("int full = from + (to - from) / " + mr + " * " + mr);
        lines.begin("if (full > from)");
        walk.fullVectors(lines, nest.schedule().columns(), (nr, column) -> {
            lines.begin("for (int s = from; s < full; s += " + mr + ")");
            lines.line(tiles.tile(mr, nr, "s", column)).end();
        });
        lines.end();
        lines.line("int s = full");
        for (int size : TileWalk.sizes(mr)) {
            if (size < mr) {
                lines.begin(size == 1 ? "for (; s < to; s++)" : "for (; s <= to - " + size + "; s += " + size + ")");
                few(lines, size);
                lines.end();
            }
        }
        walk.tail(lines);
    }

    /**
     * All vectors of columns of a few samples: wide tiles are calls, the narrowest ones part of the code around them. A method of a narrow tile would be small
     * enough for C2 to inline it, and all of them are more than fits the {@link InliningBudget} of the kernel. So those of one sample are in a method
     * together, and those of more samples in the kernel, which they make too large to be inlined itself.
     */
    private void few(Lines lines, int rows) {
        if (rows > 1) {
            columns(lines, rows, ROOM);
            return;
        }
        Lines body = new Lines();
        if (columns(body, rows, InliningBudget.NODES) == 0) {
            columns(lines, rows, 0);
            return;
        }
        Set<Argument> arguments = new LinkedHashSet<>(nest.operandArguments());
        arguments.addAll(nest.epilogueArguments());
        String name = nest.name() + "Alone";
        methods.add(nest.emission()
                .method(name, arguments)
                .addParameter(TypeName.INT, "s")
                .addJavadoc(
                        "$L, all vectors of $L. $L bytes of bytecode.\n",
                        Axis.SAMPLES.plural(rows),
                        nest.columns(),
                        Emission.sizeOf(name))
                .addCode(body.build())
                .build());
        lines.line(name + Argument.call(List.copyOf(arguments), "s"));
    }

    /**
     * Emits the loops over the columns, with the code of the narrowest tiles as far as it fits; returns how many of them did.
     *
     * @param room nodes of the calls for it
     */
    private int columns(Lines lines, int rows, int room) {
        int widest = wider(rows);
        Set<Integer> inside = narrow(rows, widest, room);
        walk.fullVectors(lines, widest, (nr, column) -> {
            if (inside.contains(nr)) {
                new ColumnTile(nest, store, rows, nr).emit(lines);
            } else {
                lines.line(tiles.tile(rows, nr, "s", column));
            }
        });
        return inside.size();
    }

    /** The vectors of the narrowest tiles of a walk, of which the widest is none. */
    private Set<Integer> narrow(int rows, int widest, int room) {
        SortedSet<Integer> narrower = new TreeSet<>();
        walk.fullVectors(new Lines(), widest, (nr, column) -> narrower.add(nr));
        narrower.remove(widest);
        Set<Integer> fitting = new TreeSet<>();
        int nodes = 0;
        for (int nr : narrower) {
            Lines tile = new Lines();
            new ColumnTile(nest.draft(), store, rows, nr).emit(tile);
            nodes += InliningBudget.nodes(tile.build());
            if (nodes <= room) {
                fitting.add(nr);
            }
        }
        return fitting;
    }

    /**
     * Vectors of a tile with fewer rows: a power of two that leaves no more accumulators than the full tile or {@value #NARROW_ACCUMULATORS}.
     * In panels no more than one has: a tile of two would take its weights from two places by turns.
     */
    private int wider(int rows) {
        if (nest.right().panels() != null) {
            return nest.right().panels().vectors();
        }
        int most = Math.max(nest.schedule().rows() * nest.schedule().columns(), NARROW_ACCUMULATORS) / rows;
        int vectors = (nest.extent(nest.columns()) + FEWEST_VECTOR - 1) / FEWEST_VECTOR;
        return Integer.highestOneBit(Math.max(1, Math.min(Math.min(most, InliningBudget.ONE_SAMPLE_VECTORS), vectors)));
    }
}
