package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final Pattern NAME = Pattern.compile(
            "<text class=\"label\" text-anchor=\"start\" x=\"([\\d.]+)\" y=\"([\\d.]+)\">([a-z]+ set)</text>");

    private static final double NARROW = 360;

    /** Names that do not fit beside each other lie below each other, and the lines below them. */
    @Test
    void namesFitIntoANarrowDrawing() {
        List<Series> series = Stream.of("training set", "test set", "validation set")
                .map(name -> new Series(name, List.of(new Series.Point(0, 1), new Series.Point(1, 2))))
                .toList();
        Html html = new Html();
        new LineChart("costs", "iteration", "cost", series, OptionalDouble.empty(), "").draw(html);
        String narrow = html.toString().substring(html.toString().lastIndexOf("<svg"));

        Matcher name = NAME.matcher(narrow);
        int names = 0;
        double lowest = 0;
        while (name.find()) {
            double end = Double.parseDouble(name.group(1)) + 8 * name.group(3).length();
            assertThat(end).as(name.group(3)).isLessThan(NARROW);
            lowest = Math.max(lowest, Double.parseDouble(name.group(2)));
            names++;
        }
        assertThat(names).isEqualTo(3);
        assertThat(lowest).isEqualTo(36);
        Matcher grid =
                Pattern.compile("<line class=\"grid\"[^>]*y1=\"([\\d.]+)\"").matcher(narrow);
        while (grid.find()) {
            assertThat(Double.parseDouble(grid.group(1))).isGreaterThan(lowest);
        }
    }

    /** As learning rates are read: as far from 0.001 to 0.01 as from 0.01 to 0.1. */
    @Test
    void equalFactorsAreEqualDistancesBetweenPowers() {
        List<Series.Point> points = Stream.of(0.001, 0.01, 0.1)
                .map(rate -> new Series.Point(rate, 1))
                .toList();
        String drawing = new LineChart(
                        "costs",
                        "learning rate",
                        "cost",
                        List.of(new Series("all", points)),
                        OptionalDouble.empty(),
                        "",
                        LineChart.Domain.POWERS)
                .file();
        List<Double> at = Pattern.compile("<circle[^>]* cx=\"([\\d.]+)\"")
                .matcher(drawing)
                .results()
                .map(place -> Double.parseDouble(place.group(1)))
                .toList();
        assertThat(at).hasSize(3);
        assertThat(at.get(1) - at.get(0)).isPositive().isCloseTo(at.get(2) - at.get(1), within(0.02));
        assertThat(drawing).contains(">0.001</text>", ">0.01</text>", ">0.1</text>");
    }
}
