package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Rows;
import io.github.layerc.schedule.Schedule.Tile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which schedules can be emitted for a product: lanes need neighbours in memory, so the layouts decide, and blocks need a place for sums. */
public final class ScheduleRules {
    /** Rows or columns of a tile beyond which code only grows. */
    static final int LARGEST_TILE = 8;

    /** Accumulators beyond which every machine spills. */
    static final int MOST_ACCUMULATORS = 32;

    static final int LARGEST_COUNT = 1 << 16;

    private final Target target;
    private final Product product;
    private final Storage storage;

    /** What a block of the reduction, or of the columns, leaves between two blocks. */
    enum Blocks {
        /** Nothing is taken in blocks. */
        NONE,
        /** Numbers, in the output. */
        NUMBERS,
        /** Vectors, in the output. */
        OUTPUTS,
        /** Vectors, in an array of partial sums for mc samples. */
        PARTIALS,
        /** Blocks of columns, each complete. */
        COLUMNS
    }

    /**
     * A kind of kernel.
     *
     * @param copies whether it works on a transposed copy of the weights where samples are many
     */
    record Kind(Form form, Lanes lanes, Blocks blocks, boolean copies) {
        Kind(Form form, Lanes lanes, Blocks blocks) {
            this(form, lanes, blocks, false);
        }

        /** Whether a schedule is for such a kernel. */
        boolean is(Schedule schedule) {
            return form == schedule.form() && lanes == schedule.lanes() && copies == few(schedule) > 0;
        }

        @Override
        public String toString() {
            return "form=" + Keywords.of(form) + " lanes=" + Keywords.of(lanes) + (copies ? " few above 0" : "");
        }
    }

    public ScheduleRules(Target target, Product product, Storage storage) {
        this.target = target;
        this.product = product;
        this.storage = storage;
    }

    /** The kinds of kernels that can be emitted. */
    List<Kind> kinds() {
        if (target == Target.SCALAR) {
            return product.kind() == Product.Kind.FORWARD
                    ? List.of(new Kind(Form.TILE, Lanes.NONE, Blocks.NUMBERS))
                    : List.of(
                            new Kind(Form.ROWS, Lanes.NONE, Blocks.COLUMNS),
                            new Kind(Form.TILE, Lanes.NONE, Blocks.NONE));
        }
        return storage.layout() == Layout.UNIT_MAJOR ? samplesInLanes() : unitsInLanes();
    }

    private List<Kind> samplesInLanes() {
        boolean samples =
                product.left().role() == Role.SAMPLES || product.right().role() == Role.SAMPLES;
        Kind columns = new Kind(Form.TILE, Lanes.COLUMNS, Blocks.NONE);
        Kind rows = new Kind(Form.ROWS, Lanes.NONE, Blocks.COLUMNS);
        Kind blocks = new Kind(Form.TILE, Lanes.COLUMNS, Blocks.OUTPUTS);
        return switch (product.kind()) {
            case FORWARD -> {
                if (samples) {
                    yield List.of(new Kind(Form.TILE, Lanes.REDUCTION, Blocks.PARTIALS));
                }
                yield product.left().role() == Role.PANELS ? List.of(blocks) : List.of(rows, blocks);
            }
            case WEIGHT_GRADIENT ->
                samples || product.right().role() == Role.STRIPS
                        ? List.of(columns)
                        : List.of(
                                new Kind(Form.TILE, Lanes.NONE, Blocks.NONE),
                                new Kind(Form.TILE, Lanes.REDUCTION, Blocks.NONE));
            case INPUT_GRADIENT -> List.of(rows, columns);
        };
    }

    private List<Kind> unitsInLanes() {
        boolean inputRows = inputsAreRows();
        Kind columns = new Kind(Form.TILE, Lanes.COLUMNS, Blocks.NONE);
        return switch (product.kind()) {
            case FORWARD ->
                List.of(
                        inputRows
                                ? columns
                                : new Kind(
                                        Form.TILE,
                                        Lanes.REDUCTION,
                                        product.layer() == 1 ? Blocks.PARTIALS : Blocks.NONE));
            case WEIGHT_GRADIENT -> List.of(columns);
            case INPUT_GRADIENT ->
                inputRows
                        ? List.of(
                                new Kind(Form.TILE, Lanes.COLUMNS, Blocks.NONE, true),
                                new Kind(Form.TILE, Lanes.REDUCTION, Blocks.NONE))
                        : List.of(columns);
        };
    }

