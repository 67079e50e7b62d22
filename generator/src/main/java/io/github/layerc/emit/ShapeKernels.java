package io.github.layerc.emit;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One kernel for all layers of a shape, in networks of many layers: else their code would grow with their number. The kernel is that of the first
 * such layer, but takes the arrays and the places of the parameters as arguments. Layer 1 has kernels of its own, since samples are no
 * workspace, and so has what happens at the output.
 */
final class ShapeKernels {
    /** Networks of fewer layers have a kernel for each, which names what it works on. */
    private static final int MANY_LAYERS = 16;

    private final Network network;
    private final Map<Integer, Integer> first = new HashMap<>();

    ShapeKernels(Emission emission) {
        this.network = emission.network();
        Map<List<Object>, Integer> shapes = new HashMap<>();
        Activation before = Activation.IDENTITY;
        for (Layer layer : network.layers()) {
            List<Object> shape = List.of(
                    layer.units(),
                    layer.fanIn(),
                    layer.activation(),
                    before,
                    emission.storage().weights(layer.number()));
            if (layer.number() > 1) {
                first.put(layer.number(), shapes.computeIfAbsent(shape, any -> layer.number()));
            }
            before = layer.activation();
        }
    }

    static boolean suit(Network network) {
        return network.layers().size() >= MANY_LAYERS;
    }

    /** Whether the layer's kernels take what they work on as arguments. */
    static boolean suit(Network network, int layer) {
        return suit(network) && layer > 1;
    }

    /** The operation that stands for all of its shape: with the first layer's numbers, and buffers with the names of arguments. */
    Op standIn(Op op) {
        if (!suit(network, op.layer())) {
            return op;
        }
        int layer = first.get(op.layer());
        Map<Argument, Buffer> named = new EnumMap<>(Argument.class);
        arrays(op)
                .forEach((argument, buffer) -> named.put(
                        argument,
                        new Buffer(
                                argument.toString(),
                                buffer.role(),
                                buffer.layer() - op.layer() + layer,
                                buffer.rows(),
                                buffer.columns())));
        Buffer in = named.get(Argument.IN);
        Buffer deltas = named.get(Argument.DELTAS);
        Buffer results = named.get(Argument.RESULTS);
        if (op instanceof Product product) {
            Buffer matrix = matrix(product.matrix(), layer);
            Epilogue epilogue = epilogue(product.epilogue(), layer, in);
            return switch (product.kind()) {
                case FORWARD -> new Product(product.kind(), layer, in, matrix, results, epilogue);
                case WEIGHT_GRADIENT -> new Product(product.kind(), layer, deltas, in, matrix, epilogue);
                case INPUT_GRADIENT -> new Product(product.kind(), layer, deltas, matrix, results, epilogue);
            };
        }
        if (op instanceof AddBias bias) {
            return new AddBias(layer, results, matrix(bias.bias(), layer));
        }
        if (op instanceof Activate activate) {
            return new Activate(layer, activate.activation(), in, results);
        }
        if (op instanceof ActivationGradient gradient) {
            return new ActivationGradient(layer, gradient.activation(), deltas, in, results);
        }
        if (op instanceof BiasGradient bias) {
            return new BiasGradient(layer, deltas, matrix(bias.out(), layer), bias.store());
        }
        return op;
    }

    /** @param in where the derivative is taken */
    private static Epilogue epilogue(Epilogue epilogue, int layer, Buffer in) {
        Epilogue renamed = epilogue;
        if (epilogue.bias() != null) {
            renamed = renamed.withBias(matrix(epilogue.bias(), layer));
        }
        if (epilogue.derivative() != Activation.IDENTITY) {
            renamed = renamed.withDerivative(epilogue.derivative(), in);
        }
        return renamed;
    }

    /** Weights, a bias or their gradients, as those of another layer. */
    private static Buffer matrix(Buffer buffer, int layer) {
        String name = buffer.name().replaceFirst("[0-9]+$", "") + layer;
        return new Buffer(name, buffer.role(), layer, buffer.rows(), buffer.columns());
    }

    /** What the kernel of an operation takes besides the usual: its arrays, and where its parameters lie. */
    static Map<Argument, String> bindings(Op op) {
        Map<Argument, String> bindings = new LinkedHashMap<>();
        arrays(op).forEach((argument, buffer) -> bindings.put(argument, buffer.name()));
        if (op instanceof Product) {
            bindings.put(Argument.WEIGHTS_AT, "W" + op.layer());
        }
        boolean bias = op instanceof AddBias
                || op instanceof BiasGradient
                || (op instanceof Product product && product.epilogue().bias() != null);
        if (bias) {
            bindings.put(Argument.BIAS_AT, "B" + op.layer());
        }
        return bindings;
    }

    /** The arguments of {@link #bindings}. */
    static List<Argument> arguments(Op op) {
        return new ArrayList<>(bindings(op).keySet());
    }

    /** The arrays that an operation works on. Two may be the same: a result that takes the place of what it is made of is no other kernel. */
    private static Map<Argument, Buffer> arrays(Op op) {
        Map<Argument, Buffer> arrays = new LinkedHashMap<>();
        if (op instanceof Product product) {
            switch (product.kind()) {
                case FORWARD -> {
                    arrays.put(Argument.IN, product.left());
                    arrays.put(Argument.RESULTS, product.out());
                }
                case WEIGHT_GRADIENT -> {
                    arrays.put(Argument.DELTAS, product.left());
                    arrays.put(Argument.IN, product.right());
                }
                case INPUT_GRADIENT -> {
                    arrays.put(Argument.DELTAS, product.left());
                    arrays.put(Argument.RESULTS, product.out());
                    if (product.epilogue().derivativeAt() != null) {
                        arrays.put(Argument.IN, product.epilogue().derivativeAt());
                    }
                }
            }
        } else if (op instanceof AddBias bias) {
            arrays.put(Argument.RESULTS, bias.z());
        } else if (op instanceof Activate activate) {
            arrays.put(Argument.RESULTS, activate.a());
            arrays.put(Argument.IN, activate.z());
        } else if (op instanceof ActivationGradient gradient) {
            arrays.put(Argument.RESULTS, gradient.dz());
            arrays.put(Argument.DELTAS, gradient.da());
            arrays.put(Argument.IN, gradient.a());
        } else if (op instanceof BiasGradient bias) {
            arrays.put(Argument.DELTAS, bias.dz());
        }
        return arrays;
    }
}
