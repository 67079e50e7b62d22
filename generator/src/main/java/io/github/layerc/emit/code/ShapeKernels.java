package io.github.layerc.emit.code;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Op;
import io.github.layerc.schedule.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One kernel for all layers of a shape, in networks of many layers: else their code would grow with their number. The kernel is that of the first
 * such layer, but takes the arrays and the places of the parameters as arguments. Layer 1 has kernels of its own, since samples are no
 * workspace, and so has what happens at the output.
 */
public final class ShapeKernels {
    /** Networks of fewer layers have a kernel for each, which names what it works on. */
    private static final int MANY_LAYERS = 16;

    private final Network network;
    private final Map<Integer, Integer> first = new HashMap<>();

    public ShapeKernels(Network network, Storage storage) {
        this.network = network;
        Map<List<Object>, Integer> shapes = new HashMap<>();
        Activation before = Activation.IDENTITY;
        for (Layer layer : network.layers()) {
            List<Object> shape =
                    List.of(layer.units(), layer.fanIn(), layer.activation(), before, storage.weights(layer.number()));
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
    public Op standIn(Op op) {
        if (!suit(network, op.layer())) {
            return op;
        }
        if (ShapeArguments.of(op).isEmpty()) {
            return op;
        }
        int layer = first.get(op.layer());
        int shift = layer - op.layer();
        return op.renamed(
                layer,
                new Op.Renaming(
                        in -> argument(Argument.IN, in, shift),
                        deltas -> argument(Argument.DELTAS, deltas, shift),
                        results -> argument(Argument.RESULTS, results, shift),
                        matrix -> matrix.ofLayer(layer)));
    }

    /**
     * What a layer writes has the role of a pre-activation where the losses read it, and of an activation where the next operation works in place: to
     * the kernel it is the same array. So for deltas.
     */
    private static Buffer argument(Argument argument, Buffer buffer, int shift) {
        Role role = buffer.role().delta() ? Role.DZ : Role.A;
        return new Buffer(argument.toString(), role, buffer.layer() + shift, buffer.rows(), buffer.columns());
    }
}
