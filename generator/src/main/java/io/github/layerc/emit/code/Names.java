package io.github.layerc.emit.code;

import java.util.Locale;

/** The names of the constants that every generated class has for its layers. */
public final class Names {
    private Names() {}

    /** {@code leakyRelu} for {@code leaky_relu}. */
    public static String camelCase(String keyword) {
        StringBuilder name = new StringBuilder();
        for (String word : keyword.split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

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
