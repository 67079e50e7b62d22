package io.github.layerc.report;

import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.LineChart;
import io.github.layerc.report.draw.Page;
import io.github.layerc.report.draw.Series;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Costs over the learning rates that led to them, as a page for people and as a drawing.
 *
 * @param title of the page
 * @param subtitle one line
 * @param costs over positive rates
 * @param suggested the rate that stands out
 * @param facts for a table
 */
public record RatesReport(String title, String subtitle, List<Series> costs, double suggested, List<Fact> facts) {

    /** The page; the same values give the same bytes. */
    public String page() {
        Page page = new Page(title, subtitle);
        Html html = page.html();
        Page.section(html, "Cost");
        chart().draw(html);
        html.close();
        Page.section(html, "Rates");
        Page.words(
                html,
                "What the curve says",
                List.of("what", "value"),
                facts.stream().map(fact -> List.of(fact.name(), fact.value())).toList());
        html.close();
        return page.end();
    }

    /** The curve as a file of SVG. */
    public String curve() {
        return chart().file();
    }

    private LineChart chart() {
        return new LineChart(
                "Cost after a few steps at each learning rate",
                "learning rate",
                "cost",
                costs,
                OptionalDouble.of(suggested),
                "suggested",
                LineChart.Domain.POWERS);
    }
}
