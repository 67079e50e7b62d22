package io.github.layerc.network;

import io.github.layerc.network.random.Dropout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A dense layer: {@code z = a_prev W^T + b}, {@code a = f(z)}, with its place in the flat parameters; where it is normalised, see {@link Normalization}
 * for {@code z}.
 *
 * @param number position in the network, from 1
 * @param units outputs
 * @param fanIn inputs: the units of the layer before, or the size of a sample
 * @param activation {@code f}
 * @param normalization of its pre-activations, empty for none
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
        Optional<Normalization> normalization,
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

    /**
     * An array of parameters of a layer, a part of the flat ones.
     *
     * @param name as in formulas and files: {@code W1}, {@code b1}, {@code gamma1}, {@code mean1}, {@code variance1}
     * @param at its offset
     * @param columns 1 for all but weights
     * @param trained whether steps update it with a gradient
     * @param start what its numbers start at; weights are drawn instead
     */
    public record Parameters(String name, int at, int rows, int columns, boolean trained, double start) {
        /** Offset behind its last number. */
        public int end() {
            return at + rows * columns;
        }
    }

    Layer withNormalization(Normalization some) {
        return new Layer(
                number, units, fanIn, activation, Optional.of(some), initializer, dropout, l1, l2, weightsAt, biasAt);
    }

    Layer withDropout(double rate) {
        return new Layer(number, units, fanIn, activation, normalization, initializer, rate, l1, l2, weightsAt, biasAt);
    }

    Layer withPenalty(OptionalDouble otherL1, OptionalDouble otherL2) {
        return new Layer(
                number,
                units,
                fanIn,
                activation,
                normalization,
                initializer,
                dropout,
                otherL1,
                otherL2,
                weightsAt,
                biasAt);
    }

    /** Its normalisation, if that is one over the samples of a step. */
    public Optional<Normalization> batchNorm() {
        return normalization.filter(Normalization::runs);
    }

    /** Number of weights, {@code units * fanIn}. */
    public int weightCount() {
        return units * fanIn;
    }

    /** Number of its parameters. */
    public int parameterCount() {
        return end() - weightsAt;
    }

    /**
     * Its parameters, in the order of the flat ones: weights, then, of one length each, the bias and, where it is normalised, gamma and the running
     * mean and variance.
     */
    public List<Parameters> parameters() {
        List<Parameters> all = new ArrayList<>();
        all.add(new Parameters("W" + number, weightsAt, units, fanIn, true, 0));
        for (Vector vector : vectors()) {
            all.add(new Parameters(
                    vector.symbol + number, biasAt + (all.size() - 1) * units, units, 1, vector.trained, vector.start));
        }
        return List.copyOf(all);
    }

    /** The names of the arrays that a layer of this number could have besides its weights, and this one has not. */
    public List<String> absent() {
        return Vector.ALL.stream()
                .filter(vector -> !vectors().contains(vector))
                .map(vector -> vector.symbol + number)
                .toList();
    }

    /** What it has one number of for each unit, in order. */
    private enum Vector {
        BIAS("b", true, 0),
        GAMMA("gamma", true, 1),
        MEAN("mean", false, 0),
        VARIANCE("variance", false, 1);

        private static final List<Vector> PLAIN = List.of(BIAS);
        private static final List<Vector> NORMALIZED = List.of(BIAS, GAMMA);
        private static final List<Vector> ALL = List.of(values());

        private final String symbol;
        private final boolean trained;
        private final double start;

        Vector(String symbol, boolean trained, double start) {
            this.symbol = symbol;
            this.trained = trained;
            this.start = start;
        }
    }

    private List<Vector> vectors() {
        if (normalization.isEmpty()) {
            return Vector.PLAIN;
        }
        return normalization.get().runs() ? Vector.ALL : Vector.NORMALIZED;
    }

    /** Parameters that it has for each unit besides the weights: its bias, and what a normalisation adds. */
    public int vectorCount() {
        return vectors().size();
    }

    /** Offset of gamma, where it is normalised. */
    public int gammaAt() {
        return biasAt + units;
    }

    /** Offset behind the last parameter of this layer. */
    public int end() {
        return biasAt + vectorCount() * units;
    }
}
