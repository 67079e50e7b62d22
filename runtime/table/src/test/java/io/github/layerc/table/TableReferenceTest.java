package io.github.layerc.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transformations and rules for missing values against those of scikit-learn, see {@code table-reference.py}. */
class TableReferenceTest {
    private static final double BOUND = 1e-12;

    private static final JsonObject REFERENCE = load();

    private static JsonObject load() {
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(TableReferenceTest.class.getResourceAsStream("table-reference.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in).getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A column of the reference. */
    record Case(JsonObject json) {
        Column column() {
            Transform transform = kind(Transform.all(), Transform::keyword, "transform");
            Missing missing = kind(Missing.all(), Missing::keyword, "missing");
            Column column = json.get("kind").getAsString().equals("category")
                    ? Column.category("x", "red", "green", "blue")
                    : Column.number("x");
            return column.with(transform.keyword().equals("scale") ? Transform.scale(0.25) : transform)
                    .with(missing.keyword().equals("constant") ? Missing.constant(2.5) : missing);
        }

        private <K> K kind(List<K> all, Function<K, String> keyword, String name) {
            return all.stream()
                    .filter(each -> keyword.apply(each).equals(json.get(name).getAsString()))
                    .findFirst()
                    .orElseThrow();
        }

        double[] values() {
            return numbers(json.getAsJsonArray("values"));
        }

        private static double[] numbers(JsonArray array) {
            double[] numbers = new double[array.size()];
            for (int i = 0; i < numbers.length; i++) {
                JsonElement value = array.get(i);
                numbers[i] = value.isJsonNull() ? Double.NaN : value.getAsDouble();
            }
            return numbers;
        }

        @Override
        public String toString() {
            return json.get("name").getAsString();
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        REFERENCE.getAsJsonArray("cases").forEach(each -> cases.add(new Case(each.getAsJsonObject())));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void transformsAsScikitLearn(Case example) {
        Table table = Table.builder().column(example.column()).build();
        double[] values = example.values();
        double[] train = Arrays.copyOf(values, REFERENCE.get("train").getAsInt());

        Fitted fitted = table.fit(new double[][] {train}, new double[0][]);

        // of a column far from 0 the values themselves have no more digits than that
        Line line = fitted.line(0);
        double bound = Math.max(BOUND, 4 * Math.ulp(1.0) * Math.abs(line.center() / line.scale()));
        JsonArray features = example.json().getAsJsonArray("features");
        double[] found = new double[table.features()];
        for (int row = 0; row < values.length; row++) {
            fitted.features(new double[] {values[row]}, found, 0);
            double[] expected = Case.numbers(features.get(row).getAsJsonArray());
            assertThat(found).hasSameSizeAs(expected);
            for (int f = 0; f < found.length; f++) {
                assertThat(Math.abs(found[f] - expected[f]))
                        .as("row %d, input %d: %s, expected %s", row, f, found[f], expected[f])
                        .isLessThanOrEqualTo(bound * Math.max(1, Math.abs(expected[f])));
            }
        }
    }

    @Test
    void hasACaseForEveryTransformationAndRule() {
        assertThat(cases().map(each -> each.column().transform().keyword()))
                .containsAll(Transform.all().stream().map(Transform::keyword).toList());
        assertThat(cases().map(each -> each.column().missing().keyword()))
                .containsAll(Missing.all().stream().map(Missing::keyword).toList());
    }
}
