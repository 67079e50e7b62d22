package io.github.layerc.exchange;

import io.github.layerc.exchange.onnx.OnnxGraph;
import io.github.layerc.exchange.onnx.OnnxGraph.OnnxPort;
import io.github.layerc.exchange.onnx.OnnxNode;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Graphs of ONNX for several rows, operator by operator as the specification of ONNX has them, where values have one axis or two; arithmetic is in double, its results are rounded to their type.
 * Types and shapes that an operator, or a port of the graph, does not take are errors.
 */
final class RowEvaluator {
    private static final Set<Element> REAL = Set.of(Element.FLOAT, Element.DOUBLE);

    private final Map<String, Tensor> values;

    private RowEvaluator(Map<String, Tensor> values) {
        this.values = values;
    }

    /** All values by their names. */
    static Map<String, Tensor> run(OnnxGraph graph, Map<String, Tensor> inputs) {
        RowEvaluator evaluator = new RowEvaluator(new HashMap<>(graph.initializers()));
        evaluator.values.putAll(inputs);
        int batch = inputs.values().iterator().next().shape().get(0);
        graph.inputs().forEach(port -> evaluator.requireFits(port, batch));
        graph.nodes().forEach(node -> evaluator.values.put(node.outputs().get(0), evaluator.value(node)));
        graph.outputs().forEach(port -> evaluator.requireFits(port, batch));
        return evaluator.values;
    }

    private void requireFits(OnnxPort port, int batch) {
        List<Integer> shape = port.dims().stream()
                .map(dim -> dim < 0 ? batch : (int) (long) dim)
                .toList();
        Tensor value = values.get(port.name());
        require(value.type().onnx() == port.type() && value.shape().equals(shape), port, value);
    }

    private static void require(boolean holds, Object place, Tensor... found) {
        if (!holds) {
            throw new AssertionError(place + ": " + Arrays.toString(found));
        }
    }

    private Tensor in(OnnxNode node, int index) {
        return values.get(node.inputs().get(index));
    }

    private List<Tensor> all(OnnxNode node) {
        return node.inputs().stream().map(values::get).toList();
    }

    private static Tensor tensor(Element type, List<Integer> shape, double... numbers) {
        return Tensor.of(
                type,
                shape,
                Arrays.stream(numbers)
                        .map(x -> type == Element.FLOAT ? (float) x : x)
                        .toArray());
    }

    private Tensor value(OnnxNode node) {
        return switch (node.operator()) {
            case "Identity" -> in(node, 0);
            case "Squeeze" -> squeezed(node);
            case "Cast" -> cast(node);
            case "Concat" -> joined(node);
            case "IsNaN" -> {
                require(REAL.contains(in(node, 0).type()), node, in(node, 0));
                yield each(in(node, 0), Element.BOOL, x -> Double.isNaN(x) ? 1 : 0);
            }
            case "Equal" -> pair(node, true, (x, y) -> x == y ? 1 : 0);
            case "Greater" -> pair(node, true, (x, y) -> x > y ? 1 : 0);
            case "Add" -> pair(node, false, Double::sum);
            case "Sub" -> pair(node, false, (x, y) -> x - y);
            case "Mul" -> pair(node, false, (x, y) -> x * y);
            case "Div" -> pair(node, false, (x, y) -> x / y);
            case "Log" -> curve(node, Math::log);
            case "Exp" -> curve(node, Math::exp);
            case "Tanh" -> curve(node, Math::tanh);
            case "Sigmoid" -> curve(node, x -> 1 / (1 + Math.exp(-x)));
            // as some runtimes have it: without the NaN
            case "Relu" -> curve(node, x -> x > 0 ? x : 0);
            case "Where" -> where(node);
            case "ReduceMax" -> reduced(node);
            case "LabelEncoder" -> encoded(node);
            case "Gather" -> {
                Tensor texts = in(node, 0);
                require(texts.rank() == 1 && in(node, 1).type() == Element.INT64, node, texts, in(node, 1));
                yield Tensor.of(
                        in(node, 1).shape(),
                        Arrays.stream(in(node, 1).numbers())
                                .mapToObj(at -> texts.texts().get((int) at))
                                .toList());
            }
            case "ArgMax" -> largest(node);
            case "Softmax" -> {
                require(node.integer("axis", -1) != 0, node);
                yield rows(node, RowEvaluator::softmax);
            }
            case "LayerNormalization" -> normalized(node);
            case "Gemm" -> product(node);
            default -> throw new AssertionError("no such operator: " + node);
        };
    }

