package io.github.layerc.engine.search;

import io.github.layerc.engine.step.StatePart;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.kind.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Steps of {@link Optimizer#lbfgs}: algorithms 7.4 and 7.5 of Nocedal and Wright, "Numerical Optimization" (2006), over an {@link Objective}. It keeps the last
 * {@code m} pairs of moves {@code s} and changes of the gradient {@code y}, the oldest ones give way, and goes along {@code -H g}, with H made of them.
 *
 * <p>A pair is kept where {@code s y > 2^-52 s (-g)}, as L-BFGS-B does: that holds after every search that meets the conditions of {@link LineSearch}.
 * Where a search finds no lower cost - the gradient is 0, or what is left to gain is less than the roundings of the cost - the parameters stay where they
 * are, to the bit, and all pairs are dropped, so that the next step goes along the gradient.
 *
 * <p>Cost and gradient where a search has ended are those from which the next step starts: a step mostly takes one evaluation. It does not allocate.
 * Memory: {@code 2 m + 5} vectors.
 */
public final class Lbfgs {
    private static final double NO_CURVATURE = 0x1p-52;

    private final Objective objective;
    private final LineSearch search;
    private final Along along = new Along();

    /** Of the pairs, which go around: one for each place. */
    private final double[][] moves;

    private final double[][] changes;

    /** Inner products of move and change. */
    private final double[] curvatures;

    /** What the first loop leaves for the second one. */
    private final double[] shares;

    private int pairs;

    /** Place of the next pair. */
    private int next;

    private final double[] direction;

    /** Where a step starts, and a trial ends; swapped when a step is made. */
    private double[] start;

    private double[] point;
    private double[] gradient;
    private double[] trialGradient;

    /** At the start, like the gradient there, if they are known. */
    private double cost;

    private boolean known;

    private Lbfgs(Optimizer optimizer, Objective objective) {
        List<Setting> numbers = optimizer.settings();
        int history = history(optimizer);
        int size = objective.size();
        this.objective = objective;
        this.search = new LineSearch(numbers.get(1).value(), numbers.get(2).value(), (int)
                numbers.get(3).value());
        this.moves = new double[history][size];
        this.changes = new double[history][size];
        this.curvatures = new double[history];
        this.shares = new double[history];
        this.direction = new double[size];
        this.start = new double[size];
        this.point = new double[size];
        this.gradient = new double[size];
        this.trialGradient = new double[size];
    }

    /** For an optimizer that {@linkplain Optimizer#searches() searches}; empty for others. */
    public static Optional<Lbfgs> of(Optimizer optimizer, Supplier<Objective> objective) {
        return optimizer.searches() ? Optional.of(new Lbfgs(optimizer, objective.get())) : Optional.empty();
    }

    private static int history(Optimizer optimizer) {
        return (int) optimizer.settings().get(0).value();
    }

    /** How many vectors the steps of an optimizer keep; 0 where they do not search. */
    public static int vectors(Optimizer optimizer) {
        return optimizer.searches() ? 2 * history(optimizer) + 5 : 0;
    }

    /** Forgets the steps before: something else has changed the parameters. */
    public void restart() {
        pairs = 0;
        next = 0;
        known = false;
    }

    /** Called when the parts of the state and the parameters have been written. */
    public void restored() {
        known = false;
    }

    /**
     * One step.
     *
     * @param all whether it is to be one of all samples in their order
     * @param rate the first step of a search; without pairs, for {@code g} longer than 1, that length of the move
     * @return the cost before it; where that or the gradient is not finite, the parameters stay
     * @throws IllegalArgumentException if it is one of some samples, whose cost would not be that of the pairs, or the rate is not positive
     */
    public double step(boolean all, double rate) {
        if (!all) {
            throw new IllegalArgumentException(
                    "rows of a step that searches along a line must be all samples in their order");
        }
        if (rate <= 0) {
            throw new IllegalArgumentException(
                    "learning rate of a search along a line must be positive: learningRate=" + rate);
        }
        if (!known) {
            objective.position(start);
            cost = objective.evaluate(start, gradient);
            known = true;
        }
        double before = cost;
        descend();
        double slope = objective.product(gradient, direction);
        if (!(slope < 0 && slope > Double.NEGATIVE_INFINITY)) {
            drop();
            return before;
        }
        double first = pairs > 0 ? rate : rate * Math.min(1, 1 / Math.sqrt(-slope));
        double t = search.search(along, before, slope, first);
        if (t == 0) {
            objective.evaluate(start, trialGradient);
            drop();
            return before;
        }
        if (along.t != t) {
            along.cost(t);
        }
        keep(NO_CURVATURE * t * -slope);
        swap();
        cost = along.cost;
        return before;
    }

    private void drop() {
        pairs = 0;
        next = 0;
    }

    /** {@code direction = -H gradient}. */
    private void descend() {
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -gradient[i];
        }
        for (int back = 1; back <= pairs; back++) {
            int i = place(back);
            shares[i] = objective.product(moves[i], direction) / curvatures[i];
            Vectors.sum(direction, -shares[i], changes[i], direction);
        }
        if (pairs > 0) {
            int last = place(1);
            double scale = curvatures[last] / objective.product(changes[last], changes[last]);
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (int back = pairs; back >= 1; back--) {
            int i = place(back);
            double share = objective.product(changes[i], direction) / curvatures[i];
            Vectors.sum(direction, shares[i] - share, moves[i], direction);
        }
    }

    /** Of the last pair, the one before it and so on. */
    private int place(int back) {
        return Math.floorMod(next - back, moves.length);
    }

    /** Keeps the pair of a step, if its curvature is above this. */
    private void keep(double least) {
        Vectors.sum(point, -1, start, moves[next]);
        Vectors.sum(trialGradient, -1, gradient, changes[next]);
        double curvature = objective.product(moves[next], changes[next]);
        if (curvature > least) {
            curvatures[next] = curvature;
            next = (next + 1) % moves.length;
            pairs = Math.min(pairs + 1, moves.length);
        } else if (pairs == moves.length) {
            // its place was that of the oldest one
            pairs--;
        }
    }

    private void swap() {
        double[] swapped = start;
        start = point;
        point = swapped;
        swapped = gradient;
        gradient = trialGradient;
        trialGradient = swapped;
    }

    /** All that the next step depends on, besides the parameters. */
    public List<StatePart> state() {
        List<StatePart> parts = new ArrayList<>();
        for (int i = 0; i < moves.length; i++) {
            parts.add(part("move_" + (i + 1), moves[i]));
            parts.add(part("gradient_change_" + (i + 1), changes[i]));
        }
        parts.add(part("curvatures", curvatures));
        parts.add(StatePart.number("pairs", () -> pairs, value -> pairs = value));
        parts.add(StatePart.number("next_pair", () -> next, value -> next = value));
        return parts;
    }

    private static StatePart part(String name, double[] array) {
        return new StatePart(
                name, array.length, array::clone, other -> System.arraycopy(other, 0, array, 0, array.length));
    }

    /** The line of a step. */
    private final class Along implements LineSearch.Line {
        private double t;
        private double cost;

        @Override
        public double cost(double newT) {
            t = newT;
            Vectors.sum(start, t, direction, point);
            cost = objective.evaluate(point, trialGradient);
            return cost;
        }

        @Override
        public double slope() {
            return objective.product(trialGradient, direction);
        }
    }
}
