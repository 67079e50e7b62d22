package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Rows;
import io.github.layerc.schedule.Schedule.Tile;
import io.github.layerc.schedule.ScheduleRules.Blocks;
import io.github.layerc.schedule.ScheduleRules.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The schedules worth measuring. Of all tiles of up to 8 x 8 whose operands fit the registers, the cost model of the heuristic keeps the best;
 * the plain, rolled loop is always among them. Blocks are tried around one tile. So a product has at most {@value #MOST_TILES} tiles and
 * {@value #MOST_BLOCKS} other blocks, a network at most {@value #MOST_STORAGES} layouts. The Gram form has its tiles and blocks like a product.
 */
public final class Candidates {
    /**
     * Of the space and of the kernels behind it: schedules that were measured for another one are not used. It stays where a kernel or a threshold only
     * joins the space: what was measured without it still is what it was, and what a file does not name is the heuristic's.
     */
    public static final int VERSION = 5;

    public static final int MOST_TILES = 14;
    public static final int MOST_BLOCKS = 9;
    public static final int MOST_STORAGES = 6;

    /** More than the heuristic's, which is careful; of a tile of 20, C2 of 17 no longer inlines all calls of the Vector API. */
    private static final int MOST_ACCUMULATORS = 18;

    private final Target target;
    private final Precision precision;
    private final Machine machine;
    private final Heuristic heuristic;

    /** @param machine whose registers and caches bound the tiles and blocks */
    public Candidates(Target target, Precision precision, Machine machine) {
        this.target = target;
        this.precision = precision;
        this.machine = machine;
        this.heuristic = new Heuristic(target, precision, machine);
    }

    /** Layouts of a network, the heuristic's choice first. */
    public List<Storage> storages(Network network) {
        Set<Storage> storages = new LinkedHashSet<>(List.of(heuristic.storage(network)));
        if (target == Target.VECTOR) {
            storages.addAll(heuristic.storageChoice().candidates(network));
        }
        return storages.stream().limit(MOST_STORAGES).toList();
    }

    /** Tiles of a product with the blocks that the heuristic has for it: its own choice, the plain loop, then others, the most promising first. */
    public List<Schedule> tiles(Product product, Storage storage) {
        ScheduleRules rules = new ScheduleRules(target, product, storage);
        Schedule chosen = heuristic.schedule(product, storage);
        Set<Schedule> tiles = new LinkedHashSet<>(List.of(chosen, plain(product, storage)));
        List<Rated> rated = new ArrayList<>();
        for (Kind kind : rules.kinds()) {
            for (int mr = 1; mr <= ScheduleRules.LARGEST_TILE; mr++) {
                for (int nr = 1; nr <= ScheduleRules.LARGEST_TILE; nr++) {
                    Schedule tile = with(kind, chosen, mr, nr);
                    boolean fits = mr * nr <= MOST_ACCUMULATORS
                            && !(tile instanceof Tile registers
                                    && Heuristic.registers(registers) > machine.vectorRegisters());
                    if (fits && rules.objection(tile).isEmpty()) {
                        rated.add(new Rated(tile, Heuristic.intensity(tile, rules.rows(kind), columns(rules, kind))));
                    }
                }
            }
        }
        tiles.addAll(bestFirst(rated));
        return tiles.stream().limit(MOST_TILES).toList();
    }

    private record Rated(Schedule schedule, double intensity) {}

    private static List<Schedule> bestFirst(List<Rated> rated) {
        return rated.stream()
                .sorted(Comparator.comparingDouble(Rated::intensity).reversed())
                .map(Rated::schedule)
                .toList();
    }

    /** The loop that nothing was done to: one sum at a time, and no blocks. */
    public Schedule plain(Product product, Storage storage) {
        List<Kind> kinds = new ScheduleRules(target, product, storage).kinds();
        Kind plain = kinds.get(kinds.size() - 1);
        return Schedule.tile(plain.lanes(), 1, 1, 0);
    }

    private int columns(ScheduleRules rules, Kind kind) {
        int columns = rules.columns(kind);
        int lanes = machine.lanes(precision);
        return kind.lanes() == Lanes.COLUMNS ? (columns + lanes - 1) / lanes : columns;
    }

    /** A tile of a kind with the blocks of another schedule, as far as they are for this kind. */
    private static Schedule with(Kind kind, Schedule chosen, int mr, int nr) {
        if (kind.form() == Form.ROWS) {
            return new Rows(mr, nr, chosen instanceof Rows rows ? rows.block() : 0);
        }
        Tile tile = Schedule.tile(kind.lanes(), mr, nr, 0);
        if (!(chosen instanceof Tile other)) {
            return kind.copies() ? tile.withCopyBeyond(1) : tile;
        }
        tile = kind.lanes() == other.lanes() ? tile.withBlocks(other.kc(), other.mc()) : tile;
        return kind.copies() ? tile.withCopyBeyond(Math.max(1, other.few())) : tile;
    }

    /** Tiles of the Gram form: the heuristic's own choice, the plain loop, then others, the most promising first. */
    public List<Schedule> gramTiles(int units) {
        Schedule chosen = heuristic.gram(units);
        Set<Schedule> tiles = new LinkedHashSet<>(List.of(chosen, gramTile(chosen, 1, 1)));
        tiles.addAll(chosen instanceof Rows rows ? gramRows(rows, units) : gramVectors(units));
        GramRules rules = new GramRules(target, units);
        return tiles.stream()
                .filter(each -> rules.objection(each).isEmpty())
                .limit(MOST_TILES)
                .toList();
    }

    /** A tile of the Gram form with the blocks of another one. */
    private static Schedule gramTile(Schedule around, int mr, int nr) {
        return around instanceof Rows rows ? new Rows(mr, nr, rows.block()) : Schedule.tile(around.lanes(), mr, nr, 0);
    }

    private List<Schedule> gramVectors(int units) {
        List<Rated> rated = new ArrayList<>();
        for (int mr = 1; mr <= ScheduleRules.LARGEST_TILE; mr++) {
            for (int nr = 1; nr <= GramRules.MOST_VECTORS; nr++) {
                Tile tile = Schedule.tile(Lanes.COLUMNS, mr, nr, 0);
                if (mr * nr <= MOST_ACCUMULATORS && Heuristic.registers(tile) <= machine.vectorRegisters()) {
                    rated.add(new Rated(tile, Heuristic.intensity(tile, units, 0)));
                }
            }
        }
        return bestFirst(rated);
    }

    /** Units are a loop here, and their sums a block of the first-level cache: powers of two around the heuristic's, or all. */
    private static List<Schedule> gramRows(Rows around, int units) {
        List<Schedule> found = new ArrayList<>();
        for (int nr : List.of(4, 8, 2, 1)) {
            for (int mr : List.of(32, 16, 64, 8)) {
                found.add(gramTile(around, Math.min(mr, units), nr));
            }
        }
        return found;
    }

    /** Other blocks around a tile of the Gram form; with more columns than there are samples, all are one. */
    public List<Schedule> gramBlocks(int units, Schedule around, int samples) {
        if (!(around instanceof Rows rows)) {
            return List.of();
        }
        GramRules rules = new GramRules(target, units);
        Set<Integer> columns = new HashSet<>(Set.of(Math.min(samples, rows.block())));
        return columns(rows).stream()
                .filter(each -> rules.objection(each).isEmpty())
                .filter(each -> columns.add(Math.min(samples, ((Rows) each).block())))
                .limit(MOST_BLOCKS)
                .toList();
    }

    /** A threshold at half and at twice its number. */
    public List<Thresholds> thresholds(Thresholds around, String name) {
        int value = around.byName().get(name);
        return IntStream.of(value / 2, 2 * value)
                .filter(other -> other > 0)
                .mapToObj(other -> around.with(name, other))
                .toList();
    }

    /** Other blocks around the tile of a schedule, or other numbers of samples that count as few. */
    public List<Schedule> blocks(Product product, Storage storage, Schedule around) {
        ScheduleRules rules = new ScheduleRules(target, product, storage);
        List<Schedule> found =
                around instanceof Tile tile ? blocks(rules.kind(tile).orElseThrow(), tile) : columns((Rows) around);
        return found.stream()
                .filter(each -> !each.equals(around) && rules.objection(each).isEmpty())
                .distinct()
                .limit(MOST_BLOCKS)
                .toList();
    }

    private static List<Schedule> columns(Rows around) {
        return IntStream.of(64, 128, 256, 512, 1024, 2048)
                .<Schedule>mapToObj(block -> new Rows(around.mr(), around.nr(), block))
                .toList();
    }

    private List<Schedule> blocks(Kind kind, Tile around) {
        List<Schedule> found = new ArrayList<>();
        for (int few : kind.copies() ? List.of(1, 2, 4, 16, 32) : Collections.<Integer>emptyList()) {
            found.add(around.withCopyBeyond(few));
        }
        if (kind.blocks() != Blocks.NONE) {
            found.add(around.withBlocks(0, 0));
        }
        for (int kc : sizes(kind.blocks(), around)) {
            if (kind.blocks() != Blocks.PARTIALS) {
                found.add(around.withBlocks(kc, 0));
                continue;
            }
            int mc = around.mc() > 0 ? around.mc() : 8 * around.mr();
            for (int samples : List.of(mc, mc / 2, 2 * mc)) {
                found.add(around.withBlocks(kc, samples));
            }
        }
        return found;
    }

    private List<Integer> sizes(Blocks blocks, Tile around) {
        int multiple = Machine.LANES_MULTIPLE;
        int first = Math.max(multiple, heuristic.inputsInFirstCache(around));
        int second = Math.max(multiple, heuristic.inputsInSecondCache(around));
        return switch (blocks) {
            case NONE, COLUMNS -> List.of();
            case NUMBERS -> List.of(1024, 2048, 4096, 8192);
            case OUTPUTS -> List.of(second, second / 2 / multiple * multiple, 2 * second, first);
            case PARTIALS -> List.of(first, first / 2 / multiple * multiple, 2 * first);
        };
    }
}
