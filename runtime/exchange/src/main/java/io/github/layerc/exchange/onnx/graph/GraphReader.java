package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.chain.Chain;
import io.github.layerc.exchange.onnx.OnnxGraph;
import io.github.layerc.exchange.onnx.OnnxGraph.OnnxPort;
import io.github.layerc.exchange.onnx.OnnxModel;
import io.github.layerc.exchange.onnx.OnnxNode;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.files.DataErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Understands a graph: from its inputs on, each node is applied to what its inputs stand for, see {@link Value}. What is not understood is noted, and the nodes behind it
 * are passed over, so that all errors are told at once.
 */
public final class GraphReader {
    private static final Map<String, Rule> RULES = new TreeMap<>();

    static {
        List.of(Products.RULES, Elementwise.RULES, Reshaping.RULES, Labels.RULES)
                .forEach(RULES::putAll);
    }

    /** So many inputs may have no weights: an activation alone is a network, too. */
    private static final long FEW = 1024;

    private static final long FIRST_OPSET = 7;
    private static final long LAST_OPSET = 25;

    private final OnnxModel model;
    private final OnnxGraph graph;
    private final OnnxPort input;
    private final Dims dims;
    private final Map<String, Value> values = new HashMap<>();
    private final List<DataException> errors = new ArrayList<>();

    private GraphReader(OnnxModel model, OnnxPort input, Dims dims) {
        this.model = model;
        this.graph = model.graph();
        this.input = input;
        this.dims = dims;
    }

    /**
     * The model as stages.
     *
     * @throws DataException if it is no chain of layers, or more than one, or a node is not supported
     * @throws DataErrors if there are several such nodes
     */
    public static Chain read(OnnxModel model) {
        requireOpset(model);
        List<OnnxPort> inputs = model.graph().inputs();
        if (inputs.size() != 1) {
            throw DataException.of(
                    model.place(),
                    "inputs of the graph",
                    "one",
                    inputs.stream().map(OnnxPort::name).toList());
        }
        requireNumbers(model, inputs.get(0));
        List<Dims> arrangements = arrangements(model, inputs.get(0));
        long weights = weights(model.graph());
        long most = Math.max(weights, FEW);
        Dims likeliest = arrangements.get(0);
        if (!fits(likeliest, most)) {
            String expected = "at most " + most + " values, since it has " + weights + " weights";
            throw DataException.of(model.place(), "input of the graph", expected, likeliest.text());
        }
        RuntimeException first = null;
        for (Dims dims : arrangements) {
            if (fits(dims, most)) {
                try {
                    return new GraphReader(model, inputs.get(0), dims).chain();
                } catch (DataException | DataErrors e) {
                    // what fails with all arrangements is told of the first
                    first = first == null ? e : first;
                }
            }
        }
        throw first;
    }

    private static boolean fits(Dims dims, long most) {
        return dims.features() >= 0 && dims.features() <= most;
    }

    /** Constants of any kind: every input needs one at least, in the first product, so that a size in a small file does not fill the memory. */
    private static long weights(OnnxGraph graph) {
        long inLists = graph.nodes().stream()
                .flatMap(node -> node.attributes().values().stream())
                .mapToLong(attribute ->
                        attribute.reals().size() + attribute.integers().size())
                .sum();
        return inLists + tensors(graph).mapToLong(Tensor::size).sum();
    }

    /** Initializers, and those of nodes. */
    private static Stream<Tensor> tensors(OnnxGraph graph) {
        return Stream.concat(
                graph.initializers().values().stream(),
                graph.nodes().stream()
                        .flatMap(node -> node.attributes().values().stream())
                        .flatMap(attribute -> attribute.tensor().stream()));
    }

    private static void requireOpset(OnnxModel model) {
        long opset = model.opsets().getOrDefault("", 0L);
        if (opset < FIRST_OPSET || opset > LAST_OPSET) {
            String expected = "opset " + FIRST_OPSET + " to " + LAST_OPSET;
            throw DataException.of(model.place(), "unsupported operators of ONNX", expected, "opset " + opset);
        }
    }

    /** A type that is not told is that of the weights. */
    private static void requireNumbers(OnnxModel model, OnnxPort input) {
        Optional<Element> type = Element.ofOnnx(input.type());
        if (input.type() != 0 && type.filter(some -> some != Element.STRING).isEmpty()) {
            throw DataException.of(
                    model.place(),
                    "input \"" + input.name() + "\" of the graph",
                    "numbers",
                    "elements of type " + type.map(Element::name).orElse(Long.toString(input.type())));
        }
    }

