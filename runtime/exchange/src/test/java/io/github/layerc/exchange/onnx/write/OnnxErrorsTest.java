package io.github.layerc.exchange.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.exchange.ModelImport;
import io.github.layerc.exchange.onnx.write.GraphWriter.Attribute;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Precision;
import io.github.layerc.proto.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that are none that layerc could run: each a line with the file, the node and what is wrong. */
final class OnnxErrorsTest {
    @TempDir
    private Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("m.onnx"), bytes);
    }

    private static Arguments graph(String message, Consumer<GraphWriter> content) {
        GraphWriter graph = new GraphWriter(Precision.FLOAT);
        content.accept(graph);
        return Arguments.of(message, graph.model("g", "1", Map.of()));
    }

    /** One input {@code x} of three values, and one output {@code y}. */
    private static Arguments from3(String message, Consumer<GraphWriter> nodes) {
        return graph(message, graph -> {
            graph.input("x", Element.FLOAT, List.of(3));
            graph.parameters("w", List.of(3, 3), new double[9]);
            graph.parameters("b", List.of(3), new double[3]);
            nodes.accept(graph);
            graph.output("y", Element.FLOAT, List.of(3));
        });
    }

    /** One node alone: what is said of it. */
    private static Arguments one(String message, String operator, List<String> inputs, Attribute... attributes) {
        return from3("m.onnx: node \"y\": " + message, graph -> graph.node(operator, "y", inputs, attributes));
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                one("nothing before it makes its input: input=later", "Relu", List.of("later")),
                one(
                        "alpha must be positive and below 1: alpha=2.0",
                        "LeakyRelu",
                        List.of("x"),
                        Attribute.real("alpha", 2)),
                one("gamma must be 1.0507009: gamma=2.0", "Selu", List.of("x"), Attribute.real("gamma", 2)),
                one(
                        "approximate must be none or tanh: approximate=fast",
                        "Gelu",
                        List.of("x"),
                        Attribute.text("approximate", "fast")),
                one(
                        "values of samples must stay floating-point numbers: to=INT64",
                        "Cast",
                        List.of("x"),
                        Attribute.integer("to", 7)),
                one("unsupported type of elements: to=99", "Cast", List.of("x"), Attribute.integer("to", 99)),
                one(
                        "training_mode must be 0: training_mode=1",
                        "BatchNormalization",
                        List.of("x", "b", "b", "b", "b"),
                        Attribute.integer("training_mode", 1)),
                one(
                        "softmax must be over all values of a sample: axis=0, shape=[N, 3]",
                        "Softmax",
                        List.of("x"),
                        Attribute.integer("axis", 0)),
                one("axis must be one of 2: axis=5", "Softmax", List.of("x"), Attribute.integer("axis", 5)),
                one("slope must be one for all units: slope=FLOAT [3]", "PRelu", List.of("x", "b")));
    }

    static Stream<Arguments> graphs() {
        return Stream.of(
                from3("""
                        m.onnx: node "a": unsupported operator: op_type=Conv
                        m.onnx: node "b2": unsupported operator: op_type=Sin
                        2 errors in m.onnx""", graph -> {
                    graph.node("Conv", "a", List.of("x", "w"));
                    graph.node("MatMul", "c", List.of("a", "w"));
                    graph.node("Sin", "b2", List.of("x"));
                    graph.node("Add", "y", List.of("c", "b2"));
                }),
                from3("m.onnx: node \"y\": it joins two branches, a network of layerc is a chain", graph -> {
                    graph.node("MatMul", "c", List.of("x", "w"));
                    graph.node("Add", "y", List.of("c", "x"));
                }),
                from3("m.onnx: node \"y\": it joins several inputs, a network of layerc is a chain", graph -> {
                    graph.node("MatMul", "c", List.of("x", "w"));
                    graph.node("Concat", "y", List.of("c", "x"), Attribute.integer("axis", 1));
                }),
                from3("m.onnx: node \"y\": weights for 3 values were expected: values=2", graph -> {
                    graph.parameters("v", List.of(2, 3), new double[6]);
                    graph.node("MatMul", "y", List.of("x", "v"));
                }),
                from3(
                        "m.onnx: node \"y\": constants must be for the values of a sample of shape [N, 3]: shape=[2]",
                        graph -> {
                            graph.parameters("v", List.of(2), new double[2]);
                            graph.node("Add", "y", List.of("x", "v"));
                        }),
                from3("m.onnx: node \"y\": input 1 must be a constant: input=c", graph -> {
                    graph.node("MatMul", "c", List.of("x", "w"));
                    graph.node("MatMul", "y", List.of("x", "c"));
                }),
                from3(
                        "m.onnx: node \"y\": samples must keep their values: shape=[N, 3], other=[N, 4]",
                        graph -> graph.node("Reshape", "y", List.of("x", graph.integers("s", 0, 4)))),
                from3(
                        "m.onnx: node \"y\": min must be below max: min=2.0, max=1.0",
                        graph -> graph.node("Clip", "y", List.of("x", graph.constant(2), graph.constant(1)))),
                from3(
                        "m.onnx: node \"y\": what is done to its input is neither linear nor an activation that layerc has",
                        graph -> {
                            graph.node("Exp", "e", List.of("x"));
                            graph.node("MatMul", "y", List.of("e", "w"));
                        }),
                from3(
                        "m.onnx: output of the graph: expected values behind an activation that layerc has: found another one",
                        graph -> graph.node("Exp", "y", List.of("x"))),
                from3(
                        "m.onnx: no network that layerc can make: layer 1: softmax is for the output layer only: activation=softmax",
                        graph -> {
                            graph.node("Softmax", "e", List.of("x"));
                            graph.node("MatMul", "y", List.of("e", "w"));
                        }),
                from3(
                        "m.onnx: no network that layerc can make: layer_norm must stand behind a product without bias",
                        graph -> graph.node("LayerNormalization", "y", List.of("x", "b", "b"))),
                from3(
                        "m.onnx: outputs of the graph: expected one with values, and at most classes of it: found 2 with values",
                        graph -> {
                            graph.node("Relu", "y", List.of("x"));
                            graph.node("MatMul", "v", List.of("x", "w"));
                            graph.output("v", Element.FLOAT, List.of(3));
                        }),
                from3(
                        "m.onnx: outputs of the graph: expected one with values, and at most classes of it: found none that depends on the input",
                        graph -> graph.node("Identity", "y", List.of("w"))),
                graph(
                        "m.onnx: node \"d\": values of samples must be cast to floating-point numbers before it computes with them",
                        graph -> {
                            graph.input("x", Element.UINT8, List.of(3));
                            graph.node("Div", "d", List.of("x", graph.constant(2)));
                            graph.node("Cast", "y", List.of("d"), Attribute.integer("to", 1));
                            graph.output("y", Element.FLOAT, List.of(3));
                        }),
                graph("m.onnx: input \"x\" of the graph: expected numbers: found elements of type STRING", graph -> {
                    graph.input("x", Element.STRING, List.of(3));
                    graph.node("Cast", "y", List.of("x"), Attribute.integer("to", 1));
                    graph.output("y", Element.FLOAT, List.of(3));
                }),
                graph("m.onnx: inputs of the graph: expected one: found [x, v]", graph -> {
                    graph.input("x", Element.FLOAT, List.of(3));
                    graph.input("v", Element.FLOAT, List.of(3));
                }),
                graph(
                        "m.onnx: input of the graph: expected at most 1024 values, since it has 0 weights: found [N, 2000000]",
                        graph -> {
                            graph.input("x", Element.FLOAT, List.of(2_000_000));
                            graph.node("Relu", "y", List.of("x"));
                            graph.output("y", Element.FLOAT, List.of(2_000_000));
                        }));
    }

    @ParameterizedTest
    @MethodSource({"nodes", "graphs"})
    void tellsWhichNodeIsNotUnderstood(String message, byte[] bytes) throws IOException {
        requireRefused(write(bytes), message);
    }

    private void requireRefused(Path file, String message) {
        String at = folder + "/";
        assertThatThrownBy(() -> new ModelImport("", "Net", Optional.empty()).read(file))
                .satisfies(
                        error -> assertThat(error.getMessage().replace(at, "").replace(System.lineSeparator(), "\n"))
                                .isEqualTo(message));
    }

    private static byte[] model(long ir, long opset, Consumer<ProtoWriter> graph) {
        return new ProtoWriter()
                .integer(1, ir)
                .message(7, graph)
                .message(8, out -> out.integer(2, opset))
                .toByteArray();
    }

    private static byte[] tensor(Consumer<ProtoWriter> content) {
        return model(8, 17, graph -> graph.message(5, content));
    }

    private static Consumer<ProtoWriter> external(String location, String length) {
        return out -> out.integers(1, 2)
                .integer(2, 1)
                .text(8, "w")
                .message(13, entry -> entry.text(1, "location").text(2, location))
                .message(13, entry -> entry.text(1, "length").text(2, length))
                .integer(14, 1);
    }

    static Stream<Arguments> files() {
        String version =
                "m.onnx: unsupported version of the format of ONNX (ir_version): expected version 3 to 13: found ";
        String opset = "m.onnx: unsupported operators of ONNX: expected opset 7 to 25: found opset ";
        String outside =
                "m.onnx: tensor \"w\": external data: expected a file in the folder of the model, or below it: found ";
        return Stream.of(
                Arguments.of(version + "2", model(2, 17, graph -> {})),
                Arguments.of(version + "14", model(14, 17, graph -> {})),
                Arguments.of(opset + "6", model(8, 6, graph -> {})),
                Arguments.of(opset + "26", model(8, 26, graph -> {})),
                Arguments.of("m.onnx: not a model of ONNX: expected a graph: found none", new byte[0]),
                Arguments.of(
                        "m.onnx: damaged or truncated message, field 7: expected 9 bytes: found 0 bytes",
                        new byte[] {0x3a, 9}),
                Arguments.of(
                        "m.onnx: sparse initializer: expected dense ones: found a sparse one",
                        model(8, 17, graph -> graph.message(15, sparse -> {}))),
                Arguments.of(
                        "m.onnx: tensor \"w\": number of elements: expected 2: found 1",
                        tensor(out ->
                                out.integers(1, 2).integer(2, 1).reals(4, 1).text(8, "w"))),
                Arguments.of(
                        "m.onnx: tensor \"w\": bytes of shape [2]: expected 8 bytes: found 4",
                        tensor(out ->
                                out.integers(1, 2).integer(2, 1).text(8, "w").bytes(9, new byte[4]))),
                Arguments.of(
                        "m.onnx: tensor \"w\": number of elements: expected as many as its shape: found 1",
                        tensor(out -> out.integers(1, 1 << 20, 1 << 20)
                                .integer(2, 1)
                                .reals(4, 1)
                                .text(8, "w"))),
                Arguments.of(
                        "m.onnx: tensor \"w\": sizes of axes: expected 0 to 2147483647: found -5",
                        tensor(out -> out.integers(1, -5).integer(2, 1).text(8, "w"))),
                Arguments.of(
                        "m.onnx: tensor \"w\": unsupported type of elements: expected 1 to 13 or 16: found 15",
                        tensor(out -> out.integers(1, 2).integer(2, 15).text(8, "w"))),
                Arguments.of(
                        "m.onnx: tensor \"w\": part of a tensor: expected a whole one: found a segment",
                        tensor(out -> out.integers(1, 2)
                                .integer(2, 1)
                                .message(3, part -> {})
                                .text(8, "w"))),
                Arguments.of(outside + "../w.data", tensor(external("../w.data", "8"))),
                Arguments.of(outside + "a/../../w.data", tensor(external("a/../../w.data", "8"))),
                Arguments.of(outside + "/etc/passwd", tensor(external("/etc/passwd", "8"))),
                Arguments.of(outside + "no name", tensor(external("", "8"))),
                Arguments.of(outside + "link.data", tensor(external("link.data", "8"))),
                Arguments.of(
                        "m.onnx: tensor \"w\": external data: expected a whole length of bytes: found many",
                        tensor(external("w.data", "many"))),
                Arguments.of(
                        "w.data: tensor \"w\": external data: expected 800 bytes from 0 on: found 8 bytes in all",
                        tensor(external("w.data", "800"))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void tellsWhatIsWrongWithAFile(String message, byte[] bytes) throws IOException {
        Files.write(folder.resolve("w.data"), new byte[8]);
        Path elsewhere = Files.createTempFile("elsewhere", ".data");
        Files.write(elsewhere, new byte[8]);
        Files.createSymbolicLink(folder.resolve("link.data"), elsewhere);
        requireRefused(write(bytes), message);
        Files.delete(elsewhere);
    }

    /** The file of the model itself then is much smaller than its input. */
    @Test
    void takesWeightsOfAFileBeside() throws IOException {
        int inputs = 20_000;
        Files.write(folder.resolve("w.data"), new byte[inputs * Float.BYTES]);
        byte[] bytes = model(
                8,
                17,
                graph -> graph.message(
                                5,
                                out -> out.integers(1, 1, inputs)
                                        .integer(2, 1)
                                        .text(8, "w")
                                        .message(
                                                13,
                                                entry -> entry.text(1, "location")
                                                        .text(2, "w.data"))
                                        .integer(14, 1))
                        .message(
                                1,
                                node -> node.text(1, "x")
                                        .text(1, "w")
                                        .text(2, "y")
                                        .text(4, "Gemm")
                                        .message(
                                                5,
                                                turn -> turn.text(1, "transB")
                                                        .integer(3, 1)
                                                        .integer(20, 2)))
                        .message(11, port -> port(port, "x", inputs))
                        .message(12, port -> port(port, "y", 1)));

        assertThat(new ModelImport("", "Net", Optional.empty())
                        .read(write(bytes))
                        .network()
                        .inputs())
                .isEqualTo(inputs);
    }

    private static void port(ProtoWriter port, String name, int size) {
        port.text(1, name)
                .message(
                        2,
                        type -> type.message(
                                1,
                                tensor -> tensor.integer(1, 1)
                                        .message(
                                                2,
                                                shape -> shape.message(1, dim -> dim.text(2, "N"))
                                                        .message(1, dim -> dim.integer(1, size)))));
    }

    @Test
    void takesFilesByTheirEnding() throws IOException {
        requireRefused(folder.resolve("m.onnx"), "m.onnx: no such file: expected a model: found nothing");
        requireRefused(folder, folder + ": no such file: expected a model: found a folder or a device");
        Path other = Files.write(folder.resolve("m.pb"), new byte[1]);
        assertThatThrownBy(() -> new ModelImport("", "Net", Optional.empty()).read(other))
                .hasMessageContaining("m.pb: unknown format: expected a name that ends in .onnx")
                .hasMessageEndingWith(": found m.pb");
    }
}
