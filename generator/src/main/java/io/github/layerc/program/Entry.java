package io.github.layerc.program;

import java.util.Locale;
import java.util.regex.Pattern;

/** The entry points of a generated class. Each has a program of its own. */
public enum Entry {
    /** Samples to outputs. */
    PREDICT,
    /** Samples and targets to the sum of the losses. */
    COST,
    /** Samples and targets to the gradients of all parameters, and the sum of the losses. */
    GRADIENTS,
    /** Samples and targets to updated parameters, and the sum of the losses before the update. */
    STEP,
    /** The same for all samples of bound data, of which there are copies in panels and in strips. */
    BOUND_STEP,
    /** Pre-activations of the first layer and targets to updated pre-activations and coefficients, and other parameters: a step in Gram form. */
    GRAM_STEP,
    /** Pre-activations of the first layer to outputs. */
    GRAM_PREDICT,
    /** Pre-activations of the first layer and targets to the sum of the losses. */
    GRAM_COST;

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    /** The name of the method. */
    public String method() {
        return NEXT_WORD
                .matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    /** Whether it belongs to the Gram form of the first layer. */
    public boolean gram() {
        return this == GRAM_STEP || this == GRAM_PREDICT || this == GRAM_COST;
    }

    /** Whether it is part of a training: what only happens there, happens in it. */
    public boolean trains() {
        return bound() || this == GRADIENTS;
    }

    /** Whether it returns the sum of the losses. */
    public boolean losses() {
        return !(this == PREDICT || this == GRAM_PREDICT);
    }

    /** Whether its samples, if it takes any, are bound and scaled already. */
    public boolean bound() {
        return this == STEP || this == BOUND_STEP || this == GRAM_STEP;
    }
}
