package io.github.layerc.check;

import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.network.random.Dropout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one step has to do with each parameter, by the optimizer in double, and how far it may be off.
 *
 * <p>An update is no linear function of the gradient, and near 0 some optimizers hardly ask for its size. So what it may be off by follows from other updates:
 * those with gradients at both ends of their bounds, and those with each array that the optimizer keeps a few roundings larger. The latter is
 * what a sum such as {@code 0.9 mean + 0.1 gradient} is off by where its terms cancel: each product is as of a factor that is rounded.
 */
final class ExpectedStep {
    /** Roundings of one term: its factor, the product, the sum; twice, where an optimizer uses the sum in another. */
    private static final int TERM = 4;

    /** Roundings of the update itself, its products, its root and its quotient, relative to it. */
    private static final int UPDATE = 16;

    /** Between both ends of a bound an update can be a little further away. */
    private static final double CURVED = 2;

    private final Network network;
    private final Engine reference;
    private final Training training;
    private final TrainingSettings settings;
    private final double[] before;
    private final double[] change;
    private final double[] bound;

    /**
     * @param network in the precision that is checked
     * @param reference in double
     * @param training of the reference, with the same optimizer, which clips nothing
     * @param settings of the training that is checked
     * @param state before the step
     * @param number of the step, from 0
     */
    ExpectedStep(
            Network network,
            CheckedSamples samples,
            Engine reference,
            Training training,
            TrainingSettings settings,
            TrainingState state,
            int number) {
        this.network = network;
        this.reference = reference;
        this.training = training;
        this.settings = settings;
        training.restore(state);
        this.before = reference.parametersAsDouble();
        double eps = network.precision().epsilon();
        double[] gradients = new double[before.length];
        training.gradients(IntStream.range(0, samples.count()).toArray(), 0, samples.count(), gradients);
        double[] off = gradientBounds(samples, gradients, number);
        settings.clip().ifPresent(clip -> ClippedGradients.clip(clip, network, gradients, off));
        this.change = change(state, gradients);
        this.bound = new double[before.length];
        for (int i = 0; i < bound.length; i++) {
            off[i] += TERM * eps * Math.abs(gradients[i]);
            bound[i] = eps * (2 * Math.abs(before[i]) + UPDATE * Math.abs(change[i]));
        }
        addGradients(state, gradients, off);
        for (String slot : settings.optimizer().slots()) {
            addSlot(state, slot, gradients, 1 + TERM * eps);
        }
    }

    /** What the step adds to each parameter, in the canonical layout. */
    double[] change() {
        return change;
    }

    /** How far each of these, as a difference of rounded parameters, may be off. */
    double[] bound() {
        return bound;
    }

    /** The gradients of the step have those of a penalty in them, and miss what it leaves out. */
    private double[] gradientBounds(CheckedSamples samples, double[] gradients, int number) {
        boolean drops = network.layers().stream().anyMatch(layer -> layer.dropout() > 0);
        long masks = drops ? Dropout.key(network.initializer().seed(), number) : Dropout.NONE;
        Bounds bounds = new Bounds(network, before, samples.data(), masks);
        double eps = network.precision().epsilon();
        double[] off = new double[gradients.length];
        for (int i = 0; i < off.length; i++) {
            double penalty = gradients[i] - bounds.gradients()[i];
            off[i] = bounds.gradientBounds()[i] + 4 * eps * (Math.abs(gradients[i]) + Math.abs(penalty));
        }
        return off;
    }

    private void addGradients(TrainingState state, double[] gradients, double[] off) {
        double[] most = new double[bound.length];
        for (int sign = -1; sign <= 1; sign += 2) {
            double[] moved = gradients.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += sign * off[i];
            }
            double[] other = change(state, moved);
            for (int i = 0; i < most.length; i++) {
                most[i] = Math.max(most[i], Math.abs(other[i] - change[i]));
            }
        }
        for (int i = 0; i < bound.length; i++) {
            bound[i] += CURVED * most[i];
        }
    }

    private void addSlot(TrainingState state, String slot, double[] gradients, double factor) {
        Map<String, double[]> arrays = new LinkedHashMap<>(state.arrays());
        double[] larger = arrays.get(slot).clone();
        for (int i = 0; i < larger.length; i++) {
            larger[i] *= factor;
        }
        arrays.put(slot, larger);
        double[] other = change(new TrainingState(state.form(), arrays), gradients);
        for (int i = 0; i < bound.length; i++) {
            bound[i] += CURVED * Math.abs(other[i] - change[i]);
        }
    }

    private double[] change(TrainingState state, double[] gradients) {
        training.restore(state);
        training.apply(gradients, settings.learningRate());
        double[] change = reference.parametersAsDouble();
        for (int i = 0; i < change.length; i++) {
            change[i] -= before[i];
        }
        return change;
    }
}
