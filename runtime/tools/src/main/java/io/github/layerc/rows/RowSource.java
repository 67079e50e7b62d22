package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.util.List;

/** Where a {@link TextCursor} has its rows from, some at a time: {@link #read} takes them from the file, in their order, {@link #split} makes fields of them, beside the next read. */
interface RowSource extends AutoCloseable {

    /** The names of the columns, none of them twice. */
    List<String> columns();

    /** What may stand in a number between whole part and fraction, beside a full stop. */
    char point();

    /**
     * Puts the next rows, or the text of some, into fields, which are empty. One thread at a time.
     *
     * @return false if there is nothing behind them
     * @throws DataException if the file cannot be read on, or a row has more or fewer fields than there are columns; the rows before are in the fields
     */
    boolean read(Fields fields);

    /**
     * Makes rows of a text that was read. Any thread.
     *
     * @throws DataException if a row has more or fewer fields than there are columns; the rows before are in the fields
     */
    default void split(Fields fields) {}

    @Override
    void close();
}
