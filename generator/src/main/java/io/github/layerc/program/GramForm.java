package io.github.layerc.program;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;

/** Which networks get entry points for the Gram form of the first layer. Whether a training takes it is decided when its samples are known. */
public final class GramForm {
    /** A first layer of fewer inputs is hardly ever trained with fewer samples than that: its classes do without unless the spec asks for it. */
    private static final int FEWEST_INPUTS = 32;

    private GramForm() {}

    /** Whether the class of a network has one. */
    public static boolean isWanted(Network network) {
        Layer first = network.layers().get(0);
        boolean possible =
                network.training().linearIn(first) && network.batchNorm().isEmpty();
        return possible
                && switch (network.training().form()) {
                    case AUTO -> network.inputs() >= FEWEST_INPUTS;
                    case DIRECT -> false;
                    case GRAM -> true;
                };
    }
}
