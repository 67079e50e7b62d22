package io.github.layerc.emit;

import java.util.Map;

/**
 * How an array is addressed by the axes of a product: {@code array[base + s * stride_s + u * stride_u + ...]}.
 *
 * @param word what its elements are, for the names of variables: {@code input}, {@code weight}, {@code delta}
 * @param array name of the Java array
 * @param base offset of the first element, empty for 0
 * @param strides texts, one for each axis that the array has
 */
record Operand(String word, String array, String base, Map<Axis, String> strides) {

    String stride(Axis axis) {
        String stride = strides.get(axis);
        if (stride == null) {
            throw new AssertionError(array + " has no axis " + axis);
        }
        return stride;
    }

    boolean contiguous(Axis axis) {
        return stride(axis).equals("1");
    }

    /** The index of an element: {@code base + first * stride + second * stride}. */
    String index(Axis firstAxis, String first, Axis secondAxis, String second) {
        return sum(base, product(first, stride(firstAxis)), product(second, stride(secondAxis)));
    }

    /** The index of the first element at a place of one axis. */
    String row(Axis axis, String at) {
        return sum(base, product(at, stride(axis)));
    }

    /** {@code a + b + ...} without the terms that are 0. */
    static String sum(String... terms) {
        StringBuilder sum = new StringBuilder();
        for (String term : terms) {
            if (!term.isEmpty() && !term.equals("0")) {
                sum.append(sum.length() == 0 ? "" : " + ").append(term);
            }
        }
        return sum.length() == 0 ? "0" : sum.toString();
    }

    /** {@code a * b}, where a factor is neither 0 nor 1. */
    static String product(String a, String b) {
        if (a.equals("0") || b.equals("0")) {
            return "0";
        }
        if (b.equals("1")) {
            return a;
        }
        return a.equals("1") ? b : Words.factor(a) + " * " + Words.factor(b);
    }
}
