package io.github.layerc.exchange;

import io.github.layerc.exchange.onnx.OnnxGraph;
import io.github.layerc.exchange.onnx.OnnxNode;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Graphs of ONNX for one row, operator by operator as the specification of ONNX has them; arrays are vectors here, arithmetic is in double. */
final class RowEvaluator {
    private final Map<String, Tensor> values;

    private RowEvaluator(Map<String, Tensor> values) {
        this.values = values;
    }

    /** All values by their names. */
    static Map<String, Tensor> run(OnnxGraph graph, Map<String, Tensor> inputs) {
        RowEvaluator evaluator = new RowEvaluator(new HashMap<>(graph.initializers()));
        evaluator.values.putAll(inputs);
        graph.nodes().forEach(node -> evaluator.values.put(node.outputs().get(0), evaluator.value(node)));
        return evaluator.values;
    }

    private Tensor in(OnnxNode node, int index) {
        return values.get(node.inputs().get(index));
    }

    private static Tensor vector(Element type, double... numbers) {
        return Tensor.of(type, List.of(numbers.length), numbers);
    }

    private Tensor value(OnnxNode node) {
        return switch (node.operator()) {
            case "Identity", "Squeeze" -> in(node, 0);
            case "Cast" -> cast(node);
            case "Concat" ->
                vector(
                        in(node, 0).type(),
                        node.inputs().stream()
                                .flatMapToDouble(
                                        name -> DoubleStream.of(values.get(name).numbers()))
                                .toArray());
            case "IsNaN" -> each(node, Element.BOOL, (x, none) -> Double.isNaN(x) ? 1 : 0);
            case "Equal" -> each(node, Element.BOOL, (x, y) -> x == y ? 1 : 0);
            case "Greater" -> each(node, Element.BOOL, (x, y) -> x > y ? 1 : 0);
            case "Add" -> each(node, in(node, 0).type(), Double::sum);
            case "Sub" -> each(node, in(node, 0).type(), (x, y) -> x - y);
            case "Mul" -> each(node, in(node, 0).type(), (x, y) -> x * y);
            case "Div" -> each(node, in(node, 0).type(), (x, y) -> x / y);
            case "Log" -> each(node, in(node, 0).type(), (x, none) -> Math.log(x));
            case "Exp" -> each(node, in(node, 0).type(), (x, none) -> Math.exp(x));
            case "Tanh" -> each(node, in(node, 0).type(), (x, none) -> Math.tanh(x));
            case "Sigmoid" -> each(node, in(node, 0).type(), (x, none) -> 1 / (1 + Math.exp(-x)));
            // as some runtimes have it: without the NaN
            case "Relu" -> each(node, in(node, 0).type(), (x, none) -> x > 0 ? x : 0);
            case "Where" -> where(in(node, 0), in(node, 1), in(node, 2));
            case "ReduceMax" ->
                vector(
                        in(node, 0).type(),
                        Arrays.stream(in(node, 0).numbers()).max().orElseThrow());
            case "LabelEncoder" -> encoded(node);
            case "Gather" -> {
                int at = (int) in(node, 1).number(0);
                yield Tensor.of(List.of(1), List.of(in(node, 0).texts().get(at)));
            }
            case "ArgMax" -> {
                double[] x = in(node, 0).numbers();
                int largest = IntStream.range(0, x.length).reduce(0, (best, i) -> x[i] > x[best] ? i : best);
                yield vector(Element.INT64, largest);
            }
            case "Softmax" -> {
                double[] exps =
                        Arrays.stream(in(node, 0).numbers()).map(Math::exp).toArray();
                double sum = Arrays.stream(exps).sum();
                yield vector(
                        in(node, 0).type(),
                        Arrays.stream(exps).map(x -> x / sum).toArray());
            }
            case "LayerNormalization" -> normalized(node);
            case "Gemm" -> product(node);
            default -> throw new AssertionError("no such operator: " + node);
        };
    }

    private Tensor cast(OnnxNode node) {
        Element to = Element.ofOnnx(node.integer("to", 0)).orElseThrow();
        double[] numbers = in(node, 0).numbers();
        return vector(
                to,
                Arrays.stream(numbers)
                        .map(x -> to == Element.FLOAT ? (float) x : x)
                        .toArray());
    }

    private Tensor each(OnnxNode node, Element type, DoubleBinaryOperator function) {
        Tensor x = in(node, 0);
        Tensor y = node.inputs().size() > 1 ? in(node, 1) : x;
        if (x.type() != y.type()) {
            throw new AssertionError(node + ": " + x + ", " + y);
        }
        return vector(
                type,
                IntStream.range(0, Math.max(x.size(), y.size()))
                        .mapToDouble(i -> function.applyAsDouble(x.number(i % x.size()), y.number(i % y.size())))
                        .toArray());
    }

    private static Tensor where(Tensor condition, Tensor yes, Tensor no) {
        int size = Math.max(condition.size(), Math.max(yes.size(), no.size()));
        return vector(
                no.type(),
                IntStream.range(0, size)
                        .mapToDouble(i -> condition.number(i % condition.size()) != 0
                                ? yes.number(i % yes.size())
                                : no.number(i % no.size()))
                        .toArray());
    }

    private Tensor encoded(OnnxNode node) {
        int at = node.attributes()
                .get("keys_strings")
                .texts()
                .indexOf(in(node, 0).texts().get(0));
        return vector(
                Element.FLOAT,
                at < 0
                        ? node.real("default_float", 0)
                        : node.attributes().get("values_floats").reals().get(at));
    }

    private Tensor normalized(OnnxNode node) {
        double[] u = in(node, 0).numbers();
        double mean = Arrays.stream(u).average().orElseThrow();
        double variance =
                Arrays.stream(u).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        double deviation = Math.sqrt(variance + node.real("epsilon", 0));
        return vector(
                in(node, 0).type(),
                IntStream.range(0, u.length)
                        .mapToDouble(
                                i -> (u[i] - mean) / deviation * in(node, 1).number(i)
                                        + in(node, 2).number(i))
                        .toArray());
    }

    /** {@code x W^T + b}. */
    private Tensor product(OnnxNode node) {
        double[] x = in(node, 0).numbers();
        Tensor weights = in(node, 1);
        double[] z = new double[weights.shape().get(0)];
        for (int u = 0; u < z.length; u++) {
            z[u] = node.inputs().size() > 2 ? in(node, 2).number(u) : 0;
            for (int f = 0; f < x.length; f++) {
                z[u] += weights.number(u * x.length + f) * x[f];
            }
        }
        return vector(in(node, 0).type(), z);
    }
}
