package io.github.layerc.emit.table;

import com.palantir.javapoet.CodeBlock;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Transform;

/** The fixed part of transformations in Java; for a new {@link Transform.Shape} the compiler points here. */
public final class ShapeCode {
    private ShapeCode() {}

    /** As {@link Transform#inner}, in the precision of its number; the number itself where nothing is done to it. */
    public static CodeBlock inner(Transform transform, CodeBlock number, Precision precision) {
        CodeBlock wide = switch (transform.shape()) {
            case LINEAR, ONE_FOR_EACH -> number;
            case LOGARITHM -> CodeBlock.of("Math.log1p($L)", number);
        };
        boolean narrow = precision == Precision.FLOAT && transform.hasInner();
        return narrow ? CodeBlock.of("(float) $L", wide) : wide;
    }

    /** As {@link Transform#undoInner}, in double; the number itself where nothing is done to it. */
    public static CodeBlock undoInner(Transform transform, CodeBlock number) {
        return switch (transform.shape()) {
            case LINEAR, ONE_FOR_EACH -> number;
            case LOGARITHM -> CodeBlock.of("Math.expm1($L)", number);
        };
    }
}
