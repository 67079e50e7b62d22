package io.github.layerc.exchange;

import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A picture of a network as text for Graphviz ({@code dot -Tsvg}): a box for the input, each layer and the outputs, from left to right. */
final class NetworkPicture {
    /** Names of classes, or columns, that are told one by one. */
    private static final int MOST_NAMES = 12;

    private NetworkPicture() {}

    static String dot(ExportedModel model) {
        Network network = model.network();
        StringBuilder dot = new StringBuilder();
        dot.append("// ")
                .append(network.name())
                .append(", layerc ")
                .append(model.version())
                .append('\n');
        dot.append("digraph ").append(quoted(network.name())).append(" {\n");
        dot.append("  rankdir=LR;\n");
        dot.append("  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        dot.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
        dot.append("  input [label=").append(label(input(model))).append("];\n");
        String before = "input";
        for (Layer layer : network.layers()) {
            String name = "layer" + layer.number();
            dot.append("  ")
                    .append(name)
                    .append(" [label=")
                    .append(label(layer(layer)))
                    .append("];\n");
            edge(dot, before, name, layer.fanIn() + " x " + layer.units());
            before = name;
        }
        dot.append("  output [label=").append(label(output(model))).append("];\n");
        edge(dot, before, "output", String.valueOf(network.outputs()));
        return dot.append("}\n").toString();
    }

    private static void edge(StringBuilder dot, String from, String to, String text) {
        dot.append("  ").append(from).append(" -> ").append(to);
        dot.append(" [label=").append(quoted(text)).append("];\n");
    }

    private static List<String> input(ExportedModel model) {
        Input input = model.network().input();
        List<String> lines = new ArrayList<>();
        lines.add("input");
        lines.add(input.shape().stream().map(String::valueOf).collect(Collectors.joining(" x ")));
        if (!input.scale().isOne()) {
            lines.add("scale " + input.scale());
        }
        model.fitted().ifPresent(fitted -> {
            Table table = fitted.table();
            add(lines, columns(table), table.columns().size() + " columns");
        });
        return lines;
    }

    /** A line for each column, or for those of a pattern. */
    private static List<String> columns(Table table) {
        return table.columns().stream()
                .map(column -> (column.group().isEmpty() ? column.name() : column.group()) + ": "
                        + column.transform().text())
                .distinct()
                .toList();
    }

    /** @param all how many there are of what, where not all are told */
    private static void add(List<String> lines, List<String> names, String all) {
        lines.addAll(names.subList(0, Math.min(MOST_NAMES, names.size())));
        if (names.size() > MOST_NAMES) {
            lines.add("... of " + all);
        }
    }

    private static List<String> layer(Layer layer) {
        List<String> lines = new ArrayList<>();
        lines.add("layer " + layer.number() + ": " + layer.units());
        layer.normalization().ifPresent(normalization -> lines.add(normalization.keyword()));
        lines.add(layer.activation().text());
        if (layer.dropout() > 0) {
            lines.add("dropout " + layer.dropout());
        }
        lines.add(layer.parameterCount() + " parameters");
        return lines;
    }

    private static List<String> output(ExportedModel model) {
        List<String> lines = new ArrayList<>();
        lines.add("output");
        lines.add(model.network().loss().text());
        List<String> classes = model.labels().classes();
        add(lines, classes, classes.size() + " classes");
        List<String> targets = model.fitted().stream()
                .flatMap(fitted -> fitted.table().targets().stream())
                .map(Target::name)
                .toList();
        add(lines, targets, targets.size() + " targets");
        return lines;
    }

    private static String label(List<String> lines) {
        return quoted(String.join("\n", lines));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
