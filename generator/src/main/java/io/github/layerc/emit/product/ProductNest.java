package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.LaneConstant;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Axes;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Rows;
import io.github.layerc.schedule.Schedule.Tile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A product as a loop nest: {@code out[row][column] = sum over r of left[row][r] * right[column][r]}, with the axes of the network put in those
 * three places as the schedule wants them.
 */
final class ProductNest {
    /** The variable of {@link #declareLaneExtent}. */
    private static final Name PADDED = Expression.name("padded");

    private final Emission emission;
    private final Product product;
    private final Schedule schedule;
    private final String variant;
    private final Axis rows;
    private final Axis columns;
    private final Axis reduction;
    private final Operand left;
    private final Operand right;
    private final Operand out;

    ProductNest(Emission emission, Product product, Schedule schedule) {
        this(emission, product, schedule, "", weights(emission, product));
    }

    /**
     * @param variant behind the name, where a product has several nests
     * @param weights the operand of the weights, or of a copy in another layout
     */
    ProductNest(Emission emission, Product product, Schedule schedule, String variant, Operand weights) {
        this.emission = emission;
        this.product = product;
        this.schedule = schedule;
        this.variant = variant;
        Axes axes = Axes.of(product, emission.storage(), schedule.form(), schedule.lanes());
        this.rows = axes.rows();
        this.columns = axes.columns();
        this.reduction = axes.reduction();
        this.left = operand(rows, reduction, weights);
        this.right = operand(columns, reduction, weights);
        this.out = operand(rows, columns, weights);
    }

    /** The operand with two axes. */
    private Operand operand(Axis first, Axis second, Operand weights) {
        if (first != Axis.SAMPLES && second != Axis.SAMPLES) {
            return weights;
        }
        Axis features = first == Axis.SAMPLES ? second : first;
        return emission.operand(product.ofSamples(features == Axis.UNITS), features);
    }

    private static Operand weights(Emission emission, Product product) {
        return emission.operand(product.matrix(), Axis.INPUTS);
    }

    Emission emission() {
        return emission;
    }

    /** Plain Java where the schedule has no lanes. */
    Words words() {
        Words words = emission.words();
        return schedule.lanes() == Lanes.NONE ? words.scalar() : words;
    }

    Product product() {
        return product;
    }

    Schedule schedule() {
        return schedule;
    }

    /** The schedule of a kernel with a tile. */
    Tile tile() {
        return (Tile) schedule;
    }

    /** The schedule of a kernel with rows of coefficients. */
    Rows scaledRows() {
        return (Rows) schedule;
    }

    Axis rows() {
        return rows;
    }

    Axis columns() {
        return columns;
    }

    Axis reduction() {
        return reduction;
    }

    Operand left() {
        return left;
    }

    Operand right() {
        return right;
    }

    Operand out() {
        return out;
    }

    Epilogue epilogue() {
        return product.epilogue();
    }

    /** Whether the inputs are shared out among threads: each takes a range of them, for all samples. */
    boolean shared() {
        return emission.threaded()
                && product.kind() == Product.Kind.WEIGHT_GRADIENT
                && emission.thresholds().sharesGradient(product);
    }

    /** Number of elements of an axis that a kernel takes, 0 where it is known at run time only. */
    int extent(Axis axis) {
        return shared() && axis == Axis.INPUTS ? 0 : size(axis);
    }

    /** Number of elements of an axis, 0 for the samples. */
    int size(Axis axis) {
        return Axes.size(product, axis);
    }

    /** The number of elements of an axis, as an expression. */
    Expression extentName(Axis axis) {
        return switch (axis) {
            case SAMPLES -> Argument.COUNT.value();
            case UNITS -> Names.units(product.layer());
            case INPUTS -> Names.units(product.layer() - 1);
        };
    }

    /** Whether whole vectors along an axis reach from its first element to behind its last one. */
    boolean padded(Axis axis) {
        return switch (axis) {
            case SAMPLES -> emission.unitMajor();
            case UNITS -> emission.padded();
            case INPUTS -> emission.padded() && product.layer() > 1;
        };
    }

    /** Declares what {@link #laneExtent} of the columns needs, at the start of a method: a part of an axis ends where its last vector does. */
    void declareLaneExtent(Body body) {
        if (schedule.lanes() == Lanes.COLUMNS && laneExtent(columns).equals(PADDED)) {
            Expression last =
                    Expression.difference(Expression.sum(Argument.TO.value(), Names.LANES), Expression.number(1));
            body.integer(PADDED.text(), Expression.whole(last, Names.LANES));
        }
    }

    /** Where vectors along an axis end. */
    Expression laneExtent(Axis axis) {
        return switch (axis) {
            case SAMPLES -> emission.unitMajor() ? PADDED : Argument.COUNT.value();
            case UNITS -> emission.width(product.layer());
            case INPUTS ->
                !shared() ? emission.width(product.layer() - 1) : padded(axis) ? PADDED : Argument.TO.value();
        };
    }

    /** Whether the samples are walked over; else they are what is summed over. */
    boolean overSamples() {
        return reduction != Axis.SAMPLES;
    }

    /** The first element of an axis that the kernel takes. */
    Expression start(Axis axis) {
        return extent(axis) == 0 ? Argument.FROM.value() : Expression.number(0);
    }

    /** The element behind the last one of an axis that the kernel takes. */
    Expression end(Axis axis) {
        return extent(axis) == 0 ? Argument.TO.value() : extentName(axis);
    }

    /** {@code forward1}, {@code addWeightGradient1}, {@code delta1}: what it makes, of which layer. */
    String name() {
        int layer = product.layer();
        return variant.isEmpty() ? baseName(layer) : baseName(layer) + variant;
    }

