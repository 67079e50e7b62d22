package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarChartTest {
    @Test
    void drawsBarsWithTheirErrors() {
        String chart = draw(bar("a", 100, 10), bar("b", 50, Double.NaN));
        // 908 units for 120 ns, wide and narrow
        assertThat(chart).contains("<rect class=\"bar colour0\" x=\"8\" y=\"28\" width=\"756.67\"");
        assertThat(chart.split("class=\"error\"", -1)).hasSize(1 + 2 * 3);
        assertThat(chart).contains(">20 ns<").doesNotContain("NaN");
    }

    @Test
    void showsTimesThatAreFarApartOnALogarithmicAxis() {
        assertThat(draw(bar("a", 25, 1), bar("b", 28_000_000, 1000))).contains(">1 us<", ">100 us<", ">10 ms<");
    }

    /** As wide as the time, or as measured from one iteration. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 150, 1e18, Double.POSITIVE_INFINITY, Double.NaN})
    void takesAnyError(double error) {
        assertThat(draw(bar("a", 100, error), bar("b", 1e9, error))).doesNotContain("NaN", "Infinity");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoTime(double time) {
        assertThatThrownBy(() -> bar("a", time, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("times must be positive and finite: bar=a, time=" + time);
    }

    @Test
    void refusesAChartWithoutBars() {
        assertThatThrownBy(() -> new BarChart("Times", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a chart must have at least one bar: title=Times");
    }

    private static BarChart.Bar bar(String name, double value, double error) {
        return new BarChart.Bar(name, value, error, "text", true);
    }

    private static String draw(BarChart.Bar... bars) {
        Html html = new Html();
        new BarChart("Times", List.of(bars)).draw(html);
        return html.toString();
    }
}
