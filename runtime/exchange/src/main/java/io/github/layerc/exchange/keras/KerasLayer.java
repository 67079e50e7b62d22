package io.github.layerc.exchange.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A layer as the configuration of a model has it. What it has not is what Keras takes where it is not said.
 *
 * @param className {@code Dense}, ...
 * @param name its own in the model
 * @param isKeras3 whether words mean what they mean in Keras 3
 */
record KerasLayer(String className, String name, JsonObject config, boolean isKeras3) {

    KerasLayer {
        Objects.requireNonNull(config, "config of a layer");
    }

    static KerasLayer of(JsonObject layer, boolean isKeras3) {
        JsonObject config = layer.getAsJsonObject("config");
        // the configuration of Keras 2 has a name in it, that of a functional model one beside it, too
        JsonElement name = layer.has("name") ? layer.get("name") : config.get("name");
        return new KerasLayer(
                layer.get("class_name").getAsString(), name == null ? "" : name.getAsString(), config, isKeras3);
    }

    /** For messages. */
    String words() {
        return "layer \"" + name + "\" (" + className + ")";
    }

    /** Whether there is something under this key. */
    boolean has(String key) {
        return config.has(key) && !config.get(key).isJsonNull();
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? config.get(key).getAsBoolean() : otherwise;
    }

    String text(String key, String otherwise) {
        return has(key) ? config.get(key).getAsString() : otherwise;
    }

    double number(String key, double otherwise) {
        return has(key) ? number(config.get(key)) : otherwise;
    }

    /** All numbers under a key, whatever lists they stand in; empty where there are none. */
    double[] numbers(String key) {
        List<Double> all = new ArrayList<>();
        if (has(key)) {
            collect(config.get(key), all);
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonElement element, List<Double> all) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, all));
        } else {
            all.add(number(element));
        }
    }

    /** Keras 2 writes some numbers of NumPy with their type around them. */
    private static double number(JsonElement element) {
        return element.isJsonObject() ? element.getAsJsonObject().get("value").getAsDouble() : element.getAsDouble();
    }

    /** Whether it is {@code scale x + offset} with these numbers. */
    boolean isRescaling(double scale, double offset) {
        return className.equals("Rescaling") && isNumber("scale", scale) && isNumber("offset", offset);
    }

    boolean isReluTo6() {
        return className.equals("ReLU")
                && isNumber("max_value", 6)
                && (!has("negative_slope") || isNumber("negative_slope", 0))
                && (!has("threshold") || isNumber("threshold", 0));
    }

    private boolean isNumber(String key, double value) {
        return isNumber(key) && config.get(key).getAsDouble() == value;
    }

    private boolean isNumber(String key) {
        return has(key)
                && config.get(key).isJsonPrimitive()
                && config.get(key).getAsJsonPrimitive().isNumber();
    }

    /** Of a whole number from 1 on; empty where there is none. */
    OptionalInt count(String key) {
        double value = isNumber(key) ? config.get(key).getAsDouble() : 0;
        return value >= 1 && value <= Integer.MAX_VALUE ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    /** The sizes of the axes of a sample, where this layer is told what it gets; the first size, of samples, is left out. */
    Optional<List<Integer>> inputShape() {
        for (String key : List.of("batch_shape", "batch_input_shape")) {
            if (has(key)) {
                return Optional.of(shape(config.getAsJsonArray(key)));
            }
        }
        return Optional.empty();
    }

    /** Without the first one, which counts samples. */
    static List<Integer> shape(JsonArray sizes) {
        List<Integer> shape = new ArrayList<>();
        for (int i = 1; i < sizes.size(); i++) {
            if (sizes.get(i).isJsonNull()) {
                throw new IllegalArgumentException("sizes of all axes but the first must be known: shape=" + sizes);
            }
            shape.add(sizes.get(i).getAsInt());
        }
        return shape;
    }

    /** @throws IllegalArgumentException unless a key that names axes, one or a list of them, names the last one */
    void requireLastAxis(String key, int rank) {
        for (double axis : numbers(key)) {
            if ((axis != -1 && axis != rank) || numbers(key).length > 1) {
                throw new IllegalArgumentException(
                        key + " must be that of the last axis: " + key + "=" + config.get(key));
            }
        }
    }
}
