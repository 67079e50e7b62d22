package io.github.layerc.exchange.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.chain.Chain;
import io.github.layerc.exchange.onnx.OnnxAttribute;
import io.github.layerc.exchange.onnx.OnnxGraph;
import io.github.layerc.exchange.onnx.OnnxGraph.OnnxPort;
import io.github.layerc.exchange.onnx.OnnxModel;
import io.github.layerc.exchange.onnx.OnnxNode;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many values a sample has, where a file leaves sizes open, or says that of the samples, too. */
final class InputSizesTest {
    private static final long OPEN = -1;

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, Tensor> initializers = new LinkedHashMap<>();

    /** From {@code x} to {@code y}. */
    private Chain read(long... sizes) {
        List<Long> dims = Arrays.stream(sizes).boxed().toList();
        OnnxPort x = new OnnxPort("x", Element.FLOAT.onnx(), dims);
        OnnxPort y = new OnnxPort("y", Element.FLOAT.onnx(), List.of());
        OnnxGraph graph = new OnnxGraph(nodes, initializers, List.of(x), List.of(y));
        return GraphReader.read(new OnnxModel(Path.of("m.onnx"), 8, Map.of("", 17L), graph));
    }

    private void node(String operator, String output, List<String> inputs, Map<String, OnnxAttribute> attributes) {
        nodes.add(new OnnxNode(output, operator, "", inputs, List.of(output), attributes));
    }

    private void node(String operator, String output, String... inputs) {
        node(operator, output, List.of(inputs), Map.of());
    }

    private static Tensor weights(int... shape) {
        List<Integer> axes = Arrays.stream(shape).boxed().toList();
        return Tensor.of(Element.FLOAT, axes, new double[Tensor.size(axes)]);
    }

    private void requireRefused(String message, long... sizes) {
        assertThatThrownBy(() -> read(sizes)).isInstanceOf(DataException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64})
    void tellsWhatIsWrongWhereTheSizeOfTheSamplesIsFixed(long samples) {
        initializers.put("w", weights(784, 10));
        node("Conv", "c", "x");
        node("MatMul", "y", "c", "w");

        requireRefused("m.onnx: node \"c\": unsupported operator: op_type=Conv", samples, 784);
    }

    @Test
    void refusesMoreValuesThanThereAreWeights() {
        initializers.put("w", weights(3, 1));
        node("MatMul", "y", "x", "w");

        requireRefused(
                "m.onnx: input of the graph: expected at most 1024 values, since it has 3 weights: found [N, 2000]",
                3,
                2000);
    }

    @Test
    void takesAnOpenWidthFromWeightsInNodes() {
        OnnxAttribute value = new OnnxAttribute(List.of(), List.of(), List.of(), Optional.of(weights(3, 2)));
        node("Constant", "w", List.of(), Map.of("value", value));
        node("MatMul", "y", "x", "w");

        assertThat(read(OPEN, OPEN).inputShape()).containsExactly(3);
    }

    @Test
    void refusesAnOpenWidthThatNoWeightsTell() {
        node("Relu", "y", "x");

        requireRefused(
                "m.onnx: input \"x\" of the graph: expected a shape with sizes of all axes but that of the samples: found [-1, -1]",
                OPEN,
                OPEN);
    }

    @Test
    void triesOpenWidthsInTheOrderOfTheFile() {
        for (int width = 20; width > 10; width--) {
            initializers.put("w" + width, weights(width, width));
        }
        node("Softmax", "y", List.of("x"), Map.of("axis", integers(0)));

        requireRefused(
                "m.onnx: node \"y\": softmax must be over all values of a sample: axis=0, shape=[N, 20]", OPEN, OPEN);
    }

    private static OnnxAttribute integers(long... values) {
        return new OnnxAttribute(List.of(), Arrays.stream(values).boxed().toList(), List.of(), Optional.empty());
    }

    /** As one tensor of one axis, which a node gives its shape. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsWeightsInLists(boolean whole) {
        int inputs = 2000;
        List<Double> reals = whole ? List.of() : Collections.nCopies(inputs, 0.5);
        List<Long> integers = whole ? Collections.nCopies(inputs, 1L) : List.of();
        OnnxAttribute list = new OnnxAttribute(reals, integers, List.of(), Optional.empty());
        node("Constant", "list", List.of(), Map.of(whole ? "value_ints" : "value_floats", list));
        initializers.put("shape", Tensor.of(Element.INT64, List.of(2), inputs, 1));
        node("Reshape", "w", "list", "shape");
        node("MatMul", "y", "x", "w");

        assertThat(read(OPEN, inputs).inputShape()).containsExactly(inputs);
    }
}
