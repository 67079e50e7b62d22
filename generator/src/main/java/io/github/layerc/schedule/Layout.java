package io.github.layerc.schedule;

/** How activations and deltas of the layers lie in memory. Samples, targets and outputs are the caller's and always sample-major. */
public enum Layout {
    /** {@code [samples][units]}: the units of a sample are neighbours. */
    SAMPLE_MAJOR("sample-major"),
    /** {@code [units][samples, padded to the lanes]}: the samples of a unit are neighbours, so a vector holds one unit of many samples. */
    UNIT_MAJOR("unit-major");

    private final String text;

    Layout(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
