package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.data.OutputClass;
import io.github.layerc.exchange.onnx.OnnxGraph;
import io.github.layerc.exchange.onnx.OnnxGraph.OnnxPort;
import io.github.layerc.exchange.onnx.OnnxModel;
import io.github.layerc.exchange.onnx.OnnxReader;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.proto.ProtoReader;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of named columns in the formats of other tools. */
final class TableExportTest {
    @TempDir
    private Path folder;

    private OnnxModel onnx(ExportedModel model) {
        Path file = folder.resolve("net.onnx");
        ExportFormat.of("onnx").orElseThrow().write(file, model);
        return OnnxReader.read(file);
    }

    private static ExportedModel flowers() {
        return flowers(Precision.FLOAT);
    }

    private static ExportedModel flowers(Precision precision) {
        return TableModels.all()
                .filter(model -> model.network().precision() == precision)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.exchange.TableModels#all")
    void computesWhatTheModelPredicts(ExportedModel model) {
        OnnxGraph graph = onnx(model).graph();
        Table table = model.fitted().orElseThrow().table();
        List<String> classes = model.labels().classes();
        double[][] rows = TableModels.rows(table);
        Map<String, Tensor> found = RowEvaluator.run(graph, inputs(model, graph, rows));
        for (int r = 0; r < rows.length; r++) {
            double[] expected = TableModels.expected(model, rows[r]);
            double[] outputs = row(found.get("output"), r);
            assertThat(outputs).hasSameSizeAs(expected);
            for (int o = 0; o < outputs.length; o++) {
                double bound = model.network().precision() == Precision.DOUBLE ? 1e-13 : 5e-6;
                if (Double.isNaN(expected[o])) {
                    assertThat(outputs[o]).isNaN();
                } else {
                    assertThat(outputs[o]).isCloseTo(expected[o], within(bound * Math.max(1, Math.abs(expected[o]))));
                }
            }
            if (!classes.isEmpty()) {
                int of = OutputClass.of(model.network().loss().targets(), outputs.length, o -> expected[o]);
                assertThat(found.get("label").texts().get(r)).isEqualTo(of == OutputClass.NONE ? "" : classes.get(of));
            }
        }
    }

    private static double[] row(Tensor tensor, int row) {
        int width = tensor.shape().get(1);
        return Arrays.copyOfRange(tensor.numbers(), row * width, (row + 1) * width);
    }

    /** Rows as the inputs of a graph, of the types that it asks for. */
    private static Map<String, Tensor> inputs(ExportedModel model, OnnxGraph graph, double[]... rows) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        int at = 0;
        for (OnnxPort port : graph.inputs()) {
            int first = at;
            int count = (int) (long) port.dims().get(1);
            Column column = model.fitted().orElseThrow().table().columns().get(at);
            Element type = Element.ofOnnx(port.type()).orElseThrow();
            List<Integer> shape = List.of(rows.length, count);
            Tensor value = type == Element.STRING
                    ? Tensor.of(
                            shape,
                            Arrays.stream(rows)
                                    .map(row -> Double.isNaN(row[first])
                                            ? ""
                                            : column.categories().get((int) row[first]))
                                    .toList())
                    : Tensor.of(
                            type,
                            shape,
                            Arrays.stream(rows)
                                    .flatMapToDouble(row -> Arrays.stream(row, first, first + count))
                                    .toArray());
            inputs.put(port.name(), value);
            at += count;
        }
        return inputs;
    }

