package io.github.layerc.spark.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
            assertThat(doubles.within(values, 0, count, Float.MAX_VALUE))
                    .as("%d, behind them", count)
                    .isTrue();
            for (int at = 0; at < count; at++) {
                double usual = values[at];
                values[at] = found;
                assertThat(doubles.within(values, 0, count, Float.MAX_VALUE))
                        .as("%d, at %d", count, at)
                        .isFalse();
                assertThat(doubles.within(values, at + 1, count, Float.MAX_VALUE))
                        .as("%d, behind %d", count, at)
                        .isTrue();
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
            assertThat(doubles.within(values, 0, values.length, Float.MAX_VALUE))
                    .isTrue();
            values[3] = sign * NEXT;
            assertThat(doubles.within(values, 0, values.length, Float.MAX_VALUE))
                    .isFalse();
            assertThat(doubles.within(values, 0, values.length, Double.MAX_VALUE))
                    .isTrue();
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

    /** Wherever the first number stands among the bytes. */
    @ParameterizedTest
    @MethodSource("both")
    void copiesPackedNumbersAsTheOthersDo(Doubles doubles) {
        lengths().forEach(count -> {
            double[] values = new Random(count).doubles(count + 1, -1, 1).toArray();
            values[count] = Double.NaN;
            for (int from : new int[] {0, 1, 16, 29}) {
                byte[] packed = packed(values, from);
                float[] rounded = new float[count + 5];
                float[] expected = new float[count + 5];
                doubles.copy(values, count, expected, 3);
                assertThat(doubles.copy(packed, from, count, Float.MAX_VALUE, rounded, 3))
                        .as("%d from %d", count, from)
                        .isTrue();
                assertThat(rounded).as("%d from %d", count, from).isEqualTo(expected);
                double[] same = new double[count + 5];
                double[] original = new double[count + 5];
                System.arraycopy(values, 0, original, 3, count);
                assertThat(doubles.copy(packed, from, count, Double.MAX_VALUE, same, 3))
                        .as("%d from %d", count, from)
                        .isTrue();
                assertThat(same).as("%d from %d", count, from).isEqualTo(original);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e39, -1e39})
    void findsThePackedNumberThatIsTooLarge(double found) {
        both().forEach(doubles -> lengths().forEach(count -> {
            for (int at = 0; at < count; at++) {
                double[] values = new double[count];
                values[at] = found;
                byte[] packed = packed(values, 5);
                assertThat(doubles.copy(packed, 5, count, Float.MAX_VALUE, new float[count], 0))
                        .as("%d, at %d", count, at)
                        .isFalse();
                assertThat(doubles.copy(packed, 5, count, Float.MAX_VALUE, new double[count], 0))
                        .as("%d, at %d", count, at)
                        .isFalse();
            }
        }));
    }

    private static byte[] packed(double[] values, int from) {
        ByteBuffer bytes =
                ByteBuffer.allocate(from + values.length * Double.BYTES).order(ByteOrder.nativeOrder());
        bytes.position(from);
        Arrays.stream(values).forEach(bytes::putDouble);
        return bytes.array();
    }
}
