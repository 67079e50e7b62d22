package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Member;
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
        Op op, String method, List<Argument> arguments, List<Method> methods, String schedule, String sampleMethod)
        implements Member {

    /** Its method for one sample. */
    public record ForSample(Kernel kernel) implements Member {
        @Override
        public String name() {
            return kernel.sampleMethod();
        }
    }

    public Kernel {
        arguments = List.copyOf(arguments);
        methods = List.copyOf(methods);
    }

    public Kernel(Op op, String method, List<Argument> arguments, List<Method> methods, String schedule) {
        this(op, method, arguments, methods, schedule, "");
    }

    @Override
    public String name() {
        return method;
    }

    /** The same with a method for one sample, and what that calls. */
    public Kernel withSample(String name, List<Method> more) {
        List<Method> all = new ArrayList<>(methods);
        all.addAll(more);
        return new Kernel(op, method, arguments, all, schedule, name);
    }

    /** The call for operations that this kernel computes: a gradient is added to gradients, or to what the step updates. */
    public Call call(List<Op> called, Expression from, Expression to) {
        return Expression.call(this, values(called, arguments, from, to));
    }

    /** The call for one sample. */
    public Call callForSample(Op called) {
        Expression none = Expression.number(0);
        if (sampleMethod.isEmpty()) {
            return call(List.of(called), none, Expression.number(1));
        }
        List<Argument> withoutRange = arguments.stream()
                .filter(argument -> argument != Argument.FROM && argument != Argument.TO)
                .toList();
        return Expression.call(new ForSample(this), values(List.of(called), withoutRange, none, none));
    }

    private static List<Expression> values(List<Op> called, List<Argument> arguments, Expression from, Expression to) {
        boolean updates = called.get(0).store() == Store.UPDATE;
        Map<Argument, Expression> bindings = new HashMap<>();
        called.forEach(each -> bindings.putAll(ShapeArguments.bindings(each)));
        List<Expression> values = new ArrayList<>();
        for (Argument argument : arguments) {
            values.add(
                    switch (argument) {
                        case INTO -> (updates ? Argument.INTO : Argument.GRADIENTS).value();
                        case FROM -> from;
                        case TO -> to;
                        case FACTOR -> (updates ? Argument.FACTOR : Argument.WEIGHT).value();
                        case IN, DELTAS, RESULTS, MEANS, VARIANCES, WEIGHTS_AT, BIAS_AT, LAYER ->
                            bindings.get(argument);
                        default -> argument.value();
                    });
        }
        return values;
    }
}
