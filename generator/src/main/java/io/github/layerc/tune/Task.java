package io.github.layerc.tune;

import java.util.Arrays;
import java.util.List;

/** What is timed. */
enum Task {
    /** An update with all samples of a bound batch. */
    STEP("step"),
    /** Outputs of the batch. */
    PREDICT("predict"),
    /** Outputs of one sample. */
    PREDICT_ONE("predict of 1"),
    /** An update with all samples of a bound batch, the first layer in Gram form. */
    GRAM_STEP("step in Gram form");

    /** What every network has. */
    static final List<Task> DIRECT =
            Arrays.stream(values()).filter(task -> !task.gram()).toList();

    private final String text;

    Task(String text) {
        this.text = text;
    }

    /** Whether it runs in an instance of its own: in one, a step in one form would start the training in the other anew. */
    boolean gram() {
        return this == GRAM_STEP;
    }

    @Override
    public String toString() {
        return text;
    }
}
