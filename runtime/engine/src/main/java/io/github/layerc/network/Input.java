package io.github.layerc.network;

import java.util.List;

/**
 * What the network reads: the shape of one sample, flattened in C order (last axis fastest), and the factor on its stored values.
 *
 * @param shape sizes of the axes, each at least 1, whose product fits an {@code int}
 */
public record Input(List<Integer> shape, Scale scale) {

    public Input {
        shape = List.copyOf(shape);
        if (shape.isEmpty()) {
            throw new IllegalArgumentException("input shape must have at least one axis: shape=[]");
        }
        long size = 1;
        for (int axis : shape) {
            if (axis < 1) {
                throw new IllegalArgumentException("axes of the input shape must be at least 1: shape=" + shape);
            }
            size *= axis;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("input shape must have at most 2147483647 elements: shape=" + shape);
            }
        }
    }

    /** A flat input of {@code size} values, taken as they are. */
    public static Input flat(int size) {
        return new Input(List.of(size), Scale.ONE);
    }

    /** Number of values of one sample. */
    public int size() {
        int size = 1;
        for (int axis : shape) {
            size *= axis;
        }
        return size;
    }
}
