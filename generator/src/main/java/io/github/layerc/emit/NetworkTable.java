package io.github.layerc.emit;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Program;
import java.util.List;
import java.util.Locale;

/** The network as the table that stands in the documentation of its classes and in reports. */
public final class NetworkTable {
    /** Samples of the training step whose work is given as an example. */
    private static final int EXAMPLE_SAMPLES = 256;

    private static final String PASS_ROW = "%-26s%14s%16s%18s%14s\n";

    private final Network network;
    private final List<Passes.Applied> passes;
    private final int activationWidth;

    /** @param passes what was applied to the training step */
    public NetworkTable(Network network, List<Passes.Applied> passes) {
        this.network = network;
        this.passes = passes;
        this.activationWidth = network.layers().stream()
                .mapToInt(layer -> activation(layer).length() + 2)
                .reduce(12, Math::max);
    }

    private static String activation(Layer layer) {
        return layer.activation().text()
                + layer.normalization().map(some -> ", " + some.text()).orElse("")
                + (layer.dropout() > 0 ? ", dropout " + layer.dropout() : "");
    }

    /** The table as documentation. */
    String text() {
        return "<pre>\n" + lines() + "</pre>\n";
    }

    /** The table alone. */
    public String lines() {
        return layers()
                + String.format(
                        Locale.ROOT,
                        "; one training step of %d samples: %s\n",
                        EXAMPLE_SAMPLES,
                        flops(EXAMPLE_SAMPLES * network.trainingFlops()))
                + "\nwhat each pass saves in a training step\n"
                + passes();
    }

    /** The layers, and in the last line, which has no end, what is common to them. */
    String layers() {
        StringBuilder text = new StringBuilder();
        text.append(
                row("layer", "units", "fan-in", "activation", "parameters", "weights at", "bias at", "kFLOP/sample"));
        int shown = 0;
        for (Layer layer : network.layers()) {
            if (network.layers().size() > 40
                    && shown >= 20
                    && layer.number() <= network.layers().size() - 20) {
                text.append(layer.number() == 21 ? "  ...\n" : "");
                continue;
            }
            shown++;
            text.append(row(
                    String.valueOf(layer.number()),
                    number(layer.units()),
                    number(layer.fanIn()),
                    activation(layer),
                    number(layer.parameterCount()),
                    number(layer.weightsAt()),
                    number(layer.biasAt()),
                    String.format(Locale.ROOT, "%.3f", 2e-3 * layer.weightCount())));
        }
        text.append("loss ")
                .append(network.loss().text())
                .append("; ")
                .append(network.precision().keyword());
        return text.append("; ")
                .append(number(network.parameterCount()))
                .append(" parameters")
                .toString();
    }

    /** What each pass takes away, by the sample and by the step. */
    private String passes() {
        StringBuilder text = new StringBuilder(
                String.format(PASS_ROW, "pass", "FLOP/sample", "traffic/sample", "workspace/sample", "traffic/step"));
        int size = network.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        for (Passes.Applied pass : passes) {
            Program.Costs saved = pass.saved();
            text.append(String.format(
                    PASS_ROW,
                    pass.pass(),
                    saved.flopsPerSample() == 0 ? "" : number(-saved.flopsPerSample()),
                    saving(saved.trafficPerSample() * size),
                    saving(saved.workspacePerSample() * size),
                    saving(saved.trafficFixed() * size)));
        }
        return text.toString().replaceAll("(?m) +$", "");
    }

    /** A pass may read something more to compute less. */
    private static String saving(long bytes) {
        return bytes == 0 ? "" : (bytes > 0 ? "-" : "+") + bytes(Math.abs(bytes));
    }

    private String row(String... cells) {
        int[] widths = {5, 8, 8, activationWidth, 12, 12, 12, 14};
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String cell = i == 3 ? "  " + cells[i] : cells[i];
            row.append(" ".repeat(i == 3 ? 0 : Math.max(1, widths[i] - cell.length()) - (i == 0 ? 1 : 0)));
            row.append(cell).append(i == 3 ? " ".repeat(Math.max(0, widths[i] - cell.length())) : "");
        }
        return row.toString().replaceFirst("^ ", "") + "\n";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String flops(long flops) {
        if (flops >= 10_000_000) {
            return String.format(Locale.ROOT, "%.0f MFLOP", flops / 1e6);
        }
        return flops >= 10_000
                ? String.format(Locale.ROOT, "%.1f kFLOP", flops / 1e3)
                : String.format(Locale.ROOT, "%d FLOP", flops);
    }

    private static String bytes(long bytes) {
        if (bytes >= 1 << 20) {
            return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
        }
        return bytes >= 1 << 10
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) (1 << 10))
                : String.format(Locale.ROOT, "%d bytes", bytes);
    }
}
