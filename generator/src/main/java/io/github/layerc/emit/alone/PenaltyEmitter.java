package io.github.layerc.emit.alone;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Names;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.Precision;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The penalty of weights, of a class that trains without the runtime: with it the gradients of a step begin. */
final class PenaltyEmitter {
    private final Network network;
    private final List<List<CodeBlock>> weightRows;

    /** @param weightRows as in {@link StepEmitter} */
    PenaltyEmitter(Network network, List<List<CodeBlock>> weightRows) {
        this.network = network;
        this.weightRows = List.copyOf(weightRows);
    }

    private Penalty of(Layer layer) {
        return network.training().penaltyOf(layer);
    }

    boolean isNone() {
        return network.layers().stream().allMatch(layer -> of(layer).isNone());
    }

    /** Adds {@code preparePenalty()}, which sets the gradients of weights, all 0 before, and returns the penalty. */
    void addTo(TypeSpec.Builder type) {
        if (isNone()) {
            return;
        }
        MethodSpec.Builder all = MethodSpec.methodBuilder("preparePenalty")
                .addModifiers(Modifier.PRIVATE)
                .returns(TypeName.DOUBLE)
                .addJavadoc("Sets the gradients of weights to those of their penalty, and returns that.\n")
                .addStatement("double penalty = 0");
        for (Layer layer : network.layers()) {
            Penalty of = of(layer);
            if (of.isNone()) {
                continue;
            }
            String from = Names.weights(layer.number()).text();
            String to = Names.bias(layer.number()).text();
            all.addStatement("prepare($L, $L, $L, $L)", from, to, of.l1(), of.l2());
            List<CodeBlock> rows = weightRows.get(layer.number() - 1);
            for (int group = 0; group < rows.size(); group += 4) {
                all.addStatement(
                        "penalty += penalty($L, $L, $L)",
                        CodeBlock.join(rows.subList(group, group + 4), ", "),
                        of.l1(),
                        of.l2());
            }
        }
        type.addMethod(all.addStatement("return penalty").build());
        type.addMethod(prepare());
        type.addMethod(penalty());
        type.addMethod(sum("sumOfSquares", "(double) parameters[$1L] * parameters[$1L]"));
        type.addMethod(sum("sumOfMagnitudes", "Math.abs(parameters[$1L])"));
    }

    private static MethodSpec.Builder overRange(String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(TypeName.INT, "from")
                .addParameter(TypeName.INT, "to");
    }

    private MethodSpec prepare() {
        TypeName element = Argument.element(network.precision());
        String cast = network.precision() == Precision.FLOAT ? "(float) " : "";
        return overRange("prepare")
                .addParameter(TypeName.DOUBLE, "l1")
                .addParameter(TypeName.DOUBLE, "l2")
                .addStatement("$T square = $Ll2", element, cast)
                .addStatement("$T magnitude = $Ll1", element, cast)
                .beginControlFlow("for (int i = from; i < to; i++)")
                .addStatement("weightedGradients[i] = square * parameters[i]")
                .endControlFlow()
                .beginControlFlow("for (int i = from; i < to && l1 > 0; i++)")
                .addStatement("weightedGradients[i] += magnitude * Math.signum(parameters[i])")
                .endControlFlow()
                .build();
    }

    private MethodSpec penalty() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("penalty")
                .addModifiers(Modifier.PRIVATE)
                .returns(TypeName.DOUBLE);
        List.of("first", "length", "distance", "rows").forEach(name -> method.addParameter(TypeName.INT, name));
        return method.addParameter(TypeName.DOUBLE, "l1")
                .addParameter(TypeName.DOUBLE, "l2")
                .addJavadoc("Of rows of weights: what lies between them is none.\n")
                .addStatement("double magnitudes = 0")
                .addStatement("double squares = 0")
                .beginControlFlow("for (int row = 0; row < rows; row++)")
                .addStatement("int from = first + row * distance")
                .addStatement("magnitudes += l1 == 0 ? 0 : sumOfMagnitudes(from, from + length)")
                .addStatement("squares += l2 == 0 ? 0 : sumOfSquares(from, from + length)")
                .endControlFlow()
                .addStatement("return l1 * magnitudes + l2 / 2 * squares")
                .build();
    }

    /** @param term of the parameter at a place */
    private MethodSpec sum(String name, String term) {
        MethodSpec.Builder method = overRange(name)
                .returns(TypeName.DOUBLE)
                .addJavadoc("In double and in four chains, since an addition waits for the one before.\n");
        for (int chain = 0; chain < 4; chain++) {
            method.addStatement("double sum$L = 0", chain);
        }
        method.addStatement("int i = from").beginControlFlow("for (; i < to - 3; i += 4)");
        for (int chain = 0; chain < 4; chain++) {
            method.addStatement("sum$L += $L", chain, CodeBlock.of(term, chain == 0 ? "i" : "i + " + chain));
        }
        return method.endControlFlow()
                .beginControlFlow("for (; i < to; i++)")
                .addStatement("sum0 += $L", CodeBlock.of(term, "i"))
                .endControlFlow()
                .addStatement("return (sum0 + sum1) + (sum2 + sum3)")
                .build();
    }
}