    @Test
    void saysTypesAndWordsOfInputs() {
        assertThat(ports(flowers(Precision.FLOAT)))
                .containsExactly(
                        "sepal length (cm): FLOAT, a number",
                        "output_: FLOAT, a number; NaN where it is missing",
                        "Color: STRING, one of red, deep green, 3; empty where it is missing",
                        "label_: STRING, one of small, large; empty where it is missing",
                        "size: STRING, one of s, m, l",
                        "W1: STRING, one of a, b, c; empty where it is missing",
                        "shade: STRING, one of dark, light",
                        "tone: STRING, one of dark, light; empty where it is missing",
                        "wild: FLOAT, 0 or 1; NaN where it is missing",
                        "old: BOOL, ",
                        "new: FLOAT, 0 or 1; NaN where it is missing",
                        "cut: FLOAT, a number; NaN where it is missing",
                        "output__: FLOAT, a number; NaN where it is missing",
                        "pixel_{0..1}_{0..3}: FLOAT, a number; NaN where it is missing",
                        "count {1..3}: FLOAT, a number");
        assertThat(ports(flowers(Precision.DOUBLE)))
                .startsWith("sepal length (cm): DOUBLE, a number")
                .contains("wild: DOUBLE, 0 or 1; NaN where it is missing", "old: BOOL, ");
    }

