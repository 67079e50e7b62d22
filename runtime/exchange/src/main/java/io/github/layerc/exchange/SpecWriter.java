package io.github.layerc.exchange;

import io.github.layerc.data.Printable;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.kind.Kind;
import java.util.stream.Collectors;

/** Writes the spec of a network: YAML, as a person would write it. */
final class SpecWriter {
    private SpecWriter() {}

    static String yaml(Network network, String origin) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# imported from ").append(Printable.escape(origin)).append('\n');
        yaml.append("network: ").append(network.name()).append('\n');
        if (!network.packageName().isEmpty()) {
            yaml.append("package: ").append(network.packageName()).append('\n');
        }
        String scale = network.input().scale().isOne()
                ? ""
                : ", scale: " + network.input().scale();
        yaml.append("input: {shape: ")
                .append(network.input().shape())
                .append(scale)
                .append("}\n");
        yaml.append("layers:\n");
        network.layers()
                .forEach(layer -> yaml.append("  - ").append(layer(layer)).append('\n'));
        yaml.append("loss: ").append(kind(network.loss())).append('\n');
        yaml.append("training: {optimizer: adam, learning_rate: 0.001, epochs: 10, batch: 32}\n");
        yaml.append("precision: ").append(network.precision().keyword()).append('\n');
        return yaml.toString();
    }

    private static String layer(Layer layer) {
        String normalization = layer.normalization()
                .map(kind -> ", normalization: " + kind(kind))
                .orElse("");
        return "{units: " + layer.units() + ", activation: " + kind(layer.activation()) + normalization + "}";
    }

    private static String kind(Kind<?> kind) {
        if (kind.settings().isEmpty()) {
            return kind.keyword();
        }
        return kind.settings().stream()
                .map(setting -> ", " + setting.name() + ": " + setting.value())
                .collect(Collectors.joining("", "{kind: " + kind.keyword(), "}"));
    }
}
