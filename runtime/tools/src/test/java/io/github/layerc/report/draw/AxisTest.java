package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @Test
    void standsOnRoundNumbers() {
        assertThat(Axis.of(0.088, 0.772, 5)).isEqualTo(new Axis(0, 0.8, false, List.of(0.0, 0.2, 0.4, 0.6, 0.8)));
        assertThat(Axis.of(-3, 7, 5).ticks()).containsExactly(-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0);
        assertThat(Axis.of(0.004, 0.7, 8))
                .isEqualTo(new Axis(0.002, 1, true, List.of(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)));
        assertThat(Axis.of(1e-9, 3e4, 5).ticks()).containsExactly(1e-9, 1e-6, 1e-3, 1.0, 1000.0);
        assertThat(Axis.ofCounts(0, 2499, 8).ticks()).containsExactly(0.0, 500.0, 1000.0, 1500.0, 2000.0);
    }

    @Test
    void hasNoTickBetweenTwoIterations() {
        assertThat(Axis.ofCounts(0, 0, 8).ticks()).containsExactly(0.0, 1.0);
        assertThat(Axis.ofCounts(0, 3, 8).ticks()).containsExactly(0.0, 1.0, 2.0, 3.0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-1, -1",
        "1e300, 1e300",
        "-1e300, 1e299",
        "0, 5e-324",
        "1e-300, 1e300",
        "1e-310, 2e-310",
        "1e17, 100000000000000016",
        "-1e17, -99999999999999984"
    })
    void takesValuesAtTheEdgeOfWhatThereIs(double least, double most) {
        requireUsable(Axis.of(least, most, 5), least, most);
        if (least == Math.rint(least) && most == Math.rint(most)) {
            requireUsable(Axis.ofCounts(least, most, 5), least, most);
        }
    }

    @Test
    void takesAnyValues() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double a = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            double b = random.nextBoolean() ? a * (1 + random.nextDouble()) : random.nextGaussian();
            requireUsable(
                    Axis.of(Math.min(a, b), Math.max(a, b), 1 + random.nextInt(8)), Math.min(a, b), Math.max(a, b));
        }
    }

    private static void requireUsable(Axis axis, double least, double most) {
        assertThat(axis.from()).isLessThanOrEqualTo(least);
        assertThat(axis.to()).isGreaterThanOrEqualTo(most);
        assertThat(axis.place(least)).isBetween(0.0, 1.0);
        assertThat(axis.place(most)).isBetween(axis.place(least), 1.0);
        assertThat(axis.ticks()).as("ticks of %s", axis).hasSizeBetween(1, 20).isSorted();
        assertThat(axis.ticks()).allSatisfy(tick -> assertThat(axis.place(tick)).isBetween(0.0, 1.0));
    }

    @Test
    void putsEqualFactorsAtEqualDistances() {
        Axis axis = Axis.of(1, 100, 5);
        assertThat(axis.place(10)).isEqualTo(0.5);
        assertThat(axis.place(0)).isZero();
        assertThat(axis.place(1e9)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "2, 1, false", "0, 1, true", "-1, 1, true", "NaN, 1, false", "0, Infinity, false"})
    void refusesWhatIsNoRange(double from, double to, boolean logarithmic) {
        assertThatThrownBy(() -> new Axis(from, to, logarithmic, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "an axis must run from a number to a larger one, which are positive on a logarithmic axis: from="
                                + from + ", to=" + to + ", logarithmic=" + logarithmic);
    }
}
