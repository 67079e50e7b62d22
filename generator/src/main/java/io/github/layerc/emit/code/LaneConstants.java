package io.github.layerc.emit.code;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;

/** The constants of a class that adds up the lanes of vectors in registers. */
public final class LaneConstants {
    private static final int LARGEST_VECTOR_BITS = 512;

    private LaneConstants() {}

    /** Lanes of the largest vector. */
    public static int lanes(Precision precision) {
        return LARGEST_VECTOR_BITS / (precision == Precision.FLOAT ? Float.SIZE : Double.SIZE);
    }

    /** The masks and shuffles, one of each for each bit of a lane's number. */
    static List<FieldSpec> of(Precision precision) {
        TypeName element = Argument.element(precision).box();
        ClassName mask = ClassName.get("jdk.incubator.vector", "VectorMask");
        ClassName shuffle = ClassName.get("jdk.incubator.vector", "VectorShuffle");
        List<FieldSpec> constants = new ArrayList<>();
        for (int bit = 1; bit < lanes(precision); bit *= 2) {
            long pattern = 0;
            for (int lane = 0; lane < Long.SIZE; lane++) {
                pattern |= (lane & bit) == 0 ? 0 : 1L << lane;
            }
            constants.add(Members.constant(
                            ParameterizedTypeName.get(mask, element),
                            "BIT_" + bit,
                            CodeBlock.of("$T.fromLong(SPECIES, 0x$LL)", mask, Long.toHexString(pattern)))
                    .toBuilder()
                    .addJavadoc("The lanes whose number has bit $L.\n", bit)
                    .build());
            constants.add(Members.constant(
                            ParameterizedTypeName.get(shuffle, element),
                            "SWAP_" + bit,
                            CodeBlock.of("$T.fromOp(SPECIES, lane -> lane ^ $L)", shuffle, bit))
                    .toBuilder()
                    .addJavadoc("Each lane from the one whose number differs in bit $L.\n", bit)
                    .build());
        }
        return constants;
    }
}
