package io.github.layerc.exchange.chain;

import io.github.layerc.network.Network;

/** A network made of a {@link Chain}, and its parameters. */
public final class Assembled {
    private final Network network;
    private final double[] parameters;

    Assembled(Network network, double[] parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    public Network network() {
        return network;
    }

    /** In the canonical layout, not rounded to the precision of the network; a copy. */
    public double[] parameters() {
        return parameters.clone();
    }
}
