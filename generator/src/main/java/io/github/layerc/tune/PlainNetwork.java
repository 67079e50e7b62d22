package io.github.layerc.tune;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A network without what a training does besides products and activations: a penalty, a dropout, an optimizer with slots take as long with any
 * schedule. What is left is a step of gradient descent, whose result the bounds know.
 */
final class PlainNetwork {
    private PlainNetwork() {}

    static Network of(Network network) {
        List<Layer> layers = network.layers().stream().map(PlainNetwork::plain).toList();
        return new Network(
                network.packageName(),
                network.name(),
                network.input(),
                layers,
                network.loss(),
                network.initializer(),
                TrainingSettings.DEFAULT.withForm(network.training().form()),
                network.precision(),
                network.threads());
    }

    private static Layer plain(Layer layer) {
        return new Layer(
                layer.number(),
                layer.units(),
                layer.fanIn(),
                layer.activation(),
                layer.initializer(),
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                layer.weightsAt(),
                layer.biasAt());
    }
}
