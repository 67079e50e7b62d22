package io.github.layerc.network;

import java.util.Locale;

/**
 * What training minimises. The loss is that of one sample with outputs {@code a} and targets {@code y}, both of {@code n} units; the cost is
 * its mean over the samples of a step.
 */
public enum Loss {
    /** {@code -1/n sum over j of (y_j ln a_j + (1 - y_j) ln(1 - a_j))}; targets from 0 to 1, output activation sigmoid. */
    BINARY_CROSS_ENTROPY(Activation.SIGMOID),
    /** {@code -sum over j of y_j ln a_j}; the targets of a sample add up to 1, output activation softmax. */
    CATEGORICAL_CROSS_ENTROPY(Activation.SOFTMAX),
    /** {@code 1/n sum over j of (a_j - y_j)^2}; any targets, any output activation. */
    MEAN_SQUARED_ERROR(Activation.IDENTITY);

    private final Activation usualOutput;

    Loss(Activation usualOutput) {
        this.usualOutput = usualOutput;
    }

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the loss is defined over outputs of this activation. */
    public boolean accepts(Activation output) {
        return this == MEAN_SQUARED_ERROR || output == usualOutput;
    }

    /** The activation that the outputs of this loss usually have; the only one for both cross-entropies. */
    public Activation usualOutput() {
        return usualOutput;
    }

    /** Whether {@code y} can be a target: from 0 to 1 for both cross-entropies, any finite number for the squared error. */
    public boolean acceptsTarget(double y) {
        return this == MEAN_SQUARED_ERROR ? Double.isFinite(y) : y >= 0 && y <= 1;
    }
}
