package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The loops over the tiles of a product: full tiles, then smaller ones for what is left. */
final class TileWalk {
    /** Registers of all species have at least this many elements; so few only in double. */
    private static final int FEWEST_LANES = 2;

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
        String tile(int mr, int nr, String row, String column);

        /** The call of a column that fills no vector, for all rows. */
        String tail(String column);
    }

    TileWalk(ProductNest nest, Tiles tiles) {
        this.nest = nest;
        this.schedule = nest.schedule();
        this.tiles = tiles;
    }

    /** Rows outside, unless the lanes run along the columns, where a tile's columns are used again for all rows. */
    void emit(Lines lines) {
        if (schedule.lanes() == Lanes.COLUMNS) {
            columns(
                    lines,
                    schedule.rows(),
                    (nr, column) -> rows(lines, (mr, row) -> lines.line(tiles.tile(mr, nr, row, column))));
        } else {
            rows(lines, (mr, row) -> columns(lines, mr, (nr, column) -> lines.line(tiles.tile(mr, nr, row, column))));
        }
    }

    void rows(Lines lines, BiConsumer<Integer, String> body) {
        axis(lines, nest.rows(), tiles.rows(), nest.start(nest.rows()), nest.end(nest.rows()), body);
    }

    /** @param mr rows of the tiles */
    void columns(Lines lines, int mr, BiConsumer<Integer, String> body) {
        if (schedule.lanes() != Lanes.COLUMNS) {
            axis(lines, nest.columns(), tiles.columns(mr), nest.start(nest.columns()), nest.end(nest.columns()), body);
        } else {
            vectors(lines, tiles.columns(mr), body);
        }
    }

    /** Full tiles, then one tile with what is left; where the extent is known at run time only, tiles of powers of two. */
    void axis(Lines lines, Axis axis, int tile, String start, String end, BiConsumer<Integer, String> body) {
        String v = axis.variable();
        int extent = nest.extent(axis);
        if (extent == 0) {
            lines.line("int " + v + " = " + start);
            for (int size : sizes(tile)) {
                if (size == 1) {
                    lines.begin("for (; " + v + " < " + end + "; " + v + "++)");
                } else {
                    lines.begin("for (; " + v + " <= " + end + " - " + size + "; " + v + " += " + size + ")");
                }
                body.accept(size, v);
                lines.end();
            }
            return;
        }
        int full = extent / tile * tile;
        if (extent == tile) {
            body.accept(tile, "0");
        } else if (full > 0) {
            String bound = full == extent ? nest.extentName(axis) : String.valueOf(full);
            lines.begin("for (int " + v + " = 0; " + v + " < " + bound + "; " + v + " += " + tile + ")");
            body.accept(tile, v);
            lines.end();
        }
        if (full < extent) {
            body.accept(extent - full, String.valueOf(full));
        }
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
    void vectors(Lines lines, int widest, BiConsumer<Integer, String> body) {
        fullVectors(lines, widest, body);
        if (nest.hasTail()) {
            String v = nest.columns().variable();
            lines.begin("for (; " + v + " < " + nest.laneExtentName(nest.columns()) + "; " + v + "++)");
            lines.line(tiles.tail(v)).end();
        }
    }

    /** Single elements, if there are any, of columns that all are taken. */
    void tail(Lines lines) {
        if (nest.hasTail()) {
            String v = nest.columns().variable();
            String extent = nest.extentName(nest.columns());
            lines.begin(
                    "for (int " + v + " = " + extent + " / LANES * LANES; " + v + " < " + extent + "; " + v + "++)");
            lines.line(tiles.tail(v)).end();
        }
    }

    /** Full tiles of vectors, then fewer vectors; leaves the columns that fill no vector. */
    void fullVectors(Lines lines, int widest, BiConsumer<Integer, String> body) {
        Axis axis = nest.columns();
        String v = axis.variable();
        String extent = nest.laneExtentName(axis);
        List<Integer> sizes = sizes(widest);
        List<Integer> used =
                sizes.stream().filter(size -> mayOccur(size, sizes)).toList();
        if (used.size() == 1 && !nest.hasTail()) {
            String width = Operand.product(String.valueOf(used.get(0)), "LANES");
            lines.begin("for (int " + v + " = " + nest.start(axis) + "; " + v + " < " + extent + "; " + v + " += "
                    + width + ")");
            body.accept(used.get(0), v);
            lines.end();
            return;
        }
        lines.line("int " + v + " = " + nest.start(axis));
        for (int size : used) {
            String width = Operand.product(String.valueOf(size), "LANES");
            lines.begin("for (; " + v + " <= " + extent + " - " + width + "; " + v + " += " + width + ")");
            body.accept(size, v);
            lines.end();
        }
    }
    /** Whether, for some number of lanes, the walk takes a tile of so many vectors. */
    private boolean mayOccur(int size, List<Integer> sizes) {
        int extent = nest.extent(nest.columns());
        if (extent == 0) {
            return true;
        }
        for (int lanes = FEWEST_LANES; lanes <= Heuristic.LANES_MULTIPLE; lanes *= 2) {
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
