package io.github.layerc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.TargetRule;
import io.github.layerc.report.Confusion.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    /** Class by class what three outputs made of seven samples; the last has no class. */
    private static final Predictions THREE = predictions(3, new int[] {0, 0, 0, 1, 1, 2, 2}, new double[][] {
        {.8, .1, .1}, {.2, .7, .1}, {.2, .7, .1}, {.1, .8, .1}, {.6, .3, .1}, {.9, .1, 0}, {Double.NaN, 0, 1}
    });

    private static Predictions predictions(int outputs, int[] classes, double[][] rows) {
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
        return new Predictions(
                "test set", Dataset.of(new double[classes.length], 1, targets, outputs), flat, TargetRule.SHARES);
    }

    @Test
    void countsPairsOfClasses() {
        Confusion confusion = new Confusion(THREE, 3);
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
    void hasPrecisionAndRecallWhereThereAreSamples() {
        Confusion confusion = new Confusion(THREE, 3);
        // taken for 0: one of 0, one of 1, one of 2
        assertThat(confusion.precision(0)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(confusion.recall(0)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(confusion.precision(1)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(confusion.recall(1)).isEqualTo(0.5);
        assertThat(confusion.precision(2)).isNaN();
        assertThat(confusion.recall(2)).isZero();
    }

    @Test
    void oneOutputTellsTwoClassesApart() {
        Predictions one = predictions(1, new int[] {0, 1, 1}, new double[][] {{0.25}, {0.5}, {0.75}});
        Confusion confusion = new Confusion(one, 2);
        assertThat(confusion.of(0, 0)).isEqualTo(1);
        assertThat(confusion.of(1, 0)).isEqualTo(1);
        assertThat(confusion.of(1, 1)).isEqualTo(1);
        assertThat(one.certainty(0)).isEqualTo(0.75);
        assertThat(one.certainty(1)).isEqualTo(0.5);
        assertThat(one.certainty(2)).isEqualTo(0.75);
    }
}
