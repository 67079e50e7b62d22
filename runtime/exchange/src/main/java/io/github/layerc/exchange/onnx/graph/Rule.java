package io.github.layerc.exchange.onnx.graph;

/** What an operator makes of its inputs. */
@FunctionalInterface
interface Rule {
    /** @throws IllegalArgumentException if it makes nothing of them that a chain of layers could compute */
    Value apply(NodeInput node);
}
