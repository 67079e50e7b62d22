package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of other tools predict here what they predict there; {@code make-models.py} made them. */
final class ModelImportTest {
    private static final Path MODELS = Path.of("src/test/resources/models");

    static Stream<Map.Entry<String, JsonElement>> models() throws IOException {
        String json = Files.readString(MODELS.resolve("models.json"));
        return JsonParser.parseString(json).getAsJsonObject().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void predictsAsTheToolDoes(Map.Entry<String, JsonElement> model) {
        JsonObject expected = model.getValue().getAsJsonObject();

        ImportedModel imported =
                new ModelImport("", "Imported", Optional.empty()).read(MODELS.resolve(model.getKey() + ".onnx"));

        assertThat(imported.labels().classes()).isEqualTo(texts(expected.getAsJsonArray("classes")));
        assertThat(imported.notes()).hasSize(expected.has("note") ? 1 : 0);
        boolean isDouble = model.getKey().contains("double");
        assertThat(imported.network().precision()).isEqualTo(isDouble ? Precision.DOUBLE : Precision.FLOAT);
        double[] x = numbers(expected.getAsJsonArray("inputs"));
        double[] y = numbers(expected.getAsJsonArray("outputs"));
        double[] found = predict(imported, x);
        assertThat(found).hasSameSizeAs(y);
        for (int i = 0; i < y.length; i++) {
            // the files of floats were computed in double from the same numbers
            double bound = (isDouble ? 1e-12 : 1e-6) * Math.max(1, Math.abs(y[i]));
            assertThat(found[i]).as("output %d of %s", i, imported.spec("")).isCloseTo(y[i], offset(bound));
        }
    }

    private static double[] predict(ImportedModel imported, double[] x) {
        Network network = imported.network().withPrecision(Precision.DOUBLE);
        int count = x.length / network.inputs();
        try (DoubleEngine interpreter = Interpreter.createDouble(network, count)) {
            interpreter.setParameters(imported.parameters());
            return interpreter.predict(x, count);
        }
    }

    private static double[] numbers(JsonArray rows) {
        List<Double> numbers = new ArrayList<>();
        rows.forEach(row -> row.getAsJsonArray().forEach(each -> numbers.add(each.getAsDouble())));
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<String> texts(JsonArray texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.getAsString()));
        return all;
    }
}
