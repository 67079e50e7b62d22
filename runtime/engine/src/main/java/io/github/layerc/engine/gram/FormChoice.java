package io.github.layerc.engine.gram;

import io.github.layerc.engine.search.Lbfgs;
import io.github.layerc.engine.step.FloatUpdate;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Locale;

/**
 * The form of the first layer in a training, chosen when the number of samples is known: the one whose products take less time, counted as
 * FLOPs in the network's precision.
 *
 * <pre>
 * direct     steps * 4 m inputs units                                   m samples of a step, n bound ones
 * gram       steps * 2 m n units  +  w (n^2 inputs + 2 n inputs units)  +  w 2 n inputs units
 *            the steps               products of all pairs, and of samples and weights     weights in the end
 * </pre>
 *
 * <p>w = 4: the set-up is plain Java, 33 GFLOP/s where the direct form's kernels reach 135.
 *
 * @param form {@link Form#DIRECT} or {@link Form#GRAM}
 * @param reason why, in a few words
 */
public record FormChoice(Form form, String reason) {
    private static final double SETUP_WEIGHT = 4;

    /**
     * Chooses.
     *
     * @param weighted whether samples have weights
     * @param possible whether the kernels have a Gram form
     * @param heap bytes that the heap can have, whatever is in them: what is garbage only a collection would tell
     * @throws IllegalArgumentException if the Gram form is asked for and cannot be had
     */
    public static FormChoice of(
            Network network, TrainingSettings settings, int samples, boolean weighted, boolean possible, long heap) {
        Form asked = settings.form();
        if (asked == Form.DIRECT) {
            return new FormChoice(Form.DIRECT, "asked for");
        }
        String objection = objection(network, settings, samples, weighted, possible, heap);
        if (!objection.isEmpty()) {
            return direct(network, settings, objection);
        }
        if (asked == Form.GRAM) {
            return new FormChoice(Form.GRAM, "asked for");
        }
        double direct = directFlops(network, settings, samples);
        double gram = gramFlops(network, settings, samples);
        Form faster = gram < direct ? Form.GRAM : Form.DIRECT;
        return new FormChoice(
                faster,
                String.format(
                        Locale.ROOT,
                        "%d steps with %d samples of %d inputs take %s in layer 1, in %s form %s",
                        settings.updates(samples),
                        settings.batchOf(samples),
                        network.inputs(),
                        flops(faster == Form.GRAM ? gram : direct),
                        faster == Form.GRAM ? "direct" : "gram",
                        flops(faster == Form.GRAM ? direct : gram)));
    }

    /**
     * What is left to choose when there was no memory for the Gram form after all.
     *
     * @throws IllegalArgumentException if the Gram form is asked for
     */
    public static FormChoice withoutRoom(
            Network network, TrainingSettings settings, int samples, boolean weighted, long heap) {
        return direct(
                network,
                settings,
                needs(network, settings, samples, weighted) + ", more than is left of the heap of "
                        + megabytes((double) heap));
    }

    private static FormChoice direct(Network network, TrainingSettings settings, String objection) {
        if (settings.form() == Form.GRAM) {
            throw new IllegalArgumentException(
                    "network " + network.name() + ": form gram is not possible: " + objection);
        }
        return new FormChoice(Form.DIRECT, objection);
    }

    private static String needs(Network network, TrainingSettings settings, int samples, boolean weighted) {
        return "products of all pairs of " + samples + " samples and what belongs to them take "
                + megabytes(bytes(network, settings, samples, weighted));
    }

    /** Why the Gram form cannot be had whatever is asked for, empty if it can: see {@link #of}. */
    public static String objection(
            Network network, TrainingSettings settings, int samples, boolean weighted, boolean possible, long heap) {
        if (!settings.optimizer().linear()) {
            return "its optimizer is not linear: optimizer="
                    + settings.optimizer().keyword();
        }
        if (settings.clip().isPresent()) {
            return "its gradients are clipped, which needs those of all weights: clip="
                    + settings.clip().get().keyword();
        }
        if (settings.averaging() > 0) {
            return "its parameters are averaged after every step, which needs all weights: averaging="
                    + settings.averaging();
        }
        double l1 = settings.penaltyOf(network.layers().get(0)).l1();
        if (l1 > 0) {
            return "the l1 of its first layer looks at the sign of each weight: l1=" + l1;
        }
        if (network.batchNorm().isPresent()) {
            return "its predictions have the batch_norm of layer "
                    + network.batchNorm().get().number() + " folded into weights, which it does not make";
        }
        if (!possible) {
            return "its class has no kernels for it, which form gram in the spec makes: inputs=" + network.inputs();
        }
        if (2.0 * network.layers().get(0).units() * samples > Integer.MAX_VALUE - 16) {
            return "pre-activations of layer 1 and coefficients do not fit an array: samples=" + samples;
        }
        if ((double) samples * FloatGramState.padded(samples) > Integer.MAX_VALUE - 16) {
            return "products of all pairs of samples do not fit an array: samples=" + samples;
        }
        return bytes(network, settings, samples, weighted) <= heap
                ? ""
                : needs(network, settings, samples, weighted) + ", the heap has " + megabytes((double) heap);
    }

    /**
     * What the Gram form takes beside the data: the products of all pairs of samples, those of each pair once in double
     * while they are made, those of a mini-batch twice; coefficients and pre-activations of the first layer, with their
     * gradients and velocities or pairs where the optimizer keeps such; the first layer's weights at the start; blocks of
     * samples during the set-up.
     */
    static double bytes(Network network, TrainingSettings settings, int samples, boolean weighted) {
        double units = network.layers().get(0).units();
        int element = network.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        int states = FloatUpdate.isAddition(network, settings) && !weighted
                ? 1
                : 2 + settings.optimizer().slots().size() + Lbfgs.vectors(settings.optimizer());
        double z0 = settings.penaltyOf(network.layers().get(0)).l2() > 0 ? 1 : 0;
        int batch = settings.batchOf(samples);
        double gathered = batch < samples || weighted ? batch * (samples + units) : 0;
        return Double.BYTES * (samples * (samples + 1.0) / 2 + (2 * states + z0 + 1) * units * samples)
                + element
                        * ((double) samples * FloatGramState.padded(samples)
                                + gathered
                                + 5 * units * samples
                                + 2.0 * network.parameterCount())
                + FloatRowProducts.bytes(samples);
    }

    private static double directFlops(Network network, TrainingSettings settings, int samples) {
        return 4.0 * settings.updates(samples) * settings.batchOf(samples) * weights(network);
    }

    private static double gramFlops(Network network, TrainingSettings settings, int samples) {
        double units = network.layers().get(0).units();
        double steps = 2.0 * settings.updates(samples) * settings.batchOf(samples) * samples * units;
        double pairs = (double) samples * samples * network.inputs();
        return steps + SETUP_WEIGHT * (pairs + 4.0 * samples * weights(network));
    }

    private static double weights(Network network) {
        return network.layers().get(0).weightCount();
    }

    private static String flops(double flops) {
        return flops >= 1e9
                ? String.format(Locale.ROOT, "%.1f GFLOP", flops * 1e-9)
                : String.format(Locale.ROOT, "%.1f MFLOP", flops * 1e-6);
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes * 1e-6);
    }
}
