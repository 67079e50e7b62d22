package io.github.layerc.report;

import io.github.layerc.report.draw.BarChart;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Page;
import java.util.List;

/**
 * Measured times as a page for people: for each task a chart of bars with their errors, and a table of all that was measured.
 *
 * @param title of the page
 * @param subtitle one line
 * @param head of the tables; the first column is text
 */
public record ComparisonReport(String title, String subtitle, List<String> head, List<Task> tasks) {

    /**
     * What was measured with several engines.
     *
     * @param bars one for each row
     * @param rows cells as in the head
     */
    public record Task(String name, List<BarChart.Bar> bars, List<List<String>> rows) {}

    /** The page; the same values give the same bytes. */
    public String page() {
        Page page = new Page(title, subtitle);
        Html html = page.html();
        for (Task task : tasks) {
            Page.section(html, task.name());
            new BarChart("Times of " + task.name() + ", shorter is better", task.bars()).draw(html);
            Page.table(html, "All that was measured of " + task.name(), head, task.rows());
            html.close();
        }
        return page.end();
    }
}
