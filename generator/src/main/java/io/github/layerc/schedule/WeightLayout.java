package io.github.layerc.schedule;

/** How the weights of a layer lie in memory; either way the last axis is padded to whole vectors where the layout of the workspace is. */
public enum WeightLayout {
    /** {@code [units][inputs]}, a row for each unit, as in the canonical layout. */
    UNIT_ROWS("[units][inputs]", 0),
    /** {@code [inputs][units]}, a row for each input: a vector holds one input's weights of several units. */
    INPUT_ROWS("[inputs][units]", 0),
    /**
     * {@code [panels][inputs][units of a panel]}: the same vectors, but those that a tile takes for one input after the other lie one behind
     * the other. What is read in the order of memory comes from the second-level cache twice as fast.
     */
    INPUT_PANELS_2("[panels of 2 vectors of units][inputs][units]", 2),
    /** The same for tiles of four vectors. */
    INPUT_PANELS_4("[panels of 4 vectors of units][inputs][units]", 4);

    private final String text;
    private final int panel;

    WeightLayout(String text, int panel) {
        this.text = text;
        this.panel = panel;
    }

    /** Vectors of a panel, 0 where the weights lie in rows. */
    public int panel() {
        return panel;
    }

    /** Whether a vector holds one input's weights of several units. */
    public boolean unitsInLanes() {
        return this != UNIT_ROWS;
    }

    /** The layout with panels of so many vectors. */
    static WeightLayout panels(int vectors) {
        return vectors == INPUT_PANELS_2.panel ? INPUT_PANELS_2 : INPUT_PANELS_4;
    }

    @Override
    public String toString() {
        return text;
    }
}
