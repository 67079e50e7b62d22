package io.github.layerc.array;

import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;

/** How many targets classes have: one for each class, or one alone for two classes. */
public final class ClassTargets {
    private ClassTargets() {}

    /** Whether so many outputs can tell so many classes apart. */
    public static boolean areTargets(int outputs, int classes) {
        return outputs == classes || (outputs == 1 && classes == 2);
    }

    /**
     * @param place where the samples are, for the message
     * @throws DataException if a network does not have the outputs for so many classes
     */
    public static void requireOutputs(Object place, int classes, Network network) {
        if (!areTargets(network.outputs(), classes)) {
            String outputs = (classes == 2 ? "1 or 2" : classes) + " outputs for " + classes + " classes";
            throw DataException.of(place, "classes do not fit network " + network.name(), outputs, network.outputs());
        }
    }
}
