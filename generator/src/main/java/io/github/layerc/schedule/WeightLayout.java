package io.github.layerc.schedule;

/** How the weights of a layer lie in memory; either way the last axis is padded to whole vectors where the layout of the workspace is. */
public enum WeightLayout {
    /** {@code [units][inputs]}, a row for each unit, as in the canonical layout. */
    UNIT_ROWS("[units][inputs]"),
    /** {@code [inputs][units]}, a row for each input: a vector holds one input's weights of several units. */
    INPUT_ROWS("[inputs][units]");

    private final String text;

    WeightLayout(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
