package io.github.layerc.examples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What NumPy computes for the notebook's networks: the cost of every hundredth iteration, and accuracies. */
final class Reference {
    private final JsonObject network;

    private Reference(JsonObject network) {
        this.network = network;
    }

    /** Reads the entry of a network: {@code cat2}, {@code cat4} or {@code cat4_small_init}. */
    static Reference of(String name) {
        try (InputStream file = Reference.class.getResourceAsStream("/notebook-costs.json")) {
            return new Reference(JsonParser.parseReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonObject("networks")
                    .getAsJsonObject(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Double> doubleCosts() {
        return costs("cost_double");
    }

    List<Double> floatCosts() {
        return costs("cost_float_numpy");
    }

    boolean hasLastCost() {
        return network.has("cost_at_iteration_2499");
    }

    double lastCost() {
        return network.get("cost_at_iteration_2499").getAsDouble();
    }

    double trainAccuracy() {
        return network.get("train_accuracy_double").getAsDouble();
    }

    double testAccuracy() {
        return network.get("test_accuracy_double").getAsDouble();
    }

    private List<Double> costs(String key) {
        return network.getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsDouble)
                .toList();
    }
}
