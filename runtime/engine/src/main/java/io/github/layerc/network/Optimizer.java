package io.github.layerc.network;

import java.util.List;
import java.util.function.DoublePredicate;

/**
 * The rule that turns gradients into an update of the parameters. {@code p} is a parameter, {@code g} the derivative of the cost, penalty
 * included, after it, {@code v} its velocity, 0 at first, {@code mu} the momentum. Two with the same keyword and settings are equal.
 *
 * <p>Both rules with momentum are those of PyTorch's {@code torch.optim.SGD}: the learning rate is no part of the velocity, so that a change of
 * the rate acts on earlier gradients, too.
 *
 * <p>To add one: a constant or a method here, its name in {@link #all()}, and its rule in {@code FloatUpdate}, which is for both engines, both forms
 * and both precisions.
 */
public final class Optimizer implements Kind<Optimizer> {
    /** {@code p = p - rate * g}. */
    public static final Optimizer GRADIENT_DESCENT =
            new Optimizer(Definition.of("gradient_descent"), List.of(), Momentum.NONE, Update.ADDITION);

    /** The heavy ball (Polyak 1964): {@code v = mu v + g}, {@code p = p - rate * v}. */
    public static final Optimizer MOMENTUM =
            new Optimizer(Definition.of("momentum"), List.of("velocity"), Momentum.SETTING, Update.LINEAR);

    /** Nesterov's accelerated gradient as Sutskever et al. (2013) write it: {@code v = mu v + g}, {@code p = p - rate * (g + mu v)}. */
    public static final Optimizer NESTEROV =
            new Optimizer(Definition.of("nesterov"), List.of("velocity"), Momentum.SETTING, Update.LINEAR);

    /** {@link #adam} with the numbers of its paper. */
    public static final Optimizer ADAM = adam(0.9, 0.999, 1e-8);

    private enum Momentum {
        NONE,
        /** {@link TrainingSettings#momentum()}. */
        SETTING
    }

    private enum Update {
        /** Scaled gradients are added to the parameters. */
        ADDITION,
        LINEAR,
        NOT_LINEAR
    }

    private final Definition<Optimizer> definition;
    private final List<String> slots;
    private final Momentum momentum;
    private final Update update;

    /**
     * @param slots names of what it keeps for each parameter, 0 at first
     */
    private Optimizer(Definition<Optimizer> definition, List<String> slots, Momentum momentum, Update update) {
        this.definition = definition;
        this.slots = slots;
        this.momentum = momentum;
        this.update = update;
    }

    /**
     * Adam (Kingma and Ba 2015, algorithm 1), in step {@code t}: {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2
     * v + (1 - beta2) g^2}, {@code p = p - rate / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + epsilon)}. The penalty
     * is part of the gradient. The squares of gradients have to be numbers of the precision: one of 2e19 in float,
     * 1e154 in double, stops its parameter for good.
     */
    public static Optimizer adam(double beta1, double beta2, double epsilon) {
        DoublePredicate share = value -> value >= 0 && value < 1;
        String shareRule = "must be at least 0 and below 1";
        return new Optimizer(
                Definition.of(
                        "adam",
                        values -> adam(values.get(0), values.get(1), values.get(2)),
                        new Setting("beta1", beta1, share, shareRule),
                        new Setting("beta2", beta2, share, shareRule),
                        new Setting(
                                "epsilon",
                                epsilon,
                                value -> value > 0 && Double.isFinite(value),
                                "must be positive and finite")),
                List.of("mean", "square"),
                Momentum.NONE,
                Update.NOT_LINEAR);
    }

    /** All that there are, with their usual settings. */
    public static List<Optimizer> all() {
        return List.of(GRADIENT_DESCENT, MOMENTUM, NESTEROV, ADAM);
    }

    @Override
    public String keyword() {
        return definition.keyword();
    }

    @Override
    public List<Setting> settings() {
        return definition.settings();
    }

    @Override
    public Optimizer with(List<Double> values) {
        return definition.with(values, this);
    }

    @Override
    public String text() {
        return definition.text();
    }

    /** Names of what it keeps for each parameter from step to step; all of it is 0 at first. */
    public List<String> slots() {
        return slots;
    }

    /** Whether parameters have a velocity that {@link TrainingSettings#momentum()} slows down. */
    public boolean hasMomentum() {
        return momentum == Momentum.SETTING;
    }

    /**
     * Whether its update of a weight is a linear combination of gradients and of the weight itself, with the same factors for all weights: what
     * {@link Form#GRAM} needs. An update that divides by the size of past gradients is not.
     */
    public boolean linear() {
        return update != Update.NOT_LINEAR;
    }

    /** Whether its update is an addition of scaled gradients to the parameters, which kernels can do by themselves. */
    public boolean isAddition() {
        return update == Update.ADDITION;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Optimizer optimizer && definition.equals(optimizer.definition);
    }

    @Override
    public int hashCode() {
        return definition.hashCode();
    }

    @Override
    public String toString() {
        return definition.text();
    }
}
