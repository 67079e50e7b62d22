package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.TrainingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

class SetMetricsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Network network(int outputs, Loss loss) {
        return Network.builder("", "N")
                .input(Input.flat(3))
                .layer(outputs, loss.usualOutput())
                .loss(loss)
                .build();
    }

    private static Dataset data(Network network, int count) {
        Random random = new Random(count);
        double[] targets = new double[count * network.outputs()];
        for (int s = 0; s < count; s++) {
            if (network.outputs() == 1) {
                targets[s] = network.loss().classifies()
                        ? network.loss().targets().of(random.nextBoolean())
                        : random.nextGaussian();
            } else {
                targets[s * network.outputs() + s % network.outputs()] = 1;
            }
        }
        return Dataset.of(random.doubles(3L * count).toArray(), 3, targets, network.outputs());
    }

    private Map<String, JsonObject> all(Engine engine, List<String> classes, Map<String, Dataset> sets) {
        return new SetMetrics(engine, engine.network().training(), classes, Optional.empty())
                .all(sets, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void hasEveryMetricOfEachSet() {
        Network network = network(1, Loss.BINARY_CROSS_ENTROPY);
        Map<String, Dataset> sets = Map.of("train", data(network, 20), "test", data(network, 9));
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            Map<String, JsonObject> all = all(engine, List.of("dog", "cat"), sets);

            assertThat(text()).isEmpty();
            assertThat(all).containsOnlyKeys("train", "test");
            sets.forEach((name, data) -> {
                JsonObject json = all.get(name);
                Outcomes outcomes =
                        new Outcomes(engine.predict(data), data, network.loss().targets());
                assertThat(json.get("samples").getAsInt()).isEqualTo(data.count());
                for (Metric metric : Metric.all(network)) {
                    assertThat(json.get(metric.keyword()).getAsDouble()).isEqualTo(metric.of(outcomes));
                }
                assertThat(json.get("loss").getAsDouble())
                        .isCloseTo(json.get("log_loss").getAsDouble(), within(1e-6));
                assertThat(json.getAsJsonObject("averages").keySet()).containsExactly("macro", "micro", "weighted");
                JsonArray classes = json.getAsJsonArray("classes");
                JsonArray matrix = json.getAsJsonArray("confusion_matrix");
                int samples = 0;
                for (int number = 0; number < 2; number++) {
                    JsonObject one = classes.get(number).getAsJsonObject();
                    assertThat(one.keySet())
                            .containsExactly(
                                    "class", "name", "samples", "precision", "recall", "f1", "roc_auc", "pr_auc");
                    JsonArray row = matrix.get(number).getAsJsonArray();
                    assertThat(row.get(0).getAsInt() + row.get(1).getAsInt())
                            .isEqualTo(one.get("samples").getAsInt());
                    samples += one.get("samples").getAsInt();
                }
                assertThat(samples).isEqualTo(data.count());
                assertThat(classes.get(1).getAsJsonObject().get("name").getAsString())
                        .isEqualTo("cat");
                assertThat(classes.get(1).getAsJsonObject().get("f1")).isEqualTo(json.get("f1"));
                assertThat(json.getAsJsonArray("calibration")).isNotEmpty();
            });
        }
    }

    @Test
    void hasNoClassesForARegression() {
        Network network = network(2, Loss.MEAN_SQUARED_ERROR);
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            JsonObject json =
                    all(engine, List.of(), Map.of("test", data(network, 8))).get("test");

            assertThat(json.keySet())
                    .containsExactly("samples", "loss", "mae", "rmse", "mape", "r2", "explained_variance");
        }
    }

    @Test
    void hasNoProbabilitiesOfMargins() {
        Network network = network(1, Loss.HINGE);
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            JsonObject json =
                    all(engine, List.of(), Map.of("test", data(network, 8))).get("test");

            assertThat(json.keySet())
                    .contains("loss", "accuracy", "f1", "roc_auc", "averages", "classes", "confusion_matrix")
                    .doesNotContain("log_loss", "brier", "calibration");
        }
    }

    /** The area below the curve is not, with a single class. */
    @Test
    void leavesOutWhatIsNotDefined() {
        Network network = network(1, Loss.BINARY_CROSS_ENTROPY);
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            Dataset none = Dataset.of(new double[12], 3, new double[4], 1);
            JsonObject json = all(engine, List.of(), Map.of("test", none)).get("test");

            assertThat(json.keySet()).contains("accuracy", "f1", "log_loss").doesNotContain("roc_auc", "pr_auc");
            assertThat(json.getAsJsonArray("classes").get(0).getAsJsonObject().keySet())
                    .contains("pr_auc")
                    .doesNotContain("roc_auc", "name");
        }
    }

    @Test
    void countsManyClassesTogetherOnly() {
        Network network = network(101, Loss.CATEGORICAL_CROSS_ENTROPY);
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            JsonObject json =
                    all(engine, List.of(), Map.of("test", data(network, 110))).get("test");

            assertThat(json.keySet())
                    .contains("top_5_accuracy", "averages", "roc_auc", "calibration")
                    .doesNotContain("classes", "confusion_matrix");
        }
    }

    @Test
    void recordsWhatTheSpecNames() {
        Network network = network(4, Loss.CATEGORICAL_CROSS_ENTROPY);
        Dataset data = data(network, 12);
        double[] outputs = new Random(3).doubles(48).toArray();
        TrainingSettings settings = network.training().withMetrics(List.of("top_3_accuracy", "accuracy", "brier"));
        Map<String, ToDoubleBiFunction<double[], Dataset>> metrics = SetMetrics.ofHistory(settings, network);

        assertThat(metrics.keySet()).as("a history has the accuracy").containsExactly("top_3_accuracy", "brier");
        metrics.forEach((name, metric) -> assertThat(metric.applyAsDouble(outputs, data))
                .isEqualTo(Metric.valueOf(name.toUpperCase(Locale.ROOT))
                        .of(new Outcomes(outputs, data, network.loss().targets()))));
    }

    @Test
    void refusesMetricsThatThereAreNot() {
        Network network = network(1, Loss.MEAN_SQUARED_ERROR);
        for (String name : List.of("f2", "f1", "top_2_accuracy")) {
            TrainingSettings settings = network.training().withMetrics(List.of("r2", name));
            assertThatThrownBy(() -> SetMetrics.ofHistory(settings, network))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage("N: no such metric: expected one of mae, rmse, mape, r2, explained_variance: metric="
                            + name);
        }
    }

    /** A model is worth more than what is known of it. */
    @Test
    void leavesOutWhatCannotBeComputed() {
        Network network = network(1, Loss.BINARY_CROSS_ENTROPY);
        Map<String, Dataset> sets = Map.of("test", data(network, 4));
        try (Engine engine = Interpreter.create(network, 4)) {
            engine.initialize();
            assertThat(all(ReportFilesTest.failing(engine, new OutOfMemoryError()), List.of(), sets))
                    .isEmpty();
            assertThat(text())
                    .matches("warning: N: no metrics of the data sets: too little memory for them beside the model: "
                            + "found a heap of at most \\d+ MB\\R");
            err.reset();
            assertThat(all(ReportFilesTest.failing(engine, new IllegalStateException("a bug")), List.of(), sets))
                    .isEmpty();
            assertThat(text())
                    .startsWith("warning: N: no metrics of the data sets: a fault of layerc's own: "
                            + "java.lang.IllegalStateException: a bug")
                    .contains("at io.github.layerc");
        }
    }
}
