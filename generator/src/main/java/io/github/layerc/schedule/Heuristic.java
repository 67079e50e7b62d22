package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Rows;
import io.github.layerc.schedule.Schedule.Tile;
import java.util.Collections;

/** Chooses schedules without measuring anything: from the shapes, the target and the machine alone. */
public final class Heuristic implements Scheduler {
    /**
     * Accumulators of one tile beyond which little is gained: enough to hide the latency of a multiply-add, and few
     * enough calls for C2 to inline.
     */
    private static final int MOST_ACCUMULATORS = 16;

    /** So good, against the best one, has a tile to be that leaves no edge. */
    private static final double NEARLY = 0.75;

    /** Samples whose deltas should stay in the first-level cache from one tile of a weight gradient to the next. */
    private static final int MANY_SAMPLES = 256;

    /** Accumulators for small layers whose rows are samples. */
    private static final int FEW_ACCUMULATORS = 12;

    /** Tiles of samples that must pass a block of weights for its partial sums to pay. */
    private static final int FEWEST_TILES = 4;

    /** Samples whose sums plain Java keeps at a time. */
    private static final int SAMPLES_BLOCK = 256;

    /** Weights of a layer up to which code without edges is worth more than a tile of the best shape. */
    private static final int SMALL_LAYER = 1024;

    /** Up to so many samples, sums across lanes cost less than a transposed copy of the weights. */
    private static final int FEW_SAMPLES = 8;

    /** Samples of a block at least: they have the weights, of whatever size, come from the second-level cache once. */
    private static final int FEWEST_IN_BLOCK = 256;

    /**
     * The most units of a tile of the Gram form, with as many vectors as rows are padded for: accumulators, two vectors and one delta fit 16 registers.
     * Where it is measured, others are tried, see {@link Candidates#gramTiles}.
     */
    private static final int GRAM_UNITS = 5;

    /** Columns and units of a block of the Gram form in plain Java: with four rows 36 kB in floats. Measured like the tile. */
    private static final int GRAM_COLUMNS = 256;

    private static final int GRAM_ROWS = 32;

    private final Target target;
    private final Precision precision;
    private final Machine machine;

    public Heuristic(Target target, Precision precision, Machine machine) {
        this.target = target;
        this.precision = precision;
        this.machine = machine;
    }

    @Override
    public String origin() {
        return "Schedules for machine " + machine.title() + ".";
    }

    /** The layouts in which the kernels of a network take the least time. */
    @Override
    public Storage storage(Network network) {
        return target == Target.VECTOR
                ? storageChoice().of(network)
                : new Storage(
                        Layout.SAMPLE_MAJOR,
                        Collections.nCopies(network.layers().size(), WeightLayout.UNIT_ROWS));
    }

    /** A power of two whose activations fit half of the second-level cache, so that each layer finds there what the one before has left. */
    @Override
    public int samplesInBlock(Network network) {
        if (target == Target.SCALAR) {
            return 0;
        }
        long bytes = network.layers().stream()
                .mapToLong(layer -> (long) vectors(layer.units()) * machine.vectorBytes())
                .sum();
        long samples = machine.l2Bytes() / 2 / bytes;
        return (int) Math.max(FEWEST_IN_BLOCK, Long.highestOneBit(samples));
    }

    StorageChoice storageChoice() {
        // a power of two: narrower tiles have to begin where a panel does, or at a part of it
        int panel = Integer.highestOneBit(best(Lanes.COLUMNS, new Extents(0, 0), 0, false, MOST_ACCUMULATORS)
                .nr());
        return new StorageChoice(machine, precision, WeightLayout.panels(panel));
    }

    @Override
    public Schedule schedule(Product product, Storage storage) {
        if (target == Target.SCALAR) {
            return scalar(product, storage);
        }
        return storage.layout() == Layout.UNIT_MAJOR
                ? samplesInLanes(product, storage)
                : unitsInLanes(product, storage);
    }

    /** Activations unit-major. Samples of the first layer are rows of inputs: there the lanes take neighbouring inputs. */
    private Schedule samplesInLanes(Product product, Storage storage) {
        boolean samplesFirst =
                product.left().role().samples() || product.right().role().samples();
        if (!samplesFirst && isSmall(product)) {
            return acrossSamples(product, storage);
        }
        Extents columns = extents(product, storage, Lanes.COLUMNS);
        Extents reduction = extents(product, storage, Lanes.REDUCTION);
        return switch (product.kind()) {
            case FORWARD -> {
                if (product.left().role() == Role.PANELS) {
                    yield panels(columnTile(columns.rows(), 0, product), product);
                }
                yield samplesFirst
                        ? inBlocks(tile(Lanes.REDUCTION, reduction, 0, isSmall(product)), product)
                        : tile(Lanes.COLUMNS, columns, 0, isSmall(product));
            }
            case WEIGHT_GRADIENT ->
                samplesFirst
                        ? tile(Lanes.COLUMNS, new Extents(columns.rows(), 0), 0, isSmall(product))
                        : tile(Lanes.REDUCTION, reduction, 0, isSmall(product));
            case INPUT_GRADIENT -> tile(Lanes.COLUMNS, columns, 0, isSmall(product));
        };
    }

