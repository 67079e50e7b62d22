/** Writes networks as graphs of ONNX. */
package io.github.layerc.exchange.onnx.write;
