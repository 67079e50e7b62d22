package io.github.layerc.table;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What stands for a value that a row does not have. It is filled in before the transformation, so that center and scale are of the filled column, as where scikit-learn's
 * SimpleImputer comes before a scaler. Two with the same keyword and settings are equal.
 *
 * <p>To add one: a constant and a method here, its name in {@link #all()}, its words in the schema.
 */
public final class Missing extends Kind<Missing> {
    /** Every row must have a value. */
    public static final Missing ERROR =
            new Missing(Definition.of("error"), EnumSet.allOf(ColumnKind.class), false, values -> Double.NaN);

    /** The mean of the training rows that have one. */
    public static final Missing MEAN =
            new Missing(Definition.of("mean"), EnumSet.of(ColumnKind.NUMBER), false, Transform.Statistics::mean);

    /** The median of the training rows that have one. */
    public static final Missing MEDIAN =
            new Missing(Definition.of("median"), EnumSet.of(ColumnKind.NUMBER), false, Transform.Statistics::median);

    /** {@link #constant} 0. */
    public static final Missing CONSTANT = constant(0);

    /**
     * One more input, 1 where the value is missing and 0 else. The others are then those of the mean for a number, of 0 for a place among categories and for a boolean, and all 0 where
     * each category has its own.
     */
    public static final Missing INDICATOR =
            new Missing(Definition.of("indicator"), EnumSet.allOf(ColumnKind.class), true, Transform.Statistics::mean);

    private final Set<ColumnKind> kinds;
    private final boolean indicates;
    private final ToDoubleFunction<double[]> fill;

    private Missing(
            Definition<Missing> definition, Set<ColumnKind> kinds, boolean indicates, ToDoubleFunction<double[]> fill) {
        super(definition);
        this.kinds = kinds;
        this.indicates = indicates;
        this.fill = fill;
    }

    /**
     * Always the same.
     *
     * @param value finite; the place of a category, from 0 on; 0 or 1 of a boolean
     */
    public static Missing constant(double value) {
        return new Missing(
                Definition.of(
                        "constant",
                        values -> constant(values.get(0)),
                        new Setting("value", value, Double::isFinite, "must be finite")),
                EnumSet.allOf(ColumnKind.class),
                false,
                values -> value);
    }

    /** All that there are, with their usual settings. */
    public static List<Missing> all() {
        return List.of(ERROR, MEAN, MEDIAN, CONSTANT, INDICATOR);
    }

    /** Whether columns of a kind can have it. */
    public boolean goesWith(ColumnKind kind) {
        return kinds.contains(kind);
    }

    /** Whether there is one more input, which says that the value is missing. */
    public boolean indicates() {
        return indicates;
    }

    /**
     * What is filled in.
     *
     * @param present the values of the training rows that have one
     * @return NaN where there is nothing to fill in
     */
    double fill(ColumnKind kind, double... present) {
        boolean counts = kind == ColumnKind.NUMBER || !indicates;
        return counts ? fill.applyAsDouble(present) : 0;
    }
}
