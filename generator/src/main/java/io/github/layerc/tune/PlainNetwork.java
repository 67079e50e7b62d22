package io.github.layerc.tune;

import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;

/**
 * A network without what a training does besides products and activations: a penalty, a dropout, a normalisation, an optimizer with slots take as long with any
 * schedule. What is left is a step of gradient descent, whose result the bounds know.
 */
final class PlainNetwork {
    private PlainNetwork() {}

    static Network of(Network network) {
        Network.Builder plain = Network.builder(network.packageName(), network.name())
                .input(network.input())
                .loss(network.loss())
                .initializer(network.initializer())
                .training(TrainingSettings.DEFAULT.withForm(network.training().form()))
                .precision(network.precision())
                .threads(network.threads());
        network.layers().forEach(layer -> plain.layer(layer.units(), layer.activation()));
        return plain.build();
    }
}
