package io.github.layerc.network;

import java.util.Optional;

/**
 * A dense layer: {@code z = a_prev W^T + b}, {@code a = f(z)}, with its place in the flat parameters.
 *
 * @param number position in the network, from 1
 * @param units outputs
 * @param fanIn inputs: the units of the layer before, or the size of a sample
 * @param activation {@code f}
 * @param initializer how its weights start; empty where the network's initializer says
 * @param weightsAt offset of the weights, row-major {@code [units][fan-in]}
 * @param biasAt offset of the bias, {@code [units]}, right behind the weights
 */
public record Layer(
        int number,
        int units,
        int fanIn,
        Activation activation,
        Optional<Initializer.Kind> initializer,
        int weightsAt,
        int biasAt) {

    /** Number of weights, {@code units * fanIn}. */
    public int weightCount() {
        return units * fanIn;
    }

    /** Offset behind the last parameter of this layer. */
    public int end() {
        return biasAt + units;
    }
}
