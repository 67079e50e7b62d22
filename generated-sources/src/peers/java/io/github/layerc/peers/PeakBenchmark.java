package io.github.layerc.peers;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The multiply-add peak of one thread, in float: chains of multiply-adds that never leave the registers and do not wait for one another.
 * Sixteen chains hide the latency where there are 32 registers; with 16 of them, two must be left for the factor and the summand.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class PeakBenchmark {
    /** Rounds of a call: so many that its beginning and end do not count, so few that it is compiled soon. */
    static final int ROUNDS = 2_000;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    // fields that are not final, so that nothing is computed while compiling; every chain tends to 1
    private float factor = 0.9f;
    private float summand = 0.1f;
    private final float[] result = new float[SPECIES.length()];

    /** FLOPs of a call. */
    static double flops(int chains) {
        return 2.0 * SPECIES.length() * chains * ROUNDS;
    }

    @Benchmark
    public float[] chains12() {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector s = FloatVector.broadcast(SPECIES, summand);
        FloatVector c0 = f;
        FloatVector c1 = c0.add(s);
        FloatVector c2 = c1.add(s);
        FloatVector c3 = c2.add(s);
        FloatVector c4 = c3.add(s);
        FloatVector c5 = c4.add(s);
        FloatVector c6 = c5.add(s);
        FloatVector c7 = c6.add(s);
        FloatVector c8 = c7.add(s);
        FloatVector c9 = c8.add(s);
        FloatVector c10 = c9.add(s);
        FloatVector c11 = c10.add(s);
        for (int i = 0; i < ROUNDS; i++) {
            c0 = c0.fma(f, s);
            c1 = c1.fma(f, s);
            c2 = c2.fma(f, s);
            c3 = c3.fma(f, s);
            c4 = c4.fma(f, s);
            c5 = c5.fma(f, s);
            c6 = c6.fma(f, s);
            c7 = c7.fma(f, s);
            c8 = c8.fma(f, s);
            c9 = c9.fma(f, s);
            c10 = c10.fma(f, s);
            c11 = c11.fma(f, s);
        }
        c0.add(c1)
                .add(c2.add(c3))
                .add(c4.add(c5).add(c6.add(c7)))
                .add(c8.add(c9).add(c10.add(c11)))
                .intoArray(result, 0);
        return result;
    }

    @Benchmark
    public float[] chains16() {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector s = FloatVector.broadcast(SPECIES, summand);
        FloatVector c0 = f;
        FloatVector c1 = c0.add(s);
        FloatVector c2 = c1.add(s);
        FloatVector c3 = c2.add(s);
        FloatVector c4 = c3.add(s);
        FloatVector c5 = c4.add(s);
        FloatVector c6 = c5.add(s);
        FloatVector c7 = c6.add(s);
        FloatVector c8 = c7.add(s);
        FloatVector c9 = c8.add(s);
        FloatVector c10 = c9.add(s);
        FloatVector c11 = c10.add(s);
        FloatVector c12 = c11.add(s);
        FloatVector c13 = c12.add(s);
        FloatVector c14 = c13.add(s);
        FloatVector c15 = c14.add(s);
        for (int i = 0; i < ROUNDS; i++) {
            c0 = c0.fma(f, s);
            c1 = c1.fma(f, s);
            c2 = c2.fma(f, s);
            c3 = c3.fma(f, s);
            c4 = c4.fma(f, s);
            c5 = c5.fma(f, s);
            c6 = c6.fma(f, s);
            c7 = c7.fma(f, s);
            c8 = c8.fma(f, s);
            c9 = c9.fma(f, s);
            c10 = c10.fma(f, s);
            c11 = c11.fma(f, s);
            c12 = c12.fma(f, s);
            c13 = c13.fma(f, s);
            c14 = c14.fma(f, s);
            c15 = c15.fma(f, s);
        }
        c0.add(c1)
                .add(c2.add(c3))
                .add(c4.add(c5).add(c6.add(c7)))
                .add(c8.add(c9).add(c10.add(c11)).add(c12.add(c13).add(c14.add(c15))))
                .intoArray(result, 0);
        return result;
    }
}
