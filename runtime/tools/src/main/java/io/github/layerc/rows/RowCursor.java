package io.github.layerc.rows;

import java.util.List;

/** Rows of a file, one at a time. */
public interface RowCursor extends AutoCloseable {

    /** The names of the columns, none of them twice. */
    List<String> columns();

    /** What may stand in a number between whole part and fraction, beside a full stop. */
    char point();

    /**
     * Goes on to the next row, which has a field for each column.
     *
     * @return false behind the last one
     * @throws io.github.layerc.data.DataException if the file cannot be read on, or the row has more or fewer fields
     */
    boolean next();

    /** The text of a field of the row, without blanks around it. */
    String text(int column);

    /** The number that a field is; NaN where it is none. */
    double number(int column);

    /** The line of the file where the row begins, from 1. */
    long line();

    @Override
    void close();
}
