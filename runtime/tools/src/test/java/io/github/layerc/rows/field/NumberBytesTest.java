package io.github.layerc.rows.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberBytesTest {
    /** Somewhere in the text, as fields are. */
    private static final int START = 3;

    private final double[] out = {Double.NaN, 0.5};

    /** The bytes of a text, with others behind it. */
    private static byte[] bytes(String text, String behind) {
        byte[] some = ("9.-" + text + behind + "1234567890.1234567890").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(some, some.length + NumberBytes.AHEAD);
    }

    private int scan(String text, String behind) {
        return NumberBytes.scan(bytes(text, behind), START, '.', ',', out, 1) - START;
    }

    /** Every number of whole digits and of digits behind a point, with both signs, in front of what may end a field. */
    @Test
    void takesNumbersOfUpTo14DigitsWhateverIsBehindThem() {
        Random random = new Random(1);
        for (int whole = 1; whole <= 15; whole++) {
            for (int fraction = -1; fraction <= 15; fraction++) {
                for (String sign : new String[] {"", "-"}) {
                    for (String behind : new String[] {";", "\n", "\r\n", " ", "e5", "-", "\u00e9"}) {
                        String point = random.nextBoolean() ? "." : ",";
                        String text =
                                sign + digits(random, whole) + (fraction < 0 ? "" : point + digits(random, fraction));
                        int end = scan(text, behind);
                        boolean usual = fraction < 0 || (whole < 8 && whole + fraction < 15);
                        assertThat(end).as(text + behind).isEqualTo(usual ? text.length() : 0);
                        if (usual) {
                            assertThat(Double.doubleToRawLongBits(out[1]))
                                    .as(text)
                                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text.replace(',', '.'))));
                        }
                    }
                }
            }
        }
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    /** Whatever byte is behind a digit, and behind a point, it ends the number. */
    @Test
    void noOtherByteIsADigit() {
        for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
            if (value >= '0' && value <= '9') {
                continue;
            }
            byte[] text = bytes("12", "x4;");
            text[START + 2] = (byte) value;
            boolean point = value == '.' || value == ',';
            assertThat(NumberBytes.scan(text, START, '.', ',', out, 1)).isEqualTo(START + (point ? 4 : 2));
            assertThat(out[1]).isEqualTo(point ? 12.4 : 12);
            text[START] = (byte) value;
            assertThat(NumberBytes.scan(text, START, '.', ',', out, 1) > START).isEqualTo(value == '-');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--1", "+1", ".5", "-.5", " 1", "x", "nan", "-x1"})
    void leavesWhatBeginsOtherwise(String text) {
        assertThat(scan(text, ";")).isZero();
    }

    /** Of the text's own length, and of all in which one byte is not. */
    @Test
    void seesEveryByteThatIsNotAscii() {
        for (int length = 0; length <= 20; length++) {
            byte[] text = new byte[24];
            Arrays.fill(text, (byte) 0x7f);
            text[length] = -1;
            assertThat(NumberBytes.isAscii(text, length)).isTrue();
            for (int at = 0; at < length; at++) {
                text[at] = (byte) 0x80;
                assertThat(NumberBytes.isAscii(text, length)).isFalse();
                text[at] = 0;
            }
        }
    }
}
