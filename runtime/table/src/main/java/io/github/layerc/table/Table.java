package io.github.layerc.table;

import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What a model reads and predicts, by the names of columns. Rows are arrays of one number for each column, in their order: the number itself, the place of a
 * category, 0 or 1, and NaN where there is no value. Inputs of the network follow from them, one or more for each column.
 *
 * @param columns that are read
 * @param label that is predicted; empty where there is none, or for a regression
 * @param targets that are predicted; none with a label
 * @param split which rows a test is made with
 */
public record Table(List<Column> columns, Optional<Label> label, List<Target> targets, Split split) {

    public Table {
        columns = List.copyOf(columns);
        targets = List.copyOf(targets);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table must have a column: columns=[]");
        }
        if (label.isPresent() && !targets.isEmpty()) {
            throw new IllegalArgumentException(
                    "a table has a label or targets: label=" + label.get().name() + ", targets=" + targets);
        }
        Set<String> names = new HashSet<>();
        Stream.of(
                        columns.stream().map(Column::name),
                        label.stream().map(Label::name),
                        targets.stream().map(Target::name))
                .flatMap(each -> each)
                .forEach(name -> {
                    if (!names.add(name)) {
                        throw new IllegalArgumentException("columns must have different names: name=" + name);
                    }
                });
        if (split.kind() == Split.Kind.STRATIFIED && label.isEmpty()) {
            throw new IllegalArgumentException("a stratified test goes with a label: split=" + split);
        }
    }

    /** A table, part by part. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with another test. */
    public Table withSplit(Split other) {
        return new Table(columns, label, targets, other);
    }

    /** Inputs of the network. */
    public int features() {
        return columns.stream().mapToInt(Column::features).sum();
    }

    /** What the inputs of the network are called. */
    public List<String> featureNames() {
        return columns.stream()
                .flatMap(column -> column.featureNames().stream())
                .toList();
    }

    /**
     * Checks that a network has the inputs and outputs of this table.
     *
     * @throws IllegalArgumentException if it has not
     */
    public void requireFits(Network network) {
        boolean inputs =
                network.inputs() == features() && network.input().scale().equals(Scale.ONE);
        boolean classes = label.isEmpty()
                || (network.loss().classifies() && fits(label.get().classes().size(), network.outputs()));
        boolean regression = targets.isEmpty() || (!network.loss().classifies() && targets.size() == network.outputs());
        if (!inputs || !classes || !regression) {
            throw new IllegalArgumentException("network " + network.name() + " does not fit the table: inputs="
                    + network.inputs() + " of " + features() + ", outputs=" + network.outputs() + " of "
                    + label.map(some -> some.classes().size()).orElse(targets.size()) + ", loss="
                    + network.loss().keyword());
        }
    }

    private static boolean fits(int classes, int outputs) {
        return classes == outputs || (classes == 2 && outputs == 1);
    }

    /**
     * Takes fill values, centers and scales from training rows.
     *
     * @param values {@code [column][row]}
     * @param targetValues {@code [target][row]}
     * @throws IllegalArgumentException as the other one
     */
    public Fitted fit(double[][] values, double[][] targetValues) {
        return fit(column -> values[column], targetValues);
    }

    /**
     * The same with the values of one column at a time, each asked for once.
     *
     * @param values of a column, by its number
     * @param targetValues {@code [target][row]}
     * @throws IllegalArgumentException if a column has no value at all and its rule or transformation needs one, or a range that no double holds
     */
    public Fitted fit(IntFunction<double[]> values, double[][] targetValues) {
        double[] fill = new double[columns.size()];
        Line[] lines = new Line[columns.size()];
        for (int c = 0; c < lines.length; c++) {
            Column column = columns.get(c);
            double[] all = values.apply(c);
            double[] present = present(all);
            if (present.length == 0) {
                throw new IllegalArgumentException("column " + column.name()
                        + ": no value in the training rows: expected one or more: found " + all.length
                        + " rows without");
            }
            fill[c] = column.missing().fill(column.kind(), present);
            lines[c] = line(column.name(), column.transform(), present == all ? all : filled(all, fill[c]));
        }
        Line[] targetLines = new Line[targets.size()];
        for (int t = 0; t < targetLines.length; t++) {
            targetLines[t] = line(targets.get(t).name(), targets.get(t).transform(), targetValues[t]);
        }
        return new Fitted(this, fill, lines, targetLines);
    }

    /** Those of the rows that have one; the array itself where all have, since it may be of millions. */
    private static double[] present(double... values) {
        return hasGaps(values)
                ? Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray()
                : values;
    }

    /** Of a column where each row must have a value, those without, which the reader refuses, are left out. */
    private static double[] filled(double[] values, double fill) {
        return present(Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? fill : value)
                .toArray());
    }

    private static boolean hasGaps(double... values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static Line line(String name, Transform transform, double... values) {
        try {
            return transform.fit(
                    transform.hasInner()
                            ? Arrays.stream(values).map(transform::inner).toArray()
                            : values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "column " + name + ": " + transform.keyword() + ": " + e.getMessage(), e);
        }
    }

    /** Makes a table. */
    public static final class Builder {
        private final List<Column> columns = new ArrayList<>();
        private final List<Target> targets = new ArrayList<>();
        private Optional<Label> label = Optional.empty();
        private Optional<Split> split = Optional.empty();

        private Builder() {}

        /** One more column that is read. */
        public Builder column(Column column) {
            columns.add(column);
            return this;
        }

        /** More columns that are read. */
        public Builder columns(List<Column> more) {
            columns.addAll(more);
            return this;
        }

        /** What is predicted, by its classes. */
        public Builder label(String name, String... classes) {
            label = Optional.of(new Label(name, List.of(classes)));
            return this;
        }

        /** One more column that is predicted. */
        public Builder target(String name, Transform transform) {
            targets.add(new Target(name, transform));
            return this;
        }

        /** Which rows a test is made with, {@link Split#usual} unless said. */
        public Builder split(Split other) {
            split = Optional.of(other);
            return this;
        }

        /** @throws IllegalArgumentException if the parts do not go together */
        public Table build() {
            return new Table(columns, label, targets, split.orElseGet(() -> Split.usual(label.isPresent())));
        }
    }
}
