package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.Gson;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of Keras predict here what NumPy computes of them; {@code make-keras.py} made them. */
final class KerasImportTest {
    static final Path MODELS = Path.of("src/test/resources/keras");

    private static final class Cases extends java.util.TreeMap<String, Case> {
        private static final long serialVersionUID = 1;
    }

    private static final class Case {
        private List<List<Double>> inputs;
        private List<List<Double>> outputs;
        private boolean isDouble;
        private List<String> notes;
    }

    static Stream<Map.Entry<String, Case>> models() throws IOException {
        String json = Files.readString(MODELS.resolve("keras.json")).replace("\"double\"", "\"isDouble\"");
        return new Gson().fromJson(json, Cases.class).entrySet().stream();
    }

    static ImportedModel read(Path file) {
        return new ModelImport("", "Imported", Optional.empty()).read(file);
    }

    @ParameterizedTest
    @MethodSource("models")
    void predictsAsKerasDoes(Map.Entry<String, Case> model) {
        Case expected = model.getValue();

        ImportedModel imported = read(MODELS.resolve(model.getKey()));

        assertThat(imported.notes()).hasSameSizeAs(expected.notes);
        assertThat(imported.network().precision()).isEqualTo(expected.isDouble ? Precision.DOUBLE : Precision.FLOAT);
        Network network = imported.network().withPrecision(Precision.DOUBLE);
        double[] y = flat(expected.outputs);
        try (DoubleEngine interpreter = Interpreter.createDouble(network, expected.inputs.size())) {
            interpreter.setParameters(imported.parameters());
            double[] found = interpreter.predict(flat(expected.inputs), expected.inputs.size());
            assertThat(found).hasSameSizeAs(y);
            for (int i = 0; i < y.length; i++) {
                double bound = 1e-12 * Math.max(1, Math.abs(y[i]));
                assertThat(found[i]).as("output %d of %s", i, imported.spec("")).isCloseTo(y[i], offset(bound));
            }
        }
    }

    private static double[] flat(List<List<Double>> rows) {
        return rows.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    @Test
    void keepsTheFractionOfAScale() {
        assertThat(read(MODELS.resolve("k2_functional.h5")).network().input().scale())
                .isEqualTo(new Scale(1, 255));
    }

    @Test
    void keepsSmallNetworksSmall() {
        assertThat(Arrays.stream(new String[] {"k2_normalization.h5", "k3_functional_double.keras"})
                        .map(name -> read(MODELS.resolve(name)).network().layerDims()))
                .containsExactly(List.of(5, 6, 6, 1), List.of(6, 5, 4, 2));
    }
}