    /** Rows of the output, 0 where they are the samples. */
    int rows(Kind kind) {
        return Axes.size(product, axes(kind).rows());
    }

    /** Columns of the output, 0 where they are the samples. */
    int columns(Kind kind) {
        return Axes.size(product, axes(kind).columns());
    }

    private Axes axes(Kind kind) {
        return Axes.of(product, storage, kind.form(), kind.lanes());
    }

    private boolean inputsAreRows() {
        return storage.weights(product.layer()).unitsInLanes();
    }

    private int units() {
        return product.matrix().rows();
    }

    private int inputs() {
        return product.matrix().columns();
    }

    /** Why a schedule cannot be emitted, {@code rule: name=value}; empty where it can. */
    public String objection(Schedule schedule) {
        Optional<Kind> found = kind(schedule);
        if (found.isEmpty()) {
            return expected(kinds(), schedule);
        }
        Kind kind = found.get();
        int mostRows = rows(kind) == 0 ? LARGEST_TILE : Math.min(LARGEST_TILE, rows(kind));
        if (schedule.mr() < 1 || schedule.mr() > mostRows) {
            return expected("a number from 1 to " + mostRows, "mr", schedule.mr());
        }
        if (schedule.nr() < 1 || schedule.nr() > LARGEST_TILE) {
            return expected("a number from 1 to " + LARGEST_TILE, "nr", schedule.nr());
        }
        // the columns of an input gradient are inputs
        boolean unitColumns = product.kind() != Product.Kind.INPUT_GRADIENT;
        int panel = storage.weights(product.layer()).panel();
        if (unitColumns && panel > 0 && panel % schedule.nr() != 0) {
            return expected("a divisor of " + panel + ", the vectors of a panel", "nr", schedule.nr());
        }
        if (schedule.mr() * schedule.nr() > MOST_ACCUMULATORS) {
            return expected("at most " + MOST_ACCUMULATORS + " accumulators", "mr", schedule.mr()) + ", nr="
                    + schedule.nr();
        }
        return schedule instanceof Tile tile ? blocks(kind, tile) : columns(kind, ((Rows) schedule).block());
    }

    /** The kind of kernel that a schedule is for; empty where there is none for the product. */
    Optional<Kind> kind(Schedule schedule) {
        return kinds().stream().filter(each -> each.is(schedule)).findFirst();
    }

    private static int few(Schedule schedule) {
        return schedule instanceof Tile tile ? tile.few() : 0;
    }

    private String columns(Kind kind, int block) {
        int most = columns(kind);
        if (most > 0) {
            return block < 1 || block > most ? expected("a number from 1 to " + most, "block", block) : "";
        }
        // samples: the epilogue goes in whole vectors, of which none may reach into the next block
        int multiple = Machine.LANES_MULTIPLE;
        return block < 1 || block > LARGEST_COUNT || block % multiple != 0
                ? expected("a multiple of " + multiple + " up to " + LARGEST_COUNT, "block", block)
                : "";
    }

    private String blocks(Kind kind, Tile tile) {
        int kc = tile.kc();
        int mc = tile.mc();
        if (tile.few() < 0 || tile.few() > LARGEST_COUNT) {
            return expected("a number from 1 to " + LARGEST_COUNT, "few", tile.few());
        }
        if (kc == 0) {
            return noSamples(mc);
        }
        int multiple = Machine.LANES_MULTIPLE;
        if (kind.blocks() == Blocks.NONE) {
            return expected("0", "kc", kc);
        }
        if (kc < 0 || kc % multiple != 0 || kc >= inputs()) {
            return expected("0, or a multiple of " + multiple + " below " + inputs(), "kc", kc);
        }
        if (kind.blocks() != Blocks.PARTIALS) {
            return noSamples(mc);
        }
        long most = Math.min(LARGEST_COUNT, (Integer.MAX_VALUE - 16L) / multiple / units());
        return mc < 1 || mc > most ? expected("a number from 1 to " + most, "mc", mc) : "";
    }

    private static String noSamples(int mc) {
        return mc == 0 ? "" : expected("0", "mc", mc);
    }

    /** What to say of a schedule that is of none of the kinds. */
    static String expected(List<Kind> kinds, Schedule found) {
        String expected = kinds.stream().map(Kind::toString).collect(Collectors.joining(" or "));
        return expected(expected, "form", Keywords.of(found.form())) + ", lanes=" + Keywords.of(found.lanes())
                + ", few=" + few(found);
    }

    static String expected(String what, String name, Object value) {
        return "expected " + what + ": " + name + "=" + value;
    }
}
