package io.github.layerc.exchange.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.network.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What activations of Keras are here: by their names, and as layers with numbers of their own. */
final class KerasActivations {
    /** The slope that Keras 2 and 3 give {@code leaky_relu} where it is a name. */
    private static final double NAMED_SLOPE = 0.2;

    private static final Map<String, Activation> NAMED = new TreeMap<>(Map.ofEntries(
            Map.entry("relu", Activation.RELU),
            Map.entry("relu6", Activation.hardTanh(0, 6)),
            Map.entry("leaky_relu", Activation.leakyRelu(NAMED_SLOPE)),
            Map.entry("elu", Activation.ELU),
            Map.entry("celu", Activation.ELU),
            Map.entry("selu", Activation.SELU),
            Map.entry("gelu", Activation.GELU),
            Map.entry("silu", Activation.SILU),
            Map.entry("swish", Activation.SILU),
            Map.entry("mish", Activation.MISH),
            Map.entry("softplus", Activation.SOFTPLUS),
            Map.entry("softsign", Activation.SOFTSIGN),
            Map.entry("tanh", Activation.TANH),
            Map.entry("sigmoid", Activation.SIGMOID),
            Map.entry("hard_tanh", Activation.HARD_TANH),
            Map.entry("softmax", Activation.SOFTMAX)));

    private KerasActivations() {}

    /**
     * The stages of the activation under a key of a layer.
     *
     * @param width of the values
     * @throws IllegalArgumentException if there is no such activation here
     */
    static List<Stage> of(KerasLayer layer, String key, int width) {
        if (!layer.has(key)) {
            return List.of();
        }
        JsonElement element = layer.config().get(key);
        if (!element.isJsonObject()) {
            return named(element.getAsString(), layer.isKeras3(), width);
        }
        JsonObject object = element.getAsJsonObject();
        JsonElement config = object.get("config");
        if (config.isJsonPrimitive()) {
            return named(config.getAsString(), layer.isKeras3(), width);
        }
        return ofLayer(KerasLayer.of(object, layer.isKeras3()), width);
    }

    private static List<Stage> named(String name, boolean isKeras3, int width) {
        if (name.equals("linear")) {
            return List.of();
        }
        if (name.equals("hard_sigmoid")) {
            // 0.2 z + 0.5 in Keras 2, which is z / 6 + 0.5 of 1.2 z
            return isKeras3
                    ? List.of(new Stage.Curve(Activation.HARD_SIGMOID))
                    : List.of(scaled(width, 1.2), new Stage.Curve(Activation.HARD_SIGMOID));
        }
        Activation activation = NAMED.get(name);
        if (activation == null) {
            TreeSet<String> names = new TreeSet<>(NAMED.keySet());
            names.addAll(List.of("hard_sigmoid", "linear"));
            throw new IllegalArgumentException(
                    "unsupported activation: expected one of " + String.join(", ", names) + ": activation=" + name);
        }
        return List.of(new Stage.Curve(activation));
    }

    private static Stage scaled(int width, double factor) {
        double[] factors = new double[width];
        Arrays.fill(factors, factor);
        return new Stage.Affine(factors, new double[width]);
    }

    /**
     * The stages of a layer that is an activation.
     *
     * @throws IllegalArgumentException if there is none with these numbers here
     */
    static List<Stage> ofLayer(KerasLayer layer, int width) {
        return switch (layer.className()) {
            case "Activation" -> of(layer, "activation", width);
            case "ReLU" -> relu(layer);
            case "LeakyReLU" -> leaky(layer.number("negative_slope", layer.number("alpha", 0.3)));
            case "ELU" -> List.of(new Stage.Curve(Activation.elu(layer.number("alpha", 1))));
            case "Softmax" -> List.of(new Stage.Curve(Activation.SOFTMAX));
            default -> throw new IllegalArgumentException("unsupported activation: class_name=" + layer.className());
        };
    }

    private static List<Stage> relu(KerasLayer layer) {
        double slope = layer.number("negative_slope", 0);
        if (layer.number("threshold", 0) != 0 || (layer.has("max_value") && slope != 0)) {
            throw new IllegalArgumentException("threshold must be 0, and max_value without a negative_slope: threshold="
                    + layer.number("threshold", 0) + ", negative_slope=" + slope);
        }
        return layer.has("max_value")
                ? List.of(new Stage.Curve(Activation.hardTanh(0, layer.number("max_value", 0))))
                : leaky(slope);
    }

    private static List<Stage> leaky(double slope) {
        return slope == 1
                ? List.of()
                : List.of(new Stage.Curve(slope == 0 ? Activation.RELU : Activation.leakyRelu(slope)));
    }
}
