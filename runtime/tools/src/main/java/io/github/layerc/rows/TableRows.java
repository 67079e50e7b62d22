package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All rows of a file, in memory: numbers for the columns of a table, labels or targets, and what the rows are split by.
 */
public final class TableRows {
    /** Enough of them: a table of something else has one in every line. */
    private static final int MOST_ERRORS = 100;

    private final Path path;
    private final Table table;
    private final boolean predicted;
    private final double[][] values;
    private final double[][] targets;
    private int[] labels = new int[16];
    private long[] lines = new long[16];
    private final List<String> splitKeys = new ArrayList<>();
    private int count;

    private TableRows(Path path, Table table, boolean predicted) {
        this.path = path;
        this.table = table;
        this.predicted = predicted;
        this.values = new double[table.columns().size()][16];
        this.targets = new double[table.targets().size()][16];
    }

    /**
     * Reads a file.
     *
     * @param predicted whether the columns that the table predicts must be there
     * @throws DataException if it cannot be read, has no rows, or there is something wrong with one
     * @throws DataErrors if there is something wrong with more
     */
    public static TableRows read(RowFile file, Table table, boolean predicted) {
        TableRows rows = new TableRows(file.path(), table, predicted);
        try (RowCursor cursor = file.open()) {
            RowDecoder decoder = new RowDecoder(file.path(), table, cursor, predicted);
            while (decoder.errors().size() < MOST_ERRORS && cursor.next()) {
                decoder.decode(cursor);
                rows.add(decoder, cursor);
            }
            DataErrors.requireNone(file.path(), decoder.errors());
        }
        if (rows.count == 0) {
            throw DataException.of(file.path(), "no rows", "one or more behind the names of the columns", "none");
        }
        return rows;
    }

    private void add(RowDecoder decoder, RowCursor cursor) {
        if (count == labels.length) {
            grow();
        }
        for (int c = 0; c < values.length; c++) {
            values[c][count] = decoder.row()[c];
        }
        for (int t = 0; t < targets.length; t++) {
            targets[t][count] = decoder.targets()[t];
        }
        labels[count] = decoder.label();
        lines[count] = cursor.line();
        if (table.split().kind().hasColumn()) {
            splitKeys.add(decoder.splitKey(cursor));
        }
        count++;
    }

    private void grow() {
        if (count > Integer.MAX_VALUE / 2 / Math.max(1, values.length)) {
            throw DataException.of(
                    path,
                    "too many rows",
                    "at most " + Integer.MAX_VALUE / 2 / values.length + " of " + values.length + " columns",
                    "more");
        }
        int more = count + (count >> 1);
        for (int c = 0; c < values.length; c++) {
            values[c] = Arrays.copyOf(values[c], more);
        }
        for (int t = 0; t < targets.length; t++) {
            targets[t] = Arrays.copyOf(targets[t], more);
        }
        labels = Arrays.copyOf(labels, more);
        lines = Arrays.copyOf(lines, more);
    }

    public Path path() {
        return path;
    }

    public Table table() {
        return table;
    }

    public int count() {
        return count;
    }

    /** Whether there are labels or targets. */
    public boolean isLabelled() {
        return predicted || (table.label().isPresent() ? labels[0] >= 0 : !Double.isNaN(targets[0][0]));
    }

    /** One number for each column, NaN where there is no value. */
    public void row(int number, double[] out) {
        for (int c = 0; c < values.length; c++) {
            out[c] = values[c][number];
        }
    }

    /** The number of the class of a row. */
    public int label(int row) {
        return labels[row];
    }

    /** A target of a row, as it stands there. */
    public double target(int target, int row) {
        return targets[target][row];
    }

    /** The line of the file where a row begins. */
    public long line(int row) {
        return lines[row];
    }

    /** What a row is grouped or ordered by. */
    String splitKey(int row) {
        return splitKeys.get(row);
    }

    /** The values of all columns in some rows, {@code [column][row]}. */
    double[][] values(int... rows) {
        return Arrays.stream(values).map(column -> some(column, rows)).toArray(double[][]::new);
    }

    /** The values of all targets in some rows, {@code [target][row]}. */
    double[][] targets(int... rows) {
        return Arrays.stream(targets).map(column -> some(column, rows)).toArray(double[][]::new);
    }

    private static double[] some(double[] column, int... rows) {
        return Arrays.stream(rows).mapToDouble(row -> column[row]).toArray();
    }
}
