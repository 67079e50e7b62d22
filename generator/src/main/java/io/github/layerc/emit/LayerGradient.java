package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
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
        String name = weights.method().replace("WeightGradient", "Gradients").replace("weightGradient", "gradients");
        Set<Argument> arguments = new LinkedHashSet<>(weights.arguments());
        arguments.addAll(bias.arguments());
        MethodSpec weightMethod = weights.methods().get(0);
        MethodSpec biasMethod = bias.methods().get(0);
        List<MethodSpec> methods = new ArrayList<>();
        methods.add(emission.method(name, arguments)
                .addJavadoc(biasMethod.javadoc())
                .addJavadoc("\n<p>")
                .addJavadoc(weightMethod.javadoc())
                .addCode("// bias\n")
                .addCode(biasMethod.code())
                // last, since it may return early, with one sample
                .addCode("\n// weights\n")
                .addCode(weightMethod.code())
                .build());
        methods.addAll(weights.methods().subList(1, weights.methods().size()));
        methods.addAll(bias.methods().subList(1, bias.methods().size()));
        return new Kernel(weights.op(), name, List.copyOf(arguments), methods, weights.schedule());
    }
}
