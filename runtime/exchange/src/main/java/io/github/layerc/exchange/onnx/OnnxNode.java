package io.github.layerc.exchange.onnx;

import java.util.List;
import java.util.Map;

/**
 * An operator and what it is applied to.
 *
 * @param name may be empty
 * @param domain of the operator; empty for those of ONNX itself
 * @param inputs names of values; an empty one for an optional input that is not given
 */
public record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {

    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** {@code node "/fc/Gemm"}, or, of one without a name, {@code Gemm of "out"}. */
    public String words() {
        return name.isEmpty()
                ? operator + " of \"" + (outputs.isEmpty() ? "" : outputs.get(0)) + "\""
                : "node \"" + name + "\"";
    }

    /** Whether an input is given; -1 is none. */
    public boolean has(int input) {
        return input >= 0 && input < inputs.size() && !inputs.get(input).isEmpty();
    }

    public double real(String attribute, double otherwise) {
        OnnxAttribute found = attributes.get(attribute);
        return found == null ? otherwise : found.real();
    }

    public long integer(String attribute, long otherwise) {
        OnnxAttribute found = attributes.get(attribute);
        return found == null ? otherwise : found.integer();
    }

    public String text(String attribute, String otherwise) {
        OnnxAttribute found = attributes.get(attribute);
        return found == null ? otherwise : found.text();
    }
}
