package io.github.layerc.rows;

import io.github.layerc.rows.field.NumberText;
import java.util.Arrays;

/**
 * Rows that were read together: their characters one behind the other, as they stand in the file, and where in them each field is. Every row has the same number of fields. It is used again
 * for rows that follow.
 */
final class Fields {
    /** What rows are made of where it was begun: then there are no characters. */
    private final Piece piece = new Piece();

    private boolean isPiece;

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

    /** Columns whose numbers are made of every row. */
    private int[] wanted = {};

    private char point = '.';

    /** For each column its place among them, -1 for none. */
    private int[] places = {};

    /** Of a row behind those of the row before. */
    private double[] numbers = {};

    /** Forgets all rows. */
    void clear() {
        piece.clear();
        isPiece = false;
        used = 0;
        count = 0;
        countOfWhole = 0;
        rows = 0;
    }

    /** Whether it is time to decode. */
    boolean isFull() {
        return used >= Piece.ENOUGH && rows > 0;
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
        require(length);
        System.arraycopy(from, offset, text, used, length);
        used += length;
    }

    private void require(int more) {
        if (more > text.length - used) {
            long twice = Math.min(2L * text.length, Integer.MAX_VALUE - 8);
            text = Arrays.copyOf(text, Math.max(Math.addExact(used, more), (int) twice));
        }
    }

    /** For lines of the file; they count once {@link #beginPiece} was called. */
    Piece piece() {
        return piece;
    }

    /** From now on rows are made of the piece, which begins at a line of the file, from 1. */
    void beginPiece(long at) {
        piece.begin(at);
        isPiece = true;
    }

    boolean isPiece() {
        return isPiece;
    }

    /**
     * Begins the next row of a piece and adds its fields; whoever calls this ends it.
     *
     * @return false behind the last one
     */
    boolean nextOfPiece(char separator) {
        long next = piece.nextLine();
        if (next == 0) {
            return false;
        }
        begin(next);
        requireNumbers(rows + 1);
        char also = point == separator ? '.' : point;
        piece.fields(separator, also, places, numbers, rows * wanted.length, this);
        return true;
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
        int start = starts[field];
        int end = ends[field];
        return (isPiece ? piece.text(start, end) : new String(text, start, end - start)).strip();
    }

    /**
     * Says which numbers are made of every row, see {@link NumberText}.
     *
     * @param some different columns, or -1 for one that is left out
     * @param also what may stand in a number between whole part and fraction, beside a full stop
     */
    void expect(char also, int... some) {
        if (some == wanted && also == point) {
            return;
        }
        point = also;
        wanted = some;
        numbers = new double[0];
        places = new int[Arrays.stream(some).max().orElse(-1) + 1];
        Arrays.fill(places, -1);
        for (int place = 0; place < some.length; place++) {
            if (some[place] >= 0) {
                places[some[place]] = place;
            }
        }
    }

    /** Room for the numbers of so many rows: NaN for columns that are left out, which no one writes. */
    private void requireNumbers(int ofRows) {
        int had = numbers.length;
        if (had < ofRows * wanted.length) {
            numbers = Arrays.copyOf(numbers, Math.max(ofRows * wanted.length, 2 * had));
            Arrays.fill(numbers, had, numbers.length, Double.NaN);
        }
    }

    /** Makes the numbers of all rows that were split by somebody else. */
    void makeNumbers() {
        if (isPiece()) {
            return;
        }
        requireNumbers(rows);
        for (int row = 0; row < rows; row++) {
            numbers(row, wanted, point, numbers, row * wanted.length);
        }
    }

    /** The numbers of a row that were made: a number for each, NaN where there is none. */
    void numbers(int row, double[] out) {
        System.arraycopy(numbers, row * wanted.length, out, 0, wanted.length);
    }

    /**
     * Makes numbers of a row now.
     *
     * @param some columns, or -1 for one that is left out
     * @param also as above
     */
    void numbers(int row, int[] some, char also, double[] out, int at) {
        int first = row * columns;
        for (int c = 0; c < some.length; c++) {
            int field = first + some[c];
            out[at + c] = some[c] < 0 ? Double.NaN : number(starts[field], ends[field], also);
        }
    }

    private double number(int start, int end, char also) {
        return isPiece ? piece.number(start, end, also) : NumberText.parse(text, start, end, also);
    }
}