    private Tensor cast(OnnxNode node) {
        Element to = Element.ofOnnx(node.integer("to", 0)).orElseThrow();
        Tensor x = in(node, 0);
        require(!x.isText() && to != Element.STRING, node, x);
        return each(
                x, to, value -> to == Element.BOOL ? (value == 0 ? 0 : 1) : REAL.contains(to) ? value : (long) value);
    }

    private static Tensor each(Tensor x, Element type, DoubleUnaryOperator function) {
        return tensor(type, x.shape(), Arrays.stream(x.numbers()).map(function).toArray());
    }

    private Tensor curve(OnnxNode node, DoubleUnaryOperator function) {
        require(REAL.contains(in(node, 0).type()), node, in(node, 0));
        return each(in(node, 0), in(node, 0).type(), function);
    }

    private Tensor pair(OnnxNode node, boolean compares, DoubleBinaryOperator function) {
        Tensor x = in(node, 0);
        Tensor y = in(node, 1);
        require(x.type() == y.type() && REAL.contains(x.type()), node, x, y);
        List<Integer> shape = broadcast(node, x, y);
        return tensor(
                compares ? Element.BOOL : x.type(),
                shape,
                IntStream.range(0, Tensor.size(shape))
                        .mapToDouble(
                                i -> function.applyAsDouble(x.number(place(x, shape, i)), y.number(place(y, shape, i))))
                        .toArray());
    }

    private Tensor where(OnnxNode node) {
        Tensor condition = in(node, 0);
        Tensor yes = in(node, 1);
        Tensor no = in(node, 2);
        require(condition.type() == Element.BOOL && yes.type() == no.type(), node, condition, yes, no);
        List<Integer> shape = broadcast(node, condition, yes, no);
        return tensor(
                no.type(),
                shape,
                IntStream.range(0, Tensor.size(shape))
                        .mapToDouble(i -> condition.number(place(condition, shape, i)) == 0
                                ? no.number(place(no, shape, i))
                                : yes.number(place(yes, shape, i)))
                        .toArray());
    }

    /** The common shape; axes are those from the last on, one of size 1 is repeated. */
    private static List<Integer> broadcast(OnnxNode node, Tensor... tensors) {
        int rank = Arrays.stream(tensors).mapToInt(Tensor::rank).max().orElseThrow();
        List<Integer> shape = new ArrayList<>();
        for (int axis = rank; axis > 0; axis--) {
            int behind = axis;
            Set<Integer> sizes = Arrays.stream(tensors)
                    .filter(tensor -> tensor.rank() >= behind)
                    .map(tensor -> tensor.shape().get(tensor.rank() - behind))
                    .filter(size -> size != 1)
                    .collect(Collectors.toSet());
            require(sizes.size() < 2, node, tensors);
            shape.add(sizes.isEmpty() ? 1 : sizes.iterator().next());
        }
        return shape;
    }

    /** Where an element of a common shape of one or two axes is in a tensor. */
    private static int place(Tensor tensor, List<Integer> shape, int index) {
        if (tensor.size() == 1) {
            return 0;
        }
        int width = shape.get(shape.size() - 1);
        int own = tensor.shape().get(tensor.rank() - 1);
        int row = tensor.rank() < 2 || tensor.shape().get(0) == 1 ? 0 : index / width;
        return row * own + (own == 1 ? 0 : index % width);
    }

    /** Of the axes, 0 counts rows. */
    private static int axis(long named, Tensor tensor) {
        return (int) (named < 0 ? named + tensor.rank() : named);
    }

    private Tensor joined(OnnxNode node) {
        List<Tensor> parts = all(node);
        Tensor first = parts.get(0);
        int axis = axis(node.integer("axis", 0), first);
        int other = first.shape().get(1 - axis);
        parts.forEach(part -> require(
                part.type() == first.type() && part.rank() == 2 && part.shape().get(1 - axis) == other, node, part));
        int sum = parts.stream().mapToInt(part -> part.shape().get(axis)).sum();
        int rows = axis == 0 ? 1 : other;
        double[] numbers = IntStream.range(0, rows)
                .boxed()
                .flatMap(row -> parts.stream().map(part -> slice(part, row, rows)))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return tensor(first.type(), axis == 0 ? List.of(sum, other) : List.of(other, sum), numbers);
    }

    private static double[] slice(Tensor tensor, int index, int count) {
        int size = tensor.size() / count;
        return Arrays.copyOfRange(tensor.numbers(), index * size, (index + 1) * size);
    }

