package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.ArrayList;
import java.util.List;

/** The loops over the tiles of a product: full tiles, then smaller ones for what is left. */
final class TileWalk {
    /** Registers of all species have at least this many elements; so few only in double. */
    private static final int FEWEST_LANES = Machine.SHORTEST_VECTOR_BYTES / Double.BYTES;

    private final ProductNest nest;
    private final Schedule schedule;
    private final Tiles tiles;

    /** What is called for tiles. */
    interface Tiles {
        /** Rows of a full tile. */
        int rows();

        /** Columns of a full tile with so many rows, or vectors of them. */
        int columns(int mr);

        /** The call of a tile of mr rows and nr columns, or vectors of columns, at a place. */
        Call tile(int mr, int nr, Expression row, Expression column);

        /** The call of a column that fills no vector, for all rows. */
        Call tail(Expression column);
    }

    /** What is done for a number of rows or columns at a place. */
    interface Turn {
        void take(Body body, int size, Expression place);
    }

    TileWalk(ProductNest nest, Tiles tiles) {
        this.nest = nest;
        this.schedule = nest.schedule();
        this.tiles = tiles;
    }

    /** Rows outside, unless the lanes run along the columns, where a tile's columns are used again for all rows. */
    void emit(Body body) {
        if (schedule.lanes() == Lanes.COLUMNS) {
            columns(
                    body,
                    schedule.mr(),
                    (outside, nr, column) ->
                            rows(outside, (inside, mr, row) -> inside.run(tiles.tile(mr, nr, row, column))));
        } else {
            rows(
                    body,
                    (outside, mr, row) ->
                            columns(outside, mr, (inside, nr, column) -> inside.run(tiles.tile(mr, nr, row, column))));
        }
    }

    private void rows(Body body, Turn turn) {
        axis(body, nest.rows(), tiles.rows(), nest.start(nest.rows()), nest.end(nest.rows()), turn);
    }

    /** @param mr rows of the tiles */
    void columns(Body body, int mr, Turn turn) {
        if (schedule.lanes() != Lanes.COLUMNS) {
            axis(body, nest.columns(), tiles.columns(mr), nest.start(nest.columns()), nest.end(nest.columns()), turn);
        } else {
            vectors(body, tiles.columns(mr), turn);
        }
    }

    /** Full tiles, then one tile with what is left; where the extent is known at run time only, tiles of powers of two. */
    void axis(Body body, Axis axis, int tile, Expression start, Expression end, Turn turn) {
        Name v = Names.at(axis);
        int extent = nest.extent(axis);
        if (extent == 0) {
            body.integer(v.text(), start);
            for (int size : sizes(tile)) {
                turn.take(steps(body, v, end, size), size, v);
            }
            return;
        }
        int full = extent / tile * tile;
        if (extent == tile) {
            turn.take(body, tile, Expression.number(0));
        } else if (full > 0) {
            Expression bound = full == extent ? nest.extentName(axis) : Expression.number(full);
            turn.take(body.loop(v.text(), Expression.number(0), bound, Expression.number(tile)), tile, v);
        }
        if (full < extent) {
            turn.take(body, extent - full, Expression.number(full));
        }
    }

    /** As many steps of a size as are left. */
    static Body steps(Body body, Name variable, Expression end, int size) {
        return size == 1 ? body.rest(variable, end) : body.steps(variable, end, Expression.number(size));
    }

    /** A tile's size, then the powers of two below it, which make up every rest. */
    static List<Integer> sizes(int tile) {
        List<Integer> sizes = new ArrayList<>(List.of(tile));
        for (int size = Integer.highestOneBit(Math.max(1, tile - 1)); size >= 1 && tile > 1; size /= 2) {
            sizes.add(size);
        }
        return sizes;
    }

    /** Full tiles of vectors, then fewer vectors, then single elements; an axis that is padded has no single elements. */
    void vectors(Body body, int widest, Turn turn) {
        fullVectors(body, widest, turn);
        if (nest.hasTail()) {
            Name v = Names.at(nest.columns());
            body.rest(v, nest.laneExtent(nest.columns())).run(tiles.tail(v));
        }
    }

    /** Single elements, if there are any, of columns that all are taken. */
    void tail(Body body) {
        if (nest.hasTail()) {
            Name v = Names.at(nest.columns());
            Expression extent = nest.extentName(nest.columns());
            body.loop(v.text(), Expression.whole(extent, Names.LANES), extent).run(tiles.tail(v));
        }
    }

    /** Full tiles of vectors, then fewer vectors; leaves the columns that fill no vector. */
    void fullVectors(Body body, int widest, Turn turn) {
        Axis axis = nest.columns();
        Name v = Names.at(axis);
        Expression extent = nest.laneExtent(axis);
        List<Integer> used = vectorSizes(widest);
        if (used.size() == 1 && !nest.hasTail()) {
            Expression width = Expression.product(used.get(0), Names.LANES);
            turn.take(body.loop(v.text(), nest.start(axis), extent, width), used.get(0), v);
            return;
        }
        body.integer(v.text(), nest.start(axis));
        for (int size : used) {
            turn.take(body.steps(v, extent, Expression.product(size, Names.LANES)), size, v);
        }
    }

    /** The numbers of vectors that {@link #fullVectors} takes, for some number of lanes. */
    List<Integer> vectorSizes(int widest) {
        List<Integer> sizes = sizes(widest);
        return sizes.stream().filter(size -> mayOccur(size, sizes)).toList();
    }

    /** Whether, for some number of lanes, the walk takes a tile of so many vectors. */
    private boolean mayOccur(int size, List<Integer> sizes) {
        int extent = nest.extent(nest.columns());
        if (extent == 0) {
            return true;
        }
        for (int lanes = FEWEST_LANES; lanes <= Machine.LANES_MULTIPLE; lanes *= 2) {
            int left = nest.padded(nest.columns()) ? (extent + lanes - 1) / lanes : extent / lanes;
            for (int each : sizes) {
                if (each == size && left >= each) {
                    return true;
                }
                left %= each;
            }
        }
        return false;
    }
}
