package io.github.layerc.emit.code;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Member;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import java.util.Comparator;

/**
 * A mask or a shuffle that a class has as a constant.
 *
 * @param number the bit of a lane's number, or the layer
 */
public record LaneConstant(Kind kind, int number) implements Member, Comparable<LaneConstant> {
    private static final Comparator<LaneConstant> ORDER =
            Comparator.comparing(LaneConstant::number).thenComparing(LaneConstant::kind);

    private enum Kind {
        BIT,
        SWAP,
        TAIL
    }

    /** Lanes of the largest vector. */
    public static int lanes(Precision precision) {
        return Machine.LONGEST_VECTOR_BYTES / (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    }

    /** The lanes whose number has a bit. */
    public static LaneConstant bit(int bit) {
        return new LaneConstant(Kind.BIT, bit);
    }

    /** Each lane from the one whose number differs in a bit. */
    public static LaneConstant swap(int bit) {
        return new LaneConstant(Kind.SWAP, bit);
    }

    /** The lanes that hold units of a layer in the last vector of a row of them. */
    public static LaneConstant tail(int layer) {
        return new LaneConstant(Kind.TAIL, layer);
    }

    /** Whether it is made of the numbers of units, behind which it stands. */
    boolean ofUnits() {
        return kind == Kind.TAIL;
    }

    @Override
    public String name() {
        return kind + "_" + number;
    }

    public FieldSpec field(Precision precision) {
        ClassName type = ClassName.get("jdk.incubator.vector", kind == Kind.SWAP ? "VectorShuffle" : "VectorMask");
        return Members.constant(
                        ParameterizedTypeName.get(
                                type, Argument.element(precision).box()),
                        name(),
                        value(type))
                .toBuilder()
                .addJavadoc("$L\n", documentation())
                .build();
    }

    private CodeBlock value(ClassName type) {
        Name units = Names.units(number);
        return switch (kind) {
            case BIT -> CodeBlock.of("$T.fromLong(SPECIES, 0x$LL)", type, Long.toHexString(lanesWithBit()));
            case SWAP -> CodeBlock.of("$T.fromOp(SPECIES, lane -> lane ^ $L)", type, number);
            case TAIL -> CodeBlock.of("SPECIES.indexInRange($L / LANES * LANES, $L)", units.text(), units.text());
        };
    }

    private long lanesWithBit() {
        long pattern = 0;
        for (int lane = 0; lane < Long.SIZE; lane++) {
            pattern |= (lane & number) == 0 ? 0 : 1L << lane;
        }
        return pattern;
    }

    private String documentation() {
        return switch (kind) {
            case BIT -> "The lanes whose number has bit " + number + ".";
            case SWAP -> "Each lane from the one whose number differs in bit " + number + ".";
            case TAIL -> "The lanes of the last vector of a row that are units of layer " + number + ", not padding.";
        };
    }

    @Override
    public int compareTo(LaneConstant other) {
        return ORDER.compare(this, other);
    }
}