    private Tensor squeezed(OnnxNode node) {
        Tensor x = in(node, 0);
        int axis = axis((long) in(node, 1).number(0), x);
        require(in(node, 1).type() == Element.INT64 && x.shape().get(axis) == 1, node, x);
        return x.withShape(without(x, axis));
    }

    private static List<Integer> without(Tensor x, int axis) {
        List<Integer> shape = new ArrayList<>(x.shape());
        shape.remove(axis);
        return shape;
    }

    private Tensor reduced(OnnxNode node) {
        Tensor x = in(node, 0);
        List<Long> axes = node.attributes().get("axes").integers();
        require(axes.size() == 1 && REAL.contains(x.type()) && node.integer("keepdims", 1) == 1, node, x);
        int axis = axis(axes.get(0), x);
        return along(x, axis, x.type(), numbers -> Arrays.stream(numbers).max().orElseThrow());
    }

    private Tensor largest(OnnxNode node) {
        Tensor x = in(node, 0);
        int axis = axis(node.integer("axis", 0), x);
        Tensor found = along(
                x,
                axis,
                Element.INT64,
                numbers -> IntStream.range(0, numbers.length)
                        .reduce(0, (best, i) -> numbers[i] > numbers[best] ? i : best));
        return node.integer("keepdims", 1) == 1 ? found : found.withShape(without(found, axis));
    }

    private interface Reduction {
        double of(double[] numbers);
    }

    /** One number for all along an axis of two, which stays with size 1. */
    private static Tensor along(Tensor x, int axis, Element type, Reduction reduction) {
        Tensor rows = axis == 0 ? x.transposed() : x;
        int count = rows.shape().get(0);
        double[] numbers = IntStream.range(0, count)
                .mapToDouble(row -> reduction.of(slice(rows, row, count)))
                .toArray();
        return tensor(type, axis == 0 ? List.of(1, count) : List.of(count, 1), numbers);
    }

    private Tensor encoded(OnnxNode node) {
        Tensor texts = in(node, 0);
        require(texts.isText(), node, texts);
        List<String> keys = node.attributes().get("keys_strings").texts();
        List<Double> places = node.attributes().get("values_floats").reals();
        return tensor(
                Element.FLOAT,
                texts.shape(),
                texts.texts().stream()
                        .mapToDouble(text ->
                                keys.contains(text) ? places.get(keys.indexOf(text)) : node.real("default_float", 0))
                        .toArray());
    }

    /** Each row by itself; all inputs have one type. */
    private Tensor rows(OnnxNode node, UnaryOperator<double[]> function) {
        Tensor x = in(node, 0);
        all(node).forEach(each -> require(each.type() == x.type() && REAL.contains(x.type()), node, each, x));
        require(x.rank() == 2, node, x);
        int count = x.shape().get(0);
        IntFunction<double[]> row = r -> function.apply(slice(x, r, count));
        double[] numbers = IntStream.range(0, count)
                .mapToObj(row)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return tensor(x.type(), List.of(count, numbers.length / count), numbers);
    }

    private static double[] softmax(double... z) {
        double[] exps = Arrays.stream(z).map(Math::exp).toArray();
        double sum = Arrays.stream(exps).sum();
        return Arrays.stream(exps).map(x -> x / sum).toArray();
    }

    private Tensor normalized(OnnxNode node) {
        return rows(node, u -> {
            double mean = Arrays.stream(u).average().orElseThrow();
            double variance =
                    Arrays.stream(u).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
            double deviation = Math.sqrt(variance + node.real("epsilon", 0));
            return IntStream.range(0, u.length)
                    .mapToDouble(i -> (u[i] - mean) / deviation * in(node, 1).number(i)
                            + in(node, 2).number(i))
                    .toArray();
        });
    }

    /** {@code x W^T + b}. */
    private Tensor product(OnnxNode node) {
        Tensor weights = in(node, 1);
        require(node.integer("transB", 0) == 1, node, weights);
        return rows(node, x -> {
            require(weights.shape().get(1) == x.length, node, weights, in(node, 0));
            double[] z = new double[weights.shape().get(0)];
            for (int u = 0; u < z.length; u++) {
                z[u] = node.inputs().size() > 2 ? in(node, 2).number(u) : 0;
                for (int f = 0; f < x.length; f++) {
                    z[u] += weights.number(u * x.length + f) * x[f];
                }
            }
            return z;
        });
    }
}