    /**
     * Rows and columns of a product.
     *
     * @param rows 0 where their number is only known at run time
     * @param columns the same, in vectors where they are in the lanes
     */
    private record Extents(int rows, int columns) {}

    /** The extents of a tile's kernel, in elements. */
    private static Extents extents(Product product, Storage storage, Lanes lanes) {
        Axes axes = Axes.of(product, storage, Schedule.Form.TILE, lanes);
        return new Extents(Axes.size(product, axes.rows()), Axes.size(product, axes.columns()));
    }

    private static boolean isSmall(Product product) {
        return product.matrix().elements() <= SMALL_LAYER;
    }

    /**
     * Small layers in plain Java, samples innermost, of whose rows C2 makes vectors by itself: as fast for them, and compiled in a fraction of the
     * time. Sums over the samples are no such loops; they are tiles of numbers.
     */
    private Schedule acrossSamples(Product product, Storage storage) {
        if (product.kind() == Product.Kind.WEIGHT_GRADIENT) {
            return best(Lanes.NONE, extents(product, storage, Lanes.NONE), 0, false, FEW_ACCUMULATORS);
        }
        Axes axes = Axes.of(product, storage, Schedule.Form.ROWS, Lanes.NONE);
        int rows = Math.min(ScheduleRules.LARGEST_TILE, Axes.size(product, axes.rows()));
        return new Rows(rows, 4, SAMPLES_BLOCK);
    }

    /** Blocks of the inputs for which the vectors of a tile take half of the second-level cache, so that all units find them there. */
    private Schedule panels(Tile tile, Product product) {
        int kc = inputsInSecondCache(tile);
        return Axes.size(product, Axis.INPUTS) < 2 * kc ? tile : tile.withBlocks(kc, 0);
    }

    /** How many inputs of the vectors of a tile fit half of the second-level cache. */
    int inputsInSecondCache(Tile tile) {
        return machine.l2Bytes()
                / 2
                / Machine.LONGEST_VECTOR_BYTES
                / tile.nr()
                / Machine.LANES_MULTIPLE
                * Machine.LANES_MULTIPLE;
    }

    /** Activations sample-major, padded. */
    private Schedule unitsInLanes(Product product, Storage storage) {
        WeightLayout layout = storage.weights(product.layer());
        boolean inputRows = layout.unitsInLanes();
        Extents columns = extents(product, storage, Lanes.COLUMNS);
        int vectors = vectors(columns.columns());
        int unitVectors = layout.panel() > 0 ? layout.panel() : vectors;
        return switch (product.kind()) {
            case FORWARD ->
                inputRows
                        ? columnTile(columns.rows(), unitVectors, product)
                        : tile(Lanes.REDUCTION, extents(product, storage, Lanes.REDUCTION), 0, true);
            case WEIGHT_GRADIENT ->
                columnTile(columns.rows(), inputRows ? vectorsInFirstCache(unitVectors) : vectors, product);
            case INPUT_GRADIENT -> {
                Tile tile = columnTile(columns.rows(), vectors, product);
                yield inputRows ? tile.withCopyBeyond(FEW_SAMPLES) : tile;
            }
        };
    }

    /** Of so many vectors of units those whose deltas for many samples fit the first-level cache, if they leave no edge. */
    private int vectorsInFirstCache(int unitVectors) {
        int most = Integer.highestOneBit(Math.max(1, machine.l1Bytes() / machine.vectorBytes() / MANY_SAMPLES));
        return unitVectors % most == 0 ? most : unitVectors;
    }

    private int vectors(int elements) {
        int lanes = machine.lanes(precision);
        return (elements + lanes - 1) / lanes;
    }

    /**
     * A tile with the lanes along so many vectors of columns. Small layers are run with few samples, too: where these are the rows, a large tile
     * is mostly start and end. A weight gradient has all its rows, and code of its own for one sample.
     */
    private Tile columnTile(int rows, int columns, Product product) {
        int most = rows == 0 && isSmall(product) ? FEW_ACCUMULATORS : MOST_ACCUMULATORS;
        Extents extents = new Extents(rows, columns);
        Tile best = best(Lanes.COLUMNS, extents, 0, false, most);
        if (rows == 0) {
            return best;
        }
        // edges are small methods, which C2 inlines into their callers until these have more than it compiles well
        Tile exact = best(Lanes.COLUMNS, extents, 0, true, most);
        return intensity(exact, rows, columns) >= NEARLY * intensity(best, rows, columns) ? exact : best;
    }

    @Override
    public Schedule gram(int units) {
        if (target == Target.SCALAR) {
            return new Rows(Math.min(GRAM_ROWS, units), 4, GRAM_COLUMNS);
        }
        // as many as pass all units in the fewest tiles
        int tiles = (units + GRAM_UNITS - 1) / GRAM_UNITS;
        return Schedule.tile(Lanes.COLUMNS, (units + tiles - 1) / tiles, GramRules.MOST_VECTORS, 0);
    }

