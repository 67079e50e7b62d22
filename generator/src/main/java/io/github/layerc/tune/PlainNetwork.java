package io.github.layerc.tune;

import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.program.GramForm;

/**
 * A network without what a training does besides products and activations: a penalty, a dropout, a normalisation, an optimizer with slots take as long with any
 * schedule. What is left is a step of gradient descent, whose result the bounds know. It has a Gram form only where the class of the network has one.
 */
final class PlainNetwork {
    private PlainNetwork() {}

    static Network of(Network network) {
        Form form = GramForm.isWanted(network) ? network.training().form() : Form.DIRECT;
        Network.Builder plain = Network.builder(network.packageName(), network.name())
                .input(network.input())
                .loss(network.loss())
                .initializer(network.initializer())
                .training(TrainingSettings.DEFAULT.withForm(form))
                .precision(network.precision())
                .threads(network.threads());
        network.layers().forEach(layer -> plain.layer(layer.units(), layer.activation()));
        return plain.build();
    }
}
