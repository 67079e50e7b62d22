package io.github.layerc.report.table;

import io.github.layerc.data.Printable;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.network.random.NumpyRandom;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import io.github.layerc.report.draw.ScatterChart;
import io.github.layerc.report.draw.Series;
import io.github.layerc.table.Fitted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a regression predicts against what is true, for each target in its own unit.
 *
 * @param results of the set that matters most last
 */
public record TruthSection(Fitted fitted, List<OwnResults> results) {
    private static final int MOST_TARGETS = 12;
    private static final int MOST_FIGURES = 2;
    private static final int MOST_POINTS = 2000;
    private static final int MOST_CHARACTERS = 40;
    private static final List<Metric> METRICS =
            List.of(Metric.RMSE, Metric.R2, Metric.MAE, Metric.MAPE, Metric.EXPLAINED_VARIANCE);

    /** Of many points some, which are always the same. */
    private static final int SEED = 1;

    public void write(Html html) {
        int all = fitted.table().targets().size();
        Page.section(html, "Predicted against true");
        if (all > MOST_TARGETS) {
            html.element("p", "The first " + MOST_TARGETS + " of " + Numbers.count(all) + " targets.");
        }
        for (int t = 0; t < Math.min(all, MOST_TARGETS); t++) {
            write(html, t);
        }
        html.close();
    }

    /** R2 and residual RMSE of the set that matters most, by what they are. None where there are no results. */
    public static Map<String, String> figures(Fitted fitted, List<OwnResults> results) {
        Map<String, String> figures = new LinkedHashMap<>();
        if (!results.isEmpty()) {
            OwnResults last = results.get(results.size() - 1);
            for (int t = 0; t < Math.min(MOST_FIGURES, last.targets().size()); t++) {
                String of = " of " + name(fitted, t) + ", " + last.name();
                figures.put("R2" + of, number(Metric.R2.of(last.targets().get(t))));
                figures.put("RMSE" + of, number(Metric.RMSE.of(last.targets().get(t))));
            }
        }
        return figures;
    }

    private void write(Html html, int target) {
        String name = name(fitted, target);
        OwnResults last = results.get(results.size() - 1);
        Outcomes outcomes = last.targets().get(target);
        int[] shown = points(outcomes.count());
        html.element("h3", name);
        html.element(
                "p",
                "The " + last.name() + " in the unit of " + name + ": RMSE of the residuals "
                        + number(Metric.RMSE.of(outcomes)) + ", R2 " + number(Metric.R2.of(outcomes))
                        + ". A point on the dashed line is predicted right."
                        + (shown.length < outcomes.count()
                                ? " Shown are " + Numbers.count(shown.length) + " of " + Numbers.count(outcomes.count())
                                        + " rows, drawn by chance."
                                : ""));
        new ScatterChart(
                        "Predicted " + name + " against true, " + last.name(),
                        "true " + name,
                        "predicted " + name,
                        Arrays.stream(shown)
                                .mapToObj(row -> new Series.Point(outcomes.target(row, 0), outcomes.output(row, 0)))
                                .toList())
                .draw(html);
        Page.table(
                html,
                "Metrics of " + name + " in its own unit",
                head(),
                METRICS.stream().map(metric -> row(metric, target)).toList());
    }

    private static String name(Fitted fitted, int target) {
        return Printable.shorten(fitted.table().targets().get(target).name(), MOST_CHARACTERS);
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(List.of(""));
        results.forEach(each -> head.add(each.name()));
        return head;
    }

    private List<String> row(Metric metric, int target) {
        List<String> row = new ArrayList<>(List.of(metric.keyword().replace('_', ' ')));
        results.forEach(each -> row.add(number(metric.of(each.targets().get(target)))));
        return row;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : Numbers.of(value);
    }

    private static int[] points(int count) {
        int[] order = new int[count];
        new NumpyRandom(SEED).permutation(order);
        return Arrays.stream(order).limit(MOST_POINTS).sorted().toArray();
    }
}
