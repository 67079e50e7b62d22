package io.github.layerc.emit.product;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.LaneConstants;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Products with a tile of accumulators in registers, the reduction innermost:
 *
 * <pre>
 * for rows in steps of mr          main: full tiles
 *   for columns in steps of nr     edge: what is left of rows and columns, in smaller tiles
 *     mr x nr accumulators = 0     tail: inputs or samples that do not fill a vector, one by one
 *     for the reduction: load mr + nr operands, mr x nr multiply-adds
 *     epilogue and store
 * </pre>
 *
 * <p>A tile is one flat method: a method that took or returned vectors and was not inlined would put each of them on the heap.
 */
final class TileEmitter implements TileWalk.Tiles {
    private final ProductNest nest;
    private final Emission emission;
    private final Words words;
    private final Schedule schedule;
    private final StoreEmitter store;
    private final TileWalk walk;
    private final List<MethodSpec> methods = new ArrayList<>();
    private final List<String> emitted = new ArrayList<>();
    private boolean storesNumbers;

    TileEmitter(ProductNest nest) {
        this.nest = nest;
        this.emission = nest.emission();
        this.words = nest.words();
        this.schedule = nest.schedule();
        this.store = new StoreEmitter(nest);
        this.walk = new TileWalk(nest, this);
    }

    Kernel emit() {
        MethodSpec driver = driver();
        List<MethodSpec> all = new ArrayList<>();
        all.add(driver);
        all.addAll(methods);
        if (storesNumbers) {
            all.add(store.scalarMethod());
        }
        Kernel kernel =
                new Kernel(nest.product(), nest.name(), nest.arguments(), all, new NestText(nest).scheduleText());
        SmallLayerEmitter small = new SmallLayerEmitter(nest, store);
        return small.suits() ? kernel.withSample(small.method(), small.methods()) : kernel;
    }

    private boolean columnLanes() {
        return schedule.lanes() == Lanes.COLUMNS;
    }

    /** The method that walks over the tiles. */
    private MethodSpec driver() {
        Lines lines = new Lines();
        boolean blocks = nest.partialNumbers() || nest.partialOutputs();
        nest.laneExtent(lines);
        if (nest.partialOutputs()) {
            clear(lines);
        }
        if (blocks) {
            String extent = nest.extentName(nest.reduction());
            lines.begin("for (int start = 0; start < " + extent + "; start += " + schedule.block() + ")");
            lines.line("int end = Math.min(start + " + schedule.block() + ", " + extent + ")");
        }
        if (OneSampleTile.suits(nest)) {
            lines.begin("if (count == 1)");
            OneSampleEmitter oneSample = new OneSampleEmitter(nest, store, walk);
            lines.line(oneSample.call()).line("return").end();
            methods.addAll(oneSample.methods());
        }
        if (nest.partialVectors()) {
            partialVectors(lines);
        } else if (columnLanes() && nest.rows() == Axis.SAMPLES) {
            SampleWalk samples = new SampleWalk(nest, store, walk, this);
            samples.emit(lines);
            methods.addAll(samples.methods());
        } else {
            walk.emit(lines);
        }
        if (blocks) {
            lines.end();
        }
        if (nest.partialOutputs()) {
            finish(lines);
        }
        return emission.method(nest.name(), nest.arguments())
                .addJavadoc(documentation())
                .addCode(lines.build())
                .build();
    }

    /** Samples mc at a time: the blocks of the reduction one after the other, then the sums of what they have left. */
    private void partialVectors(Lines lines) {
        storesNumbers = true;
        String inputs = nest.extentName(nest.reduction());
        String units = nest.extentName(nest.columns());
        int kc = schedule.block();
        lines.begin("for (int firstSample = from; firstSample < to; firstSample += " + schedule.samples() + ")");
        lines.line("int samples = Math.min(firstSample + " + schedule.samples() + ", to)");
        String partials = nest.scratch().partials(nest.product().layer(), schedule.samples());
        lines.line("Arrays.fill(" + partials + ", 0, (samples - firstSample) * " + units + " * LANES, 0)");
        lines.begin("for (int start = 0; start < " + inputs + "; start += " + kc + ")");
        lines.line("int end = Math.min(start + " + kc + ", " + inputs + ")");
        walk.axis(
                lines,
                nest.rows(),
                schedule.rows(),
                "firstSample",
                "samples",
                (mr, row) -> walk.columns(lines, mr, (nr, column) -> lines.line(tile(mr, nr, row, column))));
        lines.end();
        lines.begin("for (int s = firstSample; s < samples; s++)");
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        Words numbers = words.scalar();
        String vector = "((s - firstSample) * " + units + " + u) * LANES";
        lines.line(numbers.type() + " sum = " + nest.scratch().sumOfLanes(partials, vector));
        if (nest.extent(nest.reduction()) % Heuristic.LANES_MULTIPLE != 0) {
            lines.begin("for (int i = " + inputs + " / LANES * LANES; i < " + inputs + "; i++)");
            lines.line(numbers.accumulate(
                    "sum",
                    numbers.load(nest.left().array(), nest.left().index(nest.rows(), "s", nest.reduction(), "i")),
                    numbers.load(
                            nest.right().array(), nest.right().index(nest.columns(), "u", nest.reduction(), "i"))));
            lines.end();
        }
        lines.line(store.call("s", "u", "sum"));
        lines.end().end().end();
    }

