/** Files of ONNX as they stand on disk: messages, attributes, tensors. What the operators mean is told in {@code graph}. */
package io.github.layerc.exchange.onnx;
