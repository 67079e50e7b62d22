package io.github.layerc.report;

import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;

/** Some pictures of the training, spread evenly over it, with their labels. */
record GridSection(Predictions results, SamplePictures pictures, LabelText labels) {
    private static final int MOST = 24;

    void write(Html html) {
        int shown = Math.min(MOST, results.count());
        Page.section(html, "Pictures of the " + results.name());
        html.element(
                "p",
                shown == results.count()
                        ? "All " + Numbers.count(shown, "picture") + " with their labels."
                        : shown + " of " + Numbers.count(results.count(), "picture") + " with their labels.");
        html.open("div", "class", "grid");
        for (int i = 0; i < shown; i++) {
            int sample = (int) ((long) i * results.count() / shown);
            String label = labels.of(results, sample);
            html.open("figure");
            pictures.of(results.sample(sample)).draw(html, "picture " + sample + ": " + label);
            html.element("figcaption", label).close();
        }
        html.close().close();
    }
}
