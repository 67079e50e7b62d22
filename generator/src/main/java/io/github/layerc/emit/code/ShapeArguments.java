package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Expression;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Drop;
import io.github.layerc.program.op.GammaGradient;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.GramUpdate;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Normalize;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.OutputDelta;
import io.github.layerc.program.op.Product;
import io.github.layerc.program.op.Return;
import io.github.layerc.program.op.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a kernel for all layers of a shape takes besides the usual: its arrays, in the order of its parameters, then where its weights and its bias
 * lie. Nothing for operations at the first layer or at the output, which have kernels of their own. Two arrays may be the same: a result that takes
 * the place of what it is made of is no other kernel.
 */
final class ShapeArguments implements Op.Visitor<Map<Argument, Buffer>> {
    private static final ShapeArguments ARGUMENTS = new ShapeArguments();

    private ShapeArguments() {}

    /** The arguments of an operation's kernel. */
    static List<Argument> of(Op op) {
        return new ArrayList<>(op.accept(ARGUMENTS).keySet());
    }

    /** The arguments of an operation's kernel, and what is passed for them. */
    static Map<Argument, Expression> bindings(Op op) {
        Map<Argument, Expression> bindings = new LinkedHashMap<>();
        op.accept(ARGUMENTS)
                .forEach((argument, buffer) -> bindings.put(
                        argument,
                        switch (argument) {
                            case WEIGHTS_AT -> Names.weights(op.layer());
                            case BIAS_AT -> Names.bias(op.layer());
                            case LAYER -> Expression.number(op.layer());
                            default -> Expression.name(buffer.name());
                        }));
        return bindings;
    }

    @Override
    public Map<Argument, Buffer> product(Product op) {
        Map<Argument, Buffer> arguments = new LinkedHashMap<>();
        switch (op.kind()) {
            case FORWARD -> {
                arguments.put(Argument.IN, op.left());
                arguments.put(Argument.RESULTS, op.out());
            }
            case WEIGHT_GRADIENT -> {
                arguments.put(Argument.DELTAS, op.left());
                arguments.put(Argument.IN, op.right());
            }
            case INPUT_GRADIENT -> {
                arguments.put(Argument.DELTAS, op.left());
                arguments.put(Argument.RESULTS, op.out());
                if (op.epilogue().derivativeAt() != null) {
                    arguments.put(Argument.IN, op.epilogue().derivativeAt());
                }
            }
        }
        arguments.put(Argument.WEIGHTS_AT, op.matrix());
        if (op.epilogue().bias() != null) {
            arguments.put(Argument.BIAS_AT, op.epilogue().bias());
        }
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> addBias(AddBias op) {
        return ordered(Argument.RESULTS, op.z(), Argument.BIAS_AT, op.bias());
    }

    @Override
    public Map<Argument, Buffer> activate(Activate op) {
        return ordered(Argument.RESULTS, op.a(), Argument.IN, op.z());
    }

    @Override
    public Map<Argument, Buffer> activationGradient(ActivationGradient op) {
        Map<Argument, Buffer> arguments = ordered(Argument.RESULTS, op.dz(), Argument.DELTAS, op.da());
        arguments.put(Argument.IN, op.at());
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> drop(Drop op) {
        Map<Argument, Buffer> arguments = ordered(Argument.RESULTS, op.values(), Argument.LAYER, op.values());
        if (op.kept() != null) {
            arguments.put(Argument.IN, op.kept());
        }
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> normalize(Normalize op) {
        Map<Argument, Buffer> arguments = ordered(Argument.RESULTS, op.z(), Argument.IN, op.n());
        if (op.mean() != null) {
            arguments.put(Argument.MEANS, op.mean());
        }
        arguments.put(Argument.VARIANCES, op.variance());
        arguments.put(Argument.BIAS_AT, op.bias());
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> normalizeGradient(Normalize.Gradient op) {
        Map<Argument, Buffer> arguments = ordered(Argument.RESULTS, op.dn(), Argument.DELTAS, op.dz());
        arguments.put(Argument.IN, op.n());
        arguments.put(Argument.VARIANCES, op.variance());
        arguments.put(Argument.BIAS_AT, op.gamma());
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> keepStatistics(Normalize.Keep op) {
        Map<Argument, Buffer> arguments = ordered(Argument.MEANS, op.mean(), Argument.VARIANCES, op.variance());
        arguments.put(Argument.BIAS_AT, op.runningMean());
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> gammaGradient(GammaGradient op) {
        Map<Argument, Buffer> arguments = ordered(Argument.DELTAS, op.dz(), Argument.IN, op.n());
        arguments.put(Argument.BIAS_AT, op.out());
        return arguments;
    }

    @Override
    public Map<Argument, Buffer> biasGradient(BiasGradient op) {
        return ordered(Argument.DELTAS, op.dz(), Argument.BIAS_AT, op.out());
    }

    @Override
    public Map<Argument, Buffer> gather(Gather op) {
        return Map.of();
    }

    @Override
    public Map<Argument, Buffer> gramUpdate(GramUpdate op) {
        return Map.of();
    }

    @Override
    public Map<Argument, Buffer> losses(Losses op) {
        return Map.of();
    }

    @Override
    public Map<Argument, Buffer> lossGradient(LossGradient op) {
        return Map.of();
    }

    @Override
    public Map<Argument, Buffer> outputDelta(OutputDelta op) {
        return Map.of();
    }

    @Override
    public Map<Argument, Buffer> update(Update op) {
        return Map.of();
    }

    @Override
    public Map<Argument, Buffer> results(Return op) {
        return Map.of();
    }

    private static Map<Argument, Buffer> ordered(Argument first, Buffer one, Argument second, Buffer other) {
        Map<Argument, Buffer> arguments = new LinkedHashMap<>();
        arguments.put(first, one);
        arguments.put(second, other);
        return arguments;
    }
}
