package io.github.layerc.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.checkpoint.ModelLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code metrics.json} says about a training.
 *
 * @param engine {@code generated-vector}, {@code generated-scalar} or {@code interpreter}
 * @param form {@code direct} or {@code gram}
 * @param initialModel file of the model that it started from; absent, as in the file, where the initializer drew its parameters
 * @param precision {@code float} or {@code double}
 * @param iterations updates that were made
 * @param bestIteration how many of them led to the parameters; absent without early stopping
 * @param finalCost the last cost of the history
 * @param trainAccuracy from 0 to 1; absent for a regression, and then also in the file
 * @param testAccuracy the same for the test set
 * @param validationAccuracy the same for the validation set; absent without one
 * @param trainSeconds set-up, binding, all steps and the last parameters; neither files nor test set
 * @param totalSeconds the whole JVM so far
 * @param schedule one line
 * @param columns of a table, as the model has them; none where they have no names
 * @param sets what is known of each data set, {@code train}, {@code validation} and {@code test}, see {@link SetMetrics}
 */
public record Metrics(
        String network,
        String engine,
        String form,
        Optional<String> initialModel,
        String precision,
        int threads,
        int iterations,
        Optional<Integer> bestIteration,
        double finalCost,
        Optional<Double> trainAccuracy,
        Optional<Double> testAccuracy,
        Optional<Double> validationAccuracy,
        double trainSeconds,
        double totalSeconds,
        String schedule,
        JsonArray columns,
        Map<String, JsonObject> sets) {

    /** The columns that a model remembers. */
    static JsonArray columns(ModelLabels labels) {
        return labels.table().isEmpty()
                ? new JsonArray()
                : JsonParser.parseString(labels.table()).getAsJsonObject().getAsJsonArray("columns");
    }

    /** One line for each value, an array of the columns of a table, and an object for each data set; names in snake case. */
    public String json() {
        JsonObject json = new JsonObject();
        json.addProperty("network", network);
        json.addProperty("engine", engine);
        json.addProperty("form", form);
        initialModel.ifPresent(file -> json.addProperty("initial_model", file));
        json.addProperty("precision", precision);
        json.addProperty("threads", threads);
        json.addProperty("iterations", iterations);
        bestIteration.ifPresent(best -> json.addProperty("best_iteration", best));
        json.addProperty("final_cost", finalCost);
        trainAccuracy.ifPresent(accuracy -> json.addProperty("train_accuracy", accuracy));
        testAccuracy.ifPresent(accuracy -> json.addProperty("test_accuracy", accuracy));
        validationAccuracy.ifPresent(accuracy -> json.addProperty("validation_accuracy", accuracy));
        json.addProperty("train_seconds", trainSeconds);
        json.addProperty("total_seconds", totalSeconds);
        json.addProperty("schedule", schedule);
        if (!columns.isEmpty()) {
            json.add("columns", columns);
        }
        sets.forEach(json::add);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }

    /** Until now, from its start. */
    static double secondsOfThisJvm() {
        Instant now = Instant.now();
        Instant start = ProcessHandle.current().info().startInstant().orElse(now);
        return Duration.between(start, now).toNanos() * 1e-9;
    }
}
