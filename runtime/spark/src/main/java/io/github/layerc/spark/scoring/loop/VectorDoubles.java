package io.github.layerc.spark.scoring.loop;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API; what is left behind the last vector in plain Java. */
final class VectorDoubles implements Doubles {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** As many floats as a vector has doubles. */
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    @Override
    public boolean within(double[] values, int count, double most) {
        int end = SPECIES.loopBound(count);
        VectorMask<Double> all = SPECIES.maskAll(true);
        for (int i = 0; i < end; i += SPECIES.length()) {
            all = all.and(DoubleVector.fromArray(SPECIES, values, i).abs().compare(VectorOperators.LE, most));
        }
        return all.allTrue() && Plain.within(values, end, count, most);
    }

    @Override
    public void copy(double[] values, int count, float[] to, int at) {
        int end = SPECIES.loopBound(count);
        for (int i = 0; i < end; i += SPECIES.length()) {
            FloatVector rounded = (FloatVector)
                    DoubleVector.fromArray(SPECIES, values, i).convertShape(VectorOperators.D2F, FLOATS, 0);
            rounded.intoArray(to, at + i);
        }
        Plain.copy(values, end, count, to, at);
    }
}
