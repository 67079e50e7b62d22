package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.08841975, 0.08842",
        "1250, 1250",
        "99999.6, 100000",
        "2500000, 2500000",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "3.14159e-7, 3.142e-7",
        "-1.5e300, -1.5e300",
        "5e-324, 4.941e-324",
        "NaN, not a number",
        "Infinity, infinite",
        "-Infinity, minus infinite"
    })
    void haveUpToFourDigits(double value, String text) {
        assertThat(Numbers.of(value)).isEqualTo(text);
    }

    @Test
    void haveTheUnitOrTheWordThatFits() {
        assertThat(Numbers.time(25_280)).isEqualTo("25.28 us");
        assertThat(Numbers.time(20)).isEqualTo("20 ns");
        assertThat(Numbers.time(1e6)).isEqualTo("1 ms");
        assertThat(Numbers.time(5e9)).isEqualTo("5 s");
        assertThat(Numbers.percent(0.8)).isEqualTo("80.0 %");
        assertThat(Numbers.percent(Double.NaN)).isEqualTo("-");
        assertThat(Numbers.share(0.97349)).isEqualTo("0.973");
        assertThat(Numbers.share(Double.NaN)).isEqualTo("-");
        assertThat(Numbers.count(12_288)).isEqualTo("12,288");
        assertThat(Numbers.count(1, "picture")).isEqualTo("1 picture");
        assertThat(Numbers.count(0, "picture")).isEqualTo("0 pictures");
    }
}
