package io.github.layerc.report;

import io.github.layerc.report.draw.Numbers;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of a sample, in a few words.
 *
 * @param classes empty for a regression
 */
record LabelText(Optional<Classes> classes) {
    /** Targets of a regression that are printed. */
    private static final int MOST = 3;

    /** {@code y = 1, cat}, or the targets of a regression. */
    String of(Predictions results, int sample) {
        if (classes.isPresent()) {
            return classes.get().label(results.targetClass(sample));
        }
        int units = results.data().outputs();
        return "y = "
                + IntStream.range(0, Math.min(units, MOST))
                        .mapToObj(unit -> Numbers.of(results.data().target(sample, unit)))
                        .collect(Collectors.joining(", "))
                + (units > MOST ? ", ..." : "");
    }

    /** {@code predicted cat, 0.973}, a probability or a margin, or the first output of a regression. */
    String prediction(Predictions results, int sample) {
        return classes.map(known ->
                        "predicted " + known.name(results.predictedClass(sample)) + ", " + certainty(results, sample))
                .orElseGet(() -> "predicted " + Numbers.of(results.output(sample, 0)));
    }

    private static String certainty(Predictions results, int sample) {
        double certainty = results.certainty(sample);
        return results.areProbabilities() ? Numbers.share(certainty) : Numbers.of(certainty);
    }
}
