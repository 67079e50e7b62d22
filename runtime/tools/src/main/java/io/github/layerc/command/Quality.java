package io.github.layerc.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.layerc.data.Dataset;
import io.github.layerc.data.Printable;
import io.github.layerc.engine.Engine;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.training.Accuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How good a network has become, in the lines that a training prints: accuracies of classes; R2 and RMSE of a regression, of named targets each in its own unit.
 *
 * @param accuracies of each set, none for a regression
 * @param sets what {@link SetMetrics} knows of each set
 */
record Quality(Map<String, Accuracy> accuracies, Map<String, JsonObject> sets) {
    /** Lines of targets; the file has all of them. */
    private static final int MOST_TARGETS = 10;

    /** The set that matters most last. */
    private static final List<String> ORDER = List.of("validation", "train", "test");

    static Quality of(Engine engine, Map<String, Dataset> data, Map<String, JsonObject> sets) {
        Map<String, Accuracy> accuracies = new LinkedHashMap<>();
        data.forEach((name, samples) ->
                Accuracy.ifAny(engine, samples).ifPresent(accuracy -> accuracies.put(name, accuracy)));
        return new Quality(accuracies, sets);
    }

    Optional<Double> accuracy(String set) {
        return Optional.ofNullable(accuracies.get(set)).map(Accuracy::value);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String set : ORDER) {
            if (accuracies.containsKey(set)) {
                lines.add(set + " accuracy: " + text(accuracies.get(set)));
            } else if (sets.containsKey(set) && accuracies.isEmpty()) {
                lines.addAll(ofRegression(set, sets.get(set)));
            }
        }
        return lines;
    }

    private static List<String> ofRegression(String set, JsonObject json) {
        if (!json.has(SetMetrics.TARGETS)) {
            return List.of(line(set + " R2", json));
        }
        List<String> lines = new ArrayList<>();
        List<JsonElement> targets = json.getAsJsonArray(SetMetrics.TARGETS).asList();
        for (JsonElement each : targets.subList(0, Math.min(targets.size(), MOST_TARGETS))) {
            JsonObject target = each.getAsJsonObject();
            lines.add(line(set + " R2 of " + Printable.escape(target.get("name").getAsString()), target));
        }
        if (targets.size() > MOST_TARGETS) {
            lines.add(set + ": " + (targets.size() - MOST_TARGETS) + " more targets in metrics.json");
        }
        return lines;
    }

    private static String line(String name, JsonObject json) {
        return name + ": " + number(json, "r2") + ", RMSE: " + number(json, "rmse");
    }

    private static String number(JsonObject json, String name) {
        return json.has(name) ? Numbers.of(json.get(name).getAsDouble()) : "not defined";
    }

    private static String text(Accuracy accuracy) {
        return String.format(Locale.ROOT, "%.4f (%d of %d)", accuracy.value(), accuracy.correct(), accuracy.count());
    }
}
