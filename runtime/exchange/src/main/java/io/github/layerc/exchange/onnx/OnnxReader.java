package io.github.layerc.exchange.onnx;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.onnx.OnnxGraph.OnnxPort;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.proto.ProtoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file of ONNX, as {@code onnx.proto} of the ONNX project numbers its fields; those that say nothing of what is computed are passed over. */
public final class OnnxReader {
    /** Of the versions of the format that are read. */
    private static final long FIRST_IR = 3;

    private static final long LAST_IR = 13;

    private final Path file;
    private final TensorReader tensors;

    private OnnxReader(Path file) {
        this.file = file;
        this.tensors = new TensorReader(file);
    }

    /** @throws DataException if the file cannot be read, is damaged, or of another version */
    public static OnnxModel read(Path file) {
        try {
            return new OnnxReader(file).model(ProtoReader.of(file, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw DataException.of(file, "cannot read this file", "a model of ONNX", e);
        }
    }

    private OnnxModel model(ProtoReader in) {
        long ir = 0;
        Map<String, Long> opsets = new HashMap<>();
        OnnxGraph graph = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> ir = in.integer();
                case 7 -> graph = graph(in.message());
                case 8 -> readOpset(in.message(), opsets);
                default -> in.skip();
            }
        }
        if (graph == null) {
            throw DataException.of(file, "not a model of ONNX", "a graph", "none");
        }
        if (ir < FIRST_IR || ir > LAST_IR) {
            String expected = "version " + FIRST_IR + " to " + LAST_IR;
            throw DataException.of(file, "unsupported version of the format of ONNX (ir_version)", expected, ir);
        }
        return new OnnxModel(file, ir, opsets, graph);
    }

    private static void readOpset(ProtoReader in, Map<String, Long> opsets) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> version = in.integer();
                default -> in.skip();
            }
        }
        opsets.put(domain.equals("ai.onnx") ? "" : domain, version);
    }

    private OnnxGraph graph(ProtoReader in) {
        List<OnnxNode> nodes = new ArrayList<>();
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        List<OnnxPort> inputs = new ArrayList<>();
        List<OnnxPort> outputs = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> nodes.add(node(in.message()));
                case 5 -> {
                    TensorReader.Named named = tensors.read(in.message());
                    initializers.put(named.name(), named.tensor());
                }
                case 11 -> inputs.add(port(in.message()));
                case 12 -> outputs.add(port(in.message()));
                case 15 -> throw DataException.of(file, "sparse initializer", "dense ones", "a sparse one");
                default -> in.skip();
            }
        }
        inputs.removeIf(port -> initializers.containsKey(port.name()));
        return new OnnxGraph(nodes, initializers, inputs, outputs);
    }

    private OnnxNode node(ProtoReader in) {
        String name = "";
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, OnnxAttribute> attributes = new HashMap<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 3 -> name = in.text();
                case 4 -> operator = in.text();
                case 5 -> readAttribute(in.message(), attributes);
                case 7 -> domain = in.text();
                default -> in.skip();
            }
        }
        return new OnnxNode(name, operator, domain.equals("ai.onnx") ? "" : domain, inputs, outputs, attributes);
    }

    private void readAttribute(ProtoReader in, Map<String, OnnxAttribute> attributes) {
        String name = "";
        long type = 0;
        List<Double> reals = new ArrayList<>();
        List<Long> integers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Optional<Tensor> tensor = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> reals.add(meant(in.real()));
                case 7 -> in.reals(reals::add);
                case 3, 8 -> in.integers(integers::add);
                case 4, 9 -> texts.add(in.text());
                case 5 -> tensor = Optional.of(tensors.read(in.message()).tensor());
                case 20 -> type = in.integer();
                default -> in.skip();
            }
        }
        // some writers leave out a number that is 0
        if (type == 1 && reals.isEmpty()) {
            reals.add(0.0);
        } else if (type == 2 && integers.isEmpty()) {
            integers.add(0L);
        } else if (type == 3 && texts.isEmpty()) {
            texts.add("");
        }
        attributes.put(name, new OnnxAttribute(reals, integers, texts, tensor));
    }

    /** A setting was 0.01 before it was rounded to float; lists are measured numbers, which stay as they are. */
    private static double meant(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private static OnnxPort port(ProtoReader in) {
        String name = "";
        long type = 0;
        List<Long> dims = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> type = readType(in.message(), dims);
                default -> in.skip();
            }
        }
        return new OnnxPort(name, type, dims);
    }

    /** Of tensors only, the type of elements; others are outputs for classes, whose shape nobody asks for. */
    private static long readType(ProtoReader in, List<Long> dims) {
        long type = 0;
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            ProtoReader tensor = in.message();
            while (tensor.next()) {
                switch (tensor.field()) {
                    case 1 -> type = tensor.integer();
                    case 2 -> readShape(tensor.message(), dims);
                    default -> tensor.skip();
                }
            }
        }
        return type;
    }

    private static void readShape(ProtoReader in, List<Long> dims) {
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
                continue;
            }
            long size = -1;
            ProtoReader dim = in.message();
            while (dim.next()) {
                if (dim.field() == 1) {
                    size = dim.integer();
                } else {
                    dim.skip();
                }
            }
            dims.add(size > 0 ? size : -1);
        }
    }
}
