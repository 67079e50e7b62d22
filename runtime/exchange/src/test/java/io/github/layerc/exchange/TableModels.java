package io.github.layerc.exchange;

import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Label;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Models of named columns for tests: all transformations and rules, and names that a graph has itself. Numbers are such that a float holds. */
final class TableModels {
    private static final int TRAINING_ROWS = 40;

    private TableModels() {}

    /** Each in both precisions. */
    static Stream<ExportedModel> all() {
        return Stream.of(Precision.values())
                .flatMap(precision -> Stream.of(flowers(precision), spam(precision), price(precision), raw(precision)));
    }

    private static ExportedModel flowers(Precision precision) {
        Table table = Table.builder()
                .column(Column.number("sepal length (cm)").with(Transform.STANDARDIZE))
                .column(Column.number("output")
                        .with(Transform.LOG1P_STANDARDIZE)
                        .with(Missing.MEAN))
                .column(Column.category("Color", "red", "deep green", "3").with(Missing.INDICATOR))
                .column(Column.category("label", "small", "large")
                        .with(Transform.ORDINAL)
                        .with(Missing.constant(1)))
                .column(Column.category("size", "s", "m", "l").with(Transform.ORDINAL))
                .column(Column.category("W1", "a", "b", "c")
                        .with(Transform.ORDINAL)
                        .with(Missing.INDICATOR))
                .column(Column.category("shade", "dark", "light"))
                .column(Column.category("tone", "dark", "light").with(Missing.constant(1)))
                .column(Column.bool("wild").with(Missing.INDICATOR))
                .column(Column.bool("old").with(Transform.STANDARDIZE))
                .column(Column.bool("new").with(Missing.constant(1)))
                .column(Column.number("cut").with(Transform.ROBUST).with(Missing.MEDIAN))
                .column(Column.number("output_").with(Transform.MIN_MAX).with(Missing.INDICATOR))
                .columns(Column.numbers("pixel_{0..1}_{0..3}", Transform.scale(0.3), Missing.MEAN))
                .columns(Column.numbers("count {1..3}", Transform.LOG1P, Missing.ERROR))
                .label("species", "Iris-setosa", "Iris-virginica", "7")
                .build();
        return model(
                table,
                builder(table, precision)
                        .layer(10, Activation.RELU)
                        .normalization(Normalization.layerNorm(0.25))
                        .layer(3, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build());
    }

    private static ExportedModel spam(Precision precision) {
        Table table = Table.builder()
                .column(Column.number("links").with(Transform.STANDARDIZE))
                .column(Column.number("words").with(Transform.MIN_MAX))
                .label("spam", "no", "yes")
                .build();
        return model(
                table,
                builder(table, precision)
                        .layer(5, Activation.RELU)
                        .layer(1, Activation.SIGMOID)
                        .build());
    }

    private static ExportedModel price(Precision precision) {
        Table table = Table.builder()
                .column(Column.number("area").with(Transform.ROBUST))
                .column(Column.number("x").with(Missing.constant(0.5)))
                .target("price", Transform.LOG1P)
                .target("days to sell", Transform.STANDARDIZE)
                .target("rooms", Transform.NONE)
                .build();
        return model(
                table,
                builder(table, precision)
                        .layer(4, Activation.TANH)
                        .layer(3, Activation.IDENTITY)
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .build());
    }

    private static ExportedModel raw(Precision precision) {
        Table table = Table.builder()
                .column(Column.number("a"))
                .column(Column.bool("b"))
                .target("c", Transform.NONE)
                .build();
        return model(
                table,
                builder(table, precision)
                        .layer(1, Activation.IDENTITY)
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .build());
    }

    private static Network.Builder builder(Table table, Precision precision) {
        return Network.builder("it", "Net").input(Input.flat(table.features())).precision(precision);
    }

    private static ExportedModel model(Table table, Network network) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] values =
                table.columns().stream().map(column -> column(column, random)).toArray(double[][]::new);
        double[][] targets = table.targets().stream()
                .map(target -> random.doubles(TRAINING_ROWS, 0.5, 20).toArray())
                .toArray(double[][]::new);
        double[] parameters = random.doubles(network.parameterCount(), -1, 1).toArray();
        List<String> classes = table.label().map(Label::classes).orElse(List.of());
        Optional<Fitted> fitted = Optional.of(table.fit(values, targets));
        return new ExportedModel(network, parameters, new ModelLabels(classes, ""), fitted, "");
    }

    private static double[] column(Column column, SplittableRandom random) {
        return IntStream.range(0, TRAINING_ROWS)
                .mapToDouble(row -> value(column, random))
                .toArray();
    }

    private static double value(Column column, SplittableRandom random) {
        boolean absent = column.optional() && random.nextInt(3) == 0;
        double value = switch (column.kind()) {
            case NUMBER -> (float) random.nextDouble(-0.5, 30);
            case BOOLEAN -> random.nextInt(2);
            case CATEGORY -> random.nextInt(column.categories().size());
        };
        return absent ? Double.NaN : value;
    }

    /** Rows of a table; a last one has no value where it must have one. */
    static double[][] rows(Table table) {
        SplittableRandom random = new SplittableRandom(11);
        double[][] rows = new double[12][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.columns().stream()
                    .mapToDouble(column -> value(column, random))
                    .toArray();
        }
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            if (!column.optional() && column.kind() != ColumnKind.BOOLEAN) {
                rows[rows.length - 1][c] = Double.NaN;
                return rows;
            }
        }
        throw new AssertionError("every column may be missing: " + table);
    }

    /** What a model predicts for a row, in double, targets in their own units; NaN where the row has no value where it must have one. */
    static double[] expected(ExportedModel model, double[] row) {
        Fitted fitted = model.fitted().orElseThrow();
        double[] features = new double[fitted.table().features()];
        fitted.features(row, features, 0);
        try (DoubleEngine engine = Interpreter.createDouble(model.network().withPrecision(Precision.DOUBLE), 1)) {
            engine.setParameters(model.parameters());
            double[] outputs = engine.predict(features, 1);
            boolean known = Arrays.stream(features).noneMatch(Double::isNaN);
            for (int o = 0; o < outputs.length; o++) {
                boolean regression = !fitted.table().targets().isEmpty();
                outputs[o] = !known ? Double.NaN : regression ? fitted.undo(o, outputs[o]) : outputs[o];
            }
            return outputs;
        }
    }
}
