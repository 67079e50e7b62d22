package io.github.layerc.report;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.NetworkDrawing;
import io.github.layerc.report.draw.NetworkDrawing.Column;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The network drawn with its sizes, and a table of its layers. */
record NetworkSection(Network network) {
    private static final int MOST_ROWS = 100;

    void write(Html html) {
        Page.section(html, "The network");
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                "input", network.inputs(), network.input().shape().size() > 1 ? List.of(shape()) : List.of()));
        for (Layer layer : network.layers()) {
            columns.add(new Column(
                    layer.equals(network.output()) ? "output" : "layer " + layer.number(),
                    layer.units(),
                    List.of(layer.activation().keyword())));
        }
        new NetworkDrawing(title(), columns).draw(html);
        Page.table(
                html,
                "Layers: activations a = f(a_prev W^T + b)" + left(),
                List.of("layer", "activation f", "W", "b", "parameters"),
                network.layers().stream()
                        .limit(MOST_ROWS)
                        .map(NetworkSection::row)
                        .toList());
        html.close();
    }

    private String left() {
        int left = network.layers().size() - MOST_ROWS;
        return left > 0 ? ", without the last " + left : "";
    }

    private String shape() {
        return network.input().shape().stream().map(Object::toString).collect(Collectors.joining("x"));
    }

    private String title() {
        return network.name() + ": " + Numbers.count(network.inputs(), "input") + ", then layers of "
                + network.layers().stream()
                        .map(layer -> layer.units() + " " + layer.activation().keyword())
                        .collect(Collectors.joining(", "));
    }

    private static List<String> row(Layer layer) {
        return List.of(
                Integer.toString(layer.number()),
                layer.activation().text()
                        + layer.normalization()
                                .map(some -> " of " + some.text())
                                .orElse(""),
                Numbers.count(layer.units()) + " x " + Numbers.count(layer.fanIn()),
                Numbers.count(layer.units()),
                Numbers.count(layer.parameterCount()));
    }
}