    private String baseName(int layer) {
        return switch (product.kind()) {
            case FORWARD -> (panels() ? "forwardPanels" : "forward") + (beforeNormalization() ? "Sums" : "") + layer;
            case WEIGHT_GRADIENT ->
                switch (epilogue().store()) {
                    case SET -> (strips() ? "stripsGradient" : "weightGradient") + layer;
                    case ADD, UPDATE -> (strips() ? "addStripsGradient" : "addWeightGradient") + layer;
                };
            case INPUT_GRADIENT -> finishesDelta() ? "delta" + (layer - 1) : "inputGradient" + layer;
        };
    }

    /** A prediction may have a product of the same layer with bias and activation. */
    private boolean beforeNormalization() {
        return product.out().role() == Role.N;
    }

    /** A kernel for many layers is told by its formula, which without a derivative is that of an input gradient. */
    boolean finishesDelta() {
        boolean one = emission.shapeArguments(product).isEmpty();
        return product.kind() == Product.Kind.INPUT_GRADIENT
                && (epilogue().derivativeAt() != null || (one && product.out().role() == Role.DZ));
    }

    /** What the kernel takes from its entry point. */
    List<Argument> arguments() {
        Set<Argument> arguments = new LinkedHashSet<>(operandArguments());
        if (!overSamples()) {
            arguments.add(Argument.COUNT);
        }
        if (overSamples() || shared()) {
            arguments.addAll(List.of(Argument.FROM, Argument.TO));
        }
        arguments.addAll(epilogueArguments());
        return List.copyOf(arguments);
    }

    /** The arguments that address the operands. */
    List<Argument> operandArguments() {
        boolean samples =
                product.left().role() == Role.SAMPLES || product.right().role() == Role.SAMPLES;
        if (panels()) {
            return List.of(Argument.PANELS, Argument.BOUND_AT);
        }
        if (strips()) {
            List<Argument> arguments = new ArrayList<>(List.of(Argument.STRIPS, Argument.BOUND_AT));
            if (hasTail()) {
                arguments.addAll(List.of(Argument.X, Argument.X_AT, Argument.X_STRIDE));
            }
            return arguments;
        }
        return samples ? List.of(Argument.X, Argument.X_AT, Argument.X_STRIDE) : emission.shapeArguments(product);
    }

    /** Whether the inputs come in strips, of which each has one vector of them for every sample. */
    boolean strips() {
        return product.right().role() == Role.STRIPS;
    }

    /** Whether columns in the lanes may leave elements that do not fill a vector. */
    boolean hasTail() {
        return !padded(columns) && size(columns) % Machine.LANES_MULTIPLE != 0;
    }

    /** Whether the summed axis may leave elements that do not fill a vector. */
    boolean reductionTail() {
        return reduction == Axis.SAMPLES || size(reduction) % Machine.LANES_MULTIPLE != 0;
    }

    /**
     * Whether padding follows the elements of the summed axis that do not fill a vector: a vector of them can be loaded, of which the lanes of the
     * {@link #reductionMask} count.
     */
    boolean reductionPadded() {
        return reduction != Axis.SAMPLES && padded(reduction);
    }

    /** The elements of the summed axis, padding aside, in the last vector of a row. */
    Expression reductionMask() {
        return new Expression.Own(LaneConstant.tail(reduction == Axis.UNITS ? product.layer() : product.layer() - 1));
    }

    /** What the tail reads on the right: samples that lie in strips for vectors lie in rows, too. */
    Operand tailRight() {
        return strips() ? emission.operand(product.right().inRows(), Axis.INPUTS) : right;
    }

    /** Whether the samples come in panels, of which each has one vector of them for every input. */
    boolean panels() {
        return product.left().role() == Role.PANELS;
    }

    /** The arguments that the epilogue needs. */
    List<Argument> epilogueArguments() {
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(product));
        if (epilogue().inputScale()) {
            arguments.add(Argument.INPUT_SCALE);
        }
        if (epilogue().store() != Store.SET) {
            arguments.add(Argument.INTO);
            arguments.add(Argument.FACTOR);
        }
        return arguments;
    }

    /**
     * Whether tiles of one row add up lanes in registers: rows of whole vectors are summed up to rows of whole vectors. For fewer columns than fill
     * the shortest vector the way through an array is as short.
     */
    boolean sumsRows() {
        return sumsLanes()
                && out.contiguous(columns)
                && size(columns) >= LaneConstant.lanes(emission.words().precision()) / 4;
    }

    /** Whether tiles of one column and as many rows as the largest vector has lanes do. */
    boolean sumsColumns() {
        return sumsLanes() && out.contiguous(rows);
    }

    private boolean sumsLanes() {
        return emission.padded()
                && schedule.lanes() == Lanes.REDUCTION
                && rows == Axis.SAMPLES
                && !forwardInBlocks()
                && (!reductionTail() || reductionPadded());
    }

    /** Whether partial sums of the blocks are kept as one vector for each output, and only summed up at the end. */
    boolean partialVectors() {
        return forwardInBlocks() && schedule.lanes() == Schedule.Lanes.REDUCTION;
    }

    /** Whether partial sums of the blocks are numbers, kept in the output itself. */
    boolean partialNumbers() {
        return forwardInBlocks() && schedule.lanes() == Schedule.Lanes.NONE;
    }

    /** Whether partial sums of the blocks are vectors, kept in the output itself. */
    boolean partialOutputs() {
        return forwardInBlocks() && schedule.lanes() == Schedule.Lanes.COLUMNS;
    }

    boolean forwardInBlocks() {
        return schedule instanceof Tile tile && tile.kc() > 0 && product.kind() == Product.Kind.FORWARD;
    }
}
