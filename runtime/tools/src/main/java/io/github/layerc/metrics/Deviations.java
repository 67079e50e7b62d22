package io.github.layerc.metrics;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How far the outputs of a regression are from their targets; {@link Metric} has the formulas. */
final class Deviations {
    /** What a target of 0 is divided by. */
    private static final double LEAST = 0x1p-52;

    private Deviations() {}

    static double meanAbsolute(Outcomes outcomes) {
        return overUnits(outcomes, unit -> mean(outcomes, s -> Math.abs(difference(outcomes, s, unit))));
    }

    static double rootMeanSquare(Outcomes outcomes) {
        return overUnits(outcomes, unit -> Math.sqrt(mean(outcomes, s -> square(difference(outcomes, s, unit)))));
    }

    static double meanAbsoluteShare(Outcomes outcomes) {
        return overUnits(
                outcomes,
                unit -> mean(
                        outcomes,
                        s -> Math.abs(difference(outcomes, s, unit))
                                / Math.max(Math.abs(outcomes.target(s, unit)), LEAST)));
    }

    static double determination(Outcomes outcomes) {
        return overUnits(
                outcomes,
                unit -> explained(
                        mean(outcomes, s -> square(difference(outcomes, s, unit))),
                        variance(outcomes, s -> outcomes.target(s, unit))));
    }

    static double explainedVariance(Outcomes outcomes) {
        return overUnits(
                outcomes,
                unit -> explained(
                        variance(outcomes, s -> difference(outcomes, s, unit)),
                        variance(outcomes, s -> outcomes.target(s, unit))));
    }

    private static double explained(double left, double all) {
        if (Double.isNaN(left) || all > 0) {
            return 1 - left / all;
        }
        return left > 0 ? 0 : 1;
    }

    private static double difference(Outcomes outcomes, int sample, int unit) {
        return outcomes.output(sample, unit) - outcomes.target(sample, unit);
    }

    /** Exactly 0 for equal values, as their distance from a rounded mean would not be. */
    private static double variance(Outcomes outcomes, IntToDoubleFunction value) {
        double first = value.applyAsDouble(0);
        double mean = mean(outcomes, s -> value.applyAsDouble(s) - first);
        return mean(outcomes, s -> square(value.applyAsDouble(s) - first - mean));
    }

    private static double square(double value) {
        return value * value;
    }

    private static double mean(Outcomes outcomes, IntToDoubleFunction value) {
        return IntStream.range(0, outcomes.count()).mapToDouble(value).average().orElseThrow();
    }

    private static double overUnits(Outcomes outcomes, IntToDoubleFunction value) {
        return IntStream.range(0, outcomes.units()).mapToDouble(value).average().orElseThrow();
    }
}
