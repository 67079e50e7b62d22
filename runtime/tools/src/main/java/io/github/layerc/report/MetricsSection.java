package io.github.layerc.report;

import io.github.layerc.data.Printable;
import io.github.layerc.metrics.Calibration;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Ranking;
import io.github.layerc.network.Network;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.LineChart;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import io.github.layerc.report.draw.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All metrics of all sets; for classes also their ROC curves and the calibration.
 *
 * @param results of the set that matters most last
 * @param classes empty for a regression
 */
record MetricsSection(Network network, List<Predictions> results, Optional<Classes> classes) {
    /** One line is the diagonal. */
    private static final int MOST_LINES = LineChart.COLOURS - 1;

    /** So that a name fits into a narrow drawing. */
    private static final int MOST_CHARACTERS = 24;

    void write(Html html) {
        Page.section(html, "Metrics");
        List<String> head = new ArrayList<>(List.of(""));
        results.forEach(each -> head.add(each.name()));
        Page.table(
                html,
                "Metrics of all sets",
                head,
                Metric.all(network).stream().map(this::row).toList());
        classes.ifPresent(names -> {
            roc(html, names);
            calibration(html);
        });
        html.close();
    }

    private List<String> row(Metric metric) {
        List<String> row = new ArrayList<>(List.of(metric.keyword().replace('_', ' ')));
        for (Predictions each : results) {
            double value = metric.of(each.outcomes());
            row.add(Double.isNaN(value) ? "-" : Numbers.of(value));
        }
        return row;
    }

    /** One output: a line for each set; more: one for each class, of the set that matters most. */
    private void roc(Html html, Classes names) {
        Predictions last = results.get(results.size() - 1);
        int shown = Math.min(names.count(), MOST_LINES);
        boolean one = network.outputs() == 1;
        List<Series> lines = one
                ? results.stream()
                        .map(each -> roc(each.name(), Ranking.of(each.outcomes(), 1)))
                        .toList()
                : IntStream.range(0, shown)
                        .mapToObj(number -> roc(
                                Printable.shorten(names.name(number), MOST_CHARACTERS),
                                Ranking.of(last.outcomes(), number)))
                        .toList();
        String of = one ? "" : " of the " + last.name();
        String more = one || shown == names.count() ? "" : ", the first " + shown + " of " + names.count() + " classes";
        draw(
                html,
                "ROC curves" + of + more,
                "share of the others that is taken for the class",
                "share of the class",
                "by chance",
                lines);
    }

    private static Series roc(String name, Ranking ranking) {
        return new Series(
                name,
                ranking.roc().stream()
                        .map(point -> new Series.Point(point.falsePositives(), point.truePositives()))
                        .toList());
    }

    private void calibration(Html html) {
        draw(
                html,
                network.outputs() == 1
                        ? "Calibration: how often class 1 is right where it is that probable"
                        : "Calibration: how often the predicted class is right where it is that probable",
                "probability",
                "share that is right",
                "as sure as right",
                results.stream().map(MetricsSection::calibration).toList());
    }

    private static Series calibration(Predictions results) {
        return new Series(
                results.name(),
                Calibration.of(results.outcomes()).points().stream()
                        .map(point -> new Series.Point(point.predicted(), point.observed()))
                        .toList());
    }

    /** @param diagonal what it is to be on it */
    private static void draw(Html html, String title, String xName, String yName, String diagonal, List<Series> lines) {
        List<Series> drawn = new ArrayList<>(
                lines.stream().filter(line -> !line.points().isEmpty()).toList());
        if (!drawn.isEmpty()) {
            drawn.add(new Series(diagonal, List.of(new Series.Point(0, 0), new Series.Point(1, 1))));
            html.element("h3", title);
            LineChart.ofShares(title, xName, yName, drawn).draw(html);
        }
    }
}
