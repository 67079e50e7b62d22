package io.github.layerc.emit;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.program.Buffer;
import io.github.layerc.program.Epilogue;
import io.github.layerc.program.Op;
import io.github.layerc.program.Op.ProductKind;
import java.util.ArrayList;
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
        Map<Buffer, Buffer> names = new HashMap<>();
        names(op)
                .forEach((buffer, argument) -> names.put(
                        buffer,
                        new Buffer(
                                argument.toString(),
                                buffer.role(),
                                buffer.layer() - op.layer() + layer,
                                buffer.rows(),
                                buffer.columns())));
        if (op instanceof Op.Product product) {
            Buffer matrix = matrix(product.matrix(), layer);
            boolean gradient = product.kind() == ProductKind.WEIGHT_GRADIENT;
            return new Op.Product(
                    product.kind(),
                    layer,
                    names.get(product.left()),
                    gradient ? names.get(product.right()) : matrix,
                    gradient ? matrix : names.get(product.out()),
                    epilogue(product.epilogue(), layer, names));
        }
        if (op instanceof Op.AddBias bias) {
            return new Op.AddBias(layer, names.get(bias.z()), matrix(bias.bias(), layer));
        }
        if (op instanceof Op.Activate activate) {
            return new Op.Activate(layer, activate.activation(), names.get(activate.z()), names.get(activate.a()));
        }
        if (op instanceof Op.ActivationGradient gradient) {
            return new Op.ActivationGradient(
                    layer,
                    gradient.activation(),
                    names.get(gradient.da()),
                    names.get(gradient.a()),
                    names.get(gradient.dz()));
        }
        if (op instanceof Op.BiasGradient bias) {
            return new Op.BiasGradient(layer, names.get(bias.dz()), matrix(bias.out(), layer), bias.store());
        }
        return op;
    }

    private static Epilogue epilogue(Epilogue epilogue, int layer, Map<Buffer, Buffer> names) {
        Epilogue renamed = epilogue;
        if (epilogue.bias() != null) {
            renamed = renamed.withBias(matrix(epilogue.bias(), layer));
        }
        if (epilogue.derivative() != Activation.IDENTITY) {
            renamed = renamed.withDerivative(epilogue.derivative(), names.get(epilogue.derivativeAt()));
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
        names(op).forEach((buffer, argument) -> bindings.putIfAbsent(argument, buffer.name()));
        if (op instanceof Op.Product) {
            bindings.put(Argument.WEIGHTS_AT, "W" + op.layer());
        }
        boolean bias = op instanceof Op.AddBias
                || op instanceof Op.BiasGradient
                || (op instanceof Op.Product product && product.epilogue().bias() != null);
        if (bias) {
            bindings.put(Argument.BIAS_AT, "B" + op.layer());
        }
        return bindings;
    }

    /** The arguments of {@link #bindings}. */
    static List<Argument> arguments(Op op) {
        return new ArrayList<>(bindings(op).keySet());
    }

    private static Map<Buffer, Argument> names(Op op) {
        Map<Buffer, Argument> names = new LinkedHashMap<>();
        if (op instanceof Op.Product product) {
            switch (product.kind()) {
                case FORWARD -> {
                    names.put(product.left(), Argument.IN);
                    names.put(product.out(), Argument.RESULTS);
                }
                case WEIGHT_GRADIENT -> {
                    names.put(product.left(), Argument.DELTAS);
                    names.put(product.right(), Argument.IN);
                }
                case INPUT_GRADIENT -> {
                    names.put(product.left(), Argument.DELTAS);
                    names.put(product.out(), Argument.RESULTS);
                    if (product.epilogue().derivativeAt() != null) {
                        names.put(product.epilogue().derivativeAt(), Argument.IN);
                    }
                }
            }
        } else if (op instanceof Op.AddBias bias) {
            names.put(bias.z(), Argument.RESULTS);
        } else if (op instanceof Op.Activate activate) {
            names.put(activate.a(), Argument.RESULTS);
            names.putIfAbsent(activate.z(), Argument.IN);
        } else if (op instanceof Op.ActivationGradient gradient) {
            names.put(gradient.dz(), Argument.RESULTS);
            names.putIfAbsent(gradient.da(), Argument.DELTAS);
            names.put(gradient.a(), Argument.IN);
        } else if (op instanceof Op.BiasGradient bias) {
            names.put(bias.dz(), Argument.DELTAS);
        }
        return names;
    }
}
