package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.schedule.Axis;
import java.util.Locale;

/** The names of the constants that every generated class has for its layers. */
public final class Names {
    /** Elements in a vector. */
    public static final Name LANES = Expression.name("LANES");

    private Names() {}

    /** {@code leakyRelu} for {@code leaky_relu}. */
    public static String camelCase(String keyword) {
        StringBuilder name = new StringBuilder();
        for (String word : keyword.split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    /** The loop variable of an axis. */
    public static Name at(Axis axis) {
        return Expression.name(axis.variable());
    }

    /** The constant with the number of units of a layer; layer 0 is the input. */
    public static Name units(int layer) {
        return Expression.name(layer == 0 ? "INPUTS" : "UNITS_" + layer);
    }

    /** The constant with the units of a panel of weights. */
    public static Name panel(int layer) {
        return Expression.name("PANEL_" + layer);
    }

    /** The constant with the weights of a panel. */
    public static Name panelSize(int layer) {
        return Expression.name("PANEL_SIZE_" + layer);
    }

    /** The constant with the place of a layer's weights among the parameters. */
    public static Name weights(int layer) {
        return Expression.name("W" + layer);
    }

    /** The constant with the place of a layer's bias. */
    public static Name bias(int layer) {
        return Expression.name("B" + layer);
    }

    /** The constant with the place of a layer's gamma. */
    public static Name gamma(int layer) {
        return Expression.name("GAMMA" + layer);
    }

    /** The constant with the place of a layer's running mean. */
    public static Name mean(int layer) {
        return Expression.name("MEAN" + layer);
    }

    /** The constant with the place of a layer's running variance. */
    public static Name variance(int layer) {
        return Expression.name("VARIANCE" + layer);
    }
}
