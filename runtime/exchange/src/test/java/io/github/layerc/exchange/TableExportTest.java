package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.OutputClass;
import io.github.layerc.exchange.onnx.OnnxGraph;
import io.github.layerc.exchange.onnx.OnnxGraph.OnnxPort;
import io.github.layerc.exchange.onnx.OnnxModel;
import io.github.layerc.exchange.onnx.OnnxReader;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        return TableModels.all().findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.exchange.TableModels#all")
    void computesWhatTheModelPredicts(ExportedModel model) {
        OnnxGraph graph = onnx(model).graph();
        Table table = model.fitted().orElseThrow().table();
        List<String> classes = model.labels().classes();
        for (double[] row : TableModels.rows(table)) {
            double[] expected = TableModels.expected(model, row);
            Map<String, Tensor> found = RowEvaluator.run(graph, inputs(model, graph, row));

            double[] outputs = found.get("output").numbers();
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
                assertThat(found.get("label").texts()).containsExactly(of == OutputClass.NONE ? "" : classes.get(of));
            }
        }
    }

    /** A row as the inputs of a graph. */
    private static Map<String, Tensor> inputs(ExportedModel model, OnnxGraph graph, double[] row) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        Element real = model.network().precision() == Precision.DOUBLE ? Element.DOUBLE : Element.FLOAT;
        int at = 0;
        for (OnnxPort port : graph.inputs()) {
            int count = (int) (long) port.dims().get(1);
            Column column = model.fitted().orElseThrow().table().columns().get(at);
            Element type = column.kind() == ColumnKind.BOOLEAN && !column.optional() ? Element.BOOL : real;
            Tensor value = column.kind() == ColumnKind.CATEGORY
                    ? Tensor.of(
                            List.of(1),
                            List.of(
                                    Double.isNaN(row[at])
                                            ? ""
                                            : column.categories().get((int) row[at])))
                    : Tensor.of(type, List.of(count), Arrays.copyOfRange(row, at, at + count));
            inputs.put(port.name(), value);
            at += count;
        }
        return inputs;
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
        double[] row = TableModels.rows(model.fitted().orElseThrow().table())[0];
        for (String column : List.of("Color", "label_", "size", "W1", "shade", "tone")) {
            Map<String, Tensor> inputs = inputs(model, graph, row);
            inputs.put(column, Tensor.of(List.of(1), List.of("mauve")));

            Map<String, Tensor> found = RowEvaluator.run(graph, inputs);

            assertThat(found.get("output").numbers()).containsOnly(Double.NaN);
            assertThat(found.get("label").texts()).containsExactly("");
        }
    }

    @Test
    void isRefusedByTheImportInOneLine() {
        ExportedModel model = flowers();
        onnx(model);

        assertThatThrownBy(() -> new ModelImport("", "Net", Optional.empty()).read(folder.resolve("net.onnx")))
                .hasMessageContaining("inputs");
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
                        "cut: robust\\n... of 15 columns");
    }

    @Test
    void writesTheParametersAloneInFormatsWithoutColumns() {
        for (ExportFormat format : ExportFormat.ALL) {
            if (!format.columns()) {
                Path file = folder.resolve("net" + format.ending());
                format.write(file, flowers());
                assertThat(file).isNotEmptyFile();
            }
        }
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
