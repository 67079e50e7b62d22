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
 * @param dropout the share of its activations that a training step leaves out, from 0 to below 1; see {@link Dropout}
 * @param weightsAt offset of the weights, row-major {@code [units][fan-in]}
 * @param biasAt offset of the bias, {@code [units]}, right behind the weights
 */
public record Layer(
        int number,
        int units,
        int fanIn,
        Activation activation,
        Optional<Initializer.Kind> initializer,
        double dropout,
        int weightsAt,
        int biasAt) {

    /** What {@link #acceptsDropout} asks for. */
    public static final String DROPOUT_RULE = "must be at least 0 and below 1";

    /** @throws IllegalArgumentException if the dropout is not from 0 to below 1 */
    public Layer {
        if (!acceptsDropout(dropout)) {
            throw new IllegalArgumentException(
                    "layer " + number + ": dropout " + DROPOUT_RULE + ": dropout=" + dropout);
        }
    }

    public static boolean acceptsDropout(double rate) {
        return rate >= 0 && rate < 1 && Dropout.dropped(rate) < Dropout.ALL;
    }

    Layer withDropout(double rate) {
        return new Layer(number, units, fanIn, activation, initializer, rate, weightsAt, biasAt);
    }

    /** Number of weights, {@code units * fanIn}. */
    public int weightCount() {
        return units * fanIn;
    }

    /** Offset behind the last parameter of this layer. */
    public int end() {
        return biasAt + units;
    }
}
