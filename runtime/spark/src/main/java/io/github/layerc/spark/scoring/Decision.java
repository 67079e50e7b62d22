package io.github.layerc.spark.scoring;

import io.github.layerc.data.OutputClass;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import java.io.Serializable;

/**
 * What outputs of a sample say in Spark's terms. One output is the probability of class 1; of more each is that of its class.
 */
public final class Decision implements Serializable {
    private static final long serialVersionUID = 1;

    private final TargetRule rule;
    private final int outputs;

    /** Empty where the rule of the class decides. */
    private final double[] thresholds;

    /**
     * @param thresholds one for each class: the largest {@code p / threshold} decides, as Spark has it; empty for the rule of the class
     * @throws IllegalArgumentException if there are some, but not one for each class
     */
    public Decision(Network network, double... thresholds) {
        this.rule = network.loss().targets();
        this.outputs = network.outputs();
        this.thresholds = thresholds.clone();
        if (thresholds.length > 0 && thresholds.length != classes()) {
            throw new IllegalArgumentException(
                    "thresholds must be one for each of " + classes() + " classes: thresholds=" + thresholds.length);
        }
    }

    /** Number of classes. */
    public int classes() {
        return Math.max(2, outputs);
    }

    /** Probabilities of the classes. */
    public double[] probabilities(Scorer scorer, int sample) {
        double[] all = new double[classes()];
        if (outputs == 1) {
            all[1] = scorer.output(sample, 0);
            all[0] = 1 - all[1];
        } else {
            for (int c = 0; c < all.length; c++) {
                all[c] = scorer.output(sample, c);
            }
        }
        return all;
    }

    /**
     * What a sigmoid or softmax makes these probabilities of, but for a common summand: {@code log p}; of one output {@code -z} and {@code z}, {@code z = log(p / (1 - p))}. Finite also for
     * a probability of 0.
     */
    public double[] raw(double... probabilities) {
        double[] raw = new double[probabilities.length];
        for (int c = 0; c < raw.length; c++) {
            double p = probabilities[c];
            raw[c] = Double.isNaN(p) ? p : Math.log(Math.max(p, Double.MIN_NORMAL));
        }
        if (outputs == 1) {
            double z = raw[1] - raw[0];
            raw[0] = -z;
            raw[1] = z;
        }
        return raw;
    }

    /** The class, from 0 on; NaN where a probability is. */
    public double prediction(double... probabilities) {
        if (thresholds.length == 0) {
            int label = OutputClass.of(rule, outputs, u -> probabilities[outputs == 1 ? 1 : u]);
            return label == OutputClass.NONE ? Double.NaN : label;
        }
        int best = 0;
        for (int c = 0; c < probabilities.length; c++) {
            if (Double.isNaN(probabilities[c])) {
                return Double.NaN;
            }
            best = share(probabilities, c) > share(probabilities, best) ? c : best;
        }
        return best;
    }

    private double share(double[] probabilities, int c) {
        // a class with threshold 0 wins wherever it is possible at all, as in Spark
        return thresholds[c] == 0
                ? probabilities[c] == 0 ? 0 : Double.POSITIVE_INFINITY
                : probabilities[c] / thresholds[c];
    }
}
