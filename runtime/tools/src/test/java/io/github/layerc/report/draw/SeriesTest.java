package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.report.draw.Series.Point;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void leavesOutWhatHasNoPlace() {
        Series series = new Series(
                "cost",
                List.of(
                        new Point(0, Double.NaN),
                        new Point(1, Double.POSITIVE_INFINITY),
                        new Point(2, 1e305),
                        new Point(3, 0.5)));
        assertThat(series.points()).containsExactly(new Point(3, 0.5));
    }

    /** A peak of one iteration in a million is still there, and so are both ends. */
    @Test
    void losesNoPeakWhereThereAreManyPoints() {
        List<Point> points = IntStream.range(0, 1_000_000)
                .mapToObj(i -> new Point(i, i == 123_456 ? 50 : i == 777_777 ? -50 : 1.0 / (1 + i)))
                .toList();
        List<Point> thinned = new Series("cost", points).thinned().points();

        assertThat(thinned).hasSizeLessThanOrEqualTo(1000);
        assertThat(thinned).extracting(Point::y).contains(50.0, -50.0);
        assertThat(thinned).first().isEqualTo(points.get(0));
        assertThat(thinned).last().isEqualTo(points.get(999_999));
        assertThat(thinned).extracting(Point::x).isSorted();
    }

    @Test
    void drawsOnePointAsADotAndNoneAsWords() {
        String one = chart(List.of(new Point(0, 0.7)));
        assertThat(one).contains("<circle class=\"dot colour0\"").containsOnlyOnce("<path class=\"line");
        assertThat(chart(List.of())).contains("no numbers to draw");
    }

    @Test
    void marksAnIteration() {
        LineChart chart = new LineChart(
                "Cost",
                "iteration",
                "cost",
                List.of(new Series("training set", List.of(new Point(0, 1), new Point(100, 0.5)))),
                OptionalDouble.of(50),
                "chosen: iteration 50");
        assertThat(chart.file()).contains("class=\"mark\" x1=\"401\"", "chosen: iteration 50");
        Html html = new Html();
        chart.draw(html);
        assertThat(html.toString().split("class=\"mark\"", -1))
                .as("wide and narrow")
                .hasSize(3);
    }

    private static String chart(List<Point> points) {
        return new LineChart(
                        "Cost",
                        "iteration",
                        "cost",
                        List.of(new Series("training set", points)),
                        OptionalDouble.empty(),
                        "")
                .file();
    }
}
