package io.github.layerc.exchange.onnx.write;

import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Precision;
import io.github.layerc.proto.ProtoWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A graph of ONNX that grows node by node; values have names, and where one is taken the next gets an underscore behind it. Numbers of fields are those of {@code
 * onnx.proto}.
 */
final class GraphWriter {
    /** Of the sets of operators: one that tools of 2022 and later read, with {@code LayerNormalization}. */
    static final int OPSET = 17;

    /** Operators for classical models, with texts, which those of ONNX itself cannot compare before opset 19. */
    private static final String ML = "ai.onnx.ml";

    private static final int ML_OPSET = 3;

    private static final int IR = 8;

    private final Element real;
    private final ProtoWriter nodes = new ProtoWriter();
    private final ProtoWriter ports = new ProtoWriter();
    private final Set<String> names = new HashSet<>();
    private int constants;
    private boolean classical;

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

        static Attribute reals(String name, float... values) {
            return new Attribute(out -> out.text(1, name).reals(7, values).integer(20, 6));
        }

        static Attribute integers(String name, long... values) {
            return new Attribute(out -> out.text(1, name).integers(8, values).integer(20, 7));
        }

        static Attribute texts(String name, List<String> values) {
            return new Attribute(out -> {
                out.text(1, name);
                values.forEach(value -> out.text(9, value));
                out.integer(20, 8);
            });
        }
    }

    private String free(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name += "_";
        }
        return name;
    }

    /**
     * Adds a node with one output.
     *
     * @param wanted name of the node and of its output
     * @return the name
     */
    String node(String operator, String wanted, List<String> inputs, Attribute... attributes) {
        return node("", operator, wanted, inputs, attributes);
    }

    /** The same with an operator for classical models. */
    String classical(String operator, String wanted, List<String> inputs, Attribute... attributes) {
        classical = true;
        return node(ML, operator, wanted, inputs, attributes);
    }

    private String node(String domain, String operator, String wanted, List<String> inputs, Attribute... attributes) {
        String name = free(wanted);
        nodes.message(1, out -> {
            inputs.forEach(input -> out.text(1, input));
            out.text(2, name).text(3, name).text(4, operator);
            for (Attribute attribute : attributes) {
                out.message(5, attribute.content());
            }
            if (!domain.isEmpty()) {
                out.text(7, domain);
            }
        });
        return name;
    }

    /** Adds a node that makes another type of numbers. */
    String cast(String wanted, String input, Element type) {
        return node("Cast", wanted, List.of(input), Attribute.integer("to", type.onnx()));
    }

    /** Adds parameters, rounded to the precision. */
    String parameters(String wanted, List<Integer> shape, double... values) {
        if (real == Element.DOUBLE) {
            return doubles(wanted, shape, values);
        }
        String name = free(wanted);
        nodes.message(5, out -> {
            tensor(out, name, shape, Element.FLOAT);
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            out.reals(4, narrow);
        });
        return name;
    }

    /** Adds numbers that are double in any precision. */
    String doubles(String wanted, List<Integer> shape, double... values) {
        String name = free(wanted);
        nodes.message(5, out -> {
            tensor(out, name, shape, Element.DOUBLE);
            out.numbers(10, values);
        });
        return name;
    }

    /** Adds a number. */
    String constant(double value) {
        constants++;
        return parameters("constant" + constants, List.of(), value);
    }

    String texts(String wanted, List<String> texts) {
        String name = free(wanted);
        nodes.message(5, out -> {
            tensor(out, name, List.of(texts.size()), Element.STRING);
            texts.forEach(text -> out.text(6, text));
        });
        return name;
    }

    String integers(String wanted, long... values) {
        String name = free(wanted);
        nodes.message(5, out -> {
            tensor(out, name, List.of(values.length), Element.INT64);
            out.integers(7, values);
        });
        return name;
    }

    /** Adds false and true, as 0 and 1. */
    String booleans(String wanted, long... values) {
        String name = free(wanted);
        nodes.message(5, out -> {
            tensor(out, name, List.of(values.length), Element.BOOL);
            out.integers(5, values);
        });
        return name;
    }

    private static void tensor(ProtoWriter out, String name, List<Integer> shape, Element type) {
        out.integers(1, shape.stream().mapToLong(Integer::longValue).toArray());
        out.integer(2, type.onnx()).text(8, name);
    }

    /** Adds an input whose first axis counts samples. */
    String input(String wanted, Element type, List<Integer> sample) {
        return input(wanted, type, sample, "");
    }

    /** The same with words on its values. */
    String input(String wanted, Element type, List<Integer> sample, String words) {
        String name = free(wanted);
        port(11, name, type, sample, words);
        return name;
    }

    /** Makes a value an output whose first axis counts samples. */
    void output(String name, Element type, List<Integer> sample) {
        port(12, name, type, sample, "");
    }

    private void port(int field, String name, Element type, List<Integer> sample, String words) {
        ports.message(field, port -> {
            port.text(1, name).message(2, kind -> kind.message(1, tensor -> shape(tensor, type, sample)));
            if (!words.isEmpty()) {
                port.text(3, words);
            }
        });
    }

    private static void shape(ProtoWriter tensor, Element type, List<Integer> sample) {
        tensor.integer(1, type.onnx()).message(2, shape -> {
            shape.message(1, dim -> dim.text(2, "batch"));
            sample.forEach(size -> shape.message(1, dim -> dim.integer(1, size)));
        });
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
        if (classical) {
            model.message(8, opset -> opset.text(1, ML).integer(2, ML_OPSET));
        }
        metadata.forEach(
                (key, value) -> model.message(14, entry -> entry.text(1, key).text(2, value)));
        return model.toByteArray();
    }
}
