package io.github.layerc.spark.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.attribute.NominalAttribute;

/** Raw prediction, probability and class, those of them that have a name. */
public final class ClassAnswer implements Answer {
    private static final long serialVersionUID = 1;

    private final Decision decision;
    private final String raw;
    private final String probability;
    private final String prediction;

    /** Names of the classes; none where they have none. */
    private final String[] classes;

    /** @param names of the columns: {@code raw}, {@code probability}, {@code prediction}; an empty one is left out */
    public ClassAnswer(Decision decision, Map<String, String> names, Optional<List<String>> classes) {
        this.decision = decision;
        this.raw = names.getOrDefault("raw", "");
        this.probability = names.getOrDefault("probability", "");
        this.prediction = names.getOrDefault("prediction", "");
        this.classes = classes.orElse(List.of()).toArray(String[]::new);
    }

    @Override
    public List<Added> added() {
        List<Added> added = new ArrayList<>();
        if (!raw.isEmpty()) {
            added.add(Added.vector(raw, decision.classes()));
        }
        if (!probability.isEmpty()) {
            added.add(Added.vector(probability, decision.classes()));
        }
        if (!prediction.isEmpty()) {
            NominalAttribute classed = NominalAttribute.defaultAttr().withName(prediction);
            added.add(Added.number(
                    prediction,
                    (classes.length == 0 ? classed.withNumValues(decision.classes()) : classed.withValues(classes))
                            .toMetadata()));
        }
        return added;
    }

    @Override
    public void write(Scorer scorer, int sample, double[] numbers) {
        double[] probabilities = decision.probabilities(scorer, sample);
        int next = 0;
        if (!raw.isEmpty()) {
            next = put(decision.raw(probabilities), numbers, next);
        }
        if (!probability.isEmpty()) {
            next = put(probabilities, numbers, next);
        }
        if (!prediction.isEmpty()) {
            numbers[next] = decision.prediction(probabilities);
        }
    }

    private static int put(double[] some, double[] numbers, int at) {
        System.arraycopy(some, 0, numbers, at, some.length);
        return at + some.length;
    }
}