    /** Name, type and words of inputs; the reader passes over words. */
    private List<String> ports(ExportedModel model) {
        List<OnnxPort> inputs = onnx(model).graph().inputs();
        List<String> words = new ArrayList<>();
        eachField(
                bytes("net.onnx"),
                7,
                graph -> eachField(graph, 11, port -> {
                    words.add("");
                    eachField(port, 3, text -> words.set(words.size() - 1, new String(text, StandardCharsets.UTF_8)));
                }));
        assertThat(words).hasSameSizeAs(inputs);
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> inputs.get(i).name() + ": "
                        + Element.ofOnnx(inputs.get(i).type()).orElseThrow() + ", " + words.get(i))
                .toList();
    }

    private byte[] bytes(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void eachField(byte[] message, int field, Consumer<byte[]> use) {
        ProtoReader in = ProtoReader.of("net.onnx", message);
        while (in.next()) {
            if (in.field() == field) {
                ByteBuffer content = in.bytes();
                byte[] copy = new byte[content.remaining()];
                content.get(copy);
                use.accept(copy);
            } else {
                in.skip();
            }
        }
    }

    /** Of numbers that are close to each other a logarithm that was rounded before it is centered would have few digits left. */
    @Test
    void roundsOnceBehindLogarithmAndScale() {
        Table table = Table.builder()
                .column(Column.number("n").with(Transform.LOG1P_STANDARDIZE))
                .column(Column.number("x").with(Transform.STANDARDIZE))
                .target("y", Transform.NONE)
                .build();
        Network network = Network.builder("it", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        double[][] rows = {{1_000_000, 7}, {1_000_001, 8}, {1_000_003, 10}};
        double[][] values = {{1_000_000, 1_000_001, 1_000_003}, {7, 8, 10}};
        Fitted fitted = table.fit(values, new double[][] {{1, 2, 3}});
        ExportedModel model =
                new ExportedModel(network, new double[] {1, 1, 0}, ModelLabels.NONE, Optional.of(fitted), "");
        OnnxGraph graph = onnx(model).graph();

        Tensor found = RowEvaluator.run(graph, inputs(model, graph, rows)).get("features");

        for (int r = 0; r < rows.length; r++) {
            double[] expected = new double[2];
            fitted.features(rows[r], expected, 0);
            assertThat(row(found, r)).containsExactly(expected, within(1e-7));
        }
    }

    @Test
    void hasAnInputForEachColumnOrPattern() {
        OnnxModel model = onnx(flowers());

        assertThat(model.graph().inputs())
                .extracting(OnnxPort::name)
                .containsExactly(
                        "sepal length (cm)",
                        "output_",
                        "Color",
                        "label_",
                        "size",
                        "W1",
                        "shade",
                        "tone",
                        "wild",
                        "old",
                        "new",
                        "cut",
                        "output__",
                        "pixel_{0..1}_{0..3}",
                        "count {1..3}");
        assertThat(model.graph().outputs()).extracting(OnnxPort::name).containsExactly("output", "label");
        assertThat(model.opsets()).containsOnly(Map.entry("", 17L), Map.entry("ai.onnx.ml", 3L));
    }

    @Test
    void needsNoOtherOperatorsWithoutCategories() {
        assertThat(onnx(TableModels.all().toList().get(1)).opsets()).containsOnly(Map.entry("", 17L));
    }

    @Test
    void knowsNoOutputsOfATextThatIsNoCategory() {
        ExportedModel model = flowers();
        OnnxGraph graph = onnx(model).graph();
        double[][] rows =
                Arrays.copyOf(TableModels.rows(model.fitted().orElseThrow().table()), 2);
        for (String column : List.of("Color", "label_", "size", "W1", "shade", "tone")) {
            Map<String, Tensor> inputs = inputs(model, graph, rows);
            String other = inputs.get(column).texts().get(1);
            inputs.put(column, Tensor.of(List.of(2, 1), List.of("mauve", other)));

            Map<String, Tensor> found = RowEvaluator.run(graph, inputs);

            assertThat(row(found.get("output"), 0)).containsOnly(Double.NaN);
            assertThat(row(found.get("output"), 1)).doesNotContain(Double.NaN);
            assertThat(found.get("label").texts().get(0)).isEmpty();
            assertThat(found.get("label").texts().get(1)).isNotEmpty();
        }
    }

    @Test
    void isRefusedByTheImportInOneLine() {
        ExportedModel model = flowers();
        onnx(model);

        assertThatThrownBy(() -> new ModelImport("", "Net", Optional.empty()).read(folder.resolve("net.onnx")))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("net.onnx")
                                + ": inputs of the graph: expected one: found [sepal length (cm), output_, Color, label_, size, W1, shade, tone, wild, old, new, cut, output__, pixel_{0..1}_{0..3}, count {1..3}]");
    }

    @Test
    void saysTargetsInMetadata() {
        ExportedModel price = TableModels.all().toList().get(2);

        assertThat(price.metadata()).containsEntry("targets", "[\"price\",\"days to sell\",\"rooms\"]");
    }

    @Test
    void showsColumnsInThePicture() throws IOException {
        Path file = folder.resolve("net.dot");
        ExportFormat.of("dot").orElseThrow().write(file, flowers());

        assertThat(Files.readString(file))
                .contains(
                        "input\\n32\\nsepal length (cm): standardize\\noutput: log1p_standardize",
                        "cut: robust\\n... of 24 columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz", "safetensors", "keras"})
    void writesTheParametersAloneInFormatsWithoutColumns(String keyword) {
        ExportFormat format = ExportFormat.of(keyword).orElseThrow();
        Path file = folder.resolve("net" + format.ending());
        format.write(file, flowers());

        double[] read = keyword.equals("keras")
                ? new ModelImport("", "Net", Optional.empty()).read(file).parameters()
                : ParameterImport.read(file, flowers().network());
        assertThat(format.columns()).isFalse();
        assertThat(read).isEqualTo(flowers().parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx", "dot"})
    void refusesFillValuesThatThePrecisionHasNot(String keyword) {
        Table table = Table.builder()
                .column(Column.number("a").with(Missing.constant(1e39)))
                .target("b", Transform.NONE)
                .build();
        Network.Builder network = Network.builder("it", "Net")
                .input(Input.flat(1))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR);
        Optional<Fitted> fitted = Optional.of(table.fit(new double[][] {{1}}, new double[][] {{1}}));
        ExportFormat format = ExportFormat.of(keyword).orElseThrow();
        Path file = folder.resolve("net" + format.ending());

        for (Precision precision : Precision.values()) {
            ExportedModel model = new ExportedModel(
                    network.precision(precision).build(), new double[2], ModelLabels.NONE, fitted, "");
            if (precision == Precision.DOUBLE) {
                format.write(file, model);
            } else {
                assertThatThrownBy(() -> format.write(file, model))
                        .isInstanceOf(DataException.class)
                        .hasMessage(file + ": column a: fill value must be finite in float: fill=1.0E39");
            }
        }
        assertThat(file).exists();
    }

    @Test
    void refusesColumnsOfAnotherNetwork() {
        ExportedModel model = flowers();
        Network other = Network.builder("it", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .build();

        assertThatThrownBy(() -> new ExportedModel(
                        other, new double[other.parameterCount()], ModelLabels.NONE, model.fitted(), ""))
                .hasMessageStartingWith("network Net does not fit the table: inputs=2 of 32");
    }
}
