package io.github.layerc.exchange.onnx;

import java.util.Map;

/**
 * A file of ONNX.
 *
 * @param place for messages
 * @param ir version of the format
 * @param opsets version of each set of operators, by its domain; that of ONNX itself is empty
 */
public record OnnxModel(Object place, long ir, Map<String, Long> opsets, OnnxGraph graph) {
    public OnnxModel {
        opsets = Map.copyOf(opsets);
    }
}
