package io.github.layerc.report.table;

import io.github.layerc.data.Printable;
import io.github.layerc.report.draw.ChangeBars;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;

/** How much each column matters, the most important ones first. */
public record ImportanceSection(Importance importance) {
    private static final int MOST_BARS = 40;

    /** So that a name fits into a narrow drawing. */
    private static final int MOST_CHARACTERS = 24;

    public void write(Html html) {
        Page.section(html, "Importance of the columns");
        if (importance.drops().isEmpty()) {
            html.element(
                    "p",
                    "Not measured: it takes two test rows or more, and a number for the " + importance.score()
                            + " of the test set.");
            html.close();
            return;
        }
        html.element(
                "p",
                "How far the " + importance.score() + " of the test set, " + Numbers.of(importance.base())
                        + ", falls when the values of a column are shuffled among the rows: mean and deviation of "
                        + Importance.SHUFFLES + " shuffles. Columns that say the same share their importance:"
                        + " where one is shuffled, the network still has the other.");
        bounds(html);
        new ChangeBars(
                        "Drop of the " + importance.score() + " for each column, the largest first",
                        importance.drops().stream()
                                .limit(MOST_BARS)
                                .map(ImportanceSection::bar)
                                .toList())
                .draw(html);
        html.close();
    }

    /** What was left out, if anything was. */
    private void bounds(Html html) {
        int measured = importance.drops().size();
        StringBuilder text = new StringBuilder();
        if (importance.rows() < importance.allRows()) {
            text.append("Measured with " + Numbers.count(importance.rows()) + " of "
                    + Numbers.count(importance.allRows()) + " rows, drawn by chance. ");
        }
        if (measured < importance.allColumns()) {
            text.append("Only the first " + Numbers.count(measured) + " of " + Numbers.count(importance.allColumns())
                    + " columns were measured: all would have taken too long. ");
        }
        if (measured > MOST_BARS) {
            text.append("Shown are " + MOST_BARS + " of " + Numbers.count(measured) + " columns. ");
        }
        if (!text.isEmpty()) {
            html.element("p", text.toString().strip());
        }
    }

    private static ChangeBars.Bar bar(Importance.Drop drop) {
        return new ChangeBars.Bar(
                Printable.shorten(drop.column(), MOST_CHARACTERS),
                drop.mean(),
                drop.deviation(),
                Numbers.share(drop.mean()) + " +- " + Numbers.share(drop.deviation()));
    }
}
