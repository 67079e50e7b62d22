package io.github.layerc.metrics;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How good outputs are as probabilities of the classes, NaN where they are none; {@link Metric} has the formulas. */
final class Probabilities {
    /** A probability is no nearer to 0 and 1 than this, so that one mistake does not make an infinite loss. */
    private static final double LEAST = 0x1p-52;

    private Probabilities() {}

    static double logLoss(Outcomes outcomes) {
        return mean(outcomes, s -> {
            double p = outcomes.probabilities(s)[outcomes.targetClass(s)];
            return -Math.log(Math.min(Math.max(p, LEAST), 1 - LEAST));
        });
    }

    static double brier(Outcomes outcomes) {
        return mean(outcomes, s -> {
            int target = outcomes.targetClass(s);
            double[] probabilities = outcomes.probabilities(s);
            double sum = 0;
            for (int number = outcomes.units() == 1 ? 1 : 0; number < outcomes.classes(); number++) {
                double difference = probabilities[number] - (number == target ? 1 : 0);
                sum += difference * difference;
            }
            return sum;
        });
    }

    private static double mean(Outcomes outcomes, IntToDoubleFunction ofSample) {
        if (!outcomes.areProbabilities()) {
            return Double.NaN;
        }
        return IntStream.range(0, outcomes.count())
                .mapToDouble(ofSample)
                .average()
                .orElseThrow();
    }

    /** @param k at least 2, so that one output, which tells two classes apart, is always right */
    static double topK(Outcomes outcomes, int k) {
        long right = IntStream.range(0, outcomes.count())
                .filter(s -> outcomes.predictedClass(s) >= 0)
                .filter(s -> outcomes.units() == 1 || larger(outcomes, s) < k)
                .count();
        return right / (double) outcomes.count();
    }

    /** Outputs that come before that of the right class. */
    private static long larger(Outcomes outcomes, int sample) {
        int target = outcomes.targetClass(sample);
        double output = outcomes.output(sample, target);
        return IntStream.range(0, outcomes.units())
                .filter(u ->
                        outcomes.output(sample, u) > output || (u < target && outcomes.output(sample, u) == output))
                .count();
    }
}
