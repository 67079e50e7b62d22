package io.github.layerc.emit.code;

import com.palantir.javapoet.ClassName;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.Thresholds;
import io.github.layerc.schedule.WeightLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What all emitters of one class share: the network, the words of its target, the layout of its workspace, the names of its constants.
 *
 * @param standsAlone whether the class does without the runtime: what others call of that it has itself
 */
public record Emission(Network network, Words words, Storage storage, Thresholds thresholds, boolean standsAlone) {
    public Emission(Network network, Target target, Storage storage, Thresholds thresholds, boolean standsAlone) {
        this(network, new Words(target, network.precision()), storage, thresholds, standsAlone);
    }

    /** The call of a static method of the runtime; a class that stands alone has one of this name. */
    public Call support(ClassName runtime, String method, Expression... arguments) {
        return standsAlone ? Expression.call(method, List.of(arguments)) : Expression.call(runtime, method, arguments);
    }

    /** Stands in a comment for the size of a method, until the class was compiled and measured. */
    public static String sizeOf(String method) {
        return "@bytes:" + method + "@";
    }

    /** Whether rows of units are padded to whole vectors. */
    public boolean padded() {
        return storage.layout() == Layout.PADDED_SAMPLE_MAJOR;
    }

    public boolean unitMajor() {
        return storage.layout() == Layout.UNIT_MAJOR;
    }

    /**
     * Whether a layer's activations and deltas are rows of samples although those of the other layers are rows of units: an output of so few units
     * that vectors of them would be nearly empty. Not where layers share kernels, which know one layout only.
     */
    public boolean narrow(int layer) {
        return padded()
                && !thresholds.sharesKernels(network)
                && layer > 1
                && layer == network.layers().size()
                && units(layer) <= thresholds.fewOutputs()
                && !storage.weights(layer).unitsInLanes();
    }

    /** The constant with the distance of two rows that hold the units of a layer: their number, padded where rows are. */
    public Name width(int layer) {
        return padded() && layer > 0 ? Expression.name("WIDTH_" + layer) : Names.units(layer);
    }

    /** Whether the samples of a unit are neighbours in a layer's activations and deltas. */
    public boolean rowsOfSamples(int layer) {
        return unitMajor() || narrow(layer);
    }

    /** The field with the distance of two rows of samples. */
    public Name samples() {
        return Expression.name(unitMajor() ? "paddedSamples" : "capacity");
    }

    /** The distance of the weights of two inputs of a unit, where a vector holds several units. */
    private Name inputStride(int layer) {
        return storage.weights(layer).panel() == 0 ? width(layer) : Names.panel(layer);
    }

    /** Whether the layer's kernels take what they work on as arguments, since they serve several layers. */
    private boolean sharesKernels(int layer) {
        return layer > 1 && thresholds.sharesKernels(network);
    }

    /** Where the weights of a layer lie, for its kernels. */
    Name weightsAt(int layer) {
        return sharesKernels(layer) ? Argument.WEIGHTS_AT.value() : Names.weights(layer);
    }

    /** Where the bias of a layer lies, for its kernels. */
    public Name biasAt(int layer) {
        return sharesKernels(layer) ? Argument.BIAS_AT.value() : Names.bias(layer);
    }

    /** Where gamma of a layer lies, for its kernels. */
    public Expression gammaAt(int layer) {
        return sharesKernels(layer) ? behindBias(layer, 1) : vectorsAt(layer).get(1);
    }

    /** Where the running mean of a layer lies, for its kernels. */
    public Expression meanAt(int layer) {
        return sharesKernels(layer) ? behindBias(layer, 2) : vectorsAt(layer).get(2);
    }

    /** Where the running variance of a layer lies, for its kernels. */
    public Expression varianceAt(int layer) {
        return sharesKernels(layer) ? behindBias(layer, 3) : vectorsAt(layer).get(3);
    }

    private Expression behindBias(int layer, int number) {
        return Expression.sum(biasAt(layer), Expression.product(number, width(layer)));
    }

    /** The places of what a layer has one of for each unit, in order: constants, but where layers are so many that these would be too many for a class. */
    public List<Expression> vectorsAt(int layer) {
        List<Expression> all = List.of(Names.bias(layer), Names.gamma(layer), Names.mean(layer), Names.variance(layer));
        List<Expression> places = new ArrayList<>();
        for (int v = 0; v < network.layers().get(layer - 1).vectorCount(); v++) {
            Expression behind = Expression.sum(Names.bias(layer), Expression.product(v, width(layer)));
            places.add(namesVectors() ? all.get(v) : behind);
        }
        return List.copyOf(places);
    }

