package io.github.layerc.rows;

import java.util.Arrays;

/** The texts of one row, one behind the other in an array that is used again for the next row. */
final class Fields {
    private char[] text = new char[256];
    private int[] ends = new int[16];
    private int count;
    private long line;

    /** Begins a row. */
    void begin(long at) {
        count = 0;
        line = at;
    }

    /** Adds the next field. */
    void add(char[] from, int offset, int length) {
        int start = start(count);
        if (start + length > text.length) {
            text = Arrays.copyOf(text, Math.max(start + length, 2 * text.length));
        }
        System.arraycopy(from, offset, text, start, length);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = start + length;
    }

    int count() {
        return count;
    }

    /** The line of the file, from 1. */
    long line() {
        return line;
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    /** Without blanks around it. */
    String text(int field) {
        return new String(text, start(field), ends[field] - start(field)).strip();
    }

    /** Whether nothing stands there but blanks. */
    boolean isBlank(int field) {
        for (int i = start(field); i < ends[field]; i++) {
            if (!Character.isWhitespace(text[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * A number, see {@link NumberText}; NaN where it is none.
     *
     * @param point what may stand between whole part and fraction, beside a full stop
     */
    double number(int field, char point) {
        double number = NumberText.parse(text, start(field), ends[field], '.');
        return Double.isNaN(number) && point != '.' ? NumberText.parse(text, start(field), ends[field], point) : number;
    }
}
