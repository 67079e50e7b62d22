package io.github.layerc.exchange.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An array in C order, of numbers as doubles, or of texts. Immutable; what is handed in is not copied and must not change. */
public final class Tensor {
    private final Element type;
    private final List<Integer> shape;
    private final double[] numbers;
    private final List<String> texts;

    private Tensor(Element type, List<Integer> shape, double[] numbers, List<String> texts) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.numbers = numbers;
        this.texts = texts;
    }

    /** @throws IllegalArgumentException if there are not as many numbers as the shape says */
    public static Tensor of(Element type, List<Integer> shape, double... numbers) {
        requireSize(shape, numbers.length);
        return new Tensor(type, shape, numbers, List.of());
    }

    /** @throws IllegalArgumentException if there are not as many texts as the shape says */
    public static Tensor of(List<Integer> shape, List<String> texts) {
        requireSize(shape, texts.size());
        return new Tensor(Element.STRING, shape, new double[0], List.copyOf(texts));
    }

    private static void requireSize(List<Integer> shape, int size) {
        if (size(shape) != size) {
            throw new IllegalArgumentException("shape " + shape + " needs " + size(shape) + " values: size=" + size);
        }
    }

    /** Product of the sizes of axes; -1 where it is beyond 2^31 - 1. */
    public static int size(List<Integer> shape) {
        long size = 1;
        boolean none = false;
        for (int axis : shape) {
            none |= axis == 0;
            size = Math.min(size * axis, Integer.MAX_VALUE + 1L);
        }
        return none ? 0 : size > Integer.MAX_VALUE ? -1 : (int) size;
    }

    public Element type() {
        return type;
    }

    public List<Integer> shape() {
        return shape;
    }

    public int rank() {
        return shape.size();
    }

    public boolean isText() {
        return type == Element.STRING;
    }

    /** Number of elements. */
    public int size() {
        return isText() ? texts.size() : numbers.length;
    }

    /** The element at an index in C order. */
    public double number(int index) {
        return numbers[index];
    }

    /** A copy of all numbers, in C order. */
    public double[] numbers() {
        return numbers.clone();
    }

    /** All texts, in C order; numbers without their fraction of 0, as names of classes are written. */
    public List<String> texts() {
        return isText() ? texts : Arrays.stream(numbers).mapToObj(Tensor::text).toList();
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** The same elements with another shape of the same size. */
    public Tensor withShape(List<Integer> other) {
        requireSize(other, size());
        return new Tensor(type, other, numbers, texts);
    }

    public Tensor withType(Element other) {
        return new Tensor(other, shape, numbers, texts);
    }

    /** Axis {@code i} of the result is axis {@code order.get(i)} of this one. */
    public Tensor transposed(List<Integer> order) {
        List<Integer> out = order.stream().map(shape::get).toList();
        int[] from = new int[size()];
        int[] stride = strides(shape);
        int[] outStride = strides(out);
        for (int i = 0; i < from.length; i++) {
            int rest = i;
            for (int axis = 0; axis < out.size(); axis++) {
                from[i] += rest / outStride[axis] * stride[order.get(axis)];
                rest %= outStride[axis];
            }
        }
        return isText()
                ? of(out, Arrays.stream(from).mapToObj(texts::get).toList())
                : of(type, out, Arrays.stream(from).mapToDouble(i -> numbers[i]).toArray());
    }

    /** The same with the axes in the opposite order. */
    public Tensor transposed() {
        return transposed(
                IntStream.range(0, rank()).mapToObj(i -> rank() - 1 - i).toList());
    }

    private static int[] strides(List<Integer> shape) {
        int[] strides = new int[shape.size()];
        int stride = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape.get(axis));
        }
        return strides;
    }

    /** {@code float32 (8, 3)}. */
    @Override
    public String toString() {
        return type + " " + shape;
    }
}
