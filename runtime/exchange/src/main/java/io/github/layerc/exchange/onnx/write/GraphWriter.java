package io.github.layerc.exchange.onnx.write;

import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Precision;
import io.github.layerc.proto.ProtoWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A graph of ONNX that grows node by node; values have names. Numbers of fields are those of {@code onnx.proto}. */
final class GraphWriter {
    /** Of the sets of operators: one that tools of 2022 and later read, with {@code LayerNormalization}. */
    static final int OPSET = 17;

    private static final int IR = 8;

    private final Element real;
    private final ProtoWriter nodes = new ProtoWriter();
    private final ProtoWriter ports = new ProtoWriter();
    private int constants;

    GraphWriter(Precision precision) {
        this.real = precision == Precision.DOUBLE ? Element.DOUBLE : Element.FLOAT;
    }

    /** The type of all numbers of samples and parameters. */
    Element real() {
        return real;
    }

    /** An attribute of a node. */
    record Attribute(Consumer<ProtoWriter> content) {
        static Attribute integer(String name, long value) {
            return new Attribute(out -> out.text(1, name).integer(3, value).integer(20, 2));
        }

        static Attribute real(String name, double value) {
            return new Attribute(out -> out.text(1, name).real(2, (float) value).integer(20, 1));
        }

        static Attribute text(String name, String value) {
            return new Attribute(out -> out.text(1, name).text(4, value).integer(20, 3));
        }
    }

    /**
     * Adds a node with one output.
     *
     * @param name of the node and of its output
     * @return the name
     */
    String node(String operator, String name, List<String> inputs, Attribute... attributes) {
        nodes.message(1, out -> {
            inputs.forEach(input -> out.text(1, input));
            out.text(2, name).text(3, name).text(4, operator);
            for (Attribute attribute : attributes) {
                out.message(5, attribute.content());
            }
        });
        return name;
    }

    /** Adds parameters, rounded to the precision. */
    String parameters(String name, List<Integer> shape, double... values) {
        nodes.message(5, out -> {
            tensor(out, name, shape, real);
            if (real == Element.DOUBLE) {
                out.numbers(10, values);
            } else {
                float[] narrow = new float[values.length];
                for (int i = 0; i < narrow.length; i++) {
                    narrow[i] = (float) values[i];
                }
                out.reals(4, narrow);
            }
        });
        return name;
    }

    /** Adds a number. */
    String constant(double value) {
        constants++;
        return parameters("constant" + constants, List.of(), value);
    }

    String texts(String name, List<String> texts) {
        nodes.message(5, out -> {
            tensor(out, name, List.of(texts.size()), Element.STRING);
            texts.forEach(text -> out.text(6, text));
        });
        return name;
    }

    String integers(String name, long... values) {
        nodes.message(5, out -> {
            tensor(out, name, List.of(values.length), Element.INT64);
            out.integers(7, values);
        });
        return name;
    }

    private static void tensor(ProtoWriter out, String name, List<Integer> shape, Element type) {
        out.integers(1, shape.stream().mapToLong(Integer::longValue).toArray());
        out.integer(2, type.onnx()).text(8, name);
    }

    /** Adds an input whose first axis counts samples. */
    void input(String name, Element type, List<Integer> sample) {
        port(11, name, type, sample);
    }

    /** The same of an output. */
    void output(String name, Element type, List<Integer> sample) {
        port(12, name, type, sample);
    }

    private void port(int field, String name, Element type, List<Integer> sample) {
        ports.message(
                field,
                port -> port.text(1, name)
                        .message(
                                2,
                                kind -> kind.message(
                                        1,
                                        tensor -> tensor.integer(1, type.onnx()).message(2, shape -> {
                                            shape.message(1, dim -> dim.text(2, "batch"));
                                            sample.forEach(size -> shape.message(1, dim -> dim.integer(1, size)));
                                        }))));
    }

    /**
     * The model.
     *
     * @param version of layerc
     * @param metadata what else there is to say, by its key
     */
    byte[] model(String name, String version, Map<String, String> metadata) {
        ProtoWriter graph = new ProtoWriter();
        graph.append(nodes).text(2, name).append(ports);
        ProtoWriter model = new ProtoWriter();
        model.integer(1, IR)
                .text(2, "layerc")
                .text(3, version)
                .bytes(7, graph.toByteArray())
                .message(8, opset -> opset.text(1, "").integer(2, OPSET));
        metadata.forEach(
                (key, value) -> model.message(14, entry -> entry.text(1, key).text(2, value)));
        return model.toByteArray();
    }
}
