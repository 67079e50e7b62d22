package io.github.layerc.rows.field;

/**
 * Decimal numbers: digits with a point, and an exponent. Java would also take {@code 1d}, {@code 0x1p3} and {@code Infinity}, which are slips of the pen in a table. The double nearest
 * to the number, as {@link Double#parseDouble} has it; most are found without making a string: a whole number below 2^53, times or by a power of ten that a double holds, is
 * rounded once (Clinger 1990).
 */
public final class NumberText {
    private static final double[] TENS = new double[23];

    /** Each with its negative behind it. */
    private static final double[] SIGNED_TENS = new double[2 * TENS.length];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
        for (int i = 0; i < TENS.length; i++) {
            SIGNED_TENS[2 * i] = TENS[i];
            SIGNED_TENS[2 * i + 1] = -TENS[i];
        }
    }

    /** Whole numbers of so many digits are below 2^53. */
    private static final int EXACT_DIGITS = 15;

    private static final long LARGEST_EXACT = 1L << 53;

    private NumberText() {}

    /**
     * The number that stands between two places, blanks around it aside.
     *
     * @param also what may stand between whole part and fraction, beside a full stop
     * @return NaN where there is none; infinite where it is too large for a double
     */
    public static double parse(char[] text, int start, int end, char also) {
        double[] usual = new double[1];
        if (end > start && scan(text, start, end, '.', also, usual) == end) {
            return usual[0];
        }
        double number = any(text, start, end, '.');
        return Double.isNaN(number) && also != '.' ? any(text, start, end, also) : number;
    }

    /** The same of a whole text. */
    public static double parse(String text, char also) {
        return parse(text.toCharArray(), 0, text.length(), also);
    }

    /**
     * Reads a number as most are, {@code 12}, {@code -0.5}, as far as it goes. Signs come by chance, so there is no branch for them: they choose the divisor.
     *
     * @param limit behind the last character
     * @param point what may stand between whole part and fraction, or {@code also}
     * @param out takes it
     * @return the place behind it; {@code start} where there is none that begins there, or none of few digits
     */
    private static int scan(char[] text, int start, int limit, char point, char also, double... out) {
        int sign = start < limit && text[start] == '-' ? 1 : 0;
        int first = start + sign;
        int at = first;
        long digits = 0;
        while (at < limit && isDigit(text[at])) {
            digits = 10 * digits + (text[at++] - '0');
        }
        if (at == first) {
            return start;
        }
        int behind = 0;
        if (at < limit && (text[at] == point || text[at] == also)) {
            int fraction = ++at;
            while (at < limit && isDigit(text[at])) {
                digits = 10 * digits + (text[at++] - '0');
            }
            behind = at - fraction;
        }
        // the point counts as a digit
        if (at - first > EXACT_DIGITS + 1 || digits > LARGEST_EXACT) {
            return start;
        }
        out[0] = shifted(digits, behind, sign);
        return at;
    }

    /**
     * Rounded once.
     *
     * @param digits below 2^53
     * @param behind the point
     * @param sign 1 of a negative number, else 0
     */
    static double shifted(long digits, int behind, int sign) {
        return digits / SIGNED_TENS[2 * behind + sign];
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static double any(char[] text, int start, int end, char point) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(text[to - 1])) {
            to--;
        }
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        long digits = 0;
        int significant = 0;
        int written = 0;
        int scale = 0;
        boolean behind = false;
        for (; at < to; at++) {
            char c = text[at];
            if (c == point && !behind) {
                behind = true;
            } else if (isDigit(c)) {
                written++;
                significant += significant > 0 || c != '0' ? 1 : 0;
                digits = significant <= EXACT_DIGITS ? 10 * digits + (c - '0') : digits;
                scale -= behind ? 1 : 0;
            } else {
                break;
            }
        }
        if (written == 0) {
            return Double.NaN;
        }
        if (at < to) {
            int exponent = exponent(text, at, to);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
            scale += exponent;
        }
        if (significant <= EXACT_DIGITS && Math.abs(scale) < TENS.length) {
            double size = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
            return negative ? -size : size;
        }
        return Double.parseDouble(new String(text, from, to - from).replace(point, '.'));
    }

    /** From {@code e} on; the smallest integer where it is no exponent. One of many digits is as good as a large one. */
    private static int exponent(char[] text, int start, int end) {
        int at = start;
        if (text[at] != 'e' && text[at] != 'E') {
            return Integer.MIN_VALUE;
        }
        at++;
        boolean negative = at < end && text[at] == '-';
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        if (at == end) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; at < end; at++) {
            if (!isDigit(text[at])) {
                return Integer.MIN_VALUE;
            }
            exponent = Math.min(1_000_000, 10 * exponent + (text[at] - '0'));
        }
        return negative ? -exponent : exponent;
    }
}
