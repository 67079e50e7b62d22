package io.github.layerc.report;

import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The pictures of a data set that were taken for another class, those first of which the network was surest. */
record MistakesSection(Predictions results, SamplePictures pictures, LabelText labels) {
    private static final int MOST = 60;

    void write(Html html) {
        List<Integer> wrong = IntStream.range(0, results.count())
                .filter(sample -> !results.isRight(sample))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(sample -> -results.certainty(sample))
                        .thenComparingInt(sample -> sample))
                .toList();
        Page.section(html, "Mislabelled pictures of the " + results.name());
        html.element("p", intro(wrong.size(), results.areProbabilities() ? "probability" : "margin"));
        html.open("div", "class", "grid");
        for (int sample : wrong.subList(0, Math.min(MOST, wrong.size()))) {
            String label = labels.of(results, sample);
            String prediction = labels.prediction(results, sample);
            html.open("figure");
            pictures.of(results.sample(sample)).draw(html, "picture " + sample + ": " + label + ", " + prediction);
            html.open("figcaption").element("span", prediction, "class", "miss");
            html.empty("br").text(label).close().close();
        }
        html.close().close();
    }

    private static String intro(int count, String certainty) {
        if (count == 0) {
            return "None: all are right.";
        }
        String shown = count > MOST
                ? "The first " + MOST + " of " + Numbers.count(count) + " mislabelled pictures"
                : "All " + Numbers.count(count, "mislabelled picture");
        return shown + ", with the predicted class and the " + certainty + " that the network gives to it, and the true"
                + " label. Those of which it was surest come first.";
    }
}
