package io.github.layerc.rows.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers from text: the doubles that Java has for them, and nothing that only Java takes for a number. */
class NumberTextTest {

    private static double parse(String text) {
        return NumberText.parse(text, '.');
    }

    @Test
    void areThoseOfJava() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            double number = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(100_000) / 1000.0;
                case 2 -> random.nextGaussian() * 1e6;
                default -> random.nextLong();
            };
            if (!Double.isFinite(number)) {
                continue;
            }
            String text = i % 3 == 0 ? new BigDecimal(number).toPlainString() : Double.toString(number);
            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+1",
                ".5",
                "5.",
                "1e3",
                "1E-3",
                "1e+3",
                " 7 ",
                "00012",
                "0.000000000000000000000000000001",
                "123456789012345678901234567890",
                "9007199254740993",
                "1e22",
                "1e23",
                "1e-400",
                "4.9e-324",
                "2.2250738585072011e-308",
                "123456789012345e22",
                "0e999999999999"
            })
    void takeDecimalNumbers(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text.strip()));
    }

    @Test
    void areInfiniteWhereADoubleDoesNotHoldThem() {
        assertThat(parse("1e400")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(parse("-1e99999999999")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "1d",
                "1f",
                "0x1p3",
                "NaN",
                "Infinity",
                "inf",
                "1,5",
                "1 2",
                "--1",
                "1e5.0",
                "\u0661",
                "1_000"
            })
    void takeNothingElse(String text) {
        assertThat(parse(text)).isNaN();
    }
}
