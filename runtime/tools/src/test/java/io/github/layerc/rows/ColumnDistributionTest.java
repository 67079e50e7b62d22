package io.github.layerc.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnDistributionTest {
    private static final double NONE = Double.NaN;

    @Test
    void countsNumbersInBinsOfTheSameWidth() {
        double[] values = new double[41];
        for (int i = 0; i < 40; i++) {
            values[i] = i + 0.5;
        }
        values[40] = NONE;
        ColumnDistribution distribution = ColumnDistribution.ofNumbers(values);

        assertThat(distribution.least()).isEqualTo(0.5);
        assertThat(distribution.most()).isEqualTo(39.5);
        // 39 in 20 bins: two for each
        assertThat(distribution.counts()).hasSize(20).containsOnly(2);
        assertThat(distribution.missing()).isEqualTo(1);
        assertThat(distribution.rows()).isEqualTo(41);
    }

    @Test
    void hasABinForEachOfFewWholeNumbers() {
        ColumnDistribution distribution = ColumnDistribution.ofNumbers(3, 5, 3, NONE, 7);
        assertThat(distribution.counts()).containsExactly(2, 0, 1, 0, 1);
        assertThat(distribution.least()).isEqualTo(3);
        assertThat(distribution.most()).isEqualTo(7);
    }

    @Test
    void takesConstantsAndWhatIsMissingAltogether() {
        assertThat(ColumnDistribution.ofNumbers(0.25, 0.25).counts()).containsExactly(2);
        ColumnDistribution none = ColumnDistribution.ofNumbers(NONE, NONE);
        assertThat(none.counts()).isEmpty();
        assertThat(none.missing()).isEqualTo(2);
    }

    /** Ranges that no double holds, and neighbours. */
    @Test
    void losesNoRow() {
        Random random = new Random(4);
        for (double scale : List.of(1e-320, 1e-3, 1.0, 1e18, Double.MAX_VALUE)) {
            double[] values = random.doubles(1000, -1, 1).map(x -> x * scale).toArray();
            values[0] = scale;
            values[1] = -scale;
            assertThat(ColumnDistribution.ofNumbers(values).rows()).isEqualTo(1000);
        }
        assertThat(ColumnDistribution.ofNumbers(1, Math.nextUp(1.0)).rows()).isEqualTo(2);
    }

    @Test
    void countsPlacesOfCategories() {
        ColumnDistribution distribution = ColumnDistribution.ofPlaces(new double[] {2, 0, NONE, 2}, 4);
        assertThat(distribution.counts()).containsExactly(1, 0, 2, 0);
        assertThat(distribution.rows()).isEqualTo(4);
    }
}
