package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.files.MappedMatrix;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;

/** From rows of a table to the data set that a network takes. */
public final class TableData {
    private TableData() {}

    /**
     * What a table learns of some rows.
     *
     * @throws DataException if a column has no value there, or a range that no double holds
     */
    public static Fitted fit(TableRows rows, int... some) {
        try {
            return rows.table().fit(rows.columns(some), rows.targets(some));
        } catch (IllegalArgumentException e) {
            throw new DataException(rows.path() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Inputs and targets of some rows, transformed in double and then rounded to the precision of the network.
     *
     * @param labelled whether with targets
     * @throws DataException if they do not fit an array
     */
    public static Dataset dataset(TableRows rows, Fitted fitted, Network network, boolean labelled, int... some) {
        Dataset inputs = rows.areMapped() ? mapped(rows, fitted, network, some) : inMemory(rows, fitted, network, some);
        if (!labelled) {
            return inputs;
        }
        int outputs = network.outputs();
        if (rows.table().label().isPresent()) {
            int[] labels = new int[some.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = rows.label(some[i]);
            }
            return inputs.withLabels(labels, outputs);
        }
        double[] targets = new double[some.length * outputs];
        for (int i = 0; i < some.length; i++) {
            for (int t = 0; t < outputs; t++) {
                targets[i * outputs + t] = fitted.target(t, rows.target(t, some[i]));
            }
        }
        return inputs.withTargets(targets, outputs);
    }

    private static Dataset inMemory(TableRows rows, Fitted fitted, Network network, int... some) {
        int features = network.inputs();
        if (some.length > (Integer.MAX_VALUE - 16) / features) {
            throw DataException.of(
                    rows.path(),
                    "too many rows for memory",
                    "at most " + (Integer.MAX_VALUE - 16) / features + " of " + features + " inputs",
                    some.length);
        }
        return network.precision() == Precision.FLOAT
                ? Dataset.of(floats(rows, fitted, features, some), features)
                : Dataset.of(doubles(rows, fitted, features, some), features);
    }

    private static Dataset mapped(TableRows rows, Fitted fitted, Network network, int... some) {
        double[] row = new double[rows.table().columns().size()];
        double[] one = new double[network.inputs()];
        try (MappedMatrix.Writer writer = new MappedMatrix.Writer(network.precision(), one.length)) {
            for (int number : some) {
                rows.row(number, row);
                fitted.features(row, one, 0);
                writer.add(one);
            }
            return Dataset.of(writer.finish(), some.length, one.length);
        }
    }

    private static double[] doubles(TableRows rows, Fitted fitted, int features, int... some) {
        double[] row = new double[rows.table().columns().size()];
        double[] all = new double[some.length * features];
        for (int i = 0; i < some.length; i++) {
            rows.row(some[i], row);
            fitted.features(row, all, i * features);
        }
        return all;
    }

    private static float[] floats(TableRows rows, Fitted fitted, int features, int... some) {
        double[] row = new double[rows.table().columns().size()];
        double[] one = new double[features];
        float[] all = new float[some.length * features];
        for (int i = 0; i < some.length; i++) {
            rows.row(some[i], row);
            fitted.features(row, one, 0);
            for (int f = 0; f < features; f++) {
                all[i * features + f] = (float) one[f];
            }
        }
        return all;
    }

    /**
     * Checks that every class has a row that trains.
     *
     * @param train rows that train
     * @throws DataException if there is a class without
     */
    public static void requireClasses(TableRows rows, int... train) {
        Table table = rows.table();
        if (table.label().isEmpty()) {
            return;
        }
        int[] counts = new int[table.label().get().classes().size()];
        for (int row : train) {
            counts[rows.label(row)]++;
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                throw DataException.of(
                        rows.path() + ": column " + table.label().get().name(),
                        "a class without a training row",
                        "1 or more of " + table.label().get().classes().get(c),
                        "none in " + train.length + " rows");
            }
        }
    }
}
