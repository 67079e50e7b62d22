package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.onnx.OnnxAttribute;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that change nothing but the arrangement of values, or nothing at all. */
final class Reshaping {
    static final Map<String, Rule> RULES = rules();

    private Reshaping() {}

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        rules.put("Constant", Reshaping::constant);
        rules.put("Identity", node -> node.value(0));
        rules.put("Dropout", Reshaping::dropout);
        rules.put("Cast", Reshaping::cast);
        rules.put("Flatten", Reshaping::flatten);
        rules.put("Reshape", Reshaping::reshape);
        rules.put("Squeeze", Reshaping::squeeze);
        rules.put("Unsqueeze", Reshaping::unsqueeze);
        rules.put("Transpose", Reshaping::transpose);
        rules.put("Shape", Reshaping::shape);
        rules.put("Gather", Reshaping::gather);
        rules.put("Concat", Reshaping::concat);
        return Map.copyOf(rules);
    }

    private static Value constant(NodeInput node) {
        Map<String, OnnxAttribute> attributes = node.node().attributes();
        if (attributes.containsKey("value") && attributes.get("value").tensor().isPresent()) {
            return new Value.Known(attributes.get("value").tensor().get());
        }
        for (Map.Entry<String, OnnxAttribute> each : attributes.entrySet()) {
            boolean isList = each.getKey().endsWith("s");
            OnnxAttribute value = each.getValue();
            switch (each.getKey()) {
                case "value_float", "value_floats" -> {
                    return numbers(Element.FLOAT, isList, value.reals());
                }
                case "value_int", "value_ints" -> {
                    List<Double> wide =
                            value.integers().stream().map(Long::doubleValue).toList();
                    return numbers(Element.INT64, isList, wide);
                }
                case "value_string", "value_strings" -> {
                    List<Integer> shape = isList ? List.of(value.texts().size()) : List.of();
                    return new Value.Known(Tensor.of(shape, value.texts()));
                }
                default -> {
                    // another attribute, as of a sparse tensor
                }
            }
        }
        throw new IllegalArgumentException("value must be a dense tensor, numbers or texts: attributes="
                + attributes.keySet().stream().sorted().toList());
    }

    private static Value numbers(Element type, boolean isList, List<Double> numbers) {
        double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        return new Value.Known(Tensor.of(type, isList ? List.of(values.length) : List.of(), values));
    }

    /** Which passes everything on but in training. */
    private static Value dropout(NodeInput node) {
        if (node.node().has(2) && node.known(2).size() == 1 && node.known(2).number(0) != 0) {
            throw new IllegalArgumentException("training_mode must be false: training_mode=true");
        }
        return node.value(0);
    }

    private static Value cast(NodeInput node) {
        Element to = Element.ofOnnx(node.node().integer("to", 0))
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported type of elements: to=" + node.node().integer("to", 0)));
        Value value = node.value(0);
        if (value instanceof Value.Known known && !known.tensor().isText() && to != Element.STRING) {
            Tensor tensor = known.tensor();
            double[] numbers = tensor.numbers();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = to == Element.FLOAT
                        ? (float) numbers[i]
                        : to == Element.BOOL
                                ? numbers[i] == 0 ? 0 : 1
                                : to.isReal()
                                        ? numbers[i]
                                        : numbers[i] < 0 ? Math.ceil(numbers[i]) : Math.floor(numbers[i]);
            }
            return new Value.Known(Tensor.of(to, tensor.shape(), numbers));
        }
        if (value instanceof Value.Signal && to != Element.FLOAT && to != Element.DOUBLE) {
            throw new IllegalArgumentException("values of samples must stay floating-point numbers: to=" + to);
        }
        return value instanceof Value.Signal signal ? signal.asReal() : value;
    }

    private static Value flatten(NodeInput node) {
        return arranged(node.value(0), sizes -> {
            int rank = sizes.size();
            long named = node.node().integer("axis", 1);
            int axis = named == rank ? rank : Dims.axis(named, rank);
            return List.of(joined(sizes.subList(0, axis)), joined(sizes.subList(axis, rank)));
        });
    }

    /** The size of axes that become one. */
    private static int joined(List<Integer> sizes) {
        int others =
                Tensor.size(sizes.stream().filter(size -> size != Dims.BATCH).toList());
        if (!sizes.contains(Dims.BATCH)) {
            return others;
        }
        if (others != 1) {
            throw new IllegalArgumentException("samples must stay apart: axes=" + new Dims(sizes).text());
        }
        return Dims.BATCH;
    }

    /** The value with other sizes of axes; what names classes stays as it is. */
    private static Value arranged(Value value, UnaryOperator<List<Integer>> sizes) {
        if (value instanceof Value.Known known) {
            return new Value.Known(
                    known.tensor().withShape(sizes.apply(known.tensor().shape())));
        }
        if (value instanceof Value.Signal signal) {
            Dims dims = new Dims(sizes.apply(signal.dims().sizes()));
            if (dims.features() != signal.dims().features()) {
                throw new IllegalArgumentException(
                        "samples must keep their values: shape=" + signal.dims().text() + ", other=" + dims.text());
            }
            return signal.with(dims);
        }
        return value;
    }

    private static Value reshape(NodeInput node) {
        List<Long> target = node.node().has(1) && node.value(1) instanceof Value.Shape shape
                ? shape.sizes()
                : node.integers("shape", 1).orElseThrow(() -> new IllegalArgumentException("shape must be given"));
        boolean zeroCopies = node.node().integer("allowzero", 0) == 0;
        return arranged(node.value(0), sizes -> reshaped(sizes, target, zeroCopies));
    }

    private static List<Integer> reshaped(List<Integer> sizes, List<Long> target, boolean zeroCopies) {
        List<Integer> out = new ArrayList<>();
        int open = -1;
        for (int axis = 0; axis < target.size(); axis++) {
            long size = target.get(axis);
            if (size == BATCH_SIZE) {
                out.add(Dims.BATCH);
            } else if (size == 0 && zeroCopies && axis < sizes.size()) {
                out.add(sizes.get(axis));
            } else if (size == -1 && open < 0) {
                open = axis;
                out.add(1);
            } else if (size >= 0 && size <= Integer.MAX_VALUE) {
                out.add((int) size);
            } else {
                throw new IllegalArgumentException("a shape must have sizes, and at most one -1: shape=" + target);
            }
        }
        int all = Tensor.size(new Dims(sizes).sample());
        boolean hasBatch = sizes.contains(Dims.BATCH);
        if (hasBatch && !out.contains(Dims.BATCH)) {
            int known = Tensor.size(out);
            if (open >= 0 && known == all) {
                out.set(open, Dims.BATCH);
                open = -1;
            } else if (!out.isEmpty() && out.get(0) == 1) {
                out.set(0, Dims.BATCH);
            }
        }
        if (open >= 0) {
            int known = new Dims(out).features();
            out.set(open, known <= 0 ? 0 : all / known);
        }
        if (hasBatch && all > 1 && (firstLarge(sizes) != Dims.BATCH || firstLarge(out) != Dims.BATCH)) {
            throw new IllegalArgumentException("samples must lie along the first axis: shape=" + new Dims(sizes).text()
                    + ", other=" + new Dims(out).text());
        }
        return out;
    }

    /** The size of the first axis that is more than one value long. */
    private static int firstLarge(List<Integer> sizes) {
        return sizes.stream().filter(size -> size != 1).findFirst().orElse(1);
    }

    /** In a shape, in place of the number of samples: -1 means something else there. */
    private static final long BATCH_SIZE = Long.MIN_VALUE;

    private static Value shape(NodeInput node) {
        List<Integer> sizes =
                node.isKnown(0) ? node.known(0).shape() : node.samples(0).dims().sizes();
        return new Value.Shape(sizes.stream()
                .map(size -> size == Dims.BATCH ? BATCH_SIZE : (long) size)
                .toList());
    }

    private static Value squeeze(NodeInput node) {
        List<Long> axes = node.integers("axes", 1).orElse(List.of());
        return arranged(node.value(0), sizes -> Constants.withoutOnes(sizes, axes));
    }

    private static Value unsqueeze(NodeInput node) {
        List<Long> axes =
                node.integers("axes", 1).orElseThrow(() -> new IllegalArgumentException("axes must be given"));
        return arranged(node.value(0), sizes -> Constants.withOnes(sizes, axes));
    }

    private static Value transpose(NodeInput node) {
        Value value = node.value(0);
        int rank = value instanceof Value.Known known
                ? known.tensor().rank()
                : node.samples(0).dims().rank();
        List<Integer> order = node
                .integers("perm", -1)
                .orElseGet(() ->
                        LongStream.range(0, rank).mapToObj(i -> rank - 1 - i).toList())
                .stream()
                .map(axis -> Dims.axis(axis, rank))
                .toList();
        if (!order.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, rank).boxed().toList())) {
            throw new IllegalArgumentException("perm must name each axis once: perm=" + order);
        }
        return value instanceof Value.Known known
                ? new Value.Known(known.tensor().transposed(order))
                : node.samples(0).with(node.samples(0).dims().transposed(order));
    }

    /** Of a shape, of constants, or the names of classes. */
    private static Value gather(NodeInput node) {
        if (node.isKnown(0) && node.value(1) instanceof Value.Label) {
            return new Value.Label(node.known(0).texts());
        }
        if (node.value(0) instanceof Value.Shape shape) {
            return new Value.Shape(NodeInput.integers(node.known(1)).stream()
                    .map(index ->
                            shape.sizes().get(Dims.axis(index, shape.sizes().size())))
                    .toList());
        }
        return new Value.Known(Constants.gathered(node.known(0), node.known(1)));
    }

    private static Value concat(NodeInput node) {
        if (node.areAllKnown()) {
            List<Tensor> parts = IntStream.range(0, node.values().size())
                    .mapToObj(node::known)
                    .toList();
            return new Value.Known(Constants.joined(parts, node.node().integer("axis", 0)));
        }
        if (node.values().stream().anyMatch(Value.Shape.class::isInstance)) {
            return new Value.Shape(IntStream.range(0, node.values().size())
                    .boxed()
                    .flatMap(i -> node.value(i) instanceof Value.Shape shape
                            ? shape.sizes().stream()
                            : NodeInput.integers(node.known(i)).stream())
                    .toList());
        }
        boolean isPair = node.values().size() == 2
                && node.value(0) instanceof Value.Signal first
                && node.value(1) instanceof Value.Signal second
                && isComplement(first.expr(), second.expr())
                && second.dims().features() == 1;
        if (!isPair) {
            throw new IllegalArgumentException("it joins several inputs, a network of layerc is a chain");
        }
        return new Value.Pair(node.signal(1));
    }

    private static boolean isComplement(Expr expr, Expr of) {
        return expr instanceof Expr.Applied applied
                && applied.operation() == Operation.SUB
                && applied.first() instanceof Expr.Constant one
                && one.isUniform()
                && one.at(0) == 1
                && applied.arguments().get(1) == of;
    }
}
