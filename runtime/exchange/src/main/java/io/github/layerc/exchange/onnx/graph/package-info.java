/** What the nodes of a graph of ONNX compute, as far as a chain of layers computes it: constants are folded, elementwise nodes become formulas, formulas become activations. */
package io.github.layerc.exchange.onnx.graph;
