package io.github.layerc.exchange.keras;

import com.google.gson.JsonObject;
import io.github.layerc.network.Activation;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What activations are called in a file of Keras 2: a name, or a layer with numbers of its own. */
final class KerasWords {
    /** Those that Keras calls as layerc does. */
    private static final Set<String> SAME =
            Set.of("relu", "selu", "gelu", "softplus", "softsign", "tanh", "sigmoid", "softmax", "mish");

    private static final Map<String, String> OTHERS = Map.of("identity", "linear", "silu", "swish");

    private KerasWords() {}

    /**
     * A layer that is an activation.
     *
     * @param base what its name starts with
     */
    record Own(String className, String base, JsonObject config) {}

    /** The name of an activation that Keras 2 has by name. */
    static Optional<String> name(Activation activation) {
        return SAME.contains(activation.keyword())
                ? Optional.of(activation.keyword())
                : Optional.ofNullable(OTHERS.get(activation.keyword()));
    }

    /** The layer of an activation that has numbers; empty where Keras 2 has neither. */
    static Optional<Own> layer(Activation activation) {
        JsonObject config = new JsonObject();
        switch (activation.keyword()) {
            case "leaky_relu" -> {
                config.addProperty("alpha", setting(activation, "alpha").orElseThrow());
                return Optional.of(new Own("LeakyReLU", "leaky_re_lu", config));
            }
            case "elu" -> {
                config.addProperty("alpha", setting(activation, "alpha").orElseThrow());
                return Optional.of(new Own("ELU", "elu", config));
            }
            case "hard_tanh" -> {
                if (setting(activation, "min").orElseThrow() != 0) {
                    return Optional.empty();
                }
                config.addProperty("max_value", setting(activation, "max").orElseThrow());
                config.addProperty("negative_slope", 0.0);
                config.addProperty("threshold", 0.0);
                return Optional.of(new Own("ReLU", "re_lu", config));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static OptionalDouble setting(Activation activation, String name) {
        return activation.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .mapToDouble(Setting::value)
                .findFirst();
    }

    /** For an error. */
    static List<String> all() {
        return List.of("identity", "silu", "leaky_relu", "elu", "hard_tanh from 0 on", String.join(", ", sorted()));
    }

    private static List<String> sorted() {
        return SAME.stream().sorted().toList();
    }
}
