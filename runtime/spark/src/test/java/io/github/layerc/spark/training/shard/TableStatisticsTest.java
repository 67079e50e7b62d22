package io.github.layerc.spark.training.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.command.Engines;
import io.github.layerc.network.Network;
import io.github.layerc.spark.Networks;
import io.github.layerc.spark.Rows;
import io.github.layerc.spark.Sessions;
import io.github.layerc.spark.scoring.ColumnReader;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.scoring.RowReader;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

class TableStatisticsTest {
    private static final Engines FLOWERS = Engines.of(Networks.className("Flowers"), Networks.loader());

    private static SparkSession session;

    @BeforeAll
    static void start() {
        session = Sessions.local(2);
    }

    private static TableStatistics statistics(Validation validation) {
        Network network = FLOWERS.network();
        ColumnReader columns = (ColumnReader) RowReader.of(Rows.FLOWERS, FLOWERS.table(), "", network);
        return new TableStatistics(
                columns, new TargetReader(Rows.FLOWERS, network, FLOWERS.table(), "label"), validation);
    }

    private static Fitted fit(List<Row> rows, int partitions, Validation validation, long most) {
        Table table = FLOWERS.table().orElseThrow();
        return statistics(validation)
                .fit(Rows.of(session, rows, Rows.FLOWERS, partitions).javaRDD(), table, most);
    }

    private static Row flower(double length) {
        return RowFactory.create(length, 1f, "red", true, "rose");
    }

    /** The mean length, which this column is centered by. */
    private static double center(Fitted fitted) {
        return fitted.line(0).center();
    }

    @Test
    void rowsOfWhichFewDifferAreLearnedOfInProportion() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            rows.add(flower(i % 3 == 0 ? 0 : 1));
        }
        for (long most : new long[] {900, 899, 450, 90, 30}) {
            // a partition takes at most one row too many, or too few, of each kind
            assertThat(center(fit(rows, 3, new Validation(-1, 0), most)))
                    .as("most=%d", most)
                    .isCloseTo(2.0 / 3, Offset.offset(most == 900 ? 1e-12 : 3.0 / Math.min(most, 450)));
        }
    }

    @Test
    void exactlyEveryNthRowCountsWhereverItLies() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(flower(i));
        }
        // with one row in a partition the order of partitions alone decides: rows 0, 25, 50 and 75
        assertThat(center(fit(rows, 100, new Validation(-1, 0), 4))).isEqualTo(37.5);
        // the order of rows within a partition does not matter
        List<Row> backwards = new ArrayList<>(rows);
        Collections.reverse(backwards);
        assertThat(center(fit(backwards, 1, new Validation(-1, 0), 7)))
                .isEqualTo(center(fit(rows, 1, new Validation(-1, 0), 7)));
    }

    @Test
    void rowsThatAShareKeepsForValidationAreNotLearnedOf() {
        List<Row> rows = Rows.flowers(300, 4);
        Validation validation = new Validation(-1, 0.4);
        TableStatistics statistics = statistics(validation);
        List<Double> trained = new ArrayList<>();
        int kept = 0;
        for (Row row : rows) {
            double[] values = statistics.columns().values(row);
            if (validation.keeps(row, values, statistics.target().number(row))) {
                kept++;
            } else if (!row.isNullAt(0)) {
                trained.add(row.getDouble(0));
            }
        }
        assertThat(kept).isBetween(90, 150);
        double mean = trained.stream().mapToDouble(each -> each).average().orElseThrow();
        assertThat(center(fit(rows, 3, validation, 1000))).isCloseTo(mean, Offset.offset(1e-12));
        assertThat(center(fit(rows, 3, new Validation(-1, 0), 1000))).isNotCloseTo(mean, Offset.offset(1e-6));
    }

    /** What the statistics leave out is what the shards keep: one hash of one row, before anything is done with it. */
    @Test
    void theSameRowsArePackedForValidation() {
        List<Row> rows = Rows.flowers(300, 4);
        TableStatistics statistics = statistics(new Validation(-1, 0.4));
        long kept = rows.stream()
                .filter(row -> statistics
                        .validation()
                        .keeps(
                                row,
                                statistics.columns().values(row),
                                statistics.target().number(row)))
                .count();
        NetworkModel model = NetworkModel.of(
                Networks.className("Flowers"),
                new double[FLOWERS.network().parameterCount()],
                Optional.of(fit(rows, 1, statistics.validation(), 1000)));
        Shard shard = new Packing(
                        session.sparkContext().broadcast(model, ClassTag$.MODULE$.apply(NetworkModel.class)),
                        statistics.columns(),
                        statistics.target(),
                        -1,
                        statistics.validation(),
                        false)
                .call(0, rows.iterator())
                .next();
        assertThat(shard.validationRows()).isEqualTo(kept);
        assertThat(shard.rows()).isEqualTo(rows.size() - kept);
    }
}
