package io.github.layerc.rows;

import java.util.List;

/** Rows of a file, one at a time. */
public interface RowCursor extends AutoCloseable {

    /** The names of the columns, none of them twice. */
    List<String> columns();

    /** What stands in a number between whole part and fraction. */
    char point();

    /**
     * Goes on to the next row, which has a field for each column.
     *
     * @return false behind the last one
     * @throws io.github.layerc.data.DataException if the file cannot be read on, or the row has more or fewer fields
     */
    boolean next();

    /** The fields of the row; others with the next one. */
    Fields fields();

    @Override
    void close();
}
