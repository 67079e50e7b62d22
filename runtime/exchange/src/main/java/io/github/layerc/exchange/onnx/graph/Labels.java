package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.onnx.OnnxAttribute;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that choose and name classes, as scikit-learn's models have them behind their last layer. */
final class Labels {
    static final Map<String, Rule> RULES = Map.of(
            "ArgMax", Labels::argMax,
            "Greater", Labels::above,
            "ai.onnx.ml.ArrayFeatureExtractor", Labels::chosen,
            "ai.onnx.ml.LabelEncoder", Labels::encoded,
            "ai.onnx.ml.ZipMap", Labels::zipMap);

    private Labels() {}

    private static Value argMax(NodeInput node) {
        Value of = node.value(0);
        if (of instanceof Value.Signal signal) {
            signal.dims().requireFeatures(signal.dims().axis(node.node().integer("axis", 0)));
        } else if (!(of instanceof Value.Pair || of instanceof Value.NamedClasses)) {
            node.signal(0);
        }
        return new Value.Label(List.of());
    }

    /** The class where there is one output: whether it is above a number. */
    private static Value above(NodeInput node) {
        if (node.signal(0).dims().features() != 1 || node.known(1).size() != 1) {
            throw new IllegalArgumentException("one output must be above one number: shape="
                    + node.signal(0).dims().text());
        }
        return new Value.Label(List.of());
    }

    private static Value chosen(NodeInput node) {
        Tensor classes = node.known(0);
        requireLabel(node, 1);
        return new Value.Label(classes.texts());
    }

    private static Value encoded(NodeInput node) {
        requireLabel(node, 0);
        List<String> names = names(node, "values_strings", "values_int64s");
        List<Long> keys = Optional.ofNullable(node.node().attributes().get("keys_int64s"))
                .map(OnnxAttribute::integers)
                .orElse(List.of());
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) != i) {
                throw new IllegalArgumentException("keys must be 0, 1, ...: keys_int64s=" + keys);
            }
        }
        if (keys.size() != names.size()) {
            throw new IllegalArgumentException("there must be a value for each key: keys_int64s=" + keys);
        }
        return new Value.Label(names);
    }

    private static void requireLabel(NodeInput node, int input) {
        if (!(node.value(input) instanceof Value.Label)) {
            throw new IllegalArgumentException(
                    "input must be a class: input=" + node.node().inputs().get(input));
        }
    }

    private static Value zipMap(NodeInput node) {
        Value of = node.value(0);
        if (!(of instanceof Value.Pair)) {
            node.signal(0);
        }
        return new Value.NamedClasses(of, names(node, "classlabels_strings", "classlabels_int64s"));
    }

    private static List<String> names(NodeInput node, String texts, String integers) {
        Map<String, OnnxAttribute> attributes = node.node().attributes();
        if (attributes.containsKey(texts)) {
            return attributes.get(texts).texts();
        }
        return Optional.ofNullable(attributes.get(integers))
                .map(found -> found.integers().stream().map(String::valueOf).toList())
                .orElseThrow(() -> new IllegalArgumentException(texts + " must be given"));
    }
}
