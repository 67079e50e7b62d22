package io.github.layerc.tune;

/** What is timed. */
enum Task {
    /** An update with all samples of a bound batch. */
    STEP("step"),
    /** Outputs of the batch. */
    PREDICT("predict"),
    /** Outputs of one sample. */
    PREDICT_ONE("predict of 1");

    private final String text;

    Task(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
