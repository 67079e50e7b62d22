package io.github.layerc.network;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * What is done with the pre-activations of a layer before its activation: with {@code u = a_prev W^T}, {@code n = (u - mean) / sqrt(variance + epsilon)} and
 * {@code z = gamma n + b}. The bias of the layer is what the papers call beta; gamma, one number for each unit, starts at 1. Two with the same keyword and
 * settings are equal.
 *
 * <p>To add one: a constant and a method here, its name in {@link #all()}, its words in the schema, and, where its mean is over something else, its
 * kernels in the emitter and in the interpreter.
 */
public final class Normalization extends Kind<Normalization> {
    /** {@link #batchNorm} with the numbers of PyTorch's {@code BatchNorm1d}, whose momentum 0.1 is 0.9 here; Keras has 0.99 and 0.001. */
    public static final Normalization BATCH_NORM = batchNorm(0.9, 1e-5);

    /** {@link #layerNorm} with PyTorch's epsilon; Keras has 0.001. */
    public static final Normalization LAYER_NORM = layerNorm(1e-5);

    private final boolean runs;
    private final double momentum;
    private final double epsilon;

    private Normalization(Definition<Normalization> definition, boolean runs, double momentum, double epsilon) {
        super(definition);
        this.runs = runs;
        this.momentum = momentum;
        this.epsilon = epsilon;
    }

    /**
     * Batch normalisation (Ioffe and Szegedy 2015). A training step takes mean and variance of each unit over its own samples, the variance by their
     * number; anything else, predictions and costs, takes those that the steps have left behind, {@code running = momentum running + (1 - momentum) of the
     * step}, the variance there by the number less 1, as the paper and PyTorch do; a step of one sample leaves it as it is. Keras takes the variance by
     * the number in both. They start at 0 and 1.
     *
     * @param momentum from 0 to below 1
     * @param epsilon positive
     */
    public static Normalization batchNorm(double momentum, double epsilon) {
        DoublePredicate share = value -> value >= 0 && value < 1;
        return new Normalization(
                Definition.of(
                        "batch_norm",
                        values -> batchNorm(values.get(0), values.get(1)),
                        new Setting("momentum", momentum, share, "must be at least 0 and below 1"),
                        epsilon(epsilon)),
                true,
                momentum,
                epsilon);
    }

    /**
     * Layer normalisation (Ba, Kiros and Hinton 2016): mean and variance of each sample over the units, the variance by their number, in training and
     * prediction alike.
     *
     * @param epsilon positive
     */
    public static Normalization layerNorm(double epsilon) {
        return new Normalization(
                Definition.of("layer_norm", values -> layerNorm(values.get(0)), epsilon(epsilon)), false, 0, epsilon);
    }

    private static Setting epsilon(double value) {
        return new Setting(
                "epsilon", value, epsilon -> epsilon > 0 && Double.isFinite(epsilon), "must be positive and finite");
    }

    /** All that there are, with their usual settings. */
    public static List<Normalization> all() {
        return List.of(BATCH_NORM, LAYER_NORM);
    }

    /**
     * Whether mean and variance are of a unit over the samples of a step, which leaves them behind for predictions, where they are constants of the layer; else
     * they are of a sample over the units.
     */
    public boolean runs() {
        return runs;
    }

    /** The share of the running mean and variance that a step keeps; 0 where there are none. */
    public double momentum() {
        return momentum;
    }

    /** What is added to the variance. */
    public double epsilon() {
        return epsilon;
    }

    /**
     * The parameters of a network without its batch normalisation that predicts the same: {@code W' = gamma W / sqrt(variance + epsilon)} and {@code b' = b -
     * gamma mean / sqrt(variance + epsilon)}, with the running mean and variance. In place: gamma, mean and variance stay as they are, and stand for nothing
     * any more.
     *
     * @param parameters of the network, in the canonical layout
     */
    public static void fold(Network network, double[] parameters) {
        // an iterator would be garbage behind each step that is followed by a prediction
        for (int l = 0; l < network.layers().size(); l++) {
            Layer layer = network.layers().get(l);
            if (layer.normalization().isEmpty() || !layer.normalization().get().runs()) {
                continue;
            }
            double epsilon = layer.normalization().get().epsilon();
            int units = layer.units();
            int gammaAt = layer.biasAt() + units;
            int meanAt = gammaAt + units;
            int varianceAt = meanAt + units;
            for (int u = 0; u < units; u++) {
                double factor = parameters[gammaAt + u] / Math.sqrt(parameters[varianceAt + u] + epsilon);
                int row = layer.weightsAt() + u * layer.fanIn();
                for (int i = row; i < row + layer.fanIn(); i++) {
                    parameters[i] *= factor;
                }
                parameters[layer.biasAt() + u] -= factor * parameters[meanAt + u];
            }
        }
    }
}
