package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Names;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/**
 * Steps of a training over arrays: what {@code FloatDirectForm} and {@code FloatParameterUpdate} of the runtime do around the kernels, for the settings of one
 * network and in the same order of operations.
 */
public final class StepEmitter {
    private final Network network;
    private final TypeName element;
    private final TypeName array;
    private final String outputs;
    private final boolean drops;
    private final PenaltyEmitter penalty;
    private final UpdateEmitter update;

    /** @param weightRows of each layer groups of four: where the first row of weights starts, the length of a row, the distance of two, their number */
    public StepEmitter(Network network, List<List<CodeBlock>> weightRows) {
        this.network = network;
        this.element = Argument.element(network.precision());
        this.array = ArrayTypeName.of(element);
        this.outputs = Names.units(network.layers().size()).text();
        this.drops = network.layers().stream().anyMatch(layer -> layer.dropout() > 0);
        this.penalty = new PenaltyEmitter(network, weightRows);
        this.update = new UpdateEmitter(network);
    }

    /** What a class of this network cannot do by itself in a step; empty where it can. */
    public static Optional<String> objection(Network network) {
        TrainingSettings settings = network.training();
        if (network.batchNorm().isPresent()) {
            return Optional.of("normalization="
                    + network.batchNorm().get().batchNorm().orElseThrow().keyword());
        }
        if (settings.optimizer().searches()) {
            return Optional.of("optimizer=" + settings.optimizer().keyword());
        }
        if (settings.clip().isPresent()) {
            return Optional.of("clip=" + settings.clip().get().keyword());
        }
        if (settings.averaging() > 0) {
            return Optional.of("averaging=" + settings.averaging());
        }
        return settings.classWeights()
                .map(some -> "class_weights=" + (some.weights().isEmpty() ? "balanced" : some.weights()));
    }

    /**
     * Adds the methods of a training.
     *
     * @param cost the call that returns the losses of what the workspace holds from sample {@code s} on
     * @param step the call of a step with its values
     */
    public void addTo(TypeSpec.Builder type, CodeBlock cost, Function<Map<Argument, CodeBlock>, CodeBlock> step) {
        type.addField(FieldSpec.builder(array, "weightedGradients", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("Gradients of the cost, laid out as the parameters.\n")
                .initializer("new $T[PARAMETERS]", element)
                .build());
        if (drops) {
            type.addField(FieldSpec.builder(TypeName.INT, "masks", Modifier.PRIVATE)
                    .addJavadoc("Steps that have left out activations, since the parameters were set.\n")
                    .build());
        }
        type.addMethod(cost(cost));
        type.addMethod(step(step));
        type.addMethod(parameters());
        type.addMethod(setParameters());
        type.addMethod(gradients(step));
        if (!network.input().scale().isOne()) {
            scaled(type);
        }
        penalty.addTo(type);
        update.addTo(type);
    }

    private MethodSpec.Builder overSamples(String name) {
        return MethodSpec.methodBuilder(name)
                .addParameter(array, "samples")
                .addParameter(array, "targets")
                .addParameter(TypeName.INT, "count")
                .returns(TypeName.DOUBLE);
    }

    private CodeBlock requireRows() {
        return CodeBlock.builder()
                .addStatement("requireRows($S, samples.length, count, INPUTS, 1)", "samples")
                .addStatement("requireRows($S, targets.length, count, $L, 1)", "targets", outputs)
                .build();
    }

    private MethodSpec cost(CodeBlock call) {
        return overSamples("cost")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "The cost of samples: the mean of their losses, without penalty.\n\n@param samples {@code [count][$L]}\n@param targets {@code [count][$L]}\n",
                        network.inputs(),
                        network.outputs())
                .addCode(requireRows())
                .addStatement("double losses = 0")
                .beginControlFlow("for (int s = 0; s < count; s += capacity)")
                .addStatement("losses += $L", call)
                .endControlFlow()
                .addStatement("return losses / count")
                .build();
    }

    private MethodSpec step(Function<Map<Argument, CodeBlock>, CodeBlock> call) {
        TrainingSettings settings = network.training();
        MethodSpec.Builder method = overSamples("step")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(TypeName.DOUBLE, "learningRate")
                .addJavadoc(
                        "One update of the parameters with $L. Allocates nothing$L.\n\n@param samples {@code [count][$L]}\n@param targets {@code [count][$L]}, what"
                                + " the loss $L takes\n@param learningRate positive and finite\n@return the cost of the samples$L, before the update\n",
                        settings.optimizer().keyword(),
                        network.input().scale().isOne() ? "" : " but, the first time, room for scaled samples",
                        network.inputs(),
                        network.outputs(),
                        network.loss().keyword(),
                        penalty.isNone() ? "" : ", penalty included")
                .addCode(requireRows())
                .beginControlFlow("if (!(learningRate > 0 && learningRate <= Double.MAX_VALUE))")
                .addStatement(
                        "throw new $T($S + learningRate)",
                        IllegalArgumentException.class,
                        "learning rate must be positive and finite: learningRate=")
                .endControlFlow();
        if (settings.optimizer().isAddition() && penalty.isNone()) {
            String factor = isFloat() ? "(float) (-learningRate / count)" : "-learningRate / count";
            method.beginControlFlow("if (count <= capacity)")
                    .addStatement(
                            "double losses = $L",
                            call.apply(values("0", "count", CodeBlock.of("parameters"), CodeBlock.of(factor))));
            stepped(method);
            method.addStatement("return losses / count").endControlFlow();
        }
        method.addStatement("double cost = addGradients(samples, targets, count)")
                .addStatement("update(learningRate)");
        stepped(method);
        return method.addStatement("return cost").build();
    }

