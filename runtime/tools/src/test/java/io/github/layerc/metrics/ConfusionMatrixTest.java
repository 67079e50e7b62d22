package io.github.layerc.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.metrics.ConfusionMatrix.Average;
import io.github.layerc.metrics.ConfusionMatrix.Pair;
import io.github.layerc.network.TargetRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    /** Class by class what three outputs made of seven samples; the last has no class. */
    private static final Outcomes THREE = outcomes(3, new int[] {0, 0, 0, 1, 1, 2, 2}, new double[][] {
        {.8, .1, .1}, {.2, .7, .1}, {.2, .7, .1}, {.1, .8, .1}, {.6, .3, .1}, {.9, .1, 0}, {Double.NaN, 0, 1}
    });

    private static Outcomes outcomes(int outputs, int[] classes, double[][] rows) {
        double[] targets = new double[classes.length * outputs];
        double[] flat = new double[targets.length];
        for (int s = 0; s < classes.length; s++) {
            if (outputs == 1) {
                targets[s] = classes[s];
            } else {
                targets[s * outputs + classes[s]] = 1;
            }
            System.arraycopy(rows[s], 0, flat, s * outputs, outputs);
        }
        return new Outcomes(flat, Dataset.of(new double[classes.length], 1, targets, outputs), TargetRule.SHARES);
    }

    @Test
    void countsPairsOfClasses() {
        ConfusionMatrix confusion = ConfusionMatrix.of(THREE);
        assertThat(confusion.of(0, 0)).isEqualTo(1);
        assertThat(confusion.of(0, 1)).isEqualTo(2);
        assertThat(confusion.of(2, -1)).isEqualTo(1);
        assertThat(confusion.of(1, 2)).isZero();
        assertThat(confusion.hasNone()).isTrue();
        assertThat(confusion.right()).isEqualTo(2);
        assertThat(confusion.accuracy()).isCloseTo(2 / 7.0, within(1e-15));
        assertThat(confusion.mistakes(2)).isEqualTo(List.of(new Pair(0, 1), new Pair(1, 0)));
    }

    @Test
    void hasPrecisionRecallAndF1() {
        ConfusionMatrix confusion = ConfusionMatrix.of(THREE);
        // taken for 0: one of 0, one of 1, one of 2
        assertThat(confusion.precision(0)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(confusion.recall(0)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(confusion.precision(1)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(confusion.recall(1)).isEqualTo(0.5);
        // nothing was taken for it: no share, which counts as 0
        assertThat(confusion.precision(2)).isZero();
        assertThat(confusion.recall(2)).isZero();
        assertThat(confusion.f1(2)).isZero();
        assertThat(confusion.f1(1)).isCloseTo(2 / 5.0, within(1e-15));
    }

    @Test
    void oneOutputTellsTwoClassesApart() {
        Outcomes one = outcomes(1, new int[] {0, 1, 1}, new double[][] {{0.25}, {0.5}, {0.75}});
        ConfusionMatrix confusion = ConfusionMatrix.of(one);
        assertThat(confusion.of(0, 0)).isEqualTo(1);
        assertThat(confusion.of(1, 0)).isEqualTo(1);
        assertThat(confusion.of(1, 1)).isEqualTo(1);
    }

    /** The sample of no class is one of class 2 that nothing was taken for. */
    @Test
    void countsSamplesOfNoClassInRecallsOnly() {
        ConfusionMatrix confusion = ConfusionMatrix.of(THREE);
        assertThat(confusion.precision(Average.MICRO)).isCloseTo(2 / 6.0, within(1e-15));
        assertThat(confusion.recall(Average.MICRO)).isCloseTo(2 / 7.0, within(1e-15));
        assertThat(confusion.f1(Average.MICRO)).isCloseTo(4 / 13.0, within(1e-15));
        assertThat(confusion.recall(Average.WEIGHTED)).isCloseTo(2 / 7.0, within(1e-15));
        assertThat(confusion.recall(Average.MACRO)).isCloseTo((1 / 3.0 + 0.5) / 3, within(1e-15));
        // as if it were a fourth class
        assertThat(confusion.matthews())
                .isCloseTo((7 * 2 - (3 * 3 + 3 * 2)) / Math.sqrt((49 - 9 - 9 - 1) * (49.0 - 9 - 4 - 4)), within(1e-15));
    }

    /** A class that nobody has, and nothing was taken for, is not one that a mean of classes counts. */
    @Test
    void leavesOutClassesThatDoNotOccur() {
        ConfusionMatrix confusion =
                ConfusionMatrix.of(outcomes(3, new int[] {0, 1}, new double[][] {{1, 0, 0}, {0.2, 0.8, 0}}));
        assertThat(confusion.precision(Average.MACRO)).isEqualTo(1);
        assertThat(confusion.f1(Average.MACRO)).isEqualTo(1);
        assertThat(confusion.f1(2)).isZero();
        assertThat(confusion.matthews()).isCloseTo(1, within(1e-15));
    }

    @Test
    void correlatesNothingWithOneClass() {
        double[][] outputs = {{0.75}, {0.25}};
        assertThat(ConfusionMatrix.of(outcomes(1, new int[] {1, 1}, outputs)).matthews())
                .isZero();
        assertThat(ConfusionMatrix.of(outcomes(1, new int[] {1, 0}, outputs)).matthews())
                .isEqualTo(1);
        assertThat(ConfusionMatrix.of(outcomes(1, new int[] {0, 1}, outputs)).matthews())
                .isEqualTo(-1);
    }
}
