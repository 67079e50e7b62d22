package io.github.layerc.spark.scoring.loop;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API; what is left behind the last vector in plain Java. */
final class VectorDoubles implements Doubles {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, SPECIES.vectorShape());

    /** As many floats as a vector has doubles. */
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    @Override
    public boolean within(double[] values, int from, int to, double most) {
        int end = from + SPECIES.loopBound(to - from);
        VectorMask<Double> all = SPECIES.maskAll(true);
        for (int i = from; i < end; i += SPECIES.length()) {
            all = all.and(within(DoubleVector.fromArray(SPECIES, values, i), most));
        }
        return all.allTrue() && Plain.areWithin(values, end, to, most);
    }

    /** Lanes are read from bytes in little-endian order: on other machines this class is not used. */
    private static DoubleVector packed(byte[] packed, int at) {
        return ByteVector.fromArray(BYTES, packed, at).reinterpretAsDoubles();
    }

    private static VectorMask<Double> within(DoubleVector some, double most) {
        return some.abs().compare(VectorOperators.LE, most);
    }

    private static FloatVector rounded(DoubleVector some) {
        return (FloatVector) some.convertShape(VectorOperators.D2F, FLOATS, 0);
    }

    @Override
    public boolean copy(byte[] packed, int from, int count, double most, float[] to, int at) {
        int end = SPECIES.loopBound(count);
        VectorMask<Double> all = SPECIES.maskAll(true);
        for (int i = 0; i < end; i += SPECIES.length()) {
            DoubleVector some = packed(packed, from + i * Double.BYTES);
            all = all.and(within(some, most));
            rounded(some).intoArray(to, at + i);
        }
        return Plain.copy(packed, from, end, count, most, to, at) && all.allTrue();
    }

    @Override
    public void copy(double[] values, int count, float[] to, int at) {
        int end = SPECIES.loopBound(count);
        for (int i = 0; i < end; i += SPECIES.length()) {
            rounded(DoubleVector.fromArray(SPECIES, values, i)).intoArray(to, at + i);
        }
        Plain.copy(values, end, count, to, at);
    }
}
