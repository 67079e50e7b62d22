package io.github.layerc.data;

import io.github.layerc.network.Network;
import java.util.function.IntToDoubleFunction;

/** Outputs to classes, for engines of both precisions. */
public final class PredictedClasses {
    private PredictedClasses() {}

    /** @throws IllegalStateException if the outputs of a network are no classes */
    public static void require(Network network) {
        if (!network.loss().classifies()) {
            throw new IllegalStateException("network " + network.name() + " predicts no classes: loss="
                    + network.loss().keyword());
        }
    }

    /** @param output by its place in {@code [count][outputs]} */
    public static int[] of(Network network, int count, IntToDoubleFunction output) {
        int units = network.outputs();
        int[] classes = new int[count];
        for (int s = 0; s < count; s++) {
            int at = s * units;
            classes[s] = OutputClass.of(network.loss().targets(), units, u -> output.applyAsDouble(at + u));
        }
        return classes;
    }
}
