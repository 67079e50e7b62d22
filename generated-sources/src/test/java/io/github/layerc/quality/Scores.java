package io.github.layerc.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** Scores of a table, one for each split. */
final class Scores {
    private final double[] values;

    Scores(double... values) {
        this.values = values.clone();
    }

    double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    /**
     * How much better these are than others of the same splits, in standard errors of the mean difference. Pairs, since splits differ more from each other
     * than two trainings of one do.
     */
    double standardErrorsAbove(Scores others) {
        double[] differences = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] - others.values[i])
                .toArray();
        double mean = new Scores(differences).mean();
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        double error = Math.sqrt(squares / (differences.length - 1) / differences.length);
        // all differences the same: better or worse without a doubt
        return mean == 0 ? 0 : mean / error;
    }

    /** {@code 0.9500 [0.8684..1.0000]}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.4f [%.4f..%.4f]",
                mean(),
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }
}
