package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.network.random.Dropout;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one step has to do with each parameter, and how far it may be off: gradients, weights of classes, penalties and clipping by textbook formulas, then the optimizer in double.
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
        Bounds bounds = bounds(samples.data(), number);
        double[] gradients = bounds.gradients().clone();
        double[] off = bounds.gradientBounds().clone();
        addPenalty(gradients, off);
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
        network.layers().stream()
                .filter(layer -> layer.batchNorm().isPresent())
                .forEach(layer -> addMoments(layer, bounds.normalization(layer), samples.count()));
    }

    /** No optimizer moves mean and variance of a batch normalisation: the forward pass of a step takes in its own. */
    private void addMoments(Layer layer, NormalizationBounds step, int count) {
        int meanAt = layer.gammaAt() + layer.units();
        for (int u = 0; u < layer.units(); u++) {
            addMoment(layer, meanAt + u, step.mean(u), step.meanBound(u));
            if (count > 1) {
                int varianceAt = meanAt + layer.units();
                double unbiased = count / (count - 1.0);
                addMoment(layer, varianceAt + u, unbiased * step.variance(u), unbiased * step.varianceBound(u));
            }
        }
    }

    private void addMoment(Layer layer, int at, double ofStep, double off) {
        double share = 1 - layer.batchNorm().orElseThrow().momentum();
        change[at] = share * (ofStep - before[at]);
        bound[at] =
                share * off + TERM * network.precision().epsilon() * (Math.abs(before[at]) + share * Math.abs(ofStep));
    }

    /** What the step adds to each parameter, in the canonical layout. */
    double[] change() {
        return change;
    }

    /** How far each of these, as a difference of rounded parameters, may be off. */
    double[] bound() {
        return bound;
    }

    /** Of gradients without those of a penalty, but with weights of classes, and without what the step leaves out. */
    private Bounds bounds(Dataset data, int number) {
        boolean drops = network.layers().stream().anyMatch(layer -> layer.dropout() > 0);
        long masks = drops ? Dropout.key(network.initializer().seed(), number) : Dropout.NONE;
        if (settings.classWeights().isEmpty()) {
            return new Bounds(network, before, data, masks, new double[0]);
        }
        double[] weights = weights(settings.classWeights().get(), data);
        // a step takes samples by ascending weights, and masks go by the place that a sample has in it
        int[] order = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> weights[s]))
                .mapToInt(s -> s)
                .toArray();
        double[] sorted = IntStream.of(order).mapToDouble(s -> weights[s]).toArray();
        return new Bounds(network, before, data.rows(order), masks, sorted);
    }

    private void addPenalty(double[] gradients, double[] off) {
        double eps = network.precision().epsilon();
        for (Layer layer : network.layers()) {
            Penalty penalty = settings.penaltyOf(layer);
            for (int i = layer.weightsAt(); i < layer.end(); i++) {
                double of = i < layer.biasAt() ? penalty.l2() * before[i] + penalty.l1() * Math.signum(before[i]) : 0;
                gradients[i] += of;
                off[i] += 4 * eps * (Math.abs(gradients[i]) + Math.abs(of));
            }
        }
    }

    private double[] weights(ClassWeights classes, Dataset data) {
        int[] own = IntStream.range(0, data.count())
                .map(s -> data.targetClass(s, network.loss().targets()))
                .toArray();
        int[] counts = new int[ClassWeights.classes(network.outputs())];
        for (int each : own) {
            counts[each]++;
        }
        double[] ofClasses = classes.of(counts);
        return IntStream.of(own).mapToDouble(each -> ofClasses[each]).toArray();
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
