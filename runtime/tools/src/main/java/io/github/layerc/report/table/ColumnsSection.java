package io.github.layerc.report.table;

import io.github.layerc.data.Printable;
import io.github.layerc.report.draw.CountBars;
import io.github.layerc.report.draw.Histogram;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Line;
import io.github.layerc.table.Table;
import java.util.ArrayList;
import java.util.List;

/** The columns: what becomes of their values, and how these are spread over the training rows. */
public record ColumnsSection(TrainedTable trained) {
    private static final int MOST_COLUMNS = 120;
    private static final int MOST_CATEGORIES = 10;
    private static final int MOST_CHARACTERS = 60;

    /** So that a category fits beside its bar. */
    private static final int MOST_BESIDE_BAR = 12;

    public void write(Html html) {
        Table table = trained.fitted().table();
        int all = table.columns().size();
        int shown = Math.min(all, MOST_COLUMNS);
        int rows = trained.distributions().get(0).rows();
        Page.section(html, "Columns");
        html.element(
                "p",
                (shown == all
                                ? Numbers.count(all, "column")
                                : "The first " + shown + " of " + Numbers.count(all) + " columns")
                        + " in " + Numbers.count(rows, "training row")
                        + ": values as they stand in the file, before the transformation.");
        html.open("div", "class", "grid columns");
        for (int c = 0; c < shown; c++) {
            write(html, c);
        }
        html.close().close();
    }

    private void write(Html html, int number) {
        Column column = trained.fitted().table().columns().get(number);
        ColumnDistribution distribution = trained.distributions().get(number);
        String name = Printable.shorten(column.name(), MOST_CHARACTERS);
        html.open("figure");
        draw(html, "Values of " + name + " in the training rows", column, distribution);
        html.open("figcaption").element("strong", name);
        for (String line : facts(number, column, distribution)) {
            html.empty("br").element("span", line, "class", "quiet");
        }
        html.close().close();
    }

    private List<String> facts(int number, Column column, ColumnDistribution distribution) {
        List<String> facts = new ArrayList<>();
        Line line = trained.fitted().line(number);
        facts.add(column.kind().keyword() + ", " + column.transform().text()
                + (line.equals(Line.IDENTITY)
                        ? ""
                        : ": center " + Numbers.of(line.center()) + ", scale " + Numbers.of(line.scale())));
        facts.add("missing: " + column.missing().text()
                + (column.optional() ? filled(column, trained.fitted().fill(number)) : ""));
        facts.add(Numbers.percent(distribution.missing() / (double) Math.max(1, distribution.rows())) + " missing, "
                + Numbers.count(distribution.missing(), "row"));
        return facts;
    }

    /** What takes the place of a missing value; inputs of an indicated category are all 0. */
    private static String filled(Column column, double fill) {
        if (column.missing().indicates() && column.transform().oneForEach()) {
            return "";
        }
        return ", filled with "
                + (column.kind() == ColumnKind.CATEGORY
                        ? Printable.shorten(column.categories().get((int) fill), MOST_BESIDE_BAR)
                        : Numbers.of(fill));
    }

    private static void draw(Html html, String title, Column column, ColumnDistribution distribution) {
        if (column.kind() == ColumnKind.NUMBER) {
            new Histogram(
                            title,
                            distribution.counts(),
                            Numbers.of(distribution.least()),
                            Numbers.of(distribution.most()))
                    .draw(html);
            return;
        }
        List<String> names = column.kind() == ColumnKind.BOOLEAN ? List.of("false", "true") : column.categories();
        int shown = names.size() > MOST_CATEGORIES ? MOST_CATEGORIES - 1 : names.size();
        List<CountBars.Count> counts = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            counts.add(new CountBars.Count(
                    Printable.shorten(names.get(i), MOST_BESIDE_BAR),
                    distribution.counts().get(i)));
        }
        if (shown < names.size()) {
            counts.add(new CountBars.Count(
                    (names.size() - shown) + " more",
                    distribution.counts().subList(shown, names.size()).stream()
                            .mapToInt(Integer::intValue)
                            .sum()));
        }
        new CountBars(title, counts).draw(html);
    }
}
