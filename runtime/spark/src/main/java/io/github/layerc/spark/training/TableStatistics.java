package io.github.layerc.spark.training;

import io.github.layerc.spark.scoring.ColumnReader;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * What a table learns of the rows to train with: of all of them, or, where they are more than the driver should hold, of about so many that their contents choose. Values are put in order
 * before they are summed, so that it does not matter how they are distributed.
 */
final class TableStatistics {
    private TableStatistics() {}

    /**
     * Center, scale and fill values.
     *
     * @param validates place of the column that says which rows are kept for validation, -1 for none
     * @param most rows to hold
     */
    static Fitted fit(
            JavaRDD<Row> rows, Table table, ColumnReader columns, TargetReader target, int validates, long most) {
        long count = rows.count();
        long share = Math.max(1, (count + most - 1) / most);
        List<double[]> held = rows.filter(row -> validates < 0 || row.isNullAt(validates) || !row.getBoolean(validates))
                .map(row -> values(row, columns, target))
                .filter(values -> values.length > 0 && chosen(values, share))
                .collect();
        if (held.isEmpty()) {
            throw new IllegalArgumentException("no row that can be read: rows=" + count);
        }
        int width = table.columns().size();
        double[][] targets =
                table.targets().isEmpty() ? new double[0][] : new double[][] {column(held, values -> values[width])};
        return table.fit(c -> column(held, values -> values[c]), targets);
    }

    /** The values of the columns and, behind them, of the target; none of a row that cannot be read. */
    private static double[] values(Row row, ColumnReader columns, TargetReader target) {
        double[] values = columns.values(row);
        double predicted = target.number(row);
        if (!columns.accepts(values, row) || !target.isInDomain(predicted)) {
            return new double[0];
        }
        double[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = predicted;
        return all;
    }

    private static boolean chosen(double[] values, long share) {
        return share == 1 || Math.floorMod((Arrays.hashCode(values) * 0x9E3779B97F4A7C15L) >>> 20, share) == 0;
    }

    private static double[] column(List<double[]> rows, ToDoubleFunction<double[]> value) {
        double[] column = rows.stream().mapToDouble(value).toArray();
        Arrays.sort(column);
        return column;
    }
}
