package io.github.layerc.rows;

/**
 * Decimal numbers: digits with a point, and an exponent. Java would also take {@code 1d}, {@code 0x1p3} and {@code Infinity}, which are slips of the pen in a table. The double nearest
 * to the number, as {@link Double#parseDouble} has it; most are found without making a string: a whole number below 2^53, times or by a power of ten that a double holds, is
 * rounded once (Clinger 1990).
 */
final class NumberText {
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

    /** @return NaN where the text between these places, blanks around it aside, is no number; infinite where it is too large for a double */
    static double parse(char[] text, int start, int end, char point) {
        double usual = usual(text, start, end, point);
        return Double.isNaN(usual) ? any(text, start, end, point) : usual;
    }

    /**
     * A number as most are, {@code 12}, {@code -0.5}: NaN where it is another one, or none. Signs come by chance, so there is no branch for them: they choose the divisor.
     */
    private static double usual(char[] text, int start, int end, char point) {
        int sign = start < end && text[start] == '-' ? 1 : 0;
        int first = start + sign;
        if (end - first > EXACT_DIGITS + 1) {
            return Double.NaN;
        }
        long digits = 0;
        int at = first;
        while (at < end && isDigit(text[at])) {
            digits = 10 * digits + (text[at++] - '0');
        }
        if (at == first) {
            return Double.NaN;
        }
        int behind = 0;
        if (at < end && text[at] == point) {
            at++;
            behind = end - at;
            while (at < end && isDigit(text[at])) {
                digits = 10 * digits + (text[at++] - '0');
            }
        }
        return at < end || digits > LARGEST_EXACT ? Double.NaN : exact(digits, behind, sign);
    }

    /**
     * Whether {@link #exact} has the nearest double.
     *
     * @param characters of the digits, a point among them
     */
    static boolean isExact(int characters, long digits) {
        return characters <= EXACT_DIGITS + 1 && digits <= LARGEST_EXACT;
    }

    /**
     * The double nearest to a number of few digits.
     *
     * @param behind how many of them stand behind the point
     * @param sign 1 for a negative number, else 0: it chooses the divisor
     */
    static double exact(long digits, int behind, int sign) {
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
