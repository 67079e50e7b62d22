package io.github.layerc.emit;

/** The names of the constants that every generated class has for its layers. */
final class Names {
    private Names() {}

    /** The constant with the number of units of a layer; layer 0 is the input. */
    static String units(int layer) {
        return layer == 0 ? "INPUTS" : "UNITS_" + layer;
    }

    /** The constant with the units of a panel of weights. */
    static String panel(int layer) {
        return "PANEL_" + layer;
    }

    /** The constant with the weights of a panel. */
    static String panelSize(int layer) {
        return "PANEL_SIZE_" + layer;
    }
}
