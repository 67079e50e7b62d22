package io.github.layerc.rows;

import java.util.Arrays;

/**
 * Rows that were read together: their characters one behind the other, as they stand in the file, and where in them each field is. Every row has the same number of fields. It is used again
 * for rows that follow.
 */
final class Fields {
    /** Characters of so many that a cache holds them until they are decoded. */
    private static final int ENOUGH = 1 << 16;

    private char[] text = new char[1 << 10];
    private int used;

    /** Of each field, those of a row after those of the row before. */
    private int[] starts = new int[64];

    private int[] ends = new int[64];

    /** Fields of all rows, of which the last may not be whole. */
    private int count;

    private int countOfWhole;

    private long[] lines = new long[16];
    private int rows;
    private long line;
    private int columns;

    /** Forgets all rows. */
    void clear() {
        used = 0;
        count = 0;
        countOfWhole = 0;
        rows = 0;
    }

    /** Whether it is time to decode. */
    boolean isFull() {
        return used >= ENOUGH && rows > 0;
    }

    /** Whole rows. */
    int rows() {
        return rows;
    }

    /** Fields of each of them. */
    int columns() {
        return columns;
    }

    /** Characters of all rows, and those behind them. */
    int used() {
        return used;
    }

    /** Adds characters, which are no field yet. */
    void append(char[] from, int offset, int length) {
        if (length > text.length - used) {
            long twice = Math.min(2L * text.length, Integer.MAX_VALUE - 8);
            text = Arrays.copyOf(text, Math.max(Math.addExact(used, length), (int) twice));
        }
        System.arraycopy(from, offset, text, used, length);
        used += length;
    }

    /** Where the last field ends. */
    int end() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** Adds the characters that another has behind its last field. */
    void appendRest(Fields other) {
        append(other.text, other.end(), other.used - other.end());
    }

    /** Keeps only the last characters of those behind the last field. */
    void trimRest(int kept) {
        int end = end();
        if (used - kept > end) {
            System.arraycopy(text, used - kept, text, end, kept);
            used = end + kept;
        }
    }

    /** Begins a row at a line of the file, from 1. */
    void begin(long at) {
        line = at;
        count = countOfWhole;
    }

    /** Adds a field that is among the characters. */
    void add(int start, int end) {
        if (count == ends.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    /** The same with other characters in the place of those that are there. */
    void add(int start, char[] from, int offset, int length) {
        System.arraycopy(from, offset, text, start, length);
        add(start, start + length);
    }

    /** Fields of the row that was begun. */
    int count() {
        return count - countOfWhole;
    }

    /** Line of the file where the row begins that was begun last; 0 for none. */
    long line() {
        return line;
    }

    /** Ends the row that was begun. */
    void end(int ofColumns) {
        columns = ofColumns;
        countOfWhole = count;
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, 2 * rows);
        }
        lines[rows++] = line;
    }

    /** Line of the file where a row begins. */
    long line(int row) {
        return lines[row];
    }

    /** Without blanks around it. */
    String text(int row, int column) {
        int field = row * columns + column;
        return new String(text, starts[field], ends[field] - starts[field]).strip();
    }

    /**
     * Numbers of a row, see {@link NumberText}; NaN where there is none.
     *
     * @param some columns, or -1 for one that is left out
     * @param point what may stand between whole part and fraction, beside a full stop
     * @param out a number for each of them
     */
    void numbers(int row, int[] some, char point, double[] out) {
        int first = row * columns;
        for (int c = 0; c < some.length; c++) {
            out[c] = some[c] < 0 ? Double.NaN : number(first + some[c], point);
        }
    }

    private double number(int field, char point) {
        double number = NumberText.parse(text, starts[field], ends[field], '.');
        return Double.isNaN(number) && point != '.'
                ? NumberText.parse(text, starts[field], ends[field], point)
                : number;
    }
}