    /** Sums start at 0. */
    private void clear(Lines lines) {
        lines.begin("for (int u = 0; u < " + nest.extentName(Axis.UNITS) + "; u++)");
        lines.line("Arrays.fill(" + nest.out().array() + ", "
                + Operand.sum(nest.out().row(Axis.UNITS, "u"), "from") + ", "
                + Operand.sum(nest.out().row(Axis.UNITS, "u"), "padded") + ", 0)");
        lines.end();
    }

    /** The epilogue of sums that were kept in the output. */
    private void finish(Lines lines) {
        lines.blank().comment("epilogue: the sums are complete");
        store.constants(lines, words);
        lines.begin("for (int u = 0; u < " + nest.extentName(Axis.UNITS) + "; u++)");
        if (!store.bias().isEmpty()) {
            lines.line(words.register() + " bias = " + words.broadcast(store.bias()));
        }
        lines.begin("for (int s = from; s < padded; s += LANES)");
        lines.line("int at = " + nest.out().index(Axis.UNITS, "u", Axis.SAMPLES, "s"));
        lines.line(store.stored(
                words,
                words.load(nest.out().array(), "at"),
                "at",
                store.bias().isEmpty() ? "" : "bias",
                store.activation(words, "at")));
        lines.end().end();
    }

    private CodeBlock documentation() {
        return CodeBlock.of(
                "Layer $L: {@code $L}.\n\n<p>Schedule: $L. $L\n",
                nest.product().layer(),
                new NestText(nest).formula(),
                new NestText(nest).scheduleText(),
                new NestText(nest).reason());
    }

    @Override
    public int rows() {
        return nest.sumsColumns() ? LaneConstants.lanes(words.precision()) : schedule.rows();
    }

    @Override
    public int columns(int mr) {
        if (mr == 1 && nest.sumsRows()) {
            return LaneConstants.lanes(words.precision());
        }
        return columnOfSums(mr) ? 1 : schedule.columns();
    }

    /** Whether tiles of so many rows are one column of sums that are neighbours in the output. */
    private boolean columnOfSums(int mr) {
        return nest.sumsColumns() && mr == LaneConstants.lanes(words.precision());
    }

    /** Emits the method of a tile size once; returns the call of a tile at a place. */
    @Override
    public String tile(int mr, int nr, String row, String column) {
        String name = nest.name() + "Tile" + mr + "x" + nr;
        List<Argument> arguments = tileArguments();
        if (!emitted.contains(name)) {
            emitted.add(name);
            methods.add(tileMethod(name, arguments, mr, nr));
        }
        List<String> more = new ArrayList<>(List.of(row, column));
        if (nest.partialVectors()) {
            more.add("firstSample");
        }
        if (nest.forwardInBlocks()) {
            more.add("start");
            more.add("end");
        }
        return name + Argument.call(arguments, more.toArray(String[]::new));
    }

    private List<Argument> tileArguments() {
        Set<Argument> arguments = new LinkedHashSet<>(nest.operandArguments());
        if (!nest.overSamples()) {
            arguments.add(Argument.COUNT);
        }
        if (!nest.partialVectors() && !nest.partialOutputs()) {
            arguments.addAll(nest.epilogueArguments());
        }
        return List.copyOf(arguments);
    }

    private MethodSpec tileMethod(String name, List<Argument> arguments, int mr, int nr) {
        Lines lines = new Lines();
        storesNumbers |= !columnLanes() && !nest.partialVectors();
        if (columnLanes()) {
            new ColumnTile(nest, store, mr, nr).emit(lines);
        } else if (columnOfSums(mr)) {
            laneSums(lines, nest.rows(), mr);
        } else if (mr == 1 && nest.sumsRows()) {
            laneSums(lines, nest.columns(), nr);
        } else {
            new ReductionTile(nest, store, mr, nr).emit(lines);
        }
        MethodSpec.Builder method = emission.method(name, arguments)
                .addParameter(TypeName.INT, nest.rows().variable())
                .addParameter(TypeName.INT, nest.columns().variable());
        if (nest.partialVectors()) {
            method.addParameter(TypeName.INT, "firstSample");
        }
        if (nest.forwardInBlocks()) {
            method.addParameter(TypeName.INT, "start").addParameter(TypeName.INT, "end");
        }
        return method.addJavadoc(
                        "$L x $L. $L bytes of bytecode.\n",
                        nest.rows().plural(mr),
                        columnLanes()
                                ? Words.vectors(nr) + " of " + nest.columns()
                                : nest.columns().plural(nr),
                        Emission.sizeOf(name))
                .addCode(lines.build())
                .build();
    }

