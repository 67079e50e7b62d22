package io.github.layerc.source;

import io.github.layerc.array.StoredArray;
import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;

/** The targets of a regression, in the shapes in which arrays have them. */
final class Targets {
    private static final String SHAPES = "(samples), (samples, 1), (1, samples) or (samples, targets)";

    private Targets() {}

    /**
     * The targets of samples, {@code [samples][outputs]}.
     *
     * @throws DataException if there are not as many as the network has outputs, or one is of a kind that its loss does not take
     */
    static double[] of(StoredArray array, int count, Network network) {
        array.requireNumbers();
        int columns = columns(array, count, "target", SHAPES);
        if (columns != network.outputs()) {
            throw array.broken(
                    "targets do not fit network " + network.name(),
                    network.outputs() + " for each sample",
                    columns + " = " + array.shapeText());
        }
        array.requireFinite();
        TargetRule rule = network.loss().targets();
        double[] targets = new double[array.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = array.number(i);
            if (!rule.accepts(targets[i])) {
                throw array.broken(
                        "target that loss " + network.loss().text() + " does not take in " + array.where(i),
                        rule.text(),
                        targets[i]);
            }
        }
        return targets;
    }

    /**
     * How many values a sample has in an array.
     *
     * @param what one of them is called
     * @param shapes that are read, in words
     * @throws DataException if the array has another shape, or is of another number of samples
     */
    static int columns(StoredArray array, int count, String what, String shapes) {
        long[] shape = array.shape();
        if (shape.length < 1 || shape.length > 2) {
            throw array.broken("wrong shape of " + what + "s", shapes, array.shapeText());
        }
        boolean isRow = shape.length == 2 && shape[0] == 1 && shape[1] == count;
        if (!isRow && shape[0] != count) {
            throw array.broken(
                    "a sample must have one " + what, what + "s of " + count + " samples", array.shapeText());
        }
        if (array.size() == 0) {
            throw array.broken("no " + what + "s", shapes, array.shapeText());
        }
        return array.size() / count;
    }
}