    /** Whether each of them has a constant, else the bias alone. */
    public boolean namesVectors() {
        return !thresholds.sharesKernels(network);
    }

    /** What kernels of an operation take besides the usual, since they serve several layers; empty where they serve one. */
    public List<Argument> shapeArguments(Op op) {
        return sharesKernels(op.layer()) ? ShapeArguments.of(op) : List.of();
    }

    public boolean threaded() {
        return network.threads() > 1;
    }

    public int units(int layer) {
        return layer == 0 ? network.inputs() : network.layers().get(layer - 1).units();
    }

    /** The buffer as an operand whose rows belong to samples and whose columns run along {@code features}; weights have no samples. */
    public Operand operand(Buffer buffer, Axis features) {
        Expression columns = Expression.number(1);
        Expression start = Expression.number(0);
        Name array = array(buffer);
        int layer = buffer.layer();
        return switch (buffer.role()) {
            case SAMPLES ->
                new Operand(
                        "input",
                        array,
                        Argument.X_AT.value(),
                        Map.of(Axis.SAMPLES, Argument.X_STRIDE.value(), features, columns));
            // the place of a vector of samples within its panel is its input's
            case PANELS ->
                new Operand(
                        "input",
                        array,
                        Argument.BOUND_AT.value(),
                        Map.of(Axis.SAMPLES, Names.units(0), features, Names.LANES));
            case STRIPS ->
                new Operand(
                        "input",
                        array,
                        Argument.BOUND_AT.value(),
                        Map.of(Axis.SAMPLES, Names.LANES, features, Argument.COUNT.value()));
            case TARGETS ->
                new Operand(
                        "target",
                        array,
                        Argument.Y_AT.value(),
                        Map.of(Axis.SAMPLES, Names.units(layer), features, columns));
            case OUTPUTS ->
                new Operand(
                        "output",
                        array,
                        Argument.OUT_AT.value(),
                        Map.of(Axis.SAMPLES, Names.units(layer), features, columns));
            case Z, A, K, N, DA, DZ, DN ->
                new Operand(
                        buffer.role().delta() ? "delta" : "input",
                        array,
                        start,
                        rowsOfSamples(layer)
                                ? Map.of(Axis.SAMPLES, columns, features, samples())
                                : Map.of(Axis.SAMPLES, width(layer), features, columns));
            case WEIGHTS, WEIGHT_GRADIENT -> {
                WeightLayout layout = storage.weights(layer);
                Map<Axis, Expression> strides = layout.unitsInLanes()
                        ? Map.of(Axis.INPUTS, inputStride(layer), Axis.UNITS, columns)
                        : Map.of(Axis.UNITS, width(layer - 1), Axis.INPUTS, columns);
                Operand.Panels panels = layout.panel() == 0
                        ? null
                        : new Operand.Panels(Axis.UNITS, layout.panel(), Names.panel(layer), Names.panelSize(layer));
                yield new Operand("weight", array, weightsAt(layer), strides, panels);
            }
            case BIAS, BIAS_GRADIENT -> new Operand("bias", array, biasAt(layer), Map.of(features, columns));
            // samples are next to each other in it, but those of a call are not
            case PRE_ACTIVATIONS, COEFFICIENTS, GRAM, GAMMA, GAMMA_GRADIENT, MEAN, VARIANCE, M, V ->
                throw new AssertionError("no operand of a product: " + buffer);
        };
    }

    /** The Java array that holds the buffer. */
    public static Name array(Buffer buffer) {
        return Expression.name(
                switch (buffer.role()) {
                    case SAMPLES -> "x";
                    case PANELS -> "panels";
                    case STRIPS -> "strips";
                    case TARGETS -> "y";
                    case OUTPUTS -> "out";
                    case WEIGHTS, BIAS, GAMMA, MEAN, VARIANCE -> "parameters";
                    case WEIGHT_GRADIENT, BIAS_GRADIENT, GAMMA_GRADIENT -> "gradients";
                    case PRE_ACTIVATIONS, COEFFICIENTS -> "states";
                    case GRAM -> "gram";
                    case Z, A, K, N, M, V, DA, DZ, DN -> buffer.name();
                });
    }

    /** A private method that takes the arguments. */
    public Method.Builder method(String name, Iterable<Argument> arguments) {
        return Method.builder(words, name).parameters(arguments);
    }
}
