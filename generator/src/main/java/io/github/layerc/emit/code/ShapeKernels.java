package io.github.layerc.emit.code;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One kernel for all layers of a shape, in networks of many layers: else their code would grow with their number. The kernel is that of the first
 * such layer, but takes the arrays and the places of the parameters as arguments. Layer 1 has kernels of its own, since samples are no
 * workspace, and so has what happens at the output.
 */
public final class ShapeKernels {
    private final Emission emission;
    private final Map<Integer, Integer> first = new HashMap<>();

    public ShapeKernels(Emission emission) {
        this.emission = emission;
        Map<List<Object>, Integer> shapes = new HashMap<>();
        Activation before = Activation.IDENTITY;
        for (Layer layer : emission.network().layers()) {
            List<Object> shape = List.of(
                    layer.units(),
                    layer.fanIn(),
                    layer.activation(),
                    before,
                    layer.normalization(),
                    layer.dropout(),
                    emission.storage().weights(layer.number()));
            if (layer.number() > 1) {
                first.put(layer.number(), shapes.computeIfAbsent(shape, any -> layer.number()));
            }
            before = layer.activation();
        }
    }

    /** The operation that stands for all of its shape: with the first layer's numbers, and buffers with the names of arguments. */
    public Op standIn(Op op) {
        if (emission.shapeArguments(op).isEmpty()) {
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
                        statistics -> argument(
                                statistics.role() == Role.M ? Argument.MEANS : Argument.VARIANCES, statistics, shift),
                        matrix -> matrix.ofLayer(layer)));
    }

    /**
     * What a layer writes has the role of a pre-activation where the losses read it, and of an activation where the next operation works in place: to
     * the kernel it is the same array. So for deltas.
     */
    private static Buffer argument(Argument argument, Buffer buffer, int shift) {
        boolean own = buffer.role().statistic() || buffer.role() == Role.N;
        Role role = own ? buffer.role() : buffer.role().delta() ? Role.DZ : Role.A;
        return new Buffer(argument.toString(), role, buffer.layer() + shift, buffer.rows(), buffer.columns());
    }
}