    /** Calls the method of the full quarters, that of the sums left, and finishes them. */
    private void laneSums(Lines lines, Axis along, int sums) {
        LaneSumTile tile = new LaneSumTile(nest, store, along, sums);
        int quarter = tile.quarter();
        int full = sums / quarter;
        if (full > 0) {
            lines.line(fullQuarters(tile, along, String.valueOf(full)));
        }
        if (sums % quarter > 0) {
            String first = Operand.sum(along.variable(), String.valueOf(full * quarter));
            lines.line(quarterLeft(
                    tile, sums % quarter, first, full == 0 ? "0" : Operand.product(String.valueOf(full), "LANES")));
        }
        tile.emit(lines);
    }

    /**
     * Emits the method for the sums of full quarters, once; returns its call.
     *
     * <p>Their loop is part of the method, which makes it too large for C2 to inline: two quarters in one method are near the
     * {@link InliningBudget}.
     */
    private String fullQuarters(LaneSumTile tile, Axis along, String number) {
        int quarter = tile.quarter();
        String name = nest.name() + "Quarters";
        Lines lines = new Lines();
        lines.begin("for (int q = 0; q < quarters; q++)");
        tile.quarter(lines, quarter, Operand.sum(along.variable(), quarter + " * q"), "q * LANES");
        lines.end();
        String text = "The sums of so many times " + along.plural(quarter)
                + ", each a vector in {@code lanes}. $L bytes of bytecode.\n";
        return laneSumsMethod(name, "quarters", text, lines)
                + Argument.call(
                        nest.operandArguments(),
                        nest.rows().variable(),
                        nest.columns().variable(),
                        number);
    }

    /** Emits the method for less than a quarter, once for each number of columns; returns its call. */
    private String quarterLeft(LaneSumTile tile, int number, String first, String at) {
        String name = nest.name() + "Quarter" + number;
        Lines lines = new Lines();
        tile.quarter(lines, number, nest.columns().variable(), "at");
        String text = "The sums of " + nest.columns().plural(number)
                + ", to {@code lanes} from {@code at} on. $L bytes of bytecode.\n";
        return laneSumsMethod(name, "at", text, lines)
                + Argument.call(nest.operandArguments(), nest.rows().variable(), first, at);
    }

    private String laneSumsMethod(String name, String last, String documentation, Lines body) {
        if (!emitted.contains(name)) {
            emitted.add(name);
            methods.add(emission.method(name, nest.operandArguments())
                    .addParameter(TypeName.INT, nest.rows().variable())
                    .addParameter(TypeName.INT, nest.columns().variable())
                    .addParameter(TypeName.INT, last)
                    .addJavadoc(documentation, Emission.sizeOf(name))
                    .addCode(body.build())
                    .build());
        }
        return name;
    }

    /** Emits the method for a single column, all rows, in numbers, once; returns its call. */
    @Override
    public String tail(String column) {
        String name = nest.name() + "Tail";
        List<Argument> arguments = new ArrayList<>(tileArguments());
        if (nest.extent(nest.rows()) == 0) {
            arguments.addAll(List.of(Argument.FROM, Argument.TO));
        }
        if (!emitted.contains(name)) {
            emitted.add(name);
            methods.add(tailMethod(name, arguments));
            storesNumbers = true;
        }
        return name + Argument.call(arguments, column);
    }

    private MethodSpec tailMethod(String name, List<Argument> arguments) {
        Words numbers = words.scalar();
        String row = nest.rows().variable();
        String r = nest.reduction().variable();
        Lines lines = new Lines();
        lines.begin("for (int " + row + " = " + nest.start(nest.rows()) + "; " + row + " < " + nest.end(nest.rows())
                + "; " + row + "++)");
        lines.line(numbers.type() + " sum = 0");
        lines.begin("for (int " + r + " = 0; " + r + " < " + nest.extentName(nest.reduction()) + "; " + r + "++)");
        String leftIndex = nest.left().index(nest.rows(), row, nest.reduction(), r);
        Operand right = nest.tailRight();
        String rightIndex =
                right.index(nest.reduction(), r, nest.columns(), nest.columns().variable());
        lines.line(numbers.accumulate(
                "sum", numbers.load(nest.left().array(), leftIndex), numbers.load(right.array(), rightIndex)));
        lines.end();
        lines.line(store.call(row, nest.columns().variable(), "sum"));
        lines.end();
        return emission.method(name, arguments)
                .addParameter(TypeName.INT, nest.columns().variable())
                .addJavadoc("Tail: all $L, one of the $L that do not fill a vector.\n", nest.rows(), nest.columns())
                .addCode(lines.build())
                .build();
    }
}
