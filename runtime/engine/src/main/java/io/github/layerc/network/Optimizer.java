package io.github.layerc.network;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * The rule that turns gradients into an update of the parameters. {@code p} is a parameter, {@code g} the derivative of the cost, penalty
 * included, after it, {@code v} its velocity, 0 at first, {@code mu} the momentum. Two with the same keyword and settings are equal.
 *
 * <p>Both rules with momentum are those of PyTorch's {@code torch.optim.SGD}: the learning rate is no part of the velocity, so that a change of
 * the rate acts on earlier gradients, too. In Keras it is part of the velocity, which is the same for as long as the rate does not change.
 *
 * <p>Rules that divide by the size of past gradients add their epsilon to the root, as the papers and PyTorch do; Keras adds it below the root for RMSProp and
 * Adagrad. The {@link Penalty} is part of the gradient with every optimizer, and is of the weights only: PyTorch's {@code weight_decay}
 * is of the biases, too.
 *
 * <p>To add one: a constant or a method here, its name in {@link #all()}, and its rule in {@code FloatUpdate}, which is for both engines, both forms
 * and both precisions.
 */
public final class Optimizer extends Kind<Optimizer> {
    private static final List<String> MEAN_AND_SQUARE = List.of("mean", "square");

    /** {@code p = p - rate * g}. */
    public static final Optimizer GRADIENT_DESCENT =
            new Optimizer(Definition.of("gradient_descent"), List.of(), Update.ADDITION);

    /** The heavy ball (Polyak 1964): {@code v = mu v + g}, {@code p = p - rate * v}. */
    public static final Optimizer MOMENTUM =
            new Optimizer(Definition.of("momentum"), List.of("velocity"), Update.VELOCITY);

    /** Nesterov's accelerated gradient as Sutskever et al. (2013) write it: {@code v = mu v + g}, {@code p = p - rate * (g + mu v)}. */
    public static final Optimizer NESTEROV =
            new Optimizer(Definition.of("nesterov"), List.of("velocity"), Update.VELOCITY);

    /** {@link #rmsprop} with the share of its lecture. */
    public static final Optimizer RMSPROP = rmsprop(0.9, 1e-8);

    /** {@link #adagrad}; its paper has no number but one that keeps it from dividing by 0. */
    public static final Optimizer ADAGRAD = adagrad(1e-10);

    /** {@link #adam} with the numbers of its paper. */
    public static final Optimizer ADAM = adam(0.9, 0.999, 1e-8);

    /** {@link #adamw} with the numbers of {@link #ADAM}, and PyTorch's decay: that of its paper differs from problem to problem. */
    public static final Optimizer ADAMW = adamw(0.9, 0.999, 1e-8, 0.01);

    /** {@link #nadam} with the numbers of {@link #ADAM}, as PyTorch and Keras have it. */
    public static final Optimizer NADAM = nadam(0.9, 0.999, 1e-8);

    /** {@link #lbfgs} with the numbers of Nocedal and Wright, and as many evaluations as SciPy. */
    public static final Optimizer LBFGS = lbfgs(10, 1e-4, 0.9, 20);

    private enum Update {
        /** Scaled gradients are added to the parameters. */
        ADDITION,
        /** Linear: of a velocity that {@link TrainingSettings#momentum()} slows down. */
        VELOCITY,
        NOT_LINEAR,
        /** Linear, with factors that are found by looking at costs. */
        SEARCH
    }

    private final List<String> slots;
    private final Update update;
    private final double weightDecay;

    /**
     * @param slots names of what it keeps for each parameter, 0 at first
     */
    private Optimizer(Definition<Optimizer> definition, List<String> slots, Update update) {
        this(definition, slots, update, 0);
    }

    private Optimizer(Definition<Optimizer> definition, List<String> slots, Update update, double weightDecay) {
        super(definition);
        this.slots = slots;
        this.update = update;
        this.weightDecay = weightDecay;
    }

    /**
     * RMSProp (Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning"): {@code s = rho s + (1 - rho) g^2}, {@code p = p - rate * g /
     * (sqrt(s) + epsilon)}. PyTorch has rho 0.99 by default, and calls it alpha.
     */
    public static Optimizer rmsprop(double rho, double epsilon) {
        return new Optimizer(
                Definition.of(
                        "rmsprop",
                        values -> rmsprop(values.get(0), values.get(1)),
                        share("rho", rho),
                        epsilon(epsilon)),
                List.of("square"),
                Update.NOT_LINEAR);
    }

    /**
     * Adagrad (Duchi, Hazan and Singer 2011): {@code s = s + g^2}, {@code p = p - rate * g / (sqrt(s) + epsilon)}. The sum starts at 0, as in PyTorch; Keras
     * starts it at 0.1.
     */
    public static Optimizer adagrad(double epsilon) {
        return new Optimizer(
                Definition.of("adagrad", values -> adagrad(values.get(0)), epsilon(epsilon)),
                List.of("squares"),
                Update.NOT_LINEAR);
    }

    /**
     * Adam (Kingma and Ba 2015, algorithm 1), in step {@code t}: {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2
     * v + (1 - beta2) g^2}, {@code p = p - rate / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + epsilon)}. The penalty
     * is part of the gradient. The squares of gradients have to be numbers of the precision: one of 2e19 in float,
     * 1e154 in double, stops its parameter for good.
     */
    public static Optimizer adam(double beta1, double beta2, double epsilon) {
        return new Optimizer(
                Definition.of(
                        "adam",
                        values -> adam(values.get(0), values.get(1), values.get(2)),
                        share("beta1", beta1),
                        share("beta2", beta2),
                        epsilon(epsilon)),
                MEAN_AND_SQUARE,
                Update.NOT_LINEAR);
    }

    /**
     * Adam with decoupled decay of the weights (Loshchilov and Hutter 2019, algorithm 2): before the update of {@link #adam}, {@code p = p - rate *
     * weight_decay * p}, which is no part of the gradient, nor of the cost. Of weights, not of biases; PyTorch's is of all parameters. As there, the decay is
     * multiplied by the rate.
     */
    public static Optimizer adamw(double beta1, double beta2, double epsilon, double weightDecay) {
        DoublePredicate accepts = value -> value >= 0 && Double.isFinite(value);
        return new Optimizer(
                Definition.of(
                        "adamw",
                        values -> adamw(values.get(0), values.get(1), values.get(2), values.get(3)),
                        share("beta1", beta1),
                        share("beta2", beta2),
                        epsilon(epsilon),
                        new Setting("weight_decay", weightDecay, accepts, "must be at least 0 and finite")),
                MEAN_AND_SQUARE,
                Update.NOT_LINEAR,
                weightDecay);
    }

    /**
     * Adam with Nesterov's momentum (Dozat 2016), in step {@code t}, {@code m} and {@code v} as in {@link #adam}: {@code p = p - rate * (mu(t+1) m / (1 -
     * mu(1) ... mu(t+1)) + (1 - mu(t)) g / (1 - mu(1) ... mu(t))) / (sqrt(v / (1 - beta2^t)) + epsilon)}, with {@code mu(t) = beta1 (1 - 0.5 * 0.96^(t /
     * 250))}. The mean has beta1 for its share, as in PyTorch and Keras, where the paper has {@code mu(t)}.
     */
    public static Optimizer nadam(double beta1, double beta2, double epsilon) {
        return new Optimizer(
                Definition.of(
                        "nadam",
                        values -> nadam(values.get(0), values.get(1), values.get(2)),
                        share("beta1", beta1),
                        share("beta2", beta2),
                        epsilon(epsilon)),
                MEAN_AND_SQUARE,
                Update.NOT_LINEAR);
    }

    /**
     * Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2006, algorithms 7.4 and 7.5): {@code p = p + t d}, {@code d = -H g}, where H, which stands for the
     * inverse of the matrix of second derivatives, is made of the moves {@code s} of the last steps and the changes {@code y} of the gradient on them, {@code s y / (y y)} at first.
     * A search along {@code d} (algorithms 3.5 and 3.6) finds a {@code t} that meets the strong Wolfe conditions, {@code f(t) <= f(0) + c1 t f'(0)} and {@code |f'(t)| <= c2 |f'(0)|}, of
     * the cost and its slope. For all samples at once, and without dropout: there must be one cost. Without l1 and clipping: the gradient must be its own.
     *
     * <p>The learning rate is the first {@code t} of a search, 1 as a rule; while there is no pair of s and y, the first t is {@code rate min(1, 1 / |g|)} with the Euclidean norm, as in
     * L-BFGS-B and SciPy; PyTorch takes the sum of magnitudes. A step takes one evaluation of cost and gradient if its first t will do, and at most {@code evaluations} and 1. Where
     * they have found no t that meets both conditions, it goes to the lowest cost that meets the first one. Where none does - the gradient is 0, or roundings of the cost are larger than
     * what there is to gain - the parameters stay exactly as they are, and so does the cost of the steps to come; the pairs are forgotten, the next direction is {@code -g}.
     *
     * @param history pairs that are kept, a whole number
     * @param c1 above 0 and below 0.1
     * @param c2 at least 0.1 and below 1
     * @param evaluations of a search at most, a whole number
     */
    public static Optimizer lbfgs(double history, double c1, double c2, double evaluations) {
        return new Optimizer(
                Definition.of(
                        "lbfgs",
                        values -> lbfgs(values.get(0), values.get(1), values.get(2), values.get(3)),
                        from1To1000("history", history),
                        new Setting("c1", c1, value -> value > 0 && value < 0.1, "must be above 0 and below 0.1"),
                        new Setting("c2", c2, value -> value >= 0.1 && value < 1, "must be at least 0.1 and below 1"),
                        from1To1000("evaluations", evaluations)),
                List.of(),
                Update.SEARCH);
    }

    private static Setting from1To1000(String name, double value) {
        return new Setting(
                name,
                value,
                number -> number >= 1 && number <= 1000 && number == Math.rint(number),
                "must be a whole number from 1 to 1000");
    }

    private static Setting share(String name, double value) {
        return new Setting(name, value, share -> share >= 0 && share < 1, "must be at least 0 and below 1");
    }

    private static Setting epsilon(double value) {
        return new Setting(
                "epsilon", value, epsilon -> epsilon > 0 && Double.isFinite(epsilon), "must be positive and finite");
    }

    /** All that there are, with their usual settings. */
    public static List<Optimizer> all() {
        return List.of(GRADIENT_DESCENT, MOMENTUM, NESTEROV, RMSPROP, ADAGRAD, ADAM, ADAMW, NADAM, LBFGS);
    }

    /** Names of what it keeps for each parameter from step to step; all of it is 0 at first. */
    public List<String> slots() {
        return slots;
    }

    /** Whether parameters have a velocity that {@link TrainingSettings#momentum()} slows down. */
    public boolean hasMomentum() {
        return update == Update.VELOCITY;
    }

    /** The part of a weight, times the learning rate, that an update takes from it whatever its gradient; 0 for most. See {@link #adamw}. */
    public double weightDecay() {
        return weightDecay;
    }

    /**
     * Whether its update of a weight is a linear combination of gradients and of the weight itself, with the same factors for all weights: what
     * {@link Form#GRAM} needs. An update that divides by the size of past gradients is not.
     */
    public boolean linear() {
        return update != Update.NOT_LINEAR;
    }

    /**
     * Whether an update looks for a point along a line, at which the cost of all samples is computed: it takes no batches, and goes with nothing that makes the gradient another one than
     * that of this cost. What it keeps is no slot for each parameter.
     */
    public boolean searches() {
        return update == Update.SEARCH;
    }

    /** Whether its update is an addition of scaled gradients to the parameters, which kernels can do by themselves. */
    public boolean isAddition() {
        return update == Update.ADDITION;
    }
}
