package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.onnx.OnnxAttribute;
import io.github.layerc.exchange.onnx.OnnxNode;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A node, and what its inputs stand for. What a node has not, or has of another kind, is an {@link IllegalArgumentException}.
 *
 * @param opset version of the operators
 */
record NodeInput(OnnxNode node, long opset, List<Value> values) {
    NodeInput {
        values = List.copyOf(values);
    }

    Value value(int input) {
        if (!node.has(input)) {
            throw new IllegalArgumentException("input " + input + " must be given: inputs=" + node.inputs());
        }
        return values.get(input);
    }

    /** Whether an input is given, and the same for all samples. */
    boolean isKnown(int input) {
        return node.has(input) && values.get(input) instanceof Value.Known;
    }

    boolean areAllKnown() {
        return IntStream.range(0, values.size()).allMatch(input -> !node.has(input) || isKnown(input));
    }

    Tensor known(int input) {
        if (value(input) instanceof Value.Known known) {
            return known.tensor();
        }
        throw new IllegalArgumentException(
                "input " + input + " must be a constant: input=" + node.inputs().get(input));
    }

    /** Values of samples to compute with. */
    Value.Signal signal(int input) {
        return real(samples(input));
    }

    /** ONNX divides integers without a remainder, and lets them overflow. */
    static Value.Signal real(Value.Signal samples) {
        if (!samples.areReal()) {
            throw new IllegalArgumentException(
                    "values of samples must be cast to floating-point numbers before it computes with them");
        }
        return samples;
    }

    /** Values of samples of any type. */
    Value.Signal samples(int input) {
        if (value(input) instanceof Value.Signal signal) {
            return signal;
        }
        throw new IllegalArgumentException("input " + input + " must be values of the samples: input="
                + node.inputs().get(input));
    }

    /** A number that is an attribute in older versions and an input in newer ones; empty where there is none. */
    Optional<Double> number(String attribute, int input) {
        OnnxAttribute found = node.attributes().get(attribute);
        if (found != null && !found.reals().isEmpty()) {
            return Optional.of(found.reals().get(0));
        }
        if (!node.has(input)) {
            return Optional.empty();
        }
        Tensor tensor = known(input);
        if (tensor.size() != 1 || tensor.isText()) {
            throw new IllegalArgumentException(attribute + " must be one number: " + attribute + "=" + tensor);
        }
        return Optional.of(tensor.number(0));
    }

    /** The same of integers. */
    Optional<List<Long>> integers(String attribute, int input) {
        OnnxAttribute found = node.attributes().get(attribute);
        if (found != null) {
            return Optional.of(found.integers());
        }
        if (!node.has(input)) {
            return Optional.empty();
        }
        Tensor tensor = known(input);
        if (tensor.isText()) {
            throw new IllegalArgumentException(attribute + " must be integers: " + attribute + "=" + tensor);
        }
        return Optional.of(integers(tensor));
    }

    static List<Long> integers(Tensor tensor) {
        return LongStream.range(0, tensor.size())
                .mapToObj(i -> (long) tensor.number((int) i))
                .toList();
    }
}
