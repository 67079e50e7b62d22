package io.github.layerc.program;

import java.util.Locale;

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
    BOUND_STEP;

    /** The name of the method. */
    public String method() {
        return this == BOUND_STEP ? "boundStep" : name().toLowerCase(Locale.ROOT);
    }
}
