package io.github.layerc.emit.code;

import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Precision;
import java.util.List;
import java.util.stream.Stream;

/** What entry points hand down to kernels, and kernels to their tiles; one name means the same everywhere. */
public enum Argument {
    X("x", Type.ARRAY),
    X_AT("xAt", Type.INT),
    X_STRIDE("xStride", Type.INT),
    PANELS("panels", Type.ARRAY),
    STRIPS("strips", Type.ARRAY),
    /** Where panels and strips start. */
    BOUND_AT("boundAt", Type.INT),
    Y("y", Type.ARRAY),
    Y_AT("yAt", Type.INT),
    COUNT("count", Type.INT),
    /** Which activations a step leaves out. */
    MASK_KEY("maskKey", Type.LONG),
    /** Place of the first sample of a call among those of the step. */
    MASK_FROM("maskFrom", Type.INT),
    /** The number of its layer, for a kernel for many layers. */
    LAYER("layer", Type.INT),
    /** The first sample that a kernel takes. */
    FROM("from", Type.INT),
    /** The sample behind the last one that a kernel takes. */
    TO("to", Type.INT),
    /** Number of a thread's part, and the number of parts. */
    PART("part", Type.INT),
    PARTS("parts", Type.INT),
    INPUT_SCALE("inputScale", Type.ELEMENT),
    WEIGHT("weight", Type.ELEMENT),
    GRADIENTS("gradients", Type.ARRAY),
    /** Where a gradient is added: gradients, or the parameters. */
    INTO("into", Type.ARRAY),
    /** What it is multiplied with before: the weight of a sample, or minus its share of the learning rate. */
    FACTOR("factor", Type.ELEMENT),
    /** Activations that a kernel for many layers reads. */
    IN("in", Type.ARRAY),
    /** Deltas that a kernel for many layers reads. */
    DELTAS("deltas", Type.ARRAY),
    /** What a kernel for many layers writes. */
    RESULTS("results", Type.ARRAY),
    /** Means of a step, for a kernel for many layers. */
    MEANS("means", Type.ARRAY),
    /** Variances of a step, for a kernel for many layers. */
    VARIANCES("variances", Type.ARRAY),
    /** Where the weights of its layer lie. */
    WEIGHTS_AT("weightsAt", Type.INT),
    /** Where the bias of its layer lies. */
    BIAS_AT("biasAt", Type.INT),
    /** Pre-activations of the first layer: a row of all bound samples for each unit. */
    PRE_ACTIVATIONS("preActivations", Type.ROWS),
    /** Where the samples of the call start in them. */
    SAMPLES_AT("samplesAt", Type.INT),
    /** Products of the samples of the step with all bound ones: rows padded with zeros to a multiple of 128 bytes. */
    GRAM("gram", Type.ARRAY),
    GRAM_AT("gramAt", Type.INT),
    GRAM_STRIDE("gramStride", Type.INT),
    /** Where a step leaves the deltas of the first layer: a row for each unit. */
    DELTA_ROWS("deltaRows", Type.ROWS),
    /** Where it adds what it changes pre-activations by: a row of bound samples for each unit. */
    PRE_ACTIVATIONS_INTO("preActivationsInto", Type.ROWS),
    OUT("out", Type.ARRAY),
    OUT_AT("outAt", Type.INT),
    /** The samples of a call. */
    BATCH("batch", Type.BATCH),
    /** The same in Gram form. */
    GRAM_BATCH("batch", Type.GRAM_BATCH);

    private final String text;
    private final Type type;

    Argument(String text, Type type) {
        this.text = text;
        this.type = type;
    }

    /** What it holds: each has a method of its name. Empty for all but batches. */
    public List<Argument> held() {
        return switch (this) {
            case BATCH -> List.of(X, X_AT, X_STRIDE, Y, Y_AT, COUNT, MASK_KEY, MASK_FROM);
            case GRAM_BATCH ->
                List.of(PRE_ACTIVATIONS, SAMPLES_AT, GRAM, GRAM_AT, GRAM_STRIDE, Y, Y_AT, COUNT, MASK_KEY, MASK_FROM);
            default -> List.of();
        };
    }

    @Override
    public String toString() {
        return text;
    }

    public Type type() {
        return type;
    }

    /** Its value, where it is in scope. */
    public Name value() {
        return Expression.name(text);
    }

    public static TypeName element(Precision precision) {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }

    /** The call of a method with the arguments, and then more. */
    public static Call call(String method, List<Argument> arguments, Expression... more) {
        return Expression.call(
                method,
                Stream.concat(arguments.stream().map(Argument::value), Stream.of(more))
                        .toList());
    }
}
