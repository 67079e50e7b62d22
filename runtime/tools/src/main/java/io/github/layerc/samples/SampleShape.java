package io.github.layerc.samples;

import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shapes of arrays that hold samples of a network: {@code (samples, ...)} with the axes of its input, or {@code (samples, inputs)}; or one sample without
 * the first axis. A last axis of 1, as that of pictures in grey, can be missing.
 */
record SampleShape(Network network) {

    /** Number of samples that an array of a shape holds; -1 where it holds none of this network. */
    int count(long... array) {
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
        return -1;
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
    String expected() {
        return samples().stream()
                .map(axes -> axes.stream().map(Object::toString).collect(Collectors.joining(", ", "(samples, ", ")")))
                .collect(Collectors.joining(" or "));
    }
}
