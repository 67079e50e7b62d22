package io.github.layerc.rows.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal numbers among the bytes of a text, as {@link NumberText} has them: whole ones of up to 15 digits, others of up to 14, seven of them in front of the point, as most are. Eight
 * bytes are looked at together, since what a loop over digits costs is to guess where it ends.
 */
public final class NumberBytes {
    /** So many bytes from the place on where a number begins are looked at, whatever they are. */
    public static final int AHEAD = 1 + 2 * Long.BYTES;

    /** The first byte in the lowest place. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;
    private static final long LOWER = ~HIGHEST;

    private static final long[] WHOLE_TENS = new long[Long.BYTES];

    static {
        WHOLE_TENS[0] = 1;
        for (int i = 1; i < WHOLE_TENS.length; i++) {
            WHOLE_TENS[i] = 10 * WHOLE_TENS[i - 1];
        }
    }

    private NumberBytes() {}

    /**
     * Reads a number of digits with or without a point.
     *
     * @param text with {@link #AHEAD} bytes or more from {@code start} on
     * @param point what may stand between whole part and fraction, or {@code also}
     * @param out takes it at {@code to}
     * @return the place behind it; {@code start} where there is none that begins there, or one of more digits, in front of the point or in all
     */
    public static int scan(byte[] text, int start, int point, int also, double[] out, int to) {
        int sign = text[start] == '-' ? 1 : 0;
        int first = start + sign;
        long word = (long) WORD.get(text, first);
        long others = others(word);
        int whole = place(others);
        if (whole == 0) {
            return start;
        }
        if (whole == Long.BYTES) {
            return scanLong(text, start, first, point, also, out, to);
        }
        int behind = byteAt(word, whole);
        if (behind != point && behind != also) {
            out[to] = NumberText.shifted(digits(word, whole), 0, sign);
            return first + whole;
        }
        // digits move to the place of the point
        long inFront = (1L << (Byte.SIZE * whole)) - 1;
        long closed = (word & inFront) | ((word >>> Byte.SIZE) & ~inFront);
        int end = place(others & (others - 1));
        if (end < Long.BYTES) {
            out[to] = NumberText.shifted(digits(closed, end - 1), end - 1 - whole, sign);
            return first + end;
        }
        long next = (long) WORD.get(text, first + Long.BYTES);
        int more = place(others(next));
        if (more == Long.BYTES) {
            return start;
        }
        long all = digits(closed, Long.BYTES - 1) * WHOLE_TENS[more] + digits(next, more);
        out[to] = NumberText.shifted(all, Long.BYTES - 1 - whole + more, sign);
        return first + Long.BYTES + more;
    }

    /** The same of eight digits or more, without a point. */
    private static int scanLong(byte[] text, int start, int first, int point, int also, double[] out, int to) {
        long next = (long) WORD.get(text, first + Long.BYTES);
        int more = place(others(next));
        if (more == Long.BYTES || byteAt(next, more) == point || byteAt(next, more) == also) {
            return start;
        }
        long all = eightDigits((long) WORD.get(text, first)) * WHOLE_TENS[more] + digits(next, more);
        out[to] = NumberText.shifted(all, 0, first - start);
        return first + Long.BYTES + more;
    }

    private static int byteAt(long word, int place) {
        return (int) (word >>> (Byte.SIZE * place)) & 0xff;
    }

    /** The highest bit of every byte that is no digit. */
    private static long others(long word) {
        long values = word ^ ('0' * EACH);
        // 10 and more carry into the highest bit, and no further
        return (((values & LOWER) + (0x80 - 10) * EACH) | values) & HIGHEST;
    }

    /** Of the first byte that is marked; eight where none is. */
    private static int place(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }

    /** The number that the first digits are, up to seven. In two steps: Java shifts by 64 bits not at all. */
    private static long digits(long word, int count) {
        return eightDigits(word << Byte.SIZE << (Byte.SIZE * (Long.BYTES - 1 - count)));
    }

    /**
     * By pairs, fours and all; a byte of 0 is as good as a digit 0 (the way of D. Lemire, "Number parsing at a gigabyte per second", 2021).
     */
    private static long eightDigits(long word) {
        long ones = word & (0x0f * EACH);
        long pairs = 10 * ones + (ones >>> Byte.SIZE);
        long even = (pairs & 0x000000ff000000ffL) * (100 + (1_000_000L << Integer.SIZE));
        long odd = ((pairs >>> Short.SIZE) & 0x000000ff000000ffL) * (1 + (10_000L << Integer.SIZE));
        return (even + odd) >>> Integer.SIZE;
    }

    /** Whether no byte of the first ones is part of a longer character. */
    public static boolean isAscii(byte[] text, int length) {
        int at = 0;
        while (at <= length - Long.BYTES && ((long) WORD.get(text, at) & HIGHEST) == 0) {
            at += Long.BYTES;
        }
        while (at < length && text[at] >= 0) {
            at++;
        }
        return at == length;
    }
}
