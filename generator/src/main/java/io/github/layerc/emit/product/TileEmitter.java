package io.github.layerc.emit.product;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.LaneConstant;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
    private static final ClassName ARRAYS = ClassName.get(Arrays.class);
    private static final Name START = Expression.name("start");
    private static final Name END = Expression.name("end");
    private static final Name FIRST_SAMPLE = Expression.name("firstSample");

    private final ProductNest nest;
    private final Emission emission;
    private final Words words;
    private final Tile schedule;
    private final StoreEmitter store;
    private final TileWalk walk;
    private final List<Method> methods = new ArrayList<>();
    private final Set<String> emitted = new HashSet<>();
    private boolean storesNumbers;

    TileEmitter(ProductNest nest) {
        this.nest = nest;
        this.emission = nest.emission();
        this.words = nest.words();
        this.schedule = nest.tile();
        this.store = new StoreEmitter(nest);
        this.walk = new TileWalk(nest, this);
    }

    Kernel emit() {
        Method driver = driver();
        List<Method> all = new ArrayList<>();
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
    private Method driver() {
        Body body = new Body();
        nest.declareLaneExtent(body);
        if (nest.partialOutputs()) {
            clear(body);
        }
        Body block = nest.partialNumbers() || nest.partialOutputs() ? blocks(body) : body;
        if (OneSampleTile.suits(nest)) {
            OneSampleEmitter oneSample = new OneSampleEmitter(nest, store, walk);
            block.when(Expression.compare(Argument.COUNT.value(), Sign.EQUAL, Expression.number(1)))
                    .run(oneSample.call())
                    .leave();
            methods.addAll(oneSample.methods());
        }
        if (nest.partialVectors()) {
            partialVectors(block);
        } else if (columnLanes() && nest.rows() == Axis.SAMPLES) {
            SampleWalk samples = new SampleWalk(nest, store, walk, this);
            samples.emit(block);
            methods.addAll(samples.methods());
        } else {
            walk.emit(block);
        }
        if (nest.partialOutputs()) {
            finish(body);
        }
        return method(nest.name(), nest.arguments())
                .documentation(documentation())
                .code(body);
    }

    private Method.Builder method(String name, List<Argument> arguments) {
        return Method.builder(words, name).parameters(arguments);
    }

    /** The loop over the blocks of the reduction: of {@code start} to {@code end}. */
    private Body blocks(Body body) {
        Expression extent = nest.extentName(nest.reduction());
        Expression block = Expression.number(schedule.kc());
        Body turn = body.loop(START.text(), Expression.number(0), extent, block);
        turn.integer(END.text(), Expression.math("min", Expression.sum(START, block), extent));
        return turn;
    }

    /** Samples mc at a time: the blocks of the reduction one after the other, then the sums of what they have left. */
    private void partialVectors(Body body) {
        storesNumbers = true;
        Expression inputs = nest.extentName(nest.reduction());
        Expression units = nest.extentName(nest.columns());
        Expression mc = Expression.number(schedule.mc());
        Expression to = Argument.TO.value();
        Body some = body.loop(FIRST_SAMPLE.text(), Argument.FROM.value(), to, mc);
        Name samples = some.integer("samples", Expression.math("min", Expression.sum(FIRST_SAMPLE, mc), to));
        Expression partials = ReductionTile.partials(nest);
        Expression rows = Expression.difference(samples, FIRST_SAMPLE);
        Expression length = Expression.product(Expression.product(rows, units), Names.LANES);
        Expression none = Expression.number(0);
        some.run(Expression.call(ARRAYS, "fill", partials, none, length, none));
        walk.axis(
                blocks(some),
                nest.rows(),
                schedule.mr(),
                FIRST_SAMPLE,
                samples,
                (outside, mr, row) ->
                        walk.columns(outside, mr, (inside, nr, column) -> inside.run(tile(mr, nr, row, column))));
        Name s = Names.at(nest.rows());
        Name u = Names.at(nest.columns());
        Body each = some.loop(s.text(), FIRST_SAMPLE, samples).loop(u.text(), units);
        Name sum = each.declare(
                Type.ELEMENT, "sum", LaneSums.sum(emission.words(), partials, ReductionTile.partial(nest, s, u)));
        if (nest.extent(nest.reduction()) % Machine.LANES_MULTIPLE != 0) {
            Axis inside = nest.reduction();
            each.loop(inside.variable(), Expression.whole(inputs, Names.LANES), inputs)
                    .accumulateNumber(
                            sum,
                            nest.left().element(nest.rows(), inside),
                            nest.right().element(nest.columns(), inside));
        }
        each.run(store.call(s, u, sum));
    }

    /** Sums start at 0. */
    private void clear(Body body) {
        Name u = Names.at(Axis.UNITS);
        Expression row = nest.out().row(Axis.UNITS, u);
        Expression from = Expression.sum(row, Argument.FROM.value());
        Expression to = Expression.sum(row, nest.laneExtent(Axis.SAMPLES));
        body.loop(u.text(), nest.extentName(Axis.UNITS))
                .run(Expression.call(ARRAYS, "fill", nest.out().array(), from, to, Expression.number(0)));
    }

    /** The epilogue of sums that were kept in the output. */
    private void finish(Body body) {
        body.blank().comment("epilogue: the sums are complete");
        store.constants(body);
        Body units = body.loop(Axis.UNITS.variable(), nest.extentName(Axis.UNITS));
        Expression bias = store.biased() ? units.register("bias", Registers.broadcast(store.bias())) : null;
        Body samples =
                units.loop(Axis.SAMPLES.variable(), Argument.FROM.value(), nest.laneExtent(Axis.SAMPLES), Names.LANES);
        Name at = samples.integer(
                "at", nest.out().index(Axis.UNITS, Names.at(Axis.UNITS), Axis.SAMPLES, Names.at(Axis.SAMPLES)));
        samples.add(store.stored(Registers.load(nest.out().array(), at), at, bias, store.activation(at)));
    }

    private CodeBlock documentation() {
        return CodeBlock.of(
                "Layer $L: {@code $L}.\n\n<p>Schedule: $L. $L\n",
                new NestText(nest).layer(),
                new NestText(nest).formula(),
                new NestText(nest).scheduleText(),
                new NestText(nest).reason());
    }

    @Override
    public int rows() {
        return nest.sumsColumns() ? LaneConstant.lanes(words.precision()) : schedule.mr();
    }

    @Override
    public int columns(int mr) {
        if (mr == 1 && nest.sumsRows()) {
            return LaneConstant.lanes(words.precision());
        }
        return columnOfSums(mr) ? 1 : schedule.nr();
    }

    /** Whether tiles of so many rows are one column of sums that are neighbours in the output. */
    private boolean columnOfSums(int mr) {
        return nest.sumsColumns() && mr == LaneConstant.lanes(words.precision());
    }

    /** Emits the method of a tile size once; returns the call of a tile at a place. */
    @Override
    public Call tile(int mr, int nr, Expression row, Expression column) {
        String name = nest.name() + "Tile" + mr + "x" + nr;
        List<Argument> arguments = tileArguments();
        if (emitted.add(name)) {
            methods.add(tileMethod(name, arguments, mr, nr));
        }
        List<Expression> more = new ArrayList<>(List.of(row, column));
        if (nest.partialVectors()) {
            more.add(FIRST_SAMPLE);
        }
        if (nest.forwardInBlocks()) {
            more.addAll(List.of(START, END));
        }
        return Argument.call(name, arguments, more.toArray(Expression[]::new));
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

    private Method tileMethod(String name, List<Argument> arguments, int mr, int nr) {
        storesNumbers |= !columnLanes() && !nest.partialVectors();
        Method.Builder method = method(name, arguments)
                .parameter(Type.INT, nest.rows().variable())
                .parameter(Type.INT, nest.columns().variable());
        if (nest.partialVectors()) {
            method.parameter(Type.INT, FIRST_SAMPLE.text());
        }
        if (nest.forwardInBlocks()) {
            method.parameter(Type.INT, START.text()).parameter(Type.INT, END.text());
        }
        return method.documentation(
                        "$L x $L. $L bytes of bytecode.\n",
                        nest.rows().plural(mr),
                        columnLanes()
                                ? Words.vectors(nr) + " of " + nest.columns()
                                : nest.columns().plural(nr),
                        Emission.sizeOf(name))
                .code(tileCode(mr, nr));
    }

    private List<Statement> tileCode(int mr, int nr) {
        if (columnLanes()) {
            return ColumnTile.code(nest, store, mr, nr);
        }
        if (columnOfSums(mr)) {
            return laneSums(nest.rows(), mr);
        }
        return mr == 1 && nest.sumsRows() ? laneSums(nest.columns(), nr) : ReductionTile.code(nest, store, mr, nr);
    }

    /** Calls the method of the full quarters, that of the sums left, and finishes them. */
    private List<Statement> laneSums(Axis along, int sums) {
        LaneSumTile tile = new LaneSumTile(nest, store, along, sums);
        Body body = new Body();
        int quarter = tile.quarter();
        int full = sums / quarter;
        if (full > 0) {
            body.run(fullQuarters(tile, along, full));
        }
        if (sums % quarter > 0) {
            Expression first = Expression.sum(Names.at(along), full * quarter);
            body.run(quarterLeft(tile, sums % quarter, first, Expression.product(full, Names.LANES)));
        }
        tile.emit(body);
        return body.build();
    }

    /**
     * Emits the method for the sums of full quarters, once; returns its call.
     *
     * <p>Their loop is part of the method, which makes it too large for C2 to inline: two quarters in one method are near the
     * {@link InliningBudget}.
     */
    private Call fullQuarters(LaneSumTile tile, Axis along, int number) {
        int quarter = tile.quarter();
        String name = nest.name() + "Quarters";
        Name q = Expression.name("q");
        Body body = new Body();
        tile.quarter(
                body.loop(q.text(), Expression.name("quarters")),
                quarter,
                Expression.sum(Names.at(along), Expression.product(quarter, q)),
                Expression.product(q, Names.LANES));
        String text = "The sums of so many times " + along.plural(quarter)
                + ", each a vector in {@code lanes}. $L bytes of bytecode.\n";
        laneSumsMethod(name, "quarters", text, body);
        return Argument.call(
                name,
                nest.operandArguments(),
                Names.at(nest.rows()),
                Names.at(nest.columns()),
                Expression.number(number));
    }

    /** Emits the method for less than a quarter, once for each number of columns; returns its call. */
    private Call quarterLeft(LaneSumTile tile, int number, Expression first, Expression at) {
        String name = nest.name() + "Quarter" + number;
        Body body = new Body();
        tile.quarter(body, number, Names.at(nest.columns()), Expression.name("at"));
        String text = "The sums of " + nest.columns().plural(number)
                + ", to {@code lanes} from {@code at} on. $L bytes of bytecode.\n";
        laneSumsMethod(name, "at", text, body);
        return Argument.call(name, nest.operandArguments(), Names.at(nest.rows()), first, at);
    }

    private void laneSumsMethod(String name, String last, String documentation, Body body) {
        if (emitted.add(name)) {
            methods.add(method(name, nest.operandArguments())
                    .parameter(Type.INT, nest.rows().variable())
                    .parameter(Type.INT, nest.columns().variable())
                    .parameter(Type.INT, last)
                    .documentation(documentation, Emission.sizeOf(name))
                    .code(body));
        }
    }

    /** Emits the method for a single column, all rows, in numbers, once; returns its call. */
    @Override
    public Call tail(Expression column) {
        String name = nest.name() + "Tail";
        List<Argument> arguments = new ArrayList<>(tileArguments());
        if (nest.extent(nest.rows()) == 0) {
            arguments.addAll(List.of(Argument.FROM, Argument.TO));
        }
        if (emitted.add(name)) {
            methods.add(tailMethod(name, arguments));
            storesNumbers = true;
        }
        return Argument.call(name, arguments, column);
    }

    private Method tailMethod(String name, List<Argument> arguments) {
        Axis reduction = nest.reduction();
        Body body = new Body();
        Body turn = body.loop(nest.rows().variable(), nest.start(nest.rows()), nest.end(nest.rows()));
        Name sum = turn.declare(Type.ELEMENT, "sum", Expression.number(0));
        turn.loop(reduction.variable(), nest.extentName(reduction))
                .accumulateNumber(
                        sum,
                        nest.left().element(nest.rows(), reduction),
                        nest.tailRight().element(reduction, nest.columns()));
        turn.run(store.call(Names.at(nest.rows()), Names.at(nest.columns()), sum));
        return method(name, arguments)
                .parameter(Type.INT, nest.columns().variable())
                .documentation("Tail: all $L, one of the $L that do not fill a vector.\n", nest.rows(), nest.columns())
                .code(body);
    }
}
