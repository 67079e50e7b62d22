package io.github.layerc.spark.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every length around those of vectors, whatever their lanes. */
class DoublesTest {
    private static final double NEXT = Math.nextUp((double) Float.MAX_VALUE);

    static Stream<Doubles> both() {
        return Stream.of(new Doubles.Plain(), new VectorDoubles());
    }

    private static IntStream lengths() {
        return IntStream.rangeClosed(0, 35);
    }

    /** Of 512 bits or fewer, wherever the number stands. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e39, -1e39})
    void findsTheNumberThatIsTooLarge(double found) {
        both().forEach(doubles -> lengths().forEach(count -> {
            double[] values = new Random(count).doubles(count + 1, -1, 1).toArray();
            values[count] = found;
            assertThat(doubles.within(values, count, Float.MAX_VALUE))
                    .as("%d, behind them", count)
                    .isTrue();
            for (int at = 0; at < count; at++) {
                double usual = values[at];
                values[at] = found;
                assertThat(doubles.within(values, count, Float.MAX_VALUE))
                        .as("%d, at %d", count, at)
                        .isFalse();
                values[at] = usual;
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("both")
    void theLargestIsWithinAndTheNextIsNot(Doubles doubles) {
        double[] values = new double[17];
        for (int sign : new int[] {1, -1}) {
            Arrays.fill(values, sign * (double) Float.MAX_VALUE);
            assertThat(doubles.within(values, values.length, Float.MAX_VALUE)).isTrue();
            values[3] = sign * NEXT;
            assertThat(doubles.within(values, values.length, Float.MAX_VALUE)).isFalse();
            assertThat(doubles.within(values, values.length, Double.MAX_VALUE)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void roundsAsACastDoesAndWritesNothingElse(Doubles doubles) {
        lengths().forEach(count -> {
            double[] values = new Random(count).doubles(count, -1, 1).toArray();
            if (count > 8) {
                values[1] = Double.MIN_VALUE;
                values[2] = -0.0;
                values[8] = Float.MIN_VALUE * 0.75;
            }
            float[] to = new float[count + 5];
            Arrays.fill(to, 7);
            float[] expected = to.clone();
            for (int i = 0; i < count; i++) {
                expected[3 + i] = (float) values[i];
            }
            doubles.copy(values, count, to, 3);
            assertThat(to).as("%d", count).isEqualTo(expected);
        });
    }
}
