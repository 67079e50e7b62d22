package io.github.layerc.emit;

import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Method;
import io.github.layerc.program.op.Op;
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

    public KernelSummary {
        methods = List.copyOf(methods);
    }

    static KernelSummary of(Kernel kernel) {
        Op op = kernel.op();
        Op.Shape shape = op.shape();
        return new KernelSummary(
                kernel.method(),
                op.toString(),
                number(shape.rows()),
                number(shape.columns()),
                shape.terms() == 0 ? "" : number(shape.terms()),
                op.flopsPerSample(),
                kernel.schedule(),
                kernel.methods().stream().map(Method::name).distinct().toList());
    }

    private static String number(int value) {
        return value == Op.Shape.SAMPLES ? "samples" : String.format(Locale.ROOT, "%,d", value);
    }
}
