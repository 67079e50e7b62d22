package io.github.layerc.emit.code;

/** The names of the constants that every generated class has for its layers. */
public final class Names {
    private Names() {}

    /** The constant with the number of units of a layer; layer 0 is the input. */
    public static String units(int layer) {
        return layer == 0 ? "INPUTS" : "UNITS_" + layer;
    }

    /** The constant with the units of a panel of weights. */
    public static String panel(int layer) {
        return "PANEL_" + layer;
    }

    /** The constant with the weights of a panel. */
    public static String panelSize(int layer) {
        return "PANEL_SIZE_" + layer;
    }
}
