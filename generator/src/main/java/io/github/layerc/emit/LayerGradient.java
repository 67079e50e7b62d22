package io.github.layerc.emit;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The gradients of a layer's bias and weights in one kernel.
 *
 * <pre>
 * addWeightGradient2(...), addBiasGradient2(...)   ->   addGradients2(...)
 * </pre>
 */
final class LayerGradient {
    private LayerGradient() {}

    static Kernel of(Emission emission, Kernel weights, Kernel bias) {
        int layer = weights.op().layer();
        String name = (weights.op().store() == Store.SET ? "gradients" : "addGradients") + layer;
        Set<Argument> arguments = new LinkedHashSet<>(weights.arguments());
        arguments.addAll(bias.arguments());
        Method weightMethod = weights.methods().get(0);
        Method biasMethod = bias.methods().get(0);
        Body body = new Body().comment("bias").add(biasMethod.code());
        // last, since it may return early, with one sample
        body.blank().comment("weights").add(weightMethod.code());
        List<Method> methods = new ArrayList<>();
        methods.add(emission.method(name, arguments)
                .documentation(biasMethod.documentation())
                .documentation("\n<p>")
                .documentation(weightMethod.documentation())
                .code(body));
        methods.addAll(weights.methods().subList(1, weights.methods().size()));
        methods.addAll(bias.methods().subList(1, bias.methods().size()));
        return new Kernel(weights.op(), name, List.copyOf(arguments), methods, weights.schedule());
    }
}
