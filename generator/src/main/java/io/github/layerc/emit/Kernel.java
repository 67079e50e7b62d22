package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.program.Epilogue.Store;
import io.github.layerc.program.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The code of one operation.
 *
 * @param op what it computes
 * @param method name of the method to call
 * @param arguments names of what it takes from the entry point, in order
 * @param methods the method itself, and what it calls
 * @param schedule in words, empty for element-wise work
 */
record Kernel(Op op, String method, List<Argument> arguments, List<MethodSpec> methods, String schedule) {

    Kernel {
        arguments = List.copyOf(arguments);
        methods = List.copyOf(methods);
    }

    /** The call for an operation that this kernel computes: a gradient is added to gradients, or to what the step updates. */
    String call(Op called, String from, String to) {
        boolean updates = called.store() == Store.UPDATE;
        Map<Argument, String> bindings = ShapeKernels.bindings(called);
        List<String> values = new ArrayList<>();
        for (Argument argument : arguments) {
            values.add(
                    switch (argument) {
                        case INTO -> (updates ? Argument.INTO : Argument.GRADIENTS).toString();
                        case FROM -> from;
                        case TO -> to;
                        case FACTOR -> (updates ? Argument.FACTOR : Argument.WEIGHT).toString();
                        case IN, DELTAS, RESULTS, WEIGHTS_AT, BIAS_AT -> bindings.get(argument);
                        default -> argument.toString();
                    });
        }
        return method + "(" + String.join(", ", values) + ")";
    }
}
