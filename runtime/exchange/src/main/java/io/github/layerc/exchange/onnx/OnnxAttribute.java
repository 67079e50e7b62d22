package io.github.layerc.exchange.onnx;

import io.github.layerc.exchange.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of a node, of any type: numbers, texts, or a tensor; one number is a list of one. Graphs are not kept.
 */
public record OnnxAttribute(List<Double> reals, List<Long> integers, List<String> texts, Optional<Tensor> tensor) {

    public OnnxAttribute {
        reals = List.copyOf(reals);
        integers = List.copyOf(integers);
        texts = List.copyOf(texts);
    }

    /** @throws IllegalArgumentException if it is none */
    double real() {
        return only(reals, "a number");
    }

    long integer() {
        return only(integers, "an integer");
    }

    String text() {
        return only(texts, "a text");
    }

    private static <T> T only(List<T> values, String what) {
        if (values.size() != 1) {
            throw new IllegalArgumentException("attribute must be " + what + ": values=" + values);
        }
        return values.get(0);
    }
}
