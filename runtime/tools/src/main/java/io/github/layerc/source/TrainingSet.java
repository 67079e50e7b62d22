package io.github.layerc.source;

import io.github.layerc.array.ClassTargets;
import io.github.layerc.array.SetFacts;
import io.github.layerc.data.Dataset;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.table.Fitted;
import java.util.List;
import java.util.Optional;

/**
 * Samples for a training and for a test of what it has learnt. They are as they were stored, unscaled, and have the targets that their network takes.
 *
 * @param shape of one sample: sizes of its axes, the last one fastest
 * @param classes the names of the classes, from 0 on: two where there is one target, else one for each; none for a regression
 * @param arePictures whether samples are pictures: bytes from 0 to 255 of shape height, width, channels
 * @param validation samples to validate with that the source has left out; empty where the training leaves out its own
 * @param fitted what a table learned of the training samples; empty where columns have no names
 * @param distributions of the columns of a table, in the training samples as they stand in their file; none where columns have no names
 */
public record TrainingSet(
        Dataset train,
        Dataset test,
        List<Integer> shape,
        List<String> classes,
        boolean arePictures,
        Optional<Dataset> validation,
        Optional<Fitted> fitted,
        List<ColumnDistribution> distributions) {

    public TrainingSet {
        shape = List.copyOf(shape);
        classes = List.copyOf(classes);
        distributions = List.copyOf(distributions);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (train.features() != size || test.features() != size) {
            throw new IllegalArgumentException("samples must have the " + size + " values of shape " + shape
                    + ": train=" + train.features() + ", test=" + test.features());
        }
        if (train.outputs() != test.outputs() || train.outputs() < 1) {
            throw new IllegalArgumentException("samples must have the same number of targets, at least 1: train="
                    + train.outputs() + ", test=" + test.outputs());
        }
        if (!classes.isEmpty() && !ClassTargets.areTargets(train.outputs(), classes.size())) {
            throw new IllegalArgumentException("samples must have one target for two classes, or " + classes.size()
                    + ": targets=" + train.outputs());
        }
        if (arePictures && shape.size() != 3) {
            throw new IllegalArgumentException("pictures must have three axes: shape=" + shape);
        }
    }

    /** Without names of columns. */
    public TrainingSet(Dataset train, Dataset test, List<Integer> shape, List<String> classes, boolean arePictures) {
        this(train, test, shape, classes, arePictures, Optional.empty(), Optional.empty(), List.of());
    }

    /** Rows of a table, which has learned of those that train. */
    static TrainingSet ofTable(
            Dataset train,
            Dataset test,
            Optional<Dataset> validation,
            List<String> classes,
            Fitted fitted,
            List<ColumnDistribution> distributions) {
        return new TrainingSet(
                train, test, List.of(train.features()), classes, false, validation, Optional.of(fitted), distributions);
    }

    /** The same with other names of the classes. */
    public TrainingSet withClasses(List<String> names) {
        return new TrainingSet(train, test, shape, names, arePictures, validation, fitted, distributions);
    }

    /** Pictures of classes. */
    static TrainingSet of(PictureSet pictures) {
        return new TrainingSet(pictures.train(), pictures.test(), pictures.shape(), pictures.classes(), true);
    }

    /** What there is to print of them, line by line; names are made printable. */
    public List<String> facts() {
        return SetFacts.of(arePictures ? "size of a picture" : "shape of a sample", train, test, shape, classes);
    }
}
