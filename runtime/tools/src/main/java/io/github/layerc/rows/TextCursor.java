package io.github.layerc.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows of texts, of which some are read at a time. Those of a file that has more than that are read ahead by threads of their own. */
final class TextCursor implements RowCursor {
    private final RowSource source;
    private final char point;
    private Optional<ReadAhead> ahead = Optional.empty();
    private ReadAhead.Batch batch;
    private int row = -1;

    /** Columns whose numbers are made ahead, and whether that is done for this batch. */
    private int[] expected = {};

    private boolean made;

    /** @param source is closed with this */
    TextCursor(RowSource source) {
        this.source = source;
        this.point = source.point();
        this.batch = new ReadAhead.Batch();
        batch.read(source);
        batch.split(source);
    }

    @Override
    public List<String> columns() {
        return source.columns();
    }

    @Override
    public char point() {
        return point;
    }

    @Override
    public boolean next() {
        while (row + 1 >= batch.fields().rows()) {
            if (batch.isLast()) {
                batch.requireWhole();
                return false;
            }
            if (ahead.isEmpty()) {
                ahead = Optional.of(new ReadAhead(source, expected));
            }
            batch = ahead.get().next(batch);
            made = true;
            row = -1;
        }
        row++;
        return true;
    }

    @Override
    public String text(int column) {
        return batch.fields().text(row, column);
    }

    @Override
    public void expectNumbers(int... some) {
        int[] given = Arrays.stream(some).filter(column -> column >= 0).toArray();
        if (Arrays.stream(given).distinct().count() < given.length) {
            throw new IllegalArgumentException("columns must be different: columns=" + Arrays.toString(some));
        }
        // what threads make already, they go on to make
        expected = ahead.isEmpty() ? some.clone() : expected;
    }

    @Override
    public void numbers(int[] some, double[] out) {
        if (made && Arrays.equals(some, expected)) {
            batch.fields().numbers(row, out);
        } else {
            batch.fields().numbers(row, some, point, out, 0);
        }
    }

    @Override
    public long line() {
        return batch.fields().line(row);
    }

    @Override
    public void close() {
        // no one may read any more what is closed
        ahead.ifPresent(ReadAhead::close);
        source.close();
    }
}
