package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.LargeFiles;
import io.github.layerc.files.MappedMatrix;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * All rows of a file: numbers for the columns of a table, labels or targets, and what the rows are split by. Few numbers are in memory, many in a mapped
 * file, see {@link MappedMatrix}, so that the heap grows by some bytes for a row, however many columns there are. What counts is what was read: a small file can unpack to many rows.
 */
public final class TableRows {
    /** Enough of them: a table of something else has one in every line. */
    private static final int MOST_ERRORS = 100;

    private final Path path;
    private final Table table;
    private Optional<MappedMatrix.Writer> writer = Optional.empty();

    /** {@code [column][row]}; empty arrays where rows are mapped. */
    private final double[][] values;

    private MappedMatrix mapped;
    private final double[][] targets;
    private int[] labels = new int[16];
    private long[] lines = new long[16];
    private final List<String> splitKeys = new ArrayList<>();
    private int count;

    private TableRows(Path path, Table table) {
        this.path = path;
        this.table = table;
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
        TableRows rows = new TableRows(file.path(), table);
        try (RowCursor cursor = file.open()) {
            RowDecoder decoder = new RowDecoder(file.path(), table, cursor, predicted);
            while (decoder.errors().size() < MOST_ERRORS && cursor.next()) {
                decoder.decode(cursor);
                rows.add(decoder, cursor);
            }
            DataErrors.requireNone(file.path(), decoder.errors());
            rows.finish();
        } finally {
            rows.writer.ifPresent(MappedMatrix.Writer::close);
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
        if (writer.isEmpty() && LargeFiles.isLarge((long) count * values.length * Double.BYTES)) {
            map();
        }
        if (writer.isPresent()) {
            writer.get().add(decoder.row());
        } else {
            for (int c = 0; c < values.length; c++) {
                values[c][count] = decoder.row()[c];
            }
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

    /** Writes what is in memory to a file, where all further rows go. */
    private void map() {
        MappedMatrix.Writer all = new MappedMatrix.Writer(Precision.DOUBLE, values.length);
        writer = Optional.of(all);
        double[] row = new double[values.length];
        for (int r = 0; r < count; r++) {
            row(r, row);
            all.add(row);
        }
        Arrays.fill(values, new double[0]);
    }

    private void finish() {
        writer.ifPresent(some -> mapped = some.finish());
    }

    private void grow() {
        if (count > Integer.MAX_VALUE / 2) {
            throw DataException.of(path, "too many rows", "at most " + Integer.MAX_VALUE / 2, "more");
        }
        int more = count + (count >> 1);
        for (int c = 0; c < values.length && writer.isEmpty(); c++) {
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

    /** Whether every row has a label. */
    public boolean isLabelled() {
        return table.label().isPresent() && Arrays.stream(labels, 0, count).allMatch(label -> label >= 0);
    }

    /** One number for each column, NaN where there is no value. */
    public void row(int number, double[] out) {
        if (mapped != null) {
            mapped.row(number, out);
            return;
        }
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

    /** The values of columns in some rows, a column at a time; each is asked for once, from left to right. */
    IntFunction<double[]> columns(int... rows) {
        return mapped == null ? column -> some(values[column], rows) : mapped.columns(rows);
    }

    /** Whether the rows are mapped, since they are many. */
    boolean areMapped() {
        return mapped != null;
    }

    /** The values of all targets in some rows, {@code [target][row]}. */
    double[][] targets(int... rows) {
        return Arrays.stream(targets).map(column -> some(column, rows)).toArray(double[][]::new);
    }

    private static double[] some(double[] column, int... rows) {
        return Arrays.stream(rows).mapToDouble(row -> column[row]).toArray();
    }
}
