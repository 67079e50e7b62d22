package io.github.layerc.peers;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A network with its parameters as an ONNX model: for each layer a {@code Gemm} and the node of its activation. All sizes are fixed, the batch,
 * too, and the weights are constants, so the runtime can prepare itself as far as it is able to. Field numbers are those of
 * {@code onnx.proto3}.
 */
final class OnnxModel {
    static final String INPUT = "x";
    static final String OUTPUT = "y";

    private static final int IR_VERSION = 8;
    private static final int OPERATORS = 13;
    private static final int FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;

    private OnnxModel() {}

    /** The bytes of a model file. */
    static byte[] of(Network network, float[] parameters, int batch) {
        Message graph = new Message().text(2, network.name());
        String from = INPUT;
        for (Layer layer : network.layers()) {
            boolean last = layer.end() == network.parameterCount();
            String weights = "W" + layer.number();
            String bias = "b" + layer.number();
            String sums = "z" + layer.number();
            String to = last ? OUTPUT : "a" + layer.number();
            graph.message(1, node("Gemm", List.of(from, weights, bias), sums).message(5, attribute("transB", 1)));
            graph.message(1, node(operator(layer.activation()), List.of(sums), to));
            List<Integer> shape = List.of(layer.units(), layer.fanIn());
            graph.message(5, constant(weights, shape, parameters, layer.weightsAt()));
            graph.message(5, constant(bias, List.of(layer.units()), parameters, layer.biasAt()));
            from = to;
        }
        graph.message(11, value(INPUT, batch, network.inputs()));
        graph.message(12, value(OUTPUT, batch, network.outputs()));
        return new Message()
                .number(1, IR_VERSION)
                .text(2, "layerc")
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, OPERATORS))
                .bytes();
    }

    private static String operator(Activation activation) {
        return switch (activation.keyword()) {
            case "identity" -> "Identity";
            case "relu" -> "Relu";
            case "sigmoid" -> "Sigmoid";
            case "tanh" -> "Tanh";
            case "softmax" -> "Softmax";
            default -> throw new IllegalArgumentException("no operator of this model: activation=" + activation.text());
        };
    }

    private static Message node(String operator, List<String> inputs, String output) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        return node.text(2, output).text(4, operator);
    }

    private static Message attribute(String name, int value) {
        return new Message().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
    }

    private static Message constant(String name, List<Integer> shape, float[] values, int at) {
        Message tensor = new Message();
        int length = 1;
        for (int size : shape) {
            tensor.number(1, size);
            length *= size;
        }
        ByteBuffer raw = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values, at, length);
        return tensor.number(2, FLOAT).text(8, name).field(9, raw.array());
    }

    private static Message value(String name, int rows, int columns) {
        Message shape =
                new Message().message(1, new Message().number(1, rows)).message(1, new Message().number(1, columns));
        Message tensor = new Message().number(1, FLOAT).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** A message in the format of protocol buffers: keyed fields, one behind the other. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int LENGTH_DELIMITED = 2;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return field(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return field(field, value.bytes());
        }

        Message field(int field, byte[] value) {
            varint((long) field << 3 | LENGTH_DELIMITED);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        /** Seven bits a byte, the lowest first; the highest bit says that there are more. */
        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
