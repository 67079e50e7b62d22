package io.github.layerc.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.data.Dataset;
import io.github.layerc.metrics.ConfusionMatrix.Average;
import io.github.layerc.network.Loss;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every metric is what scikit-learn says: see {@code metrics-reference.py}. */
class MetricReferenceTest {
    private static final JsonObject CASES = load();

    private static JsonObject load() {
        InputStream in = MetricReferenceTest.class.getResourceAsStream("metrics-reference.json");
        return JsonParser.parseReader(
                        new InputStreamReader(Objects.requireNonNull(in, "reference"), StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonObject("cases");
    }

    static Stream<String> all() {
        return CASES.keySet().stream();
    }

    static Stream<String> classes() {
        return all().filter(name -> CASES.getAsJsonObject(name).has("confusion"));
    }

    private static Outcomes outcomes(JsonObject reference) {
        double[] targets = numbers(reference.get("targets"));
        int units = reference.get("units").getAsInt();
        return new Outcomes(
                numbers(reference.get("outputs")),
                Dataset.of(new double[targets.length / units], 1, targets, units),
                loss(reference).targets());
    }

    private static Loss loss(JsonObject reference) {
        return reference.has("confusion") ? Loss.BINARY_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR;
    }

    private static double[] numbers(JsonElement array) {
        return new Gson().fromJson(array, double[].class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isThatOfScikitLearn(String name) {
        JsonObject reference = CASES.getAsJsonObject(name);
        JsonObject expected = reference.getAsJsonObject("metrics");
        Loss loss = loss(reference);
        List<Metric> metrics = Stream.of(Metric.values())
                .filter(metric -> metric.goesWith(loss))
                .toList();

        assertThat(metrics.stream().map(Metric::keyword)).containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (Metric metric : metrics) {
            double value = expected.get(metric.keyword()).getAsDouble();
            assertThat(metric.of(outcomes(reference)))
                    .as(metric.keyword())
                    .isCloseTo(value, within(1e-13 * (1 + Math.abs(value))));
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void countsClassesAsScikitLearnDoes(String name) {
        JsonObject reference = CASES.getAsJsonObject(name);
        ConfusionMatrix matrix = ConfusionMatrix.of(outcomes(reference));
        int[][] confusion = new Gson().fromJson(reference.get("confusion"), int[][].class);

        for (int target = 0; target < matrix.classes(); target++) {
            int row = target;
            assertThat(IntStream.range(0, matrix.classes()).map(predicted -> matrix.of(row, predicted)))
                    .containsExactly(IntStream.of(confusion[target]).boxed().toArray(Integer[]::new));
            requireClose(matrix.precision(target), numbers(reference.get("precision"))[target]);
            requireClose(matrix.recall(target), numbers(reference.get("recall"))[target]);
            requireClose(matrix.f1(target), numbers(reference.get("f1"))[target]);
        }
        for (Average average : Average.values()) {
            double[] expected = numbers(reference.getAsJsonObject("averages").get(average.keyword()));
            requireClose(matrix.precision(average), expected[0]);
            requireClose(matrix.recall(average), expected[1]);
            requireClose(matrix.f1(average), expected[2]);
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void isCalibratedAsScikitLearnSays(String name) {
        JsonObject reference = CASES.getAsJsonObject(name);
        double[][] expected = new Gson().fromJson(reference.get("calibration"), double[][].class);
        List<Calibration.Point> points = Calibration.of(outcomes(reference)).points();

        assertThat(points).hasSize(expected[0].length);
        for (int i = 0; i < points.size(); i++) {
            requireClose(points.get(i).predicted(), expected[0][i]);
            requireClose(points.get(i).observed(), expected[1][i]);
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void hasItsRocCurve(String name) {
        JsonObject reference = CASES.getAsJsonObject(name);
        if (reference.has("roc")) {
            double[][] expected = new Gson().fromJson(reference.get("roc"), double[][].class);
            List<Ranking.RocPoint> points = Ranking.of(outcomes(reference), 1).roc();

            assertThat(points).hasSize(expected[0].length);
            for (int i = 0; i < points.size(); i++) {
                requireClose(points.get(i).falsePositives(), expected[0][i]);
                requireClose(points.get(i).truePositives(), expected[1][i]);
            }
        }
    }

    private static void requireClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-14));
    }
}
