package io.github.layerc.array;

import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shapes of arrays that hold samples of a network: {@code (samples, ...)} with the axes of its input, or {@code (samples, inputs)}; or one sample without
 * the first axis. A last axis of 1, as that of pictures in grey, can be missing. A network whose input has one axis takes samples of any axes with as many values.
 */
public record SampleShape(Network network) {

    /** Number of samples that an array of a shape holds; -1 where it holds none of this network. */
    public int count(long... array) {
        List<Long> axes = Arrays.stream(array).boxed().toList();
        for (List<Long> sample : samples()) {
            if (axes.equals(sample)) {
                return 1;
            }
            boolean fits = axes.size() == sample.size() + 1
                    && axes.subList(1, axes.size()).equals(sample);
            if (fits && axes.get(0) <= Integer.MAX_VALUE) {
                return axes.get(0).intValue();
            }
        }
        return flattened(axes);
    }

    /**
     * Number of samples in an array.
     *
     * @throws DataException if it has another shape, or none
     */
    public int requireSamples(StoredArray array) {
        int count = count(array.shape());
        if (count < 0) {
            throw array.broken("wrong shape for network " + network.name(), expected(), array.shapeText());
        }
        if (count == 0) {
            throw array.broken("no samples", "one or more", array.shapeText());
        }
        return count;
    }

    private int flattened(List<Long> axes) {
        if (network.input().shape().size() > 1 || axes.size() < 3 || axes.get(0) > Integer.MAX_VALUE) {
            return -1;
        }
        long values = new Axes(axes.subList(1, axes.size())).bytes(1);
        return values == network.inputs() ? axes.get(0).intValue() : -1;
    }

    private List<List<Long>> samples() {
        List<Long> shape =
                network.input().shape().stream().map(Integer::longValue).toList();
        List<List<Long>> samples = new ArrayList<>(List.of(shape));
        if (shape.size() > 1) {
            samples.add(List.of((long) network.inputs()));
        }
        if (shape.size() > 2 && shape.get(shape.size() - 1) == 1) {
            samples.add(shape.subList(0, shape.size() - 1));
        }
        return samples;
    }

    /** In words: {@code (samples, 64, 64, 3) or (samples, 12288)}. */
    public String expected() {
        return samples().stream()
                .map(axes -> axes.stream().map(Object::toString).collect(Collectors.joining(", ", "(samples, ", ")")))
                .collect(Collectors.joining(" or "));
    }
}
