package io.github.layerc.spark.training.shard;

import io.github.layerc.spark.scoring.ColumnReader;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * What a table learns of the rows to train with: of all of them, or, where they are more than the driver should hold, of every n-th one. Values are put in order before they are summed, so
 * that only the partitions matter, not the order in which they bring their rows.
 *
 * @param columns reads the inputs
 * @param target reads the target
 * @param validation whose rows are left out
 */
public record TableStatistics(ColumnReader columns, TargetReader target, Validation validation)
        implements Serializable {

    /** Rows of a partition: all of them, and those to learn of. */
    private record Counts(int partition, long all, long readable) implements Serializable {}

    /**
     * Center, scale and fill values.
     *
     * @param most rows to hold
     * @throws IllegalArgumentException if there is no row to learn of
     */
    public Fitted fit(JavaRDD<Row> rows, Table table, long most) {
        List<Counts> counts = rows.mapPartitionsWithIndex(this::counts, true).collect();
        long all = counts.stream().mapToLong(Counts::readable).sum();
        if (all == 0) {
            throw new IllegalArgumentException("no row that can be read: rows="
                    + counts.stream().mapToLong(Counts::all).sum());
        }
        long step = (all + most - 1) / most;
        long[] before = new long[rows.getNumPartitions()];
        counts.forEach(each -> before[each.partition()] = each.readable());
        long sum = 0;
        for (int p = 0; p < before.length; p++) {
            long here = before[p];
            before[p] = sum;
            sum += here;
        }
        List<double[]> held = rows.mapPartitionsWithIndex(
                        (partition, some) -> every(step, before[partition], readable(some)), true)
                .collect();
        int width = table.columns().size();
        double[][] targets =
                table.targets().isEmpty() ? new double[0][] : new double[][] {column(held, values -> values[width])};
        return table.fit(c -> column(held, values -> values[c]), targets);
    }

    private Iterator<Counts> counts(int partition, Iterator<Row> rows) {
        long all = 0;
        long readable = 0;
        while (rows.hasNext()) {
            all++;
            readable += values(rows.next()).length > 0 ? 1 : 0;
        }
        return List.of(new Counts(partition, all, readable)).iterator();
    }

    private List<double[]> readable(Iterator<Row> rows) {
        List<double[]> all = new ArrayList<>();
        rows.forEachRemaining(row -> {
            double[] values = values(row);
            if (values.length > 0) {
                all.add(values);
            }
        });
        return all;
    }

    /** The values of the columns and, behind them, of the target; none of a row that cannot be read, or is not trained with. */
    private double[] values(Row row) {
        double[] values = columns.values(row);
        double predicted = target.number(row);
        boolean counts = columns.accepts(values, row)
                && target.isInDomain(predicted)
                && validation.problem(row).isEmpty()
                && !validation.keeps(row, values, predicted);
        if (!counts) {
            return new double[0];
        }
        double[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = predicted;
        return all;
    }

    /**
     * Every {@code step}-th row of all partitions, counted through. They are put in the order of hashes before: in the order of contents every second one might be of one half of a day.
     *
     * @param before rows of the partitions before
     */
    private static Iterator<double[]> every(long step, long before, List<double[]> rows) {
        if (step == 1) {
            return rows.iterator();
        }
        rows.sort(Comparator.comparingLong((double[] row) -> Contents.hash(row, 0))
                .thenComparing(Arrays::compare));
        List<double[]> some = new ArrayList<>();
        for (long i = Math.floorMod(-before, step); i < rows.size(); i += step) {
            some.add(rows.get((int) i));
        }
        return some.iterator();
    }

    private static double[] column(List<double[]> rows, ToDoubleFunction<double[]> value) {
        double[] column = rows.stream().mapToDouble(value).toArray();
        Arrays.sort(column);
        return column;
    }
}
