package io.github.layerc.table;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a table learned of its training rows: fill values, centers, scales. Immutable. */
public final class Fitted {
    private final Table table;
    private final double[] fill;
    private final Line[] lines;
    private final Line[] targetLines;

    /**
     * @param fill for each column what stands for a missing value, NaN for nothing
     * @param lines for each column
     * @param targetLines for each target
     */
    public Fitted(Table table, double[] fill, Line[] lines, Line[] targetLines) {
        int columns = table.columns().size();
        if (fill.length != columns
                || lines.length != columns
                || targetLines.length != table.targets().size()) {
            throw new IllegalArgumentException("a table of " + columns + " columns and "
                    + table.targets().size() + " targets: fill=" + fill.length + ", lines=" + lines.length
                    + ", target lines=" + targetLines.length);
        }
        for (int c = 0; c < columns; c++) {
            Column column = table.columns().get(c);
            if (column.optional() != Double.isFinite(fill[c])) {
                throw new IllegalArgumentException("column " + column.name() + ": fill value does not go with missing: "
                        + column.missing() + ": fill=" + fill[c]);
            }
        }
        this.table = table;
        this.fill = fill.clone();
        this.lines = lines.clone();
        this.targetLines = targetLines.clone();
    }

    public Table table() {
        return table;
    }

    /** What stands for a missing value of a column, NaN for nothing. */
    public double fill(int column) {
        return fill[column];
    }

    /** @throws IllegalArgumentException if what stands for a missing value is too large for a precision */
    public void requireFits(Precision precision) {
        for (int c = 0; c < fill.length; c++) {
            if (Double.isInfinite(precision.rounded(fill[c]))) {
                throw new IllegalArgumentException(
                        "column " + table.columns().get(c).name() + ": fill value must be " + precision.finite(fill[c])
                                + ": fill=" + fill[c]);
            }
        }
    }

    /** Center and scale of a column. */
    public Line line(int column) {
        return lines[column];
    }

    /** Center and scale of each input of the network. Inputs that are 0 or 1, for categories and missing values, stay as they are. */
    public List<Line> featureLines() {
        List<Line> all = new ArrayList<>();
        for (int c = 0; c < lines.length; c++) {
            Column column = table.columns().get(c);
            for (int f = 0; f < column.features(); f++) {
                all.add(f == 0 && !column.transform().oneForEach() ? lines[c] : Line.IDENTITY);
            }
        }
        return all;
    }

    /** Whether the first layer of a network can take over center and scale, see {@link #foldInto}. */
    public static boolean foldsInto(Network network) {
        return network.layers().get(0).normalization().isEmpty();
    }

    /**
     * Lets a first layer that is not normalised take over center and scale of every input: {@code W (x - c) / s + b = (W / s) x + (b - W c / s)}.
     *
     * @param parameters in the canonical layout; they are changed
     * @throws IllegalArgumentException if the network has another number of inputs or outputs, or of parameters, or normalises its first layer
     */
    public void foldInto(Network network, double[] parameters) {
        table.requireFits(network);
        network.layers().get(0).normalization().ifPresent(some -> {
            throw new IllegalArgumentException("network " + network.name()
                    + ": layer 1 must have no normalization: normalization=" + some.keyword());
        });
        if (parameters.length != network.parameterCount()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.parameterCount()
                    + " parameters: length=" + parameters.length);
        }
        Layer first = network.layers().get(0);
        List<Line> each = featureLines();
        for (int u = 0; u < first.units(); u++) {
            int row = first.weightsAt() + u * first.fanIn();
            double shift = 0;
            for (int f = 0; f < each.size(); f++) {
                parameters[row + f] /= each.get(f).scale();
                shift += parameters[row + f] * each.get(f).center();
            }
            parameters[first.biasAt() + u] -= shift;
        }
    }

    /** Center and scale of a target. */
    public Line targetLine(int target) {
        return targetLines[target];
    }

    /**
     * The inputs of the network for one row.
     *
     * @param row one number for each column
     * @param out {@code [features]} from {@code at} on
     */
    public void features(double[] row, double[] out, int at) {
        int next = at;
        for (int c = 0; c < lines.length; c++) {
            Column column = table.columns().get(c);
            column.features(row[c], fill[c], lines[c], out, next);
            next += column.features();
        }
    }

    /** What a network is trained with for a value of a target. */
    public double target(int target, double value) {
        return table.targets().get(target).apply(value, targetLines[target]);
    }

    /** What an output is in the unit of its target. */
    public double undo(int target, double output) {
        return table.targets().get(target).undo(output, targetLines[target]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fitted fitted
                && table.equals(fitted.table)
                && Arrays.equals(fill, fitted.fill)
                && Arrays.equals(lines, fitted.lines)
                && Arrays.equals(targetLines, fitted.targetLines);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fill) * 31 + Arrays.hashCode(lines);
    }
}
