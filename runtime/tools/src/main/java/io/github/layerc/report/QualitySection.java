package io.github.layerc.report;

import io.github.layerc.metrics.ConfusionMatrix;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How many samples of which class were taken for which one: confusion matrix, precision and recall of a data set. */
record QualitySection(Predictions results, ConfusionMatrix confusion, Classes classes) {
    /** A matrix of more classes cannot be read any more. */
    private static final int MOST_IN_MATRIX = 25;

    private static final int MOST_PAIRS = 25;
    private static final int MOST_ROWS = 100;

    void write(Html html) {
        html.open("div", "class", "panel");
        html.element("h3", "The " + results.name());
        html.element(
                "p",
                Numbers.count(confusion.right()) + " of " + Numbers.count(confusion.count(), "sample")
                        + " right: accuracy " + Numbers.percent(confusion.accuracy()));
        if (classes.count() <= MOST_IN_MATRIX) {
            matrix(html);
        } else {
            pairs(html);
        }
        perClass(html);
        html.close();
    }

    private void matrix(Html html) {
        List<Integer> columns =
                new ArrayList<>(IntStream.range(0, classes.count()).boxed().toList());
        if (confusion.hasNone()) {
            columns.add(-1);
        }
        html.open("div", "class", "scroll").open("table", "class", "matrix");
        html.element("caption", "Confusion matrix of the " + results.name() + ": samples by class and prediction");
        html.open("thead").open("tr").element("th", "is", "scope", "col");
        for (int predicted : columns) {
            html.open("th", "scope", "col").element("span", "predicted ", "class", "quiet");
            html.text(classes.name(predicted)).close();
        }
        html.close().close().open("tbody");
        for (int target = 0; target < classes.count(); target++) {
            html.open("tr").element("th", classes.name(target), "scope", "row");
            for (int predicted : columns) {
                cell(html, target, predicted);
            }
            html.close();
        }
        html.close().close().close();
    }

    /** The darker, the larger the share of its class. */
    private void cell(Html html, int target, int predicted) {
        int count = confusion.of(target, predicted);
        double share = count / (double) Math.max(1, confusion.targets(target));
        html.element(
                "td",
                Numbers.count(count),
                "class",
                target == predicted ? "right" : "wrong",
                "style",
                String.format(Locale.ROOT, "--share: %.3f", count == 0 ? 0 : 0.08 + 0.5 * share));
    }

    private void pairs(Html html) {
        List<List<String>> rows = confusion.mistakes(MOST_PAIRS).stream()
                .map(pair -> List.of(
                        classes.name(pair.target()),
                        classes.name(pair.predicted()),
                        Numbers.count(confusion.of(pair.target(), pair.predicted()))))
                .toList();
        Page.table(
                html,
                "Classes of the " + results.name() + " that were taken for another, the most frequent pairs",
                List.of("is", "predicted", "samples"),
                rows);
    }

    private void perClass(Html html) {
        int shown = Math.min(classes.count(), MOST_ROWS);
        List<List<String>> rows = IntStream.range(0, shown)
                .mapToObj(number -> List.of(
                        classes.name(number),
                        Numbers.count(confusion.targets(number)),
                        share(confusion.precision(number), confusion.predictions(number)),
                        share(confusion.recall(number), confusion.targets(number)),
                        share(confusion.f1(number), confusion.predictions(number) + confusion.targets(number))))
                .toList();
        String more = shown == classes.count() ? "" : ", the first " + shown + " of " + classes.count() + " classes";
        Page.table(
                html,
                "Precision, recall and F1 of the " + results.name() + more,
                List.of("class", "samples", "precision", "recall", "F1"),
                rows);
    }

    /** A share of no samples is none. */
    private static String share(double share, int of) {
        return of == 0 ? "-" : Numbers.share(share);
    }
}
