package io.github.layerc.exchange.onnx;

import io.github.layerc.exchange.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes between inputs and outputs; values have names.
 *
 * @param initializers tensors that come with the file, in its order
 * @param inputs those of them that are initializers, too, as older files list them, left out
 */
public record OnnxGraph(
        List<OnnxNode> nodes, Map<String, Tensor> initializers, List<OnnxPort> inputs, List<OnnxPort> outputs) {

    /**
     * An input or output.
     *
     * @param type number of its type of elements, see {@link io.github.layerc.exchange.tensor.Element}; 0 where there is none
     * @param dims sizes of its axes; -1 for one that the file leaves open
     */
    public record OnnxPort(String name, long type, List<Long> dims) {
        public OnnxPort {
            dims = List.copyOf(dims);
        }
    }

    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
