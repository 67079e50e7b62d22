package io.github.layerc.pictures;

import io.github.layerc.array.ClassTargets;
import io.github.layerc.array.SetFacts;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pictures of two or more classes for training and test. A sample is a picture as it is stored, bytes from 0 to 255, unscaled. Its targets are either one,
 * the number of its class, where there are two classes; or one for each class, 1 for its own and 0 for the others.
 *
 * @param shape of one picture: height, width, channels
 * @param classes the names of the classes, from 0 on
 */
public record PictureSet(Dataset train, Dataset test, List<Integer> shape, List<String> classes) {
    public PictureSet {
        shape = List.copyOf(shape);
        classes = List.copyOf(classes);
        if (shape.size() != 3 || classes.size() < 2) {
            throw new IllegalArgumentException(
                    "pictures must have three axes and two or more classes: shape=" + shape + ", classes=" + classes);
        }
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (train.features() != size || test.features() != size) {
            throw new IllegalArgumentException("samples must have the " + size + " values of shape " + shape
                    + ": train=" + train.features() + ", test=" + test.features());
        }
        if (train.outputs() != test.outputs() || !ClassTargets.areTargets(train.outputs(), classes.size())) {
            throw new IllegalArgumentException("samples must have one target for two classes, or " + classes.size()
                    + ": train=" + train.outputs() + ", test=" + test.outputs());
        }
    }

    /** What the notebook prints of its data, line by line; names are made printable. */
    public List<String> facts() {
        return SetFacts.of("size of a picture", train, test, shape, classes);
    }

    /**
     * The same pictures with the targets that a network has: one or as many as classes, as it has outputs.
     *
     * @param place where they were read, for messages
     * @throws DataException if the network does not take pictures of this size, or has another number of outputs
     */
    public PictureSet forNetwork(Object place, Network network) {
        if (train.features() != network.inputs()) {
            throw DataException.of(
                    place,
                    "pictures do not fit network " + network.name(),
                    network.inputs() + " values = " + product(network.input().shape()),
                    train.features() + " = " + product(shape));
        }
        ClassTargets.requireOutputs(place, classes.size(), network);
        return new PictureSet(
                withTargets(train, network.outputs()), withTargets(test, network.outputs()), shape, classes);
    }

    private static Dataset withTargets(Dataset data, int outputs) {
        if (data.outputs() == outputs) {
            return data;
        }
        int[] labels = new int[data.count()];
        Arrays.setAll(labels, s -> data.targetClass(s, TargetRule.SHARES));
        return data.withLabels(labels, outputs);
    }

    private static String product(List<Integer> axes) {
        return axes.stream().map(Object::toString).collect(Collectors.joining("x"));
    }
}
