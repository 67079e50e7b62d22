package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.List;
import java.util.Locale;

/**
 * A kernel without its code, for reports. What it computes has the shape {@code [m][n]}, each element a sum of {@code k} terms: the weight
 * gradient of layer 1 of CatNet4 is {@code [20][12,288]}, summed over the samples. The losses, one number, have the shape of what they are taken
 * from.
 *
 * @param method name of the method that entry points call
 * @param formula what it computes
 * @param m rows of the result: a number, or {@code samples} since their number is known at run time only
 * @param n columns of the result, likewise
 * @param k terms of each sum, likewise; empty where nothing is summed
 * @param flopsPerSample multiply-adds of products, counted as two; 0 for element-wise work
 * @param schedule in words, empty for element-wise work
 * @param methods names of all its methods, {@code method} first
 */
public record KernelSummary(
        String method,
        String formula,
        String m,
        String n,
        String k,
        long flopsPerSample,
        String schedule,
        List<String> methods) {

    private static final String SAMPLES = "samples";

    public KernelSummary {
        methods = List.copyOf(methods);
    }

    static KernelSummary of(Kernel kernel) {
        Op op = kernel.op();
        Shape shape = Shape.of(op);
        return new KernelSummary(
                kernel.method(),
                op.toString(),
                shape.m(),
                shape.n(),
                shape.k(),
                op.flopsPerSample(),
                kernel.schedule(),
                kernel.methods().stream().map(MethodSpec::name).distinct().toList());
    }

    private record Shape(String m, String n, String k) {
        static Shape of(Op op) {
            if (op instanceof Product product) {
                String units = number(product.matrix().rows());
                String inputs = number(product.matrix().columns());
                return switch (product.kind()) {
                    case FORWARD -> new Shape(SAMPLES, units, inputs);
                    case WEIGHT_GRADIENT -> new Shape(units, inputs, SAMPLES);
                    case INPUT_GRADIENT -> new Shape(SAMPLES, inputs, units);
                };
            }
            if (op instanceof BiasGradient gradient) {
                return new Shape("1", number(gradient.dz().columns()), SAMPLES);
            }
            Buffer out =
                    op instanceof Losses losses ? losses.from() : op.writes().get(0);
            return new Shape(out.perSample() ? SAMPLES : number(out.rows()), number(out.columns()), "");
        }

        private static String number(int value) {
            return String.format(Locale.ROOT, "%,d", value);
        }
    }
}
