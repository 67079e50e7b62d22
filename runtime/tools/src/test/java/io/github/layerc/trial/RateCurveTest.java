package io.github.layerc.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.trial.RateCurve.Tried;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateCurveTest {
    /** Rates 1, 2, 3, ... */
    private static RateCurve curve(double start, double... costs) {
        return above(1000, start, costs);
    }

    private static RateCurve above(double constant, double start, double... costs) {
        List<Tried> tried = new ArrayList<>();
        for (double cost : costs) {
            tried.add(new Tried(tried.size() + 1, cost));
        }
        return new RateCurve(start, constant, 1e-9, tried);
    }

    @Test
    void smoothsOverNeighboursAndEndsOverThemselves() {
        RateCurve curve = curve(10, 8, 4, 0);
        assertThat(curve.smoothed(0)).isEqualTo(7);
        assertThat(curve.smoothed(1)).isEqualTo(4);
        assertThat(curve.smoothed(2)).isEqualTo(1);
    }

    /** Four times the start is the end of the scale: a cost that has left it says no more than that, whatever it is. */
    @Test
    void aCostThatHasExplodedCountsAsTheHighestOne() {
        for (double cost : new double[] {41, 1e300, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThat(RateCurve.explodes(10, cost)).isTrue();
            assertThat(curve(10, 8, cost).smoothed(0)).isEqualTo(16);
        }
        assertThat(RateCurve.explodes(10, 40)).isFalse();
        // costs can be negative, as those of poisson
        assertThat(RateCurve.explodes(-10, 20)).isFalse();
        assertThat(RateCurve.explodes(-10, 21)).isTrue();
    }

    /** A larger rate that falls again behind one that does not is luck. */
    @Test
    void theLargestRateIsTheLastBeforeTheFirstThatDoesNotFall() {
        RateCurve curve = curve(10, 9, 6, 2, 2, 20, 20, 20, 8, 9);
        assertThat(curve.largest()).isEqualTo(4);
        assertThat(curve.endsBeforeTheEdge()).isFalse();
    }

    @Test
    void suggestsHalfOfTheBestFallWithinAThirdOfTheLargestRate() {
        // smoothed 9.75, 9.25, 7.5, 4.5, 2.5, 4, 8.75, 15: half of a fall by 7.5 is reached at 6.25
        RateCurve far = curve(10, 10, 9, 9, 3, 3, 1, 11, 12);
        assertThat(far.smoothed(3)).isEqualTo(4.5);
        assertThat(far.largest()).isEqualTo(7);
        assertThat(far.suggested()).isEqualTo(7 / 3.0);
        RateCurve early = curve(10, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(early.suggested()).isEqualTo(1);
    }

    /** Large rates leave a network whose units are all idle: it comes to the mean of the targets, here 8, which is no fall. */
    @Test
    void outputsThatAreTheSameForAllSamplesAreNoFall() {
        double[] costs = {10, 8, 6, 4, 4, 6, 8, 8, 8, 8, 8};
        assertThat(curve(10, costs).largest()).isEqualTo(11);
        RateCurve curve = above(8, 10, costs);
        assertThat(curve.learns()).isTrue();
        assertThat(curve.largest()).isEqualTo(7);
        // half of the way from 8 to a smoothed 4.5
        assertThat(curve.smoothed(2)).isEqualTo(6);
        assertThat(curve.suggested()).isEqualTo(7 / 3.0);
        // where no rate has learnt more in so few steps, falls are those from the start
        RateCurve early = above(3, 10, costs);
        assertThat(early.learns()).isFalse();
        assertThat(early.falls()).isTrue();
        assertThat(early.largest()).isEqualTo(11);
    }

    @Test
    void roundingsAreNoFall() {
        assertThat(curve(10, 10 - 1e-10, 10, 10).falls()).isFalse();
        assertThat(curve(10, 10 - 1e-8, 10 - 1e-8, 10).falls()).isTrue();
        assertThat(curve(10, 11, Double.NaN).falls()).isFalse();
    }

    @Test
    void writesAllDigits() {
        assertThat(curve(0.5, 0.4, Double.NaN).csv()).isEqualTo("""
                rate,cost,smoothed
                1.0,0.4,0.8
                2.0,NaN,1.6
                """);
    }
}
