package io.github.layerc.network;

import io.github.layerc.network.random.Dropout;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A dense layer: {@code z = a_prev W^T + b}, {@code a = f(z)}, with its place in the flat parameters.
 *
 * @param number position in the network, from 1
 * @param units outputs
 * @param fanIn inputs: the units of the layer before, or the size of a sample
 * @param activation {@code f}
 * @param initializer how its weights start; empty where the network's initializer says
 * @param dropout the share of its activations that a training step leaves out, from 0 to below 1; see {@link Dropout}
 * @param l1 of the {@link Penalty} of its weights; empty where the training says
 * @param l2 the same
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
        OptionalDouble l1,
        OptionalDouble l2,
        int weightsAt,
        int biasAt) {

    /** @throws IllegalArgumentException if the dropout is not from 0 to below 1, or the penalty is none */
    public Layer {
        if (!Dropout.accepts(dropout)) {
            throw new IllegalArgumentException(
                    "layer " + number + ": dropout " + Dropout.RULE + ": dropout=" + dropout);
        }
        try {
            new Penalty(l1.orElse(0), l2.orElse(0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + number + ": " + e.getMessage(), e);
        }
    }

    Layer withDropout(double rate) {
        return new Layer(number, units, fanIn, activation, initializer, rate, l1, l2, weightsAt, biasAt);
    }

    Layer withPenalty(OptionalDouble otherL1, OptionalDouble otherL2) {
        return new Layer(number, units, fanIn, activation, initializer, dropout, otherL1, otherL2, weightsAt, biasAt);
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
