package io.github.layerc.report;

import io.github.layerc.network.Layer;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;

/** The weights of the first layer, those of each unit as a picture of the shape of the input. */
record WeightsSection(TrainedNetwork trained, SamplePictures pictures) {
    private static final int MOST = 32;

    void write(Html html) {
        Layer first = trained.network().layers().get(0);
        int shown = Math.min(MOST, first.units());
        Page.section(html, "Weights of the first layer");
        html.element(
                "p",
                (shown == first.units()
                                ? "All " + Numbers.count(shown, "unit")
                                : "The first " + shown + " of " + Numbers.count(first.units(), "unit"))
                        + ". Grey is 0; the brighter a pixel, the more it adds to the unit, and the darker, the more it"
                        + " takes away. Each picture has its own scale, up to the largest weight w.");
        html.open("div", "class", "grid");
        for (int unit = 0; unit < shown; unit++) {
            int at = first.weightsAt() + unit * first.fanIn();
            double largest = largest(at, first.fanIn());
            html.open("figure");
            pictures.ofWeights(trained.parameters(), at, largest).draw(html, "weights of unit " + (unit + 1));
            html.open("figcaption").text("unit " + (unit + 1)).empty("br");
            html.element("span", "w = " + Numbers.of(largest), "class", "quiet")
                    .close()
                    .close();
        }
        html.close().close();
    }

    private double largest(int at, int length) {
        double largest = 0;
        for (int i = at; i < at + length; i++) {
            largest = Math.max(largest, Math.abs(trained.parameter(i)));
        }
        return largest;
    }
}
