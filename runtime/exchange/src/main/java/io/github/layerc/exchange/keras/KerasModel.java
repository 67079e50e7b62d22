package io.github.layerc.exchange.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.layerc.data.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The configuration of a model: its layers, one behind the other.
 *
 * @param tracked all layers in the order in which the model has them, which their weights are named after
 * @param chain the same in the order of the data
 * @param inputShape sizes of the axes of a sample
 * @param beside those of all layers that are not on the way from the input to the output
 */
record KerasModel(List<KerasLayer> tracked, List<KerasLayer> chain, List<Integer> inputShape, List<KerasLayer> beside) {

    KerasModel {
        tracked = List.copyOf(tracked);
        beside = List.copyOf(beside);
        chain = withHardSigmoids(chain);
    }

    /** What is to be said of it. */
    List<String> notes() {
        return beside.isEmpty()
                ? List.of()
                : List.of("the output does not depend on "
                        + beside.stream().map(KerasLayer::words).collect(Collectors.joining(", ")) + ": left out");
    }

    /** {@code ReLU(max_value=6)} of a value and 3, divided by 6, as layers, is the hard sigmoid of Keras 3, of which Keras 2 has no name. */
    private static List<KerasLayer> withHardSigmoids(List<KerasLayer> chain) {
        List<KerasLayer> all = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            boolean isOne = i + 2 < chain.size()
                    && chain.get(i).isRescaling(1, 3)
                    && chain.get(i + 1).isReluTo6()
                    && chain.get(i + 2).isRescaling(1 / 6.0, 0);
            if (isOne) {
                JsonObject config = new JsonObject();
                config.addProperty("activation", "hard_sigmoid");
                all.add(new KerasLayer("Activation", chain.get(i + 1).name(), config, true));
                i += 2;
            } else {
                all.add(chain.get(i));
            }
        }
        return List.copyOf(all);
    }

    /**
     * Reads the text that a file has of it.
     *
     * @param isKeras3 whether it was written by Keras 3
     * @throws DataException if it is damaged, or layers are no chain
     */
    static KerasModel read(Object place, String json, boolean isKeras3) {
        try {
            return of(JsonParser.parseString(json).getAsJsonObject(), isKeras3);
        } catch (IllegalArgumentException e) {
            throw new DataException(place + ": configuration of the model: " + e.getMessage(), e);
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException
                | UnsupportedOperationException e) {
            throw DataException.of(place, "damaged configuration of the model", "what Keras writes", e);
        }
    }

    private static KerasModel of(JsonObject model, boolean isKeras3) {
        String kind = model.get("class_name").getAsString();
        // the oldest files have the list of layers itself
        JsonElement config = model.get("config");
        if (kind.equals("Sequential")) {
            JsonArray layers = config.isJsonArray()
                    ? config.getAsJsonArray()
                    : config.getAsJsonObject().getAsJsonArray("layers");
            List<KerasLayer> all = layers(layers, isKeras3);
            JsonElement built =
                    config.isJsonArray() ? null : config.getAsJsonObject().get("build_input_shape");
            Optional<List<Integer>> shape = built != null && built.isJsonArray()
                    ? Optional.of(KerasLayer.shape(built.getAsJsonArray()))
                    : Optional.empty();
            return new KerasModel(all, all, shape(all, shape), List.of());
        }
        if (!kind.equals("Functional") && !kind.equals("Model")) {
            throw new IllegalArgumentException("model must be Sequential or Functional: class_name=" + kind);
        }
        return functional(config.getAsJsonObject(), isKeras3);
    }

    private static List<KerasLayer> layers(JsonArray layers, boolean isKeras3) {
        List<KerasLayer> all = new ArrayList<>();
        layers.forEach(layer -> all.add(KerasLayer.of(layer.getAsJsonObject(), isKeras3)));
        return all;
    }

    private static List<Integer> shape(List<KerasLayer> chain, Optional<List<Integer>> built) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("model must have layers: layers=[]");
        }
        return chain.get(0)
                .inputShape()
                .or(() -> built)
                .orElseThrow(() -> new IllegalArgumentException("shape of the input must be told: first layer="
                        + chain.get(0).words()));
    }

    private static KerasModel functional(JsonObject config, boolean isKeras3) {
        Map<String, KerasLayer> layers = new LinkedHashMap<>();
        Map<String, String> before = new HashMap<>();
        for (JsonElement element : config.getAsJsonArray("layers")) {
            JsonObject layer = element.getAsJsonObject();
            KerasLayer read = KerasLayer.of(layer, isKeras3);
            layers.put(read.name(), read);
            List<String> inputs = new ArrayList<>();
            collectInputs(layer.get("inbound_nodes"), inputs);
            if (inputs.size() > 1) {
                throw new IllegalArgumentException(
                        read.words() + " must have one input, and be used once: inbound_nodes=" + inputs);
            }
            inputs.forEach(input -> before.put(read.name(), input));
        }
        String first = single(config, "input_layers");
        List<KerasLayer> chain = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        for (String name = single(config, "output_layers"); name != null; name = before.get(name)) {
            KerasLayer layer = layers.get(name);
            if (layer == null || !passed.add(name)) {
                throw new IllegalArgumentException("layers must be one chain: name=" + name);
            }
            chain.add(0, layer);
        }
        if (!chain.get(0).name().equals(first)) {
            throw new IllegalArgumentException("layers must be one chain from the input on: input=" + first + ", first="
                    + chain.get(0).name());
        }
        List<KerasLayer> all = List.copyOf(layers.values());
        List<KerasLayer> beside =
                all.stream().filter(layer -> !passed.contains(layer.name())).toList();
        return new KerasModel(all, chain, shape(chain, Optional.empty()), beside);
    }

    /** The names of the layers before, in what Keras 2 ({@code [["name", 0, 0, {}]]}) and Keras 3 ({@code keras_history}) write of the calls of a layer. */
    private static void collectInputs(JsonElement nodes, List<String> names) {
        if (nodes.isJsonArray()) {
            JsonArray array = nodes.getAsJsonArray();
            if (isReference(array)) {
                names.add(array.get(0).getAsString());
            } else {
                array.forEach(each -> collectInputs(each, names));
            }
        } else if (nodes.isJsonObject()) {
            JsonObject object = nodes.getAsJsonObject();
            if (object.has("keras_history")) {
                names.add(object.getAsJsonArray("keras_history").get(0).getAsString());
            } else {
                object.asMap().values().forEach(each -> collectInputs(each, names));
            }
        }
    }

    private static boolean isReference(JsonArray array) {
        return array.size() >= 3
                && array.get(0).isJsonPrimitive()
                && array.get(0).getAsJsonPrimitive().isString();
    }

    /** One reference, or a list of one. */
    private static String single(JsonObject config, String key) {
        List<String> names = new ArrayList<>();
        collectInputs(config.get(key), names);
        if (names.size() != 1) {
            throw new IllegalArgumentException(key + " must be one: " + key + "=" + names);
        }
        return names.get(0);
    }
}
