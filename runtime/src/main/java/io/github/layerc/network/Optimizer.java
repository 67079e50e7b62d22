package io.github.layerc.network;

import java.util.Locale;

/** The rule that turns gradients into an update of the parameters. */
public enum Optimizer {
    /** {@code p = p - rate * dCost/dp}. */
    GRADIENT_DESCENT;

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
