package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The reference gradients against central differences {@code D(t) = (C(p + t v) - C(p - t v)) / 2t} of the cost, both in double: of some parameters of every array, and
 * of a direction {@code v} that has all of them in it.
 *
 * <p>Steps become smaller by a factor of 4, from the largest on which no derivative jumps (see {@link Reach}). A difference is off by its truncation, which the
 * differences of larger steps show, and by what the cost is off by, divided by the step: the step for which both together are least is taken, and they are the
 * bound. Half of the samples are left out where they lie next to a jump, since steps would have to be tiny for them.
 */
final class DifferenceCheck {
    static final String NAME = "central differences";

    private static final int FACTOR = 4;
    private static final int LEVELS = 10;

    /** Parameters of an array that are looked at by themselves. */
    private static final int SINGLE = 4;

    /** A pre-activation this far from a jump, relative to those of its layer, leaves room for steps. */
    private static final double FAR = 1e-3;

    private final Network network;
    private final CheckedSamples samples;
    private final double[] parameters;
    private final Bounds bounds;
    private final double costBound;
    private final Reach reach;

    DifferenceCheck(Network ofAnyPrecision, Dataset data, double[] parameters) {
        this.network = ofAnyPrecision.withPrecision(Precision.DOUBLE);
        this.parameters = parameters;
        Dataset far = far(new Reach(network, parameters, data).distances(), data);
        this.samples = new CheckedSamples(network, far);
        this.bounds = new Bounds(network, parameters, far).ofStep();
        this.costBound = new ReferenceCost(network, far, bounds).bound();
        this.reach = new Reach(network, parameters, far);
    }

    private static Dataset far(double[] distances, Dataset data) {
        Integer[] order = IntStream.range(0, distances.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(s -> -distances[s]));
        int[] kept = IntStream.range(0, order.length)
                .filter(i -> i < (order.length + 1) / 2 || distances[order[i]] > FAR)
                .map(i -> order[i])
                .sorted()
                .toArray();
        return data.rows(kept);
    }

    /** Samples that are not next to a jump. */
    int count() {
        return samples.count();
    }

    List<CheckRow> rows() {
        List<CheckRow> rows = new ArrayList<>();
        Random random = new Random(network.parameterCount());
        try (DoubleEngine engine = Interpreter.createDouble(network, samples.count())) {
            for (Layer layer : network.layers()) {
                for (Layer.Parameters each : layer.parameters()) {
                    if (each.trained()) {
                        rows.add(row(engine, layer, each, random));
                    }
                }
            }
        }
        return rows;
    }

    private CheckRow row(DoubleEngine engine, Layer layer, Layer.Parameters array, Random random) {
        int from = array.at();
        int to = array.end();
        Comparison comparison = new Comparison();
        double[] direction = new double[parameters.length];
        for (int i = from; i < to; i++) {
            direction[i] = random.nextBoolean() ? 1 : -1;
        }
        compare(engine, layer, direction, from, to, comparison);
        Arrays.fill(direction, 0);
        for (int i : random.ints(from, to)
                .distinct()
                .limit(Math.min(SINGLE, to - from))
                .toArray()) {
            direction[i] = 1;
            compare(engine, layer, direction, from, to, comparison);
            direction[i] = 0;
        }
        return comparison.row(NAME, "gradient " + array.name());
    }

    private void compare(
            DoubleEngine engine, Layer layer, double[] direction, int from, int to, Comparison comparison) {
        double largest = reach.step(layer, direction);
        if (!(largest > 0) || Double.isInfinite(largest)) {
            // next to a jump whatever the step, or nothing that depends on it
            comparison.add(0, slope(direction, from, to), largest > 0 ? 0 : Double.POSITIVE_INFINITY);
            return;
        }
        double[] found = new double[LEVELS];
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        double step = 0.9 * largest;
        for (int level = 0; level < LEVELS; level++) {
            found[level] = difference(engine, direction, step, from, to);
            if (level >= 2) {
                double truncation = Math.max(
                        Math.abs(found[level - 1] - found[level]),
                        Math.abs(found[level - 2] - found[level - 1]) / (FACTOR * FACTOR));
                double bound = truncation + roundings(direction, step, from, to) / step;
                if (bound < least) {
                    least = bound;
                    best = found[level];
                }
            }
            step /= FACTOR;
        }
        comparison.add(best, slope(direction, from, to), least + slopeBound(direction, from, to));
    }

    private double difference(DoubleEngine engine, double[] direction, double step, int from, int to) {
        return (cost(engine, direction, step, from, to) - cost(engine, direction, -step, from, to)) / (2 * step);
    }

    private double cost(DoubleEngine engine, double[] direction, double step, int from, int to) {
        double[] moved = parameters.clone();
        for (int i = from; i < to; i++) {
            moved[i] += step * direction[i];
        }
        engine.setParametersFromDouble(moved);
        return samples.costOfStep(engine);
    }

    /** What both costs may be off by: their own sums, and parameters that are rounded once they have moved. */
    private double roundings(double[] direction, double step, int from, int to) {
        double sum = 2 * costBound;
        double eps = network.precision().epsilon();
        for (int i = from; i < to; i++) {
            if (direction[i] != 0) {
                sum += eps * Math.abs(bounds.gradients()[i]) * (Math.abs(parameters[i]) + step);
            }
        }
        return sum;
    }

    private double slope(double[] direction, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += bounds.gradients()[i] * direction[i];
        }
        return sum;
    }

    private double slopeBound(double[] direction, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += bounds.gradientBounds()[i] * Math.abs(direction[i]);
        }
        return sum;
    }
}