    @Override
    public Thresholds thresholds() {
        return Thresholds.USUAL;
    }

    private Schedule scalar(Product product, Storage storage) {
        int units = Axes.size(product, Axis.UNITS);
        int inputs = Axes.size(product, Axis.INPUTS);
        if (product.kind() == Product.Kind.FORWARD) {
            Extents extents = extents(product, storage, Lanes.NONE);
            return tile(Lanes.NONE, extents, block(units, inputs), isSmall(product));
        }
        int rows = product.kind() == Product.Kind.WEIGHT_GRADIENT ? Math.min(4, units) : 4;
        return new Rows(rows, 4, Math.min(inputs, 256));
    }

    /**
     * The tile with the most multiply-adds for each operand that it loads, among those whose accumulators, held operands and one streamed
     * operand fit the registers. A size that leaves a part of its tiles unused counts for less. Small layers hardly take time: for them a tile
     * without edges is taken if it is half as good, since it needs less code.
     */
    private Tile tile(Lanes lanes, Extents extents, int block, boolean small) {
        Tile best = best(lanes, extents, block, false, MOST_ACCUMULATORS);
        Tile exact = best(lanes, extents, block, true, MOST_ACCUMULATORS);
        int rows = extents.rows();
        int columns = extents.columns();
        return small && intensity(exact, rows, columns) >= intensity(best, rows, columns) / 2 ? exact : best;
    }

    /** With {@code exact}, only tiles count that leave no edge in the known extents: less code. */
    private Tile best(Lanes lanes, Extents extents, int block, boolean exact, int accumulators) {
        int rows = extents.rows();
        int columns = extents.columns();
        Tile best = Schedule.tile(lanes, 1, 1, block);
        for (int mr = 1; mr <= ScheduleRules.LARGEST_TILE; mr++) {
            for (int nr = 1; nr <= ScheduleRules.LARGEST_TILE; nr++) {
                Tile schedule = Schedule.tile(lanes, mr, nr, block);
                boolean fits = mr * nr <= accumulators && registers(schedule) <= machine.vectorRegisters();
                boolean better = intensity(schedule, rows, columns) > intensity(best, rows, columns) - 1e-9;
                if (fits && better && !(exact && (rows % mr != 0 || columns % nr != 0))) {
                    best = schedule;
                }
            }
        }
        return best;
    }

    /** Registers of a tile: its accumulators, the operands that are held, and one that is streamed. */
    static int registers(Tile tile) {
        int held = tile.lanes() == Lanes.COLUMNS ? tile.nr() : Math.min(tile.mr(), tile.nr());
        return tile.mr() * tile.nr() + held + 1;
    }

    /** Multiply-adds for each operand that a tile loads, less where parts of tiles are left unused. */
    static double intensity(Schedule schedule, int rows, int columns) {
        int mr = schedule.mr();
        int nr = schedule.nr();
        return (double) mr * nr / (mr + nr) * used(rows, mr) * used(columns, nr);
    }

    private static double used(int extent, int tile) {
        return extent == 0 ? 1 : (double) extent / ((extent + tile - 1) / tile * tile);
    }

    /**
     * Takes a long reduction in blocks: the rows and columns of a tile in a block fit the first-level cache, and the partial sums of mc samples,
     * one vector of at most 64 bytes for each unit, take half of the second one. So many units that only a few samples would pass are not
     * worth it.
     */
    private Schedule inBlocks(Tile tile, Product product) {
        int units = Axes.size(product, Axis.UNITS);
        int inputs = Axes.size(product, Axis.INPUTS);
        int kc = inputsInFirstCache(tile);
        int mc = machine.l2Bytes() / 2 / Machine.LONGEST_VECTOR_BYTES / units / tile.mr() * tile.mr();
        return inputs < 2 * kc || mc < FEWEST_TILES * tile.mr() ? tile : tile.withBlocks(kc, mc);
    }

    private int bytes() {
        return precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    }

    /** How many inputs of the rows and columns of a tile fit the first-level cache. */
    int inputsInFirstCache(Tile tile) {
        return machine.l1Bytes() / bytes() / (tile.mr() + tile.nr()) / Machine.LANES_MULTIPLE * Machine.LANES_MULTIPLE;
    }

    /** Blocks of equal size, so that the weights of all units in a block take at most three quarters of the second-level cache. */
    private int block(int units, int inputs) {
        long most = Math.max(Machine.LANES_MULTIPLE * 16, machine.l2Bytes() * 3L / 4 / bytes() / units);
        if (inputs <= most) {
            return 0;
        }
        long blocks = (inputs + most - 1) / most;
        long size = (inputs + blocks - 1) / blocks;
        return (int) ((size + Machine.LANES_MULTIPLE - 1) / Machine.LANES_MULTIPLE * Machine.LANES_MULTIPLE);
    }
}
