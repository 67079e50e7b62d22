package io.github.layerc.emit.code;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.network.Precision;
import java.util.List;
import java.util.stream.Collectors;

/** What entry points hand down to kernels, and kernels to their tiles; one name means the same everywhere. */
public enum Argument {
    X("x", Kind.ARRAY),
    X_AT("xAt", Kind.INDEX),
    X_STRIDE("xStride", Kind.INDEX),
    PANELS("panels", Kind.ARRAY),
    STRIPS("strips", Kind.ARRAY),
    /** Where panels and strips start. */
    BOUND_AT("boundAt", Kind.INDEX),
    Y("y", Kind.ARRAY),
    Y_AT("yAt", Kind.INDEX),
    COUNT("count", Kind.INDEX),
    /** The first sample that a kernel takes. */
    FROM("from", Kind.INDEX),
    /** The sample behind the last one that a kernel takes. */
    TO("to", Kind.INDEX),
    /** Number of a thread's part, and the number of parts. */
    PART("part", Kind.INDEX),
    PARTS("parts", Kind.INDEX),
    INPUT_SCALE("inputScale", Kind.ELEMENT),
    WEIGHT("weight", Kind.ELEMENT),
    GRADIENTS("gradients", Kind.ARRAY),
    /** Where a gradient is added: gradients, or the parameters. */
    INTO("into", Kind.ARRAY),
    /** What it is multiplied with before: the weight of a sample, or minus its share of the learning rate. */
    FACTOR("factor", Kind.ELEMENT),
    /** Activations that a kernel for many layers reads. */
    IN("in", Kind.ARRAY),
    /** Deltas that a kernel for many layers reads. */
    DELTAS("deltas", Kind.ARRAY),
    /** What a kernel for many layers writes. */
    RESULTS("results", Kind.ARRAY),
    /** Where the weights of its layer lie. */
    WEIGHTS_AT("weightsAt", Kind.INDEX),
    /** Where the bias of its layer lies. */
    BIAS_AT("biasAt", Kind.INDEX),
    /** Pre-activations of the first layer: a row of all bound samples for each unit. */
    PRE_ACTIVATIONS("preActivations", Kind.ROWS),
    /** Where the samples of the call start in them. */
    SAMPLES_AT("samplesAt", Kind.INDEX),
    /** Products of the samples of the step with all bound ones: rows padded with zeros to a multiple of 128 bytes. */
    GRAM("gram", Kind.ARRAY),
    GRAM_AT("gramAt", Kind.INDEX),
    GRAM_STRIDE("gramStride", Kind.INDEX),
    /** Where a step leaves the deltas of the first layer: a row for each unit. */
    DELTA_ROWS("deltaRows", Kind.ROWS),
    /** Where it adds what it changes pre-activations by: a row of bound samples for each unit. */
    PRE_ACTIVATIONS_INTO("preActivationsInto", Kind.ROWS),
    OUT("out", Kind.ARRAY),
    OUT_AT("outAt", Kind.INDEX);

    private enum Kind {
        ARRAY,
        ROWS,
        INDEX,
        ELEMENT
    }

    private final String text;
    private final Kind kind;

    Argument(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    @Override
    public String toString() {
        return text;
    }

    public ParameterSpec parameter(Precision precision) {
        TypeName element = element(precision);
        TypeName type = switch (kind) {
            case ARRAY -> ArrayTypeName.of(element);
            case ROWS -> ArrayTypeName.of(ArrayTypeName.of(element));
            case INDEX -> TypeName.INT;
            case ELEMENT -> element;
        };
        return ParameterSpec.builder(type, text).build();
    }

    public static TypeName element(Precision precision) {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }

    /** {@code (a, b, c)}, the arguments and then more. */
    public static String call(List<Argument> arguments, String... more) {
        String first = arguments.stream().map(Argument::toString).collect(Collectors.joining(", "));
        String rest = String.join(", ", more);
        return "(" + first + (first.isEmpty() || rest.isEmpty() ? "" : ", ") + rest + ")";
    }
}
