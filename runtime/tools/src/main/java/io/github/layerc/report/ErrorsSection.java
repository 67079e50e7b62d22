package io.github.layerc.report;

import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import java.util.List;

/** How far the outputs of a regression are from their targets. */
record ErrorsSection(List<Predictions> results) {

    void write(Html html) {
        Page.section(html, "Distance from the targets");
        Page.table(
                html,
                "Differences of outputs and targets",
                List.of("", "samples", "root of the mean square", "mean size", "largest"),
                results.stream().map(ErrorsSection::row).toList());
        html.close();
    }

    private static List<String> row(Predictions results) {
        double squares = 0;
        double sizes = 0;
        double largest = 0;
        int units = results.data().outputs();
        for (int s = 0; s < results.count(); s++) {
            for (int u = 0; u < units; u++) {
                double size = Math.abs(results.output(s, u) - results.data().target(s, u));
                squares += size * size;
                sizes += size;
                largest = Math.max(largest, size);
            }
        }
        double count = (double) results.count() * units;
        return List.of(
                results.name(),
                Numbers.count(results.count()),
                Numbers.of(Math.sqrt(squares / count)),
                Numbers.of(sizes / count),
                Numbers.of(largest));
    }
}
