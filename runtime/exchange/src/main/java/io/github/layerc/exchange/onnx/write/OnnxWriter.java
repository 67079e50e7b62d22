package io.github.layerc.exchange.onnx.write;

import io.github.layerc.exchange.onnx.write.GraphWriter.Attribute;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Scale;
import io.github.layerc.table.Fitted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a model of ONNX. Its input {@code input} has the shape of a sample behind an axis that counts samples, as its values are stored: what the network does to them is a part of the
 * graph. Its output is {@code output}, {@code [batch, outputs]}; where classes have names there is {@code label} too, {@code [batch]}, the name of each sample's class. A model of named columns has
 * an input for each of them, see {@link TableNodes}; of a row without a value where it must have one outputs are NaN, and the label is empty.
 */
public final class OnnxWriter {
    private static final String INPUT = "input";
    static final String OUTPUT = "output";
    static final String LABEL = "label";

    private final Network network;
    private final double[] parameters;
    private final GraphWriter graph;
    private final Optional<TableNodes> table;

    private OnnxWriter(Network network, double[] parameters, Optional<Fitted> fitted) {
        this.network = network;
        this.parameters = parameters;
        this.graph = new GraphWriter(network.precision());
        this.table = fitted.map(some -> new TableNodes(graph, some));
    }

    /**
     * The bytes of the file.
     *
     * @param parameters in the canonical layout
     * @param classes their names, or none
     * @param fitted the columns of a model that has some
     * @param version of layerc
     * @param metadata where the model comes from, by keys
     */
    public static byte[] write(
            Network network,
            double[] parameters,
            List<String> classes,
            Optional<Fitted> fitted,
            String version,
            Map<String, String> metadata) {
        OnnxWriter writer = new OnnxWriter(network, parameters.clone(), fitted);
        String a = writer.table.map(TableNodes::features).orElseGet(writer::scaled);
        for (Layer layer : network.layers()) {
            a = writer.layer(layer, a);
        }
        writer.outputs(a, classes);
        return writer.graph.model(network.name(), version, metadata);
    }

    private String scaled() {
        List<Integer> shape = network.input().shape();
        graph.input(INPUT, graph.real(), shape);
        String x =
                shape.size() == 1 ? INPUT : graph.node("Flatten", "flat", List.of(INPUT), Attribute.integer("axis", 1));
        Scale scale = network.input().scale();
        if (scale.numerator() != 1) {
            x = graph.node("Mul", "scaled", List.of(x, graph.constant(scale.numerator())));
        }
        return scale.denominator() == 1
                ? x
                : graph.node("Div", "divided", List.of(x, graph.constant(scale.denominator())));
    }

    private String layer(Layer layer, String before) {
        String place = "layer" + layer.number();
        String weights = array(layer, 0);
        String z = layer.normalization().isEmpty()
                ? graph.node(
                        "Gemm", place + "/z", List.of(before, weights, array(layer, 1)), Attribute.integer("transB", 1))
                : normalized(layer, layer.normalization().get(), place, before, weights);
        return Activations.write(graph, z, place + "/" + layer.activation().keyword(), layer.activation());
    }

    private String normalized(Layer layer, Normalization normalization, String place, String before, String weights) {
        String u = graph.node("Gemm", place + "/u", List.of(before, weights), Attribute.integer("transB", 1));
        Attribute epsilon = Attribute.real("epsilon", normalization.epsilon());
        String bias = array(layer, 1);
        String gamma = array(layer, 2);
        return normalization.runs()
                ? graph.node(
                        "BatchNormalization",
                        place + "/z",
                        List.of(u, gamma, bias, array(layer, 3), array(layer, 4)),
                        epsilon)
                : graph.node("LayerNormalization", place + "/z", List.of(u, gamma, bias), epsilon);
    }

    /** Adds one of the arrays of a layer. */
    private String array(Layer layer, int index) {
        Layer.Parameters each = layer.parameters().get(index);
        double[] values = Arrays.copyOfRange(parameters, each.at(), each.at() + each.rows() * each.columns());
        List<Integer> shape = index == 0 ? List.of(each.rows(), each.columns()) : List.of(each.rows());
        return graph.parameters(each.name(), shape, values);
    }

    private void outputs(String last, List<String> classes) {
        table.ifPresentOrElse(some -> some.outputs(OUTPUT, last), () -> graph.node("Identity", OUTPUT, List.of(last)));
        graph.output(OUTPUT, graph.real(), List.of(network.outputs()));
        if (classes.isEmpty()) {
            return;
        }
        String index;
        if (network.outputs() > 1) {
            index = graph.node(
                    "ArgMax", "class", List.of(OUTPUT), Attribute.integer("axis", 1), Attribute.integer("keepdims", 0));
        } else {
            String threshold = graph.constant(network.loss().targets().threshold());
            String above = graph.node("Greater", "above", List.of(OUTPUT, threshold));
            String number = graph.cast("number", above, Element.INT64);
            index = graph.node("Squeeze", "class", List.of(number, graph.integers("axis", 1)));
        }
        List<String> texts = new ArrayList<>(classes);
        if (table.isPresent()) {
            texts.add("");
            index = table.get().known(index, classes.size());
        }
        graph.node("Gather", LABEL, List.of(graph.texts("classes", texts), index));
        graph.output(LABEL, Element.STRING, List.of());
    }
}
