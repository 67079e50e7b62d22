package io.github.layerc.pictures;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.data.Printable;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pictures of two classes for training and test. A sample is a picture as it is stored, bytes from 0 to 255, unscaled; its one target is the
 * number of its class, 0 or 1.
 *
 * @param shape of one picture: height, width, channels
 * @param classes the names of classes 0 and 1
 */
public record PictureSet(Dataset train, Dataset test, List<Integer> shape, List<String> classes) {
    /** Characters of a class that are printed. */
    private static final int MAX_NAME = 100;

    public PictureSet {
        shape = List.copyOf(shape);
        classes = List.copyOf(classes);
        if (shape.size() != 3 || classes.size() != 2) {
            throw new IllegalArgumentException(
                    "pictures must have three axes and two classes: shape=" + shape + ", classes=" + classes);
        }
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (train.features() != size || test.features() != size) {
            throw new IllegalArgumentException("samples must have the " + size + " values of shape " + shape
                    + ": train=" + train.features() + ", test=" + test.features());
        }
    }

    /** What the notebook prints of its data, line by line; names are made printable. */
    public List<String> facts() {
        return List.of(
                "number of training samples: " + train.count(),
                "number of test samples: " + test.count(),
                "size of a picture: " + tuple(shape),
                "train_set_x: " + tuple(train.count(), shape),
                "train_set_y: (" + train.count() + ", " + train.outputs() + ")",
                "test_set_x: " + tuple(test.count(), shape),
                "test_set_y: (" + test.count() + ", " + test.outputs() + ")",
                "classes: 0 = " + className(0) + ", 1 = " + className(1));
    }

    /**
     * Checks that a network can be trained with these pictures.
     *
     * @param folder where they were read
     * @throws DataException if the network does not take pictures of this size, or does not have one output from 0 to 1
     */
    public void requireFits(Path folder, Network network) {
        Path file = folder.resolve(PictureFiles.TRAIN_FILE);
        if (train.features() != network.inputs()) {
            throw DataException.of(
                    file,
                    "pictures do not fit network " + network.name(),
                    network.inputs() + " values = " + product(network.input().shape()),
                    train.features() + " = " + product(shape));
        }
        if (network.outputs() != train.outputs()) {
            throw DataException.of(
                    file,
                    "classes do not fit network " + network.name(),
                    network.outputs() + " targets of a sample",
                    train.outputs());
        }
    }

    private String className(int label) {
        return Printable.escape(Printable.shorten(classes.get(label), MAX_NAME));
    }

    private static String tuple(List<Integer> axes) {
        return axes.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String tuple(int count, List<Integer> axes) {
        return "(" + count + ", " + tuple(axes).substring(1);
    }

    private static String product(List<Integer> axes) {
        return axes.stream().map(Object::toString).collect(Collectors.joining("x"));
    }
}
