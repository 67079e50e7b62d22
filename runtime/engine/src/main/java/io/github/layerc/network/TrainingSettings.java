package io.github.layerc.network;

import java.util.function.DoubleUnaryOperator;

/**
 * How the spec wants the network trained.
 *
 * @param learningRate positive and finite
 * @param iterations number of updates, at least 1
 * @param batch samples of an update, or {@link #FULL_BATCH} for all of them
 * @param momentum at least 0 and below 1; 0 for an optimizer that has none
 * @param l2 decay of the weights, not of the biases, at least 0 and finite: {@code l2 / 2} times the sum of the squares of all weights is added
 *     to the cost, and so {@code l2 * W} to the gradient
 */
public record TrainingSettings(
        Optimizer optimizer, double learningRate, int iterations, int batch, double momentum, double l2, Form form) {

    /** The {@link #batch()} that stands for all samples. */
    public static final int FULL_BATCH = 0;

    private static final double USUAL_MOMENTUM = 0.9;

    /** Gradient descent with learning rate 0.01, 1000 iterations over all samples. */
    public static final TrainingSettings DEFAULT = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.01, 1000);

    public TrainingSettings {
        requireNumbers(learningRate, momentum, l2, value -> value, "");
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be at least 1: iterations=" + iterations);
        }
        if (batch < 0) {
            throw new IllegalArgumentException("batch must be at least 1, or 0 for all samples: batch=" + batch);
        }
        if (momentum > 0 && !optimizer.hasMomentum()) {
            throw new IllegalArgumentException(
                    "optimizer " + optimizer.keyword() + " has no momentum: momentum=" + momentum);
        }
        if (!form.accepts(optimizer.linear())) {
            throw new IllegalArgumentException("form " + form.keyword()
                    + " needs an optimizer whose update is linear: optimizer=" + optimizer.keyword());
        }
    }

    /** @throws IllegalArgumentException if a number is not what it has to be any more once it is rounded to this precision */
    public void requireFits(Precision precision) {
        requireNumbers(learningRate, momentum, l2, precision::rounded, " in " + precision.keyword());
        optimizer.requireFits(precision);
    }

    private static void requireNumbers(
            double learningRate, double momentum, double l2, DoubleUnaryOperator rounded, String in) {
        if (!acceptsLearningRate(rounded.applyAsDouble(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate must be positive and finite" + in + ": learning_rate=" + learningRate);
        }
        if (!acceptsMomentum(rounded.applyAsDouble(momentum))) {
            throw new IllegalArgumentException(
                    "momentum must be at least 0 and below 1" + in + ": momentum=" + momentum);
        }
        if (!acceptsL2(rounded.applyAsDouble(l2))) {
            throw new IllegalArgumentException("l2 must be at least 0 and finite" + in + ": l2=" + l2);
        }
    }

    private static boolean acceptsLearningRate(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private static boolean acceptsMomentum(double value) {
        return value >= 0 && value < 1;
    }

    private static boolean acceptsL2(double value) {
        return value >= 0 && Double.isFinite(value);
    }

    /** All samples in every update, the usual momentum of the optimizer, no decay, the form that is faster. */
    public TrainingSettings(Optimizer optimizer, double learningRate, int iterations) {
        this(optimizer, learningRate, iterations, FULL_BATCH, usualMomentum(optimizer), 0, Form.AUTO);
    }

    /** The momentum of a spec that names none: 0.9, or 0 for an optimizer that has none. */
    public static double usualMomentum(Optimizer optimizer) {
        return optimizer.hasMomentum() ? USUAL_MOMENTUM : 0;
    }

    /** Samples of an update, where a data set has so many. */
    public int batchOf(int samples) {
        return batch == FULL_BATCH ? samples : Math.min(batch, samples);
    }

    /** With another optimizer and its usual momentum. */
    public TrainingSettings withOptimizer(Optimizer other) {
        return new TrainingSettings(other, learningRate, iterations, batch, usualMomentum(other), l2, form);
    }

    public TrainingSettings withLearningRate(double other) {
        return new TrainingSettings(optimizer, other, iterations, batch, momentum, l2, form);
    }

    public TrainingSettings withIterations(int other) {
        return new TrainingSettings(optimizer, learningRate, other, batch, momentum, l2, form);
    }

    public TrainingSettings withBatch(int other) {
        return new TrainingSettings(optimizer, learningRate, iterations, other, momentum, l2, form);
    }

    public TrainingSettings withMomentum(double other) {
        return new TrainingSettings(optimizer, learningRate, iterations, batch, other, l2, form);
    }

    public TrainingSettings withL2(double other) {
        return new TrainingSettings(optimizer, learningRate, iterations, batch, momentum, other, form);
    }

    public TrainingSettings withForm(Form other) {
        return new TrainingSettings(optimizer, learningRate, iterations, batch, momentum, l2, other);
    }
}
