package io.github.layerc.schedule;

/** How activations and deltas of the layers lie in memory. Samples, targets and outputs are the caller's and always sample-major. */
public enum Layout {
    /** {@code [samples][units]}: the units of a sample are neighbours. */
    SAMPLE_MAJOR("sample-major"),
    /**
     * {@code [samples][units, padded to the lanes]}: a vector holds several units of one sample. What lies in the padding is the activation of
     * 0, or the delta 0, and meets weights that are 0; behind the outputs, which nothing multiplies, it is any number. An output of so few units that
     * its vectors would be nearly empty is {@code [units][samples]} instead where its weights are rows of inputs, which are summed up across lanes.
     */
    PADDED_SAMPLE_MAJOR("sample-major, rows padded to the lanes"),
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
