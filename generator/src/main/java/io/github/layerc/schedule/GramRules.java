package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.engine.kernels.FloatGramBatch;
import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Rows;
import io.github.layerc.schedule.Schedule.Tile;
import io.github.layerc.schedule.ScheduleRules.Blocks;
import io.github.layerc.schedule.ScheduleRules.Kind;
import java.util.List;

/**
 * Which schedules can be emitted for what a step in Gram form adds to the pre-activations of all bound samples, {@code dz1^T G}. Its rows are the units
 * of the first layer, its columns the bound samples; the samples of the step are summed over, always all of them, so there are no blocks of these. The
 * layouts do not matter: products and sums lie in rows of samples whatever they are.
 */
public final class GramRules {
    /**
     * Vectors that rows of samples are padded for where vectors are longest. Tiles have no edge there, and code is correct for vectors of any length, so the
     * vectors of a tile divide it.
     */
    static final int MOST_VECTORS = FloatGramBatch.ROW_BYTES / Machine.LONGEST_VECTOR_BYTES;

    /** Sums that an instance has room for in plain Java: 4 MB in floats, beyond every second-level cache. */
    private static final int MOST_SUMS = 1 << 20;

    private final Target target;
    private final int units;

    /** @param units of the first layer */
    public GramRules(Target target, int units) {
        this.target = target;
        this.units = units;
    }

    /** The only kind of kernel. */
    private Kind kind() {
        return switch (target) {
            case SCALAR -> new Kind(Form.ROWS, Lanes.NONE, Blocks.COLUMNS);
            case VECTOR -> new Kind(Form.TILE, Lanes.COLUMNS, Blocks.NONE);
        };
    }

    /** The most units of a tile: vectors have code for each unit, plain Java a loop over them. */
    int mostUnits() {
        return switch (target) {
            case SCALAR -> Math.min(units, MOST_SUMS);
            case VECTOR -> Math.min(units, ScheduleRules.LARGEST_TILE);
        };
    }

    /** Why a schedule cannot be emitted, {@code rule: name=value}; empty where it can. */
    public String objection(Schedule schedule) {
        if (!kind().is(schedule)) {
            return ScheduleRules.expected(List.of(kind()), schedule);
        }
        if (schedule.mr() < 1 || schedule.mr() > mostUnits()) {
            return numberTo(mostUnits(), "mr", schedule.mr());
        }
        return schedule instanceof Tile tile ? vectors(tile) : columns((Rows) schedule);
    }

    private static String vectors(Tile tile) {
        if (tile.nr() < 1 || MOST_VECTORS % tile.nr() != 0) {
            return ScheduleRules.expected(
                    "a divisor of " + MOST_VECTORS + ", the vectors that rows are padded for", "nr", tile.nr());
        }
        if (tile.kc() != 0) {
            return ScheduleRules.expected("0", "kc", tile.kc());
        }
        return tile.mc() == 0 ? "" : ScheduleRules.expected("0", "mc", tile.mc());
    }

    private static String columns(Rows rows) {
        if (rows.nr() < 1 || rows.nr() > ScheduleRules.LARGEST_TILE) {
            return numberTo(ScheduleRules.LARGEST_TILE, "nr", rows.nr());
        }
        int most = Math.min(ScheduleRules.LARGEST_COUNT, MOST_SUMS / rows.mr());
        return rows.block() < 1 || rows.block() > most ? numberTo(most, "block", rows.block()) : "";
    }

    private static String numberTo(int most, String name, int value) {
        return ScheduleRules.expected("a number from 1 to " + most, name, value);
    }
}
