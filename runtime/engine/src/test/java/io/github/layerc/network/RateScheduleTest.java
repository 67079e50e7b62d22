package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas themselves are compared with NumPy, in whole trainings; here, what happens at their ends. */
final class RateScheduleTest {
    private static double[] rates(RateSchedule schedule, int updates) {
        return IntStream.range(0, updates)
                .mapToDouble(update -> schedule.rate(2, update, updates, 0))
                .toArray();
    }

    @Test
    void oneUpdateIsATrainingToo() {
        for (RateSchedule schedule : RateSchedule.all()) {
            assertThat(rates(schedule, 1)[0])
                    .as(schedule.keyword())
                    .isPositive()
                    .isLessThanOrEqualTo(2);
        }
    }

    /** The rate of the settings is the largest one, and every one is a number. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.network.RateSchedule#all")
    void staysBelowTheRateOfTheSettings(RateSchedule schedule) {
        for (int updates = 1; updates < 40; updates++) {
            for (double rate : rates(schedule, updates)) {
                assertThat(rate).isNotNegative().isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void warmsUpAndThenStarts() {
        assertThat(rates(RateSchedule.constant(4), 6)).containsExactly(0.5, 1, 1.5, 2, 2, 2);
        double[] warm = rates(RateSchedule.cosine(0, 4), 14);
        double[] cold = rates(RateSchedule.COSINE, 10);
        assertThat(warm).startsWith(0.5, 1, 1.5, 2).endsWith(cold);
        // longer than the training
        assertThat(rates(RateSchedule.polynomial(1, 0, 8), 3)).containsExactly(0.25, 0.5, 0.75);
    }

    @Test
    void stepsDownEverySoManyUpdates() {
        assertThat(rates(RateSchedule.step(2, 0.5, 0), 5)).containsExactly(2, 2, 1, 1, 0.5);
        assertThat(rates(RateSchedule.step(2, 0.5, 1), 4)).containsExactly(2, 2, 2, 1);
    }

    @Test
    void cycleGoesUpToTheRateAndDown() {
        double[] rates = rates(RateSchedule.oneCycle(0.5, 0.25, 0.125), 8);
        assertThat(rates[0]).isEqualTo(0.5);
        assertThat(rates[3]).isEqualTo(2);
        assertThat(rates[7]).isCloseTo(0.25, within(1e-15));
        assertThat(IntStream.range(1, 8).filter(i -> rates[i] > rates[i - 1]).toArray())
                .containsExactly(1, 2, 3);
        // the top is the first update, or before it
        assertThat(rates(RateSchedule.oneCycle(0.5, 0.25, 0.125), 2)).startsWith(2);
        assertThat(rates(RateSchedule.oneCycle(0.3, 0.25, 0.125), 2)[0]).isBetween(0.25, 2.0);
    }

    @Test
    void reductionsMultiplyDownToTheLowest() {
        RateSchedule schedule = RateSchedule.reduceOnPlateau(0.5, 3, 0, 0.2, 2);
        assertThat(IntStream.range(0, 4).mapToDouble(r -> schedule.rate(1, 2, 9, r)))
                .containsExactly(1.0, 0.5, 0.25, 0.2);
        assertThat(schedule.rate(1, 0, 9, 3)).isEqualTo(0.5);
        assertThat(schedule.plateau(EarlyStopping.Monitor.COST))
                .contains(new EarlyStopping(EarlyStopping.Monitor.COST, 3, 0));
        assertThat(RateSchedule.COSINE.plateau(EarlyStopping.Monitor.COST)).isEmpty();
    }

    @Test
    void onlyAConstantWithoutWarmUpNeverChanges() {
        assertThat(RateSchedule.constant(0).isConstant()).isTrue();
        assertThat(RateSchedule.constant(1).isConstant()).isFalse();
        assertThat(RateSchedule.all().stream().filter(RateSchedule::isConstant)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, 2147483648.0, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNumbersOfUpdatesThatAreNone(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSchedule.constant(number))
                .withMessage("warm_up must be a whole number from 0 to 2147483647: warm_up=" + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSchedule.STEP.with(List.of(number, 0.5, 0.0)))
                .withMessage("every must be a whole number from 1 to 2147483647: every=" + number);
    }
}
