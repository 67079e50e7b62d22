package io.github.layerc.report;

import io.github.layerc.interpreter.InputGradient;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For some pictures, on which pixels the output hangs: the gradient of the deciding output by the input. */
record AttentionSection(Predictions results, InputGradient gradient, SamplePictures pictures, LabelText labels) {
    private static final int MOST = 8;

    /** Shares of the pixels that stay dark, and that are not white yet: a single one must not leave all others dark. */
    private static final double DARK = 0.3;

    private static final double BELOW_WHITE = 0.995;

    void write(Html html) {
        Page.section(html, "What the network looked at");
        html.element(
                "p",
                "The brighter an area, the more the output changes with its pixels: the size of the gradient of the output by"
                        + " each pixel, averaged over those around it. Each picture has its own scale.");
        html.open("div", "class", "grid pairs");
        for (int sample : samples()) {
            String label = labels.of(results, sample);
            double[] values = results.sample(sample);
            double[] weights = pictures.areas(gradient.of(values, results.decidingOutput(sample)));
            double[] sorted = weights.clone();
            Arrays.sort(sorted);
            double none = sorted[(int) (DARK * (sorted.length - 1))];
            double full = sorted[(int) (BELOW_WHITE * (sorted.length - 1))];
            html.open("figure").open("div", "class", "pair");
            pictures.of(values).draw(html, "picture " + sample + ": " + label);
            pictures.ofHeat(values, weights, none, full)
                    .draw(html, "what the output for picture " + sample + " hangs on");
            html.close().open("figcaption").text(labels.prediction(results, sample));
            html.empty("br").text(label);
            if (!(sorted[sorted.length - 1] > 0)) {
                html.empty("br").text("no pixel changes the output");
            }
            html.close().close();
        }
        html.close().close();
    }

    /** By turns of each class and of right and wrong ones, those that come first in the data. */
    private Collection<Integer> samples() {
        record Kind(int target, boolean right) {}
        Map<Kind, List<Integer>> kinds = new LinkedHashMap<>();
        for (int s = 0; s < results.count(); s++) {
            Kind kind = labels.classes().isPresent()
                    ? new Kind(results.targetClass(s), results.isRight(s))
                    : new Kind(0, true);
            List<Integer> known = kinds.computeIfAbsent(kind, any -> new ArrayList<>());
            if (known.size() < MOST) {
                known.add(s);
            }
        }
        List<Integer> chosen = new ArrayList<>();
        for (int turn = 0; turn < MOST; turn++) {
            for (List<Integer> known : kinds.values()) {
                if (turn < known.size() && chosen.size() < MOST) {
                    chosen.add(known.get(turn));
                }
            }
        }
        return chosen;
    }
}
