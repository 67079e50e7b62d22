package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Operators that take each value by itself, activations among them, and those that normalise. */
final class Elementwise {
    static final Map<String, Rule> RULES = rules();

    private Elementwise() {}

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new TreeMap<>();
        Operation.names()
                .forEach(name -> rules.put(
                        name, node -> arithmetic(node, Operation.of(name).orElseThrow())));
        activation(rules, "Relu", node -> Activation.RELU);
        activation(rules, "Sigmoid", node -> Activation.SIGMOID);
        activation(rules, "Tanh", node -> Activation.TANH);
        activation(rules, "Softplus", node -> Activation.SOFTPLUS);
        activation(rules, "Softsign", node -> Activation.SOFTSIGN);
        activation(rules, "Mish", node -> Activation.MISH);
        activation(rules, "LeakyRelu", node -> Activation.leakyRelu(node.node().real("alpha", 0.01)));
        activation(rules, "Elu", node -> Activation.elu(node.node().real("alpha", 1)));
        activation(rules, "Celu", node -> {
            requireNear("alpha", node.node().real("alpha", 1), 1);
            return Activation.ELU;
        });
        activation(rules, "Selu", node -> {
            requireNear("alpha", node.node().real("alpha", 1.6732632), 1.6732632);
            requireNear("gamma", node.node().real("gamma", 1.0507009), 1.0507009);
            return Activation.SELU;
        });
        activation(rules, "Swish", node -> {
            requireNear("alpha", node.node().real("alpha", 1), 1);
            return Activation.SILU;
        });
        activation(rules, "Gelu", node -> switch (node.node().text("approximate", "none")) {
            case "none" -> Activation.GELU;
            case "tanh" -> Activation.GELU_TANH;
            default ->
                throw new IllegalArgumentException("approximate must be none or tanh: approximate="
                        + node.node().text("approximate", ""));
        });
        rules.put("PRelu", Elementwise::prelu);
        rules.put("HardSigmoid", Elementwise::hardSigmoid);
        rules.put("Clip", Elementwise::clip);
        rules.put("Softmax", node -> softmax(node));
        rules.put("LogSoftmax", node -> {
            Value.Signal probabilities = softmax(node);
            return probabilities.with(Expr.of(Operation.LOG, probabilities.expr()));
        });
        rules.put("BatchNormalization", Elementwise::batchNorm);
        rules.put("LayerNormalization", Elementwise::layerNorm);
        rules.put("ai.onnx.ml.Scaler", Elementwise::scaler);
        return Collections.unmodifiableMap(rules);
    }

    private static void activation(
            Map<String, Rule> rules, String operator, Function<NodeInput, Activation> activation) {
        rules.put(operator, node -> curve(node, activation.apply(node)));
    }

    private static Value.Signal curve(NodeInput node, Activation activation) {
        Value.Signal z = node.signal(0);
        return z.with(new Expr.Curve(activation, z.expr()));
    }

    private static void requireNear(String name, double value, double expected) {
        if (!(Math.abs(value - expected) < 1e-6)) {
            throw new IllegalArgumentException(name + " must be " + expected + ": " + name + "=" + value);
        }
    }

    private static Value arithmetic(NodeInput node, Operation operation) {
        int inputs = node.node().inputs().size();
        boolean several = operation == Operation.MIN || operation == Operation.MAX;
        if (several ? inputs < 1 : inputs != (operation.isBinary() ? 2 : 1)) {
            throw new IllegalArgumentException(
                    "wrong number of inputs: inputs=" + node.node().inputs());
        }
        Value result = operation.isBinary() ? node.value(0) : unary(operation, node);
        for (int i = 1; i < inputs; i++) {
            result = binary(operation, result, node.value(i));
        }
        return result;
    }

    private static Value unary(Operation operation, NodeInput node) {
        if (node.isKnown(0)) {
            Tensor a = node.known(0);
            return new Value.Known(map(a, i -> operation.apply(a.number(i), 0)));
        }
        Value.Signal a = node.signal(0);
        return a.with(Expr.of(operation, a.expr()));
    }

    private static Value binary(Operation operation, Value a, Value b) {
        if (a instanceof Value.Known first && b instanceof Value.Known second) {
            return new Value.Known(Constants.combined(operation, first.tensor(), second.tensor()));
        }
        if (a instanceof Value.Signal first && b instanceof Value.Signal second) {
            if (first.expr().trunk() != second.expr().trunk() || !first.dims().equals(second.dims())) {
                throw new IllegalArgumentException("it joins two branches, a network of layerc is a chain");
            }
            return NodeInput.real(first).with(Expr.of(operation, first.expr(), second.expr()));
        }
        if (a instanceof Value.Signal first && b instanceof Value.Known second) {
            return NodeInput.real(first).with(Expr.of(operation, first.expr(), constant(first, second)));
        }
        if (a instanceof Value.Known first && b instanceof Value.Signal second) {
            return NodeInput.real(second).with(Expr.of(operation, constant(second, first), second.expr()));
        }
        throw new IllegalArgumentException("inputs must be numbers");
    }

    private static Expr constant(Value.Signal beside, Value.Known known) {
        Tensor tensor = known.tensor();
        if (tensor.isText()) {
            throw new IllegalArgumentException("constants must be numbers: constants=" + tensor);
        }
        return beside.dims().broadcast(tensor);
    }

    private interface Mapping {
        double at(int index);
    }

    private static Tensor map(Tensor like, Mapping mapping) {
        double[] numbers = new double[like.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = mapping.at(i);
        }
        return Tensor.of(like.type(), like.shape(), numbers);
    }

    private static Value prelu(NodeInput node) {
        Tensor slope = node.known(1);
        if (slope.size() != 1 || slope.isText()) {
            throw new IllegalArgumentException("slope must be one for all units: slope=" + slope);
        }
        return curve(node, Activation.leakyRelu(slope.number(0)));
    }

    /** {@code max(0, min(1, alpha x + beta))} is ours, which is {@code max(0, min(6, z + 3)) / 6}, at {@code z = 6 alpha x + 6 beta - 3}. */
    private static Value hardSigmoid(NodeInput node) {
        double slope = 6 * node.node().real("alpha", 0.2);
        double shift = 6 * node.node().real("beta", 0.5) - 3;
        Value.Signal x = node.signal(0);
        Expr z = x.expr();
        if (Math.abs(slope - 1) > 1e-6) {
            z = Expr.of(Operation.MUL, z, new Expr.Constant(slope));
        }
        if (Math.abs(shift) > 1e-6) {
            z = Expr.of(Operation.ADD, z, new Expr.Constant(shift));
        }
        return x.with(new Expr.Curve(Activation.HARD_SIGMOID, z));
    }

    private static Value clip(NodeInput node) {
        double least = node.number("min", 1).orElse(Double.NEGATIVE_INFINITY);
        double most = node.number("max", 2).orElse(Double.POSITIVE_INFINITY);
        Value.Signal x = node.signal(0);
        boolean isOpenBelow = least <= -Float.MAX_VALUE;
        boolean isOpenAbove = most >= Float.MAX_VALUE;
        if (isOpenBelow && isOpenAbove) {
            return x;
        }
        if (isOpenAbove && least == 0) {
            return curve(node, Activation.RELU);
        }
        if (isOpenBelow || isOpenAbove) {
            // one bound: relu, moved and turned
            double bound = isOpenAbove ? least : most;
            Operation turn = isOpenAbove ? Operation.ADD : Operation.SUB;
            Expr beyond = isOpenAbove
                    ? Expr.of(Operation.SUB, x.expr(), new Expr.Constant(bound))
                    : Expr.of(Operation.SUB, new Expr.Constant(bound), x.expr());
            return x.with(Expr.of(turn, new Expr.Constant(bound), new Expr.Curve(Activation.RELU, beyond)));
        }
        return curve(node, Activation.hardTanh(least, most));
    }

    /** Before opset 13 it is over the axis and all behind it, from then on over the axis alone. */
    private static Value.Signal softmax(NodeInput node) {
        Value.Signal z = node.signal(0);
        Dims dims = z.dims();
        int axis = dims.axis(node.node().integer("axis", node.opset() < 13 ? Math.min(1, dims.rank() - 1) : -1));
        List<Integer> over = node.opset() < 13
                ? dims.sizes().subList(axis, dims.rank())
                : dims.sizes().subList(axis, axis + 1);
        if (over.contains(Dims.BATCH) || Tensor.size(over) != dims.features()) {
            throw new IllegalArgumentException(
                    "softmax must be over all values of a sample: axis=" + axis + ", shape=" + dims.text());
        }
        return z.with(new Expr.Curve(Activation.SOFTMAX, z.expr()));
    }

    /** With what training has left behind: {@code scale (x - mean) / sqrt(variance + epsilon) + B}, for each channel. */
    private static Value batchNorm(NodeInput node) {
        if (node.node().integer("training_mode", 0) != 0) {
            throw new IllegalArgumentException("training_mode must be 0: training_mode=1");
        }
        Value.Signal x = node.signal(0);
        double epsilon = node.node().real("epsilon", 1e-5);
        Tensor scale = channels(node, 1);
        Tensor variance = channels(node, 4);
        requireSame(scale, variance);
        Tensor factor = map(scale, i -> scale.number(i) / Math.sqrt(variance.number(i) + epsilon));
        Expr centered = Expr.of(Operation.SUB, x.expr(), alongChannels(x, channels(node, 3)));
        Expr scaled = Expr.of(Operation.MUL, centered, alongChannels(x, factor));
        return x.with(Expr.of(Operation.ADD, scaled, alongChannels(x, channels(node, 2))));
    }

    private static Tensor channels(NodeInput node, int input) {
        Tensor tensor = node.known(input);
        if (tensor.rank() != 1 || tensor.isText()) {
            throw new IllegalArgumentException("one number for each channel was expected: found=" + tensor);
        }
        return tensor;
    }

    private static void requireSame(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException("one number for each channel was expected: found=" + b);
        }
    }

    private static Expr alongChannels(Value.Signal x, Tensor channels) {
        List<Integer> shape = new ArrayList<>(Collections.nCopies(x.dims().rank(), 1));
        shape.set(x.dims().axis(1), channels.size());
        return x.dims().broadcast(channels.withShape(shape));
    }

    private static Value layerNorm(NodeInput node) {
        Value.Signal x = node.signal(0);
        int axis = x.dims().axis(node.node().integer("axis", -1));
        x.dims().requireFeatures(axis);
        int width = x.dims().features();
        Optional<Tensor> shift = node.node().has(2) ? Optional.of(node.known(2)) : Optional.empty();
        double[] beta = shift.map(tensor -> spread(tensor, width)).orElseGet(() -> new double[width]);
        double epsilon = node.node().real("epsilon", 1e-5);
        Stage.LayerNorm stage = new Stage.LayerNorm(spread(node.known(1), width), beta, epsilon);
        return x.with(new Expr.Normalized(stage, x.expr()));
    }

    private static double[] spread(Tensor tensor, int width) {
        if (tensor.size() != width || tensor.isText()) {
            throw new IllegalArgumentException(width + " numbers were expected: found=" + tensor);
        }
        return tensor.numbers();
    }

    /** {@code (x - offset) scale}, along the last axis, of numbers of any type. */
    private static Value scaler(NodeInput node) {
        Value.Signal x = node.samples(0).asReal();
        Expr centered = Expr.of(Operation.SUB, x.expr(), listed(node, x, "offset"));
        return x.with(Expr.of(Operation.MUL, centered, listed(node, x, "scale")));
    }

    private static Expr listed(NodeInput node, Value.Signal x, String attribute) {
        List<Double> numbers = Optional.ofNullable(node.node().attributes().get(attribute))
                .orElseThrow(() -> new IllegalArgumentException(attribute + " must be given: " + attribute + "="))
                .reals();
        double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        return x.dims()
                .broadcast(Tensor.of(io.github.layerc.exchange.tensor.Element.FLOAT, List.of(values.length), values));
    }
}
