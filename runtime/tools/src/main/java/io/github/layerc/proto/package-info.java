/** Messages of Protocol Buffers, field by field: as much of the wire format as ONNX and TensorBoard need. */
package io.github.layerc.proto;
