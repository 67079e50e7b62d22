package io.github.layerc.report;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import java.util.Arrays;

/**
 * The weights of the first layer, those of each unit as a picture of the shape of the input, and beside it what they have become since the initializer
 * drew them.
 */
record WeightsSection(TrainedNetwork trained, SamplePictures pictures) {
    private static final int MOST = 32;

    void write(Html html) {
        Network network = trained.network();
        Layer first = network.layers().get(0);
        int shown = Math.min(MOST, first.units());
        Page.section(html, "Weights of the first layer");
        html.element(
                "p",
                (shown == first.units()
                                ? "All " + Numbers.count(shown, "unit")
                                : "The first " + shown + " of " + Numbers.count(first.units(), "unit"))
                        + ": on the left the weights, on the right what they have gained since the initializer drew them."
                        + " Grey is 0, brighter is more, darker is less; each picture has its own scale, up to the largest"
                        + " weight w and the largest change d.");
        double[] drawn = network.initializer().draw(network);
        html.open("div", "class", "grid pairs");
        for (int unit = 0; unit < shown; unit++) {
            int at = first.weightsAt() + unit * first.fanIn();
            double[] weights = Arrays.copyOfRange(trained.parameters(), at, at + first.fanIn());
            double[] change = new double[weights.length];
            Arrays.setAll(change, i -> weights[i] - drawn[at + i]);
            html.open("figure").open("div", "class", "pair");
            pictures.ofWeights(weights, largest(weights)).draw(html, "weights of unit " + (unit + 1));
            pictures.ofWeights(change, largest(change)).draw(html, "change of the weights of unit " + (unit + 1));
            html.close().open("figcaption").text("unit " + (unit + 1)).empty("br");
            html.element(
                    "span",
                    "w = " + Numbers.of(largest(weights)) + ", d = " + Numbers.of(largest(change)),
                    "class",
                    "quiet");
            html.close().close();
        }
        html.close().close();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }
}
