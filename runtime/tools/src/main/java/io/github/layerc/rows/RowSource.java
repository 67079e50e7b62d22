package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.util.List;

/** Where a {@link TextCursor} has its rows from. */
interface RowSource extends AutoCloseable {

    /** The names of the columns, none of them twice. */
    List<String> columns();

    /** What may stand in a number between whole part and fraction, beside a full stop. */
    char point();

    /** From now on rows are put into these, which are empty. */
    void into(Fields fields);

    /**
     * Puts one more row there.
     *
     * @return false behind the last one
     * @throws DataException if the file cannot be read on, or the row has more or fewer fields than there are columns
     */
    boolean next();

    @Override
    void close();
}
