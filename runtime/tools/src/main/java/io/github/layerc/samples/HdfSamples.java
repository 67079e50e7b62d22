package io.github.layerc.samples;

import io.github.layerc.array.SampleShape;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.hdf5.HdfArray;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Network;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A dataset of an HDF5 file: the one that is named, or the only one of the root group with the shape of samples. Values are integers or floats. Where it
 * is called {@code ..._x} and the file has {@code ..._y}, integers of shape {@code (samples)} or {@code (samples, 1)}, these are the numbers of the classes.
 */
record HdfSamples(Path path, Optional<String> dataset) implements SampleInput {
    private static final String SAMPLES = "_x";
    private static final String LABELS = "_y";

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        SampleShape shape = new SampleShape(network);
        try (HdfSource source = HdfSource.open(path)) {
            HdfArray array = dataset.map(source::array).orElseGet(() -> only(source, shape));
            int count = shape.count(array.shape());
            if (count < 0) {
                throw array.broken("wrong shape for network " + network.name(), shape.expected(), array.shapeText());
            }
            if (count == 0) {
                throw array.broken("no samples", "one or more", array.shapeText());
            }
            return Samples.rows(values(array, network.inputs()), labels(source, array, count, network));
        }
    }

    private HdfArray only(HdfSource source, SampleShape shape) {
        List<HdfArray> all = source.arrays();
        List<String> labels = all.stream().map(HdfSamples::labels).toList();
        List<HdfArray> fitting = all.stream()
                .filter(array -> shape.count(array.shape()) >= 0 && !labels.contains(array.name()))
                .toList();
        if (fitting.isEmpty()) {
            String found = all.stream().map(HdfArray::toString).collect(Collectors.joining(", "));
            throw DataException.of(
                    path,
                    "no samples for network " + shape.network().name(),
                    "a dataset of shape " + shape.expected(),
                    found.isEmpty() ? "no datasets" : found);
        }
        if (fitting.size() > 1) {
            String names = fitting.stream().map(HdfArray::name).collect(Collectors.joining(", "));
            throw DataException.of(path, "several datasets of samples", "one, or layerc.dataset to name it", names);
        }
        return fitting.get(0);
    }

    private static Dataset values(HdfArray array, int inputs) {
        String type = array.type();
        if (type.equals("uint8")) {
            return Dataset.ofBytes(array.bytes(), inputs);
        }
        if (type.startsWith("float")) {
            return Dataset.of(array.reals(), inputs);
        }
        if (type.startsWith("int") || type.startsWith("uint")) {
            return Dataset.of(array.integers(), inputs);
        }
        throw array.broken("wrong type", "integers, float32 or float64", type);
    }

    private static List<Integer> labels(HdfSource source, HdfArray samples, int count, Network network) {
        String labels = labels(samples);
        if (labels.isEmpty() || !source.has(labels) || !network.loss().classifies()) {
            return List.of();
        }
        HdfArray array = source.array(labels);
        if (array.size() != count) {
            throw array.broken("a sample must have one label", count + " labels", array.shapeText());
        }
        int classes = Math.max(2, network.outputs());
        List<Integer> numbers = new ArrayList<>();
        for (double label : array.integers()) {
            if (label < 0 || label >= classes) {
                throw array.broken(
                        "unknown class of sample " + numbers.size(),
                        "0 to " + (classes - 1),
                        new BigDecimal(label).toBigInteger());
            }
            numbers.add((int) label);
        }
        return numbers;
    }

    /** The name of the dataset of their labels; empty where samples have another name. */
    private static String labels(HdfArray samples) {
        String name = samples.name();
        return name.endsWith(SAMPLES) ? name.substring(0, name.length() - SAMPLES.length()) + LABELS : "";
    }
}
