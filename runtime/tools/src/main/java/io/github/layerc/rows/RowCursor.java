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
    default double number(int column) {
        double[] number = new double[1];
        numbers(new int[] {column}, number);
        return number[0];
    }

    /**
     * Says which numbers of every row {@link #numbers} will be asked for, before the second row at the latest, so that they can be made ahead.
     *
     * @param some different columns, or -1 for one that is left out
     * @throws IllegalArgumentException if a column is there twice
     */
    default void expectNumbers(int... some) {}

    /**
     * The same of some fields, at once as most of a table are numbers.
     *
     * @param some columns, or -1 for one that is left out
     * @param out a number for each of them
     */
    void numbers(int[] some, double[] out);

    /** The line of the file where the row begins, from 1. */
    long line();

    @Override
    void close();
}
