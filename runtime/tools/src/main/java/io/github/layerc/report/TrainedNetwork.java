package io.github.layerc.report;

import io.github.layerc.network.Network;

/** A network and its trained parameters. */
public final class TrainedNetwork {
    private final Network network;
    private final double[] parameters;

    /**
     * Both together.
     *
     * @param parameters in the canonical layout; not copied
     * @throws IllegalArgumentException if there are not as many as the network has
     */
    public TrainedNetwork(Network network, double[] parameters) {
        if (parameters.length != network.parameterCount()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.parameterCount()
                    + " parameters: parameters=" + parameters.length);
        }
        this.network = network;
        this.parameters = parameters;
    }

    Network network() {
        return network;
    }

    double[] parameters() {
        return parameters;
    }
}
