package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScatterChartTest {
    private static String draw(Series.Point... points) {
        Html html = new Html();
        new ScatterChart("Prices", "true", "predicted", List.of(points)).draw(html);
        return html.toString();
    }

    /** The wide drawing has 538 units from 0 to 10, upwards from 568. */
    @Test
    void putsPointsOverAxesOfTheSameScale() {
        assertThat(draw(new Series.Point(0, 10), new Series.Point(5, 5), new Series.Point(10, 0)))
                .contains("d=\"M66 30h0M335 299h0M604 568h0\"")
                .contains("<line class=\"mark\" x1=\"66\" y1=\"568\" x2=\"604\" y2=\"30\"/>");
    }

    @Test
    void leavesOutWhatIsNoNumber() {
        assertThat(draw(
                        new Series.Point(1, Double.NaN),
                        new Series.Point(Double.POSITIVE_INFINITY, 1),
                        new Series.Point(-3, -3)))
                .contains("h0\"")
                .doesNotContain("h0M")
                .doesNotContain("NaN", "Infinity");
        assertThat(draw(new Series.Point(1, Double.NaN))).contains("no numbers to draw");
    }
}
