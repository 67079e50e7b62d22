package io.github.layerc.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSearchTest {
    private static final double C1 = 1e-4;
    private static final double C2 = 0.1;

    /** A function with its derivative, which counts how often it is asked. */
    private static final class Curve implements LineSearch.Line {
        private final DoubleUnaryOperator cost;
        private final DoubleUnaryOperator derivative;
        private double last;
        private int evaluations;

        Curve(DoubleUnaryOperator cost, DoubleUnaryOperator derivative) {
            this.cost = cost;
            this.derivative = derivative;
        }

        @Override
        public double cost(double t) {
            evaluations++;
            last = t;
            return cost.applyAsDouble(t);
        }

        @Override
        public double slope() {
            return derivative.applyAsDouble(last);
        }

        double search(double first, int most) {
            return new LineSearch(C1, C2, most).search(this, cost.applyAsDouble(0), derivative.applyAsDouble(0), first);
        }
    }

    /** With a single lowest point, with many, with one where the slope soon hardly changes, and infinite or no number from 1 on. */
    private static List<Curve> curves() {
        return List.of(
                new Curve(t -> (t - 3) * (t - 3), t -> 2 * (t - 3)),
                new Curve(t -> -t / (t * t + 2), t -> (t * t - 2) / Math.pow(t * t + 2, 2)),
                new Curve(t -> Math.cos(t + 0.1) + 0.01 * t * t, t -> -Math.sin(t + 0.1) + 0.02 * t),
                new Curve(t -> Math.sqrt(1 + (t - 5) * (t - 5)), t -> (t - 5) / Math.sqrt(1 + (t - 5) * (t - 5))),
                new Curve(
                        t -> t < 1 ? -t - Math.log(1 - t) / 2 : Double.POSITIVE_INFINITY,
                        t -> t < 1 ? -1 + 0.5 / (1 - t) : Double.NaN),
                new Curve(
                        t -> t < 1 ? -t - Math.log(1 - t) / 2 : Double.NaN,
                        t -> t < 1 ? -1 + 0.5 / (1 - t) : Double.NaN));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.1, 1, 10, 1000})
    void meetsTheStrongWolfeConditions(double first) {
        for (Curve curve : curves()) {
            double t = curve.search(first, 50);
            double slope = curve.derivative.applyAsDouble(0);
            assertThat(t).isPositive().isEqualTo(curve.last);
            assertThat(curve.cost.applyAsDouble(t)).isLessThanOrEqualTo(curve.cost.applyAsDouble(0) + C1 * t * slope);
            assertThat(Math.abs(curve.derivative.applyAsDouble(t))).isLessThanOrEqualTo(-C2 * slope);
            assertThat(curve.evaluations).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void takesTheFirstTrialThatWillDo() {
        Curve curve = new Curve(t -> (t - 3) * (t - 3), t -> 2 * (t - 3));
        assertThat(curve.search(2.9, 20)).isEqualTo(2.9);
        assertThat(curve.evaluations).isOne();
    }

    /** A cubic through two points of a parabola is the parabola. */
    @Test
    void findsTheLowestPointOfAParabolaAtOnce() {
        Curve far = new Curve(t -> (t - 3) * (t - 3), t -> 2 * (t - 3));
        assertThat(far.search(10, 20)).isEqualTo(3);
        assertThat(far.evaluations).isEqualTo(2);
        Curve near = new Curve(t -> (t - 3) * (t - 3), t -> 2 * (t - 3));
        assertThat(near.search(1, 20)).isEqualTo(3);
        assertThat(near.evaluations).isEqualTo(2);
    }

    @Test
    void takesTheLowestWhereNoTrialMeetsBoth() {
        Curve falls = new Curve(t -> -t, t -> -1);
        double t = falls.search(1, 5);
        // of a line there is no cubic: 1, then 4 times the last distance beyond each
        assertThat(t).isEqualTo(1 + 4 + 16 + 64 + 256).isEqualTo(falls.last);
        assertThat(falls.evaluations).isEqualTo(5);
    }

    /** The step where it stands is the one that is left. */
    @Test
    void findsNothingWhereNothingIsLower() {
        Curve rises = new Curve(t -> t, t -> -1);
        assertThat(rises.search(1, 7)).isZero();
        assertThat(rises.evaluations).isEqualTo(7);
        Curve none = new Curve(t -> Double.NaN, t -> -1);
        assertThat(none.search(1, 7)).isZero();
    }

    @Test
    void addsUpEveryLength() {
        double[] a = DoubleStream.iterate(1, each -> each + 1).limit(11).toArray();
        double[] b = DoubleStream.iterate(3, each -> each - 1).limit(11).toArray();
        double sum = 0;
        for (int length = 0; length < 9; length++) {
            assertThat(Vectors.dot(a, 2, b, 1, length)).isEqualTo(sum);
            sum += a[2 + length] * b[1 + length];
        }
    }
}