    /** How the axes of the input can be meant, the likeliest first; how it is used tells. */
    private static List<Dims> arrangements(OnnxModel model, OnnxPort input) {
        List<Integer> sizes = new ArrayList<>();
        for (long dim : input.dims()) {
            sizes.add((int) Math.min(dim, Integer.MAX_VALUE));
        }
        long open = sizes.stream().filter(size -> size < 0).count();
        // where two are open, the width is that of some weights
        List<Integer> widths = open == 2 && sizes.size() == 2 ? widths(model.graph()) : List.of();
        if (sizes.isEmpty() || (open > 1 && widths.isEmpty())) {
            throw DataException.of(
                    model.place(),
                    "input \"" + input.name() + "\" of the graph",
                    "a shape with sizes of all axes but that of the samples",
                    sizes);
        }
        if (open == 1) {
            return List.of(new Dims(sizes));
        }
        if (open == 2) {
            return widths.stream()
                    .map(width -> new Dims(List.of(Dims.BATCH, width)))
                    .toList();
        }
        List<Dims> all = new ArrayList<>();
        if (sizes.size() > 1) {
            all.add(new Dims(sizes).with(0, Dims.BATCH));
            all.add(new Dims(sizes).with(sizes.size() - 1, Dims.BATCH));
        }
        all.add(new Dims(sizes));
        return all;
    }

    private static List<Integer> widths(OnnxGraph graph) {
        return tensors(graph)
                .filter(tensor -> tensor.rank() == 2)
                .flatMap(tensor -> tensor.shape().stream())
                .distinct()
                .toList();
    }

    private Chain chain() {
        boolean areReal = Element.ofOnnx(input.type()).map(Element::isReal).orElse(true);
        values.put(input.name(), new Value.Signal(new Expr.Start(Trunk.input(dims.features())), dims, areReal));
        graph.initializers().forEach((name, tensor) -> values.put(name, new Value.Known(tensor)));
        for (OnnxNode node : needed()) {
            evaluate(node);
        }
        DataErrors.requireNone(model.place(), errors);
        return new Outputs(
                        model.place(),
                        graph.outputs().stream()
                                .map(port -> values.get(port.name()))
                                .toList())
                .chain(dims.sample());
    }

    /** The nodes that the outputs depend on, in the order of the file. */
    private List<OnnxNode> needed() {
        Map<String, OnnxNode> makers = new HashMap<>();
        graph.nodes().forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
        Set<String> names = new HashSet<>();
        List<String> open =
                new ArrayList<>(graph.outputs().stream().map(OnnxPort::name).toList());
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (names.add(name) && makers.containsKey(name)) {
                open.addAll(makers.get(name).inputs());
            }
        }
        return graph.nodes().stream()
                .filter(node -> node.outputs().stream().anyMatch(names::contains))
                .toList();
    }

    private void evaluate(OnnxNode node) {
        Value result = new Value.Unknown();
        try {
            Optional<Value> found = value(node);
            result = found.orElse(result);
        } catch (IllegalArgumentException e) {
            errors.add(new DataException(model.place() + ": " + node.words() + ": " + e.getMessage(), e));
        }
        if (!node.outputs().isEmpty()) {
            values.put(node.outputs().get(0), result);
        }
    }

    /** Empty where an input is not understood, of which there is an error already, unless the node itself is one. */
    private Optional<Value> value(OnnxNode node) {
        String operator = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
        Rule rule = RULES.get(operator);
        if (rule == null) {
            throw new IllegalArgumentException("unsupported operator: op_type=" + operator);
        }
        List<Value> inputs = new ArrayList<>();
        for (String name : node.inputs()) {
            Value value = name.isEmpty() ? new Value.Unknown() : values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("nothing before it makes its input: input=" + name);
            }
            if (value instanceof Value.Unknown && !name.isEmpty()) {
                return Optional.empty();
            }
            inputs.add(value);
        }
        return Optional.of(rule.apply(new NodeInput(node, model.opsets().getOrDefault("", 0L), inputs)));
    }

    /** The names of all operators that are understood. */
    static Set<String> operators() {
        return RULES.keySet();
    }
}
