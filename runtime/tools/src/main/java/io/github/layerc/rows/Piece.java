package io.github.layerc.rows;

import io.github.layerc.rows.field.NumberBytes;
import io.github.layerc.rows.field.NumberText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whole lines of a file, in which there is no quote, in bytes as they stand there: to make characters of all of them would be a third of the work of reading them. In UTF-8 no byte of
 * a longer character is one of those that end a field.
 */
final class Piece {
    /** So many bytes, or characters, that a cache still holds them when they are made numbers. */
    static final int ENOUGH = 1 << 16;

    private byte[] text = new byte[ENOUGH + NumberBytes.AHEAD];
    private int used;

    /** Line of the file at the place up to which rows were made, from 1. */
    private long line;

    private int at;

    void clear() {
        used = 0;
        at = 0;
    }

    int used() {
        return used;
    }

    void append(byte... more) {
        require(more.length);
        System.arraycopy(more, 0, text, used, more.length);
        used += more.length;
    }

    /**
     * Adds some bytes of a file, at least one.
     *
     * @return false if there are no more
     */
    boolean append(InputStream in) throws IOException {
        require(1);
        int count = in.read(text, used, text.length - NumberBytes.AHEAD - used);
        used += Math.max(0, count);
        return count >= 0;
    }

    private void require(int more) {
        int needed = Math.addExact(Math.addExact(used, more), NumberBytes.AHEAD);
        if (needed > text.length) {
            long twice = Math.min(2L * text.length, Integer.MAX_VALUE - 8);
            text = Arrays.copyOf(text, Math.max(needed, (int) twice));
        }
    }

    /** The place behind the last line feed; 0 if there is none. */
    int lastLineEnd() {
        int end = used;
        while (end > 0 && text[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** All bytes, a character for each: the JIT looks for a character in many places of a string at a time, but not of an array. */
    String asString() {
        return new String(text, 0, used, StandardCharsets.ISO_8859_1);
    }

    /** Takes away the bytes from a place on. */
    byte[] cut(int from) {
        byte[] behind = Arrays.copyOfRange(text, from, used);
        used = from;
        return behind;
    }

    /** From now on rows can be made. */
    void begin(long atLine) {
        line = atLine;
        // no loop has to look where the text ends
        text[used] = '\n';
    }

    /**
     * Cuts what is no UTF-8, from the beginning of the line in which it is.
     *
     * @param decoder of UTF-8 that refuses all else
     * @return whether there was such
     */
    boolean cutOtherBytes(CharsetDecoder decoder) {
        if (NumberBytes.isAscii(text, used)) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(text, 0, used);
        CharBuffer characters = CharBuffer.allocate(used);
        boolean broken = decoder.reset().decode(bytes, characters, true).isError();
        if (broken) {
            used = bytes.position();
            while (used > 0 && !isLineEnd(text[used - 1])) {
                used--;
            }
            text[used] = '\n';
        }
        return broken;
    }

    /** Line of the file where the next row begins, or would. */
    long line() {
        return line;
    }

    /** The line of the next row; empty lines are skipped. 0 behind the last one. */
    long nextLine() {
        while (at < used && isLineEnd(text[at])) {
            at = behindLineEnd(at);
            line++;
        }
        return at < used ? line : 0;
    }

    /**
     * Adds the fields of the row that was begun, and makes numbers of some.
     *
     * @param places for each column where its number goes, from {@code to} on; -1 for none, as for all behind them
     * @param also what may stand in a number between whole part and fraction, beside a full stop; what separates may not
     */
    void fields(char separator, char also, int[] places, double[] numbers, int to, Fields fields) {
        int start = at;
        for (int column = 0; ; column++) {
            int place = column < places.length ? places[column] : -1;
            int end = place < 0 ? end(start, separator) : number(start, separator, also, numbers, to + place);
            fields.add(start, end);
            if (text[end] != separator) {
                at = behindLineEnd(end);
                line++;
                return;
            }
            start = end + 1;
        }
    }

    private int end(int from, char separator) {
        byte[] all = text;
        // most characters are above all that end a field
        int highest = Math.max(separator, '\r');
        int end = from;
        while (all[end] > highest || (all[end] != separator && !isLineEnd(all[end]))) {
            end++;
        }
        return end;
    }

    /** Makes the number of a field, most of them while it looks for the end, which it returns. */
    private int number(int start, char separator, char also, double[] numbers, int to) {
        int behind = NumberBytes.scan(text, start, '.', also, numbers, to);
        if (behind > start && (text[behind] == separator || isLineEnd(text[behind]))) {
            return behind;
        }
        int end = end(behind, separator);
        numbers[to] = number(start, end, also);
        return end;
    }

    private static boolean isLineEnd(byte c) {
        return c == '\n' || c == '\r';
    }

    private int behindLineEnd(int end) {
        return end + (text[end] == '\r' && end + 1 < used && text[end + 1] == '\n' ? 2 : 1);
    }

    /** The number that is there, by way of a string; NaN for none. */
    double number(int start, int end, char also) {
        return NumberText.parse(text(start, end), also);
    }

    String text(int start, int end) {
        return new String(text, start, end - start, StandardCharsets.UTF_8);
    }
}
