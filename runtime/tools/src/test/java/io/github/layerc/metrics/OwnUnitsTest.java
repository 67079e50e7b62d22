package io.github.layerc.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.TargetRule;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnUnitsTest {
    private static final Fitted FITTED = new Fitted(
            Table.builder()
                    .column(Column.number("x"))
                    .target("price", Transform.STANDARDIZE)
                    .target("days", Transform.LOG1P)
                    .build(),
            new double[] {Double.NaN},
            new Line[] {Line.IDENTITY},
            new Line[] {new Line(10, 2), Line.IDENTITY});

    private static Dataset data(double... targets) {
        return Dataset.of(new double[targets.length / 2], 1, targets, 2);
    }

    /** Prices 8, 10, 14 are taken for 10, 10, 12, and days 1, 3, 7 for 1, 1, 7. */
    @Test
    void undoesTheTransformationOfEachTarget() {
        double ln2 = Math.log(2);
        Dataset data = data(-1, ln2, 0, 2 * ln2, 2, 3 * ln2);
        List<Outcomes> own = OwnUnits.of(new double[] {0, ln2, 0, ln2, 1, 3 * ln2}, data, FITTED, TargetRule.NUMBERS);

        assertThat(own).hasSize(2);
        Outcomes price = own.get(0);
        assertThat(new double[] {price.target(0, 0), price.target(2, 0), price.output(2, 0)})
                .containsExactly(8, 14, 12);
        assertThat(Metric.MAE.of(price)).isCloseTo(4.0 / 3, within(1e-12));
        assertThat(Metric.RMSE.of(price)).isCloseTo(Math.sqrt(8.0 / 3), within(1e-12));
        // 8 of 56 / 3, as the mean of 8, 10, 14 is 32 / 3
        assertThat(Metric.R2.of(price)).isCloseTo(1 - 8 / (56.0 / 3), within(1e-12));
        Outcomes days = own.get(1);
        assertThat(Metric.MAE.of(days)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Metric.RMSE.of(days)).isCloseTo(Math.sqrt(4.0 / 3), within(1e-12));
        assertThat(Metric.R2.of(days)).isCloseTo(1 - 4 / (56.0 / 3), within(1e-12));
    }

    @Test
    void refusesATableOfOtherTargets() {
        Dataset one = Dataset.of(new double[1], 1, new double[1], 1);
        assertThatThrownBy(() -> OwnUnits.of(new double[1], one, FITTED, TargetRule.NUMBERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table must have a target for each output: targets=2, outputs=1");
    }
}
