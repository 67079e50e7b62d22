package io.github.layerc.emit.code;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
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
 * @param sampleMethod name of the method for one sample, the first of the workspace, which takes the same but no range; empty where there is none
 */
public record Kernel(
        Op op,
        String method,
        List<Argument> arguments,
        List<MethodSpec> methods,
        String schedule,
        String sampleMethod) {

    public Kernel {
        arguments = List.copyOf(arguments);
        methods = List.copyOf(methods);
    }

    public Kernel(Op op, String method, List<Argument> arguments, List<MethodSpec> methods, String schedule) {
        this(op, method, arguments, methods, schedule, "");
    }

    /** The same with a method for one sample, and what that calls. */
    public Kernel withSample(String name, List<MethodSpec> more) {
        List<MethodSpec> all = new ArrayList<>(methods);
        all.addAll(more);
        return new Kernel(op, method, arguments, all, schedule, name);
    }

    /** The call for operations that this kernel computes: a gradient is added to gradients, or to what the step updates. */
    public String call(List<Op> called, String from, String to) {
        return method + "(" + String.join(", ", values(called, arguments, from, to)) + ")";
    }

    /** The call for one sample. */
    public String callForSample(Op called) {
        if (sampleMethod.isEmpty()) {
            return call(List.of(called), "0", "1");
        }
        List<Argument> withoutRange = arguments.stream()
                .filter(argument -> argument != Argument.FROM && argument != Argument.TO)
                .toList();
        return sampleMethod + "(" + String.join(", ", values(List.of(called), withoutRange, "", "")) + ")";
    }

    private static List<String> values(List<Op> called, List<Argument> arguments, String from, String to) {
        boolean updates = called.get(0).store() == Store.UPDATE;
        Map<Argument, String> bindings = new HashMap<>();
        called.forEach(each -> bindings.putAll(ShapeArguments.bindings(each)));
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
        return values;
    }
}