    private void stepped(MethodSpec.Builder method) {
        if (drops) {
            method.addStatement("masks++");
        }
    }

    private boolean isFloat() {
        return network.precision() == Precision.FLOAT;
    }

    private Map<Argument, CodeBlock> values(String s, String count, CodeBlock into, CodeBlock factor) {
        boolean first = s.equals("0");
        Map<Argument, CodeBlock> values = new EnumMap<>(Argument.class);
        if (network.input().scale().isOne()) {
            values.put(Argument.X, CodeBlock.of("samples"));
            values.put(Argument.X_AT, CodeBlock.of(first ? "0" : s + " * INPUTS"));
        } else {
            values.put(Argument.X, CodeBlock.of("scaled(samples, $L, $L)", s, count));
            values.put(Argument.X_AT, CodeBlock.of("0"));
        }
        values.put(Argument.X_STRIDE, CodeBlock.of("INPUTS"));
        values.put(Argument.Y, CodeBlock.of("targets"));
        values.put(Argument.Y_AT, CodeBlock.of(first ? "0" : s + " * " + outputs));
        values.put(Argument.COUNT, CodeBlock.of(count));
        values.put(
                Argument.MASK_KEY,
                CodeBlock.of("maskKey($LL, masks)", network.initializer().seed()));
        values.put(Argument.MASK_FROM, CodeBlock.of(s));
        values.put(Argument.INTO, into);
        values.put(Argument.FACTOR, factor);
        return values;
    }

    private MethodSpec gradients(Function<Map<Argument, CodeBlock>, CodeBlock> call) {
        MethodSpec.Builder method = overSamples("addGradients")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Leaves the gradients of the cost in their array, and returns the cost.\n")
                .addStatement("$T.fill(weightedGradients, 0)", Arrays.class);
        if (!penalty.isNone()) {
            method.addStatement("double penalty = preparePenalty()");
        }
        return method.addStatement(isFloat() ? "float factor = (float) (1.0 / count)" : "double factor = 1.0 / count")
                .addStatement("double losses = 0")
                .beginControlFlow("for (int s = 0; s < count; s += capacity)")
                .addStatement("int some = Math.min(capacity, count - s)")
                .addStatement(
                        "losses += $L",
                        call.apply(values("s", "some", CodeBlock.of("weightedGradients"), CodeBlock.of("factor"))))
                .endControlFlow()
                .addStatement(penalty.isNone() ? "return losses / count" : "return losses / count + penalty")
                .build();
    }

    /** Samples of a training are scaled number by number, those of a prediction with their weights. */
    private void scaled(TypeSpec.Builder type) {
        Scale scale = network.input().scale();
        String value = "samples[from * INPUTS + i] * " + scale.numerator() + " / " + scale.denominator();
        type.addField(FieldSpec.builder(array, "scaledSamples", Modifier.PRIVATE)
                .addJavadoc(
                        "Samples of a step, scaled: {@code [capacity][$L]}, once there was a step.\n", network.inputs())
                .initializer("{}")
                .build());
        type.addMethod(MethodSpec.methodBuilder("scaled")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(array, "samples")
                .addParameter(TypeName.INT, "from")
                .addParameter(TypeName.INT, "count")
                .returns(array)
                .beginControlFlow("if (scaledSamples.length == 0)")
                .addStatement("scaledSamples = new $T[Math.multiplyExact(capacity, INPUTS)]", element)
                .endControlFlow()
                .beginControlFlow("for (int i = 0; i < count * INPUTS; i++)")
                .addStatement("scaledSamples[i] = $L", isFloat() ? "(float) (" + value + ")" : value)
                .endControlFlow()
                .addStatement("return scaledSamples")
                .build());
    }

    private MethodSpec parameters() {
        return MethodSpec.methodBuilder("parameters")
                .addModifiers(Modifier.PUBLIC)
                .returns(array)
                .addJavadoc(
                        "A copy of the parameters: W1, b1, W2, b2, ..., weights row-major {@code [units][fan-in]}.\n")
                .addStatement("$T[] canonical = new $T[$L]", element, element, network.parameterCount())
                .addStatement("unpack(parameters, canonical)")
                .addStatement("return canonical")
                .build();
    }

    private MethodSpec setParameters() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("setParameters")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(array, "canonical")
                .addJavadoc("Sets the parameters to such a copy; what steps before have left behind is forgotten.\n")
                .beginControlFlow("if (canonical.length != $L)", network.parameterCount())
                .addStatement(
                        "throw new $T($S + canonical.length)",
                        IllegalArgumentException.class,
                        "network " + network.name() + " has " + network.parameterCount() + " parameters: length=")
                .endControlFlow()
                .beginControlFlow("for (int i = 0; i < canonical.length; i++)")
                .beginControlFlow("if (!$T.isFinite(canonical[i]))", element.box())
                .addStatement(
                        "throw new $T($S + i + $S + canonical[i])",
                        IllegalArgumentException.class,
                        "parameters must be finite: parameters[",
                        "]=")
                .endControlFlow()
                .endControlFlow()
                .addStatement("pack(canonical, parameters)")
                .addCode(update.forget());
        if (drops) {
            method.addStatement("masks = 0");
        }
        return method.build();
    }
}
