package io.github.layerc.schedule;

import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;

/**
 * A product as its loops see it: {@code out[row][column] = sum over r of left[row][r] * right[column][r]}, with the axes of the network put in those
 * three places as the layouts want them.
 */
public record Axes(Axis rows, Axis columns, Axis reduction) {

    /** The axes of a kernel with a form and lanes. */
    public static Axes of(Product product, Storage storage, Form form, Lanes lanes) {
        boolean samplesInnermost = lanes == Lanes.COLUMNS || form == Form.ROWS;
        boolean samplesInLanes = samplesInnermost && storage.layout() == Layout.UNIT_MAJOR;
        return switch (product.kind()) {
            case FORWARD -> around(Axis.UNITS, Axis.INPUTS, samplesInLanes);
            case INPUT_GRADIENT -> around(Axis.INPUTS, Axis.UNITS, samplesInLanes);
            case WEIGHT_GRADIENT ->
                storage.weights(product.layer()).unitsInLanes()
                        ? new Axes(Axis.INPUTS, Axis.UNITS, Axis.SAMPLES)
                        : new Axes(Axis.UNITS, Axis.INPUTS, Axis.SAMPLES);
        };
    }

    private static Axes around(Axis features, Axis reduction, boolean samplesInLanes) {
        return samplesInLanes
                ? new Axes(features, Axis.SAMPLES, reduction)
                : new Axes(Axis.SAMPLES, features, reduction);
    }

    /** Number of elements of an axis, 0 for the samples. */
    public static int size(Product product, Axis axis) {
        return switch (axis) {
            case SAMPLES -> 0;
            case UNITS -> product.matrix().rows();
            case INPUTS -> product.matrix().columns();
        };
    }
}
