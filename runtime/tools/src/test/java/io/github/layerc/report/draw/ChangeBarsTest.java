package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeBarsTest {
    @Test
    void drawsBarsToBothSidesOfZero() {
        // wide: 908 units from -0.2 to 1
        assertThat(draw(bar(1, 0), bar(-0.1, 0)))
                .contains("<rect class=\"bar colour0\" x=\"159.33\" y=\"20\" width=\"756.67\"")
                .contains("<rect class=\"bar colour0\" x=\"83.67\" y=\"58\" width=\"75.67\"")
                .doesNotContain("class=\"error\"");
    }

    @Test
    void drawsDeviations() {
        assertThat(draw(bar(0.5, 0.1)).split("class=\"error\"", -1)).hasSize(1 + 2 * 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY, 1e308})
    void takesAnyValue(double value) {
        assertThat(draw(bar(value, value), bar(value, 0)))
                .doesNotContain("NaN", "Infinity")
                .contains(">a<");
    }

    @Test
    void refusesAChartWithoutBars() {
        assertThatThrownBy(() -> new ChangeBars("Drops", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a chart must have at least one bar: title=Drops");
        assertThatThrownBy(() -> new CountBars("Counts", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bars must be at least one: title=Counts");
        assertThatThrownBy(() -> new Histogram("Ages", List.of(), "0", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a histogram must have at least one bin: title=Ages");
    }

    private static ChangeBars.Bar bar(double value, double deviation) {
        return new ChangeBars.Bar("a", value, deviation, "text");
    }

    private static String draw(ChangeBars.Bar... bars) {
        Html html = new Html();
        new ChangeBars("Drops", List.of(bars)).draw(html);
        return html.toString();
    }
}
