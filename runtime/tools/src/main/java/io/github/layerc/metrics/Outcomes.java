package io.github.layerc.metrics;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.OutputClass;
import io.github.layerc.network.TargetRule;

/**
 * What a network has made of samples whose targets are known: all that metrics are computed from.
 *
 * <p>Classes are numbered as {@link OutputClass} has it: one output tells class 1, the positive one, from class 0; of more outputs each stands for a class. An output is a
 * probability, a margin or an amount, as the rule of the targets says.
 */
public final class Outcomes {
    private final double[] outputs;
    private final Dataset data;
    private final TargetRule rule;
    private final int[] targetClasses;
    private final int[] predictedClasses;

    /**
     * Outputs with their targets.
     *
     * @param outputs row-major {@code [samples][outputs]}, NaN where a network has failed; not copied
     * @param rule of the targets of the network's loss
     * @throws IllegalArgumentException if there are not as many outputs as targets, or a target is not finite
     */
    public Outcomes(double[] outputs, Dataset data, TargetRule rule) {
        long targets = (long) data.count() * data.outputs();
        if (targets == 0 || outputs.length != targets) {
            throw new IllegalArgumentException(
                    "outputs must be as many as targets, " + targets + ": outputs=" + outputs.length);
        }
        for (int s = 0; s < data.count(); s++) {
            for (int u = 0; u < data.outputs(); u++) {
                if (!Double.isFinite(data.target(s, u))) {
                    throw new IllegalArgumentException(
                            "targets must be finite: sample=" + s + ", output=" + u + ", target=" + data.target(s, u));
                }
            }
        }
        this.outputs = outputs;
        this.data = data;
        this.rule = rule;
        this.targetClasses = new int[data.count()];
        this.predictedClasses = new int[data.count()];
        for (int s = 0; s < data.count(); s++) {
            int sample = s;
            targetClasses[s] = data.targetClass(s, rule);
            predictedClasses[s] = OutputClass.of(rule, units(), unit -> output(sample, unit));
        }
    }

    /** Number of samples, at least 1. */
    public int count() {
        return data.count();
    }

    /** Number of outputs of a sample. */
    public int units() {
        return data.outputs();
    }

    /** Number of classes that the outputs tell apart, at least 2. */
    public int classes() {
        return Math.max(2, units());
    }

    public double output(int sample, int unit) {
        return outputs[sample * units() + unit];
    }

    public double target(int sample, int unit) {
        return data.target(sample, unit);
    }

    /** Whether outputs are probabilities of classes; else they are margins, that only have an order, or amounts. */
    public boolean areProbabilities() {
        return rule.probabilities();
    }

    public int targetClass(int sample) {
        return targetClasses[sample];
    }

    /** {@link OutputClass#NONE} where an output is NaN. */
    public int predictedClass(int sample) {
        return predictedClasses[sample];
    }

    /** What puts the samples of a class in order, the surest ones last. */
    double score(int sample, int number) {
        if (units() > 1) {
            return output(sample, number);
        }
        // 1 - p would make equals of what is far below 1
        return number == 1 ? output(sample, 0) : -output(sample, 0);
    }

    /** The shares that the network gives to the classes: of more outputs than one, each by their sum. */
    double[] probabilities(int sample) {
        if (units() == 1) {
            return new double[] {1 - output(sample, 0), output(sample, 0)};
        }
        double sum = 0;
        double[] shares = new double[units()];
        for (int u = 0; u < shares.length; u++) {
            shares[u] = output(sample, u);
            sum += shares[u];
        }
        for (int u = 0; u < shares.length; u++) {
            shares[u] /= sum;
        }
        return shares;
    }
}
