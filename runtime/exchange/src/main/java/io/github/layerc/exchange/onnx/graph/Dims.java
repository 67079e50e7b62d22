package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sizes of the axes of a value that depends on the samples.
 *
 * @param sizes in the order of the axes; {@link #BATCH} for the axis of the samples, of which there is one or, where a file describes one sample, none
 */
record Dims(List<Integer> sizes) {
    /** In place of the size of the axis that counts samples. */
    static final int BATCH = -1;

    Dims {
        sizes = List.copyOf(sizes);
    }

    int rank() {
        return sizes.size();
    }

    boolean isBatch(int axis) {
        return sizes.get(axis) == BATCH;
    }

    /** The axes of a sample. */
    List<Integer> sample() {
        return sizes.stream().filter(size -> size != BATCH).toList();
    }

    /** How many values a sample has; -1 where these are beyond 2^31 - 1. */
    int features() {
        return Tensor.size(sample());
    }

    Dims with(int axis, int size) {
        List<Integer> other = new ArrayList<>(sizes);
        other.set(axis, size);
        return new Dims(other);
    }

    /**
     * An axis as a node names it, from 0 on or, from the last, -1 and below.
     *
     * @throws IllegalArgumentException if there is none
     */
    int axis(long named) {
        return axis(named, rank());
    }

    static int axis(long named, int rank) {
        if (named < -rank || named >= rank) {
            throw new IllegalArgumentException("axis must be one of " + rank + ": axis=" + named);
        }
        return (int) (named < 0 ? named + rank : named);
    }

    /**
     * Whether all values of a sample lie along this axis.
     *
     * @throws IllegalArgumentException if they do not
     */
    void requireFeatures(int axis) {
        if (isBatch(axis) || sizes.get(axis) != features()) {
            throw new IllegalArgumentException(
                    "all values of a sample must lie along axis " + axis + ": shape=" + text());
        }
    }

    /** The same values with their axes in another order; that of the values in a sample must stay. */
    Dims transposed(List<Integer> order) {
        List<Integer> moved = order.stream().filter(axis -> sizes.get(axis) > 1).toList();
        if (!moved.equals(moved.stream().sorted().toList())) {
            throw new IllegalArgumentException("values of a sample must keep their order: shape=" + text());
        }
        return new Dims(order.stream().map(sizes::get).toList());
    }

    /**
     * Constants beside such a value: one for each value of a sample.
     *
     * @throws IllegalArgumentException if they differ from sample to sample, or there are more of them
     */
    Expr.Constant broadcast(Tensor constants) {
        if (constants.size() == 1) {
            return new Expr.Constant(constants.number(0));
        }
        List<Integer> one = sizes.stream().map(size -> size == BATCH ? 1 : size).toList();
        int missing = rank() - constants.rank();
        List<Integer> other = Stream.concat(
                        IntStream.range(0, Math.max(0, missing)).mapToObj(i -> 1), constants.shape().stream())
                .toList();
        boolean fits = other.size() == one.size()
                && IntStream.range(0, other.size())
                        .allMatch(
                                axis -> other.get(axis) == 1 || other.get(axis).equals(one.get(axis)));
        if (!fits) {
            throw new IllegalArgumentException(
                    "constants must be for the values of a sample of shape " + text() + ": shape=" + constants.shape());
        }
        double[] values = new double[features()];
        for (int i = 0; i < values.length; i++) {
            int rest = i;
            int at = 0;
            int stride = 1;
            for (int axis = one.size() - 1; axis >= 0; axis--) {
                int index = rest % one.get(axis);
                rest /= one.get(axis);
                at += other.get(axis) == 1 ? 0 : index * stride;
                stride *= other.get(axis);
            }
            values[i] = constants.number(at);
        }
        return new Expr.Constant(values);
    }

    /** {@code [N, 3, 32, 32]}. */
    String text() {
        return sizes.stream()
                .map(size -> size == BATCH ? "N" : size + "")
                .toList()
                .toString();
    }
}
