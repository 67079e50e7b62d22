package io.github.layerc.network;

import java.util.Locale;

/**
 * The rule that turns gradients into an update of the parameters. {@code p} is a parameter, {@code g} the derivative of the cost, penalty
 * included, after it, {@code v} its velocity, 0 at first, {@code mu} the momentum.
 *
 * <p>Both rules with momentum are those of PyTorch's {@code torch.optim.SGD}: the learning rate is no part of the velocity, so that a change of
 * the rate acts on earlier gradients, too.
 */
public enum Optimizer {
    /** {@code p = p - rate * g}. */
    GRADIENT_DESCENT(false, true),
    /** The heavy ball (Polyak 1964): {@code v = mu v + g}, {@code p = p - rate * v}. */
    MOMENTUM(true, true),
    /** Nesterov's accelerated gradient as Sutskever et al. (2013) write it: {@code v = mu v + g}, {@code p = p - rate * (g + mu v)}. */
    NESTEROV(true, true);

    private final boolean hasMomentum;
    private final boolean linear;

    Optimizer(boolean hasMomentum, boolean linear) {
        this.hasMomentum = hasMomentum;
        this.linear = linear;
    }

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether parameters have a velocity. */
    public boolean hasMomentum() {
        return hasMomentum;
    }

    /**
     * Whether its update of a weight is a linear combination of gradients and of the weight itself, with the same factors for all weights: what
     * {@link Form#GRAM} needs. An update that divides by the size of past gradients is not.
     */
    public boolean linear() {
        return linear;
    }
}
