package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of models of Keras that are no chain of layers that layerc has, or damaged. */
final class KerasErrorsTest {
    @TempDir
    private Path folder;

    /** A model of the file with a part of its configuration replaced. */
    private Path changed(String model, String part, String by) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] bytes = Files.readAllBytes(KerasImportTest.MODELS.resolve(model));
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        String config = new String(entries.get("config.json"), StandardCharsets.UTF_8);
        entries.put("config.json", config.replaceAll(part, by).getBytes(StandardCharsets.UTF_8));
        return archive(entries);
    }

    private Path archive(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return Files.write(folder.resolve("changed.keras"), out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "k3_sequential | \"Dropout\" | \"LSTM\" | layer \"dropout\" (LSTM): unsupported layer: class_name=LSTM",
                "k3_sequential | \"softmax\" | \"sparsemax\" | layer \"dense_2\" (Dense): unsupported activation: expected one of celu,",
                "k3_sequential | \"units\": 5 | \"units\": 7 | layer \"dense_1\" (Dense): weights must have shapes [[6, 7], [7]]: shapes=[[6, 5], [5]]",
                "k3_sequential | \"units\": 5 | \"units\": 0 | layer \"dense_1\" (Dense): units must be at least 1: units=0",
                "k3_sequential | \"units\": 5 | \"units\": [] | layer \"dense_1\" (Dense): ",
                "k3_sequential | \\[null, 4\\] | [null, 2, 2] | layer \"dense\" (Dense): samples must have one axis before a Dense layer: shape=[2, 2]",
                "k3_sequential | \"batch_shape\": \\[null, 4\\] | \"batch_shape\": [null, null] | configuration of the model: sizes of all axes but the first must be known",
                "k3_sequential | \"batch_shape\": \\[null, 4\\] | \"batch_shape\": [null, 99999999] | input of the model: expected at most as many values as the file has bytes",
                "k3_sequential | \"Sequential\" | \"Mine\" | model must be Sequential or Functional: class_name=Mine",
                "k3_sequential | \\{\"class_name\": \"Seq | {\"class_nom\": \"Seq | damaged configuration of the model: expected what Keras writes",
                "k3_functional_double | \"keras_history\": \\[\"dense\" | \"keras_history\": [\"activation\" | layers must be one chain: name=",
                "k3_functional_double | \"output_layers\": \\[\"dense_2\" | \"output_layers\": [\"dense_2\", 0, 0], [\"dense\" | damaged configuration",
                "k3_functional_double | \"target_shape\": \\[-1\\] | \"target_shape\": [5] | layer \"reshape\" (Reshape): sizes must be those of 6 values: target_shape=[5]",
                "k3_functional_double | \"mean\": \\[\\[0.5, | \"mean\": [[ | layer \"normalization\" (Normalization): mean and variance must have a number for each of 6 values: length=5, 6",
                "k3_functional_double | \"axis\": -1 | \"axis\": 0 | layer \"batch_normalization\" (BatchNormalization): axis must be that of the last axis: axis=0",
                "k3_layernorm | \"alpha\": 0.7 | \"alpha\": -1 | layer \"elu\" (ELU): alpha must be positive and finite: alpha=-1.0"
            })
    void saysWhatIsNotSupported(String model, String part, String by, String message) throws IOException {
        Path file = changed(model + ".keras", part, by);

        assertThatThrownBy(() -> KerasImportTest.read(file)).hasMessageContaining(message);
    }

    @Test
    void notesALayerThatIsNotOnTheWay() throws IOException {
        Path file = changed(
                "k3_functional_double.keras",
                "\"output_layers\": \\[\"dense_2\"",
                "\"output_layers\": [\"batch_normalization\"");

        assertThat(KerasImportTest.read(file).notes())
                .singleElement()
                .asString()
                .startsWith("the output does not depend on layer \"")
                .contains("layer \"dense_2\" (Dense)")
                .endsWith(": left out");
    }

    @Test
    void tellsEveryLayerAtOnce() throws IOException {
        Path file = changed("k3_sequential.keras", "\"(leaky_relu|softmax)\"", "\"my_own\"");

        assertThatThrownBy(() -> KerasImportTest.read(file))
                .isInstanceOf(DataErrors.class)
                .hasMessageContaining("layer \"dense\" (Dense): unsupported activation")
                .hasMessageContaining("layer \"dense_2\" (Dense): unsupported activation")
                .hasMessageEndingWith("2 errors in " + file);
    }

    @Test
    void refusesArchivesWithoutTheirParts() throws IOException {
        Path file = archive(Map.of("metadata.json", "{\"keras_version\": \"3.0.0\"}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> KerasImportTest.read(file))
                .hasMessageContaining("missing entry: expected config.json: found metadata.json");

        archive(Map.of("metadata.json", "{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> KerasImportTest.read(file)).hasMessageContaining("damaged metadata.json");

        Files.write(file, new byte[100]);
        assertThatThrownBy(() -> KerasImportTest.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a model of Keras, or a damaged one");
    }

    @Test
    void refusesWeightsWithoutAModel() throws IOException {
        Path file = folder.resolve("weights.h5");
        try (ZipInputStream in =
                new ZipInputStream(Files.newInputStream(KerasImportTest.MODELS.resolve("k3_sequential.keras")))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("model.weights.h5")) {
                    Files.write(file, in.readAllBytes());
                }
            }
        }

        assertThatThrownBy(() -> KerasImportTest.read(file))
                .hasMessageContaining("no whole model of Keras: expected attribute model_config");
    }
}
