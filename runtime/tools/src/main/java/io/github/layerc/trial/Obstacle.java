package io.github.layerc.trial;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TargetRule;
import io.github.layerc.network.TrainingSettings;
import java.util.OptionalInt;

/** What to look at where a batch could not be learnt: the first of some usual reasons that can be seen. */
final class Obstacle {
    /** Of the way from the start to the lowest cost, in the last tenth of the iterations: a training that has not ended yet. */
    private static final double STILL_FALLS = 0.01;

    /** Of the same way, down from outputs that are the same for all samples. */
    private static final double NO_BETTER = 0.01;

    /** Of the same way, up: more than what a penalty does to a training that is as good as none. */
    private static final double RISEN = 0.1;

    /** A gradient this small, relative to the largest, comes from saturated units and their roundings. */
    private static final double NOTHING = 1e-12;

    private final Network network;
    private final Dataset data;
    private final TrainingSettings settings;

    Obstacle(Network network, Dataset data, TrainingSettings settings) {
        this.network = network;
        this.data = data;
        this.settings = settings;
    }

    /**
     * What to look at, to be read behind "look at".
     *
     * @param rate of the training
     * @param parameters after it
     */
    String of(Overfitting training, double rate, double[] parameters) {
        for (int s = 0; s < data.count(); s++) {
            for (int other = 0; other < s; other++) {
                if (sameSample(s, other) && !sameTargets(s, other)) {
                    return "the labels: samples " + (other + 1) + " and " + (s + 1)
                            + " are the same, with different targets";
                }
            }
        }
        double way = training.start() - training.known().lowest();
        if (!(training.end() - training.start() <= RISEN * way) || Double.isInfinite(training.end())) {
            return "the learning rate, which is too large: layerc:find-rate suggests one: learning_rate=" + rate;
        }
        OptionalInt idle = idleLayer(parameters);
        if (idle.isPresent()) {
            // a strong penalty leaves no weights for it to go through
            return "the activation and the initializer of layer " + idle.getAsInt()
                    + (isPenalised() ? ", and l1, l2 and weight decay" : "") + ": no gradient goes through its units";
        }
        if (training.late() - training.end() > STILL_FALLS * way) {
            return "the learning rate and the number of iterations: the cost still falls";
        }
        if (isPenalised() || network.layers().stream().anyMatch(layer -> layer.dropout() > 0)) {
            return "dropout, l1, l2 and weight decay, which work against it";
        }
        if (training.end() >= training.known().constant() - NO_BETTER * way) {
            return "the initializer, the activations and the scale of the input: outputs are no better than ones that"
                    + " are the same for all samples";
        }
        return "the labels, the learning rate, the scale of the input, and whether the output activation reaches the"
                + " targets";
    }

    private boolean sameSample(int s, int other) {
        for (int i = 0; i < data.features(); i++) {
            if (data.sample(s, i) != data.sample(other, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameTargets(int s, int other) {
        for (int u = 0; u < data.outputs(); u++) {
            if (data.target(s, u) != data.target(other, u)) {
                return false;
            }
        }
        return true;
    }

    private boolean isPenalised() {
        return settings.optimizer().weightDecay() > 0
                || network.layers().stream()
                        .anyMatch(layer -> !settings.penaltyOf(layer).isNone());
    }

    /**
     * The last layer whose biases have no gradient, so that none reaches those before it either. Targets are other ones than the batch has: where that is learnt as
     * well as it can be, there is no gradient in any layer.
     */
    private OptionalInt idleLayer(double[] parameters) {
        double[] gradients = new double[parameters.length];
        int count = data.count();
        try (DoubleEngine engine = Interpreter.createDouble(network.withPrecision(Precision.DOUBLE), count)) {
            engine.setParametersFromDouble(parameters);
            engine.gradients(samples(), farTargets(engine.predict(data)), count, gradients);
        }
        double largest = largest(gradients, 0, gradients.length);
        return network.layers().stream()
                .filter(layer ->
                        largest(gradients, layer.biasAt(), layer.biasAt() + layer.units()) <= NOTHING * largest)
                .mapToInt(Layer::number)
                .max();
    }

    private static double largest(double[] values, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    private double[] samples() {
        double[] samples = new double[data.count() * data.features()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = data.sample(i / data.features(), i % data.features());
        }
        return samples;
    }

    /** Of each sample the class that its outputs are furthest from: the same one where outputs are, so that gradients do not cancel. */
    private double[] farTargets(double[] outputs) {
        TargetRule rule = network.loss().targets();
        double middle = (rule.of(true) + rule.of(false)) / 2;
        int units = data.outputs();
        double[] targets = new double[outputs.length];
        for (int s = 0; s < data.count(); s++) {
            int least = s * units;
            for (int i = s * units; i < (s + 1) * units; i++) {
                least = outputs[i] < outputs[least] ? i : least;
                targets[i] = rule.of(false);
            }
            targets[least] = rule.of(units > 1 || outputs[least] < middle);
        }
        return targets;
    }
}
