package io.github.layerc.network;

import java.util.Locale;

/**
 * What training minimises. The loss is that of one sample with outputs {@code a} and targets {@code y}, both of {@code n} units; the cost is
 * its mean over the samples of a step.
 */
public enum Loss {
    /** {@code -1/n sum over j of (y_j ln a_j + (1 - y_j) ln(1 - a_j))}; targets from 0 to 1, output activation sigmoid. */
    BINARY_CROSS_ENTROPY(Activation.SIGMOID, Outputs.USUAL, Targets.SHARES, Sum.ANY, Task.CLASSES),
    /** {@code -sum over j of y_j ln a_j}; the targets of a sample add up to 1, output activation softmax. */
    CATEGORICAL_CROSS_ENTROPY(Activation.SOFTMAX, Outputs.USUAL, Targets.SHARES, Sum.ONE, Task.CLASSES),
    /** {@code 1/n sum over j of (a_j - y_j)^2}; any targets, any output activation. */
    MEAN_SQUARED_ERROR(Activation.IDENTITY, Outputs.ANY, Targets.FINITE, Sum.ANY, Task.REGRESSION);

    /** What a loss states of itself: no constant has any of it by default. */
    private enum Outputs {
        USUAL,
        ANY
    }

    private enum Targets {
        SHARES("targets from 0 to 1"),
        FINITE("finite targets");

        private final String rule;

        Targets(String rule) {
            this.rule = rule;
        }
    }

    private enum Sum {
        ONE,
        ANY
    }

    private enum Task {
        CLASSES,
        REGRESSION
    }

    /** Sums of doubles that were meant to be 1 are that close to it. */
    private static final double SUM_TOLERANCE = 1e-6;

    private final Activation usualOutput;
    private final Outputs outputs;
    private final Targets targets;
    private final Sum sum;
    private final Task task;

    Loss(Activation usualOutput, Outputs outputs, Targets targets, Sum sum, Task task) {
        this.usualOutput = usualOutput;
        this.outputs = outputs;
        this.targets = targets;
        this.sum = sum;
        this.task = task;
    }

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the loss is defined over outputs of this activation. */
    public boolean accepts(Activation output) {
        return outputs == Outputs.ANY || output == usualOutput;
    }

    /** The activation that the outputs of this loss usually have; the only one for both cross-entropies. */
    public Activation usualOutput() {
        return usualOutput;
    }

    /** Whether {@code y} can be a target, see {@link #targetRule()}. */
    public boolean acceptsTarget(double y) {
        return switch (targets) {
            case SHARES -> y >= 0 && y <= 1;
            case FINITE -> Double.isFinite(y);
        };
    }

    /** The targets that it takes, in words for messages. */
    public String targetRule() {
        return targets.rule;
    }

    /** Whether the targets of a sample can have this sum: a derivative {@code a - y} of softmax holds for a sum of 1 only. */
    public boolean acceptsTargetSum(double targetSum) {
        return sum == Sum.ANY || Math.abs(targetSum - 1) <= SUM_TOLERANCE;
    }

    /** Whether targets stand for classes, so that outputs are right or wrong; those of a regression are more or less so. */
    public boolean classifies() {
        return task == Task.CLASSES;
    }
}
