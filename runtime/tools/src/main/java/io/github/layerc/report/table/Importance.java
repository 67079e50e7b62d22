package io.github.layerc.report.table;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.metrics.OwnUnits;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TargetRule;
import io.github.layerc.network.random.NumpyRandom;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much a network needs each column: how far its score falls when the values of that column are shuffled among the rows, so that they say nothing about a row any more, while all others stay
 * (Breiman 2001, "Random forests"; scikit-learn's {@code permutation_importance}). All inputs of a column move together. The score is the accuracy, or the mean over the targets of R2 in their own units.
 *
 * <p>The work is bounded: of many rows some are drawn with the seed of the network, and of many columns of a large network the first are measured.
 *
 * @param score what falls: {@code accuracy} or {@code R2}
 * @param base the score of the rows as they are
 * @param rows that were measured with, {@code allRows} there were
 * @param allColumns of the table
 * @param drops the largest first; none where there are too few rows, or the score is no number
 */
public record Importance(String score, double base, int rows, int allRows, int allColumns, List<Drop> drops) {
    /** With other seeds each, the same ones for all columns. */
    static final int SHUFFLES = 5;

    private static final int MOST_ROWS = 2000;

    /** So few rows say little; columns are left out before rows get fewer. */
    private static final int FEW_ROWS = 100;

    /** Products of a weight and an input, which take some seconds. */
    private static final double MOST_PRODUCTS = 2e10;

    /** Inputs in memory, as doubles. */
    private static final int MOST_INPUTS = 1_000_000;

    /**
     * What a column is worth.
     *
     * @param mean of the drops of the score over the shuffles; about 0, or below, for a column that says nothing
     * @param deviation of them, by their number
     */
    public record Drop(String column, double mean, double deviation) {}

    public Importance {
        drops = List.copyOf(drops);
    }

    /** Measures with the rows of a test. */
    public static Importance of(Engine engine, Dataset test, Fitted fitted) {
        return new Measurement(engine, test, fitted).measure();
    }

    /** Rows that the bounds allow for so many columns, from 1 on. */
    private static int rows(int columns, Network network, Fitted fitted) {
        double most = MOST_PRODUCTS / ((double) SHUFFLES * columns * network.parameterCount());
        int held = Math.max(1, MOST_INPUTS / fitted.table().features());
        return (int) Math.max(1, Math.min(Math.min(MOST_ROWS, held), most));
    }

    /** Columns that the bounds allow with a few rows. */
    private static int columns(Network network, Fitted fitted) {
        int all = fitted.table().columns().size();
        double most = MOST_PRODUCTS / ((double) SHUFFLES * FEW_ROWS * network.parameterCount());
        return (int) Math.max(1, Math.min(all, most));
    }

    private static final class Measurement {
        private final Engine engine;
        private final Network network;
        private final Fitted fitted;
        private final int allRows;
        private final int columns;
        private final Dataset rows;

        /** Row-major {@code [rows][features]}. */
        private final double[] inputs;

        Measurement(Engine engine, Dataset test, Fitted fitted) {
            this.engine = engine;
            this.network = engine.network();
            this.fitted = fitted;
            this.allRows = test.count();
            this.columns = columns(network, fitted);
            int most = Importance.rows(columns, network, fitted);
            this.rows = most < allRows ? test.rows(drawn(allRows, most)) : test;
            this.inputs = new double[rows.count() * rows.features()];
            rows.copySamples(0, rows.count(), Scale.ONE, inputs, 0);
        }

        private int[] drawn(int of, int count) {
            int[] order = new int[of];
            new NumpyRandom(network.initializer().seed()).permutation(order);
            return Arrays.stream(order).limit(count).sorted().toArray();
        }

        Importance measure() {
            String score = network.loss().classifies() ? "accuracy" : "R2";
            double base = score(inputs);
            List<Drop> drops = new ArrayList<>();
            if (rows.count() > 1 && Double.isFinite(base)) {
                int at = 0;
                for (Column column : fitted.table().columns().subList(0, columns)) {
                    drops.add(drop(column, at, base));
                    at += column.features();
                }
                drops.sort(Comparator.comparingDouble(Drop::mean).reversed());
            }
            return new Importance(
                    score, base, rows.count(), allRows, fitted.table().columns().size(), drops);
        }

        /** @param at the first input of the column */
        private Drop drop(Column column, int at, double base) {
            double[] drops = new double[SHUFFLES];
            int features = rows.features();
            int[] from = new int[rows.count()];
            for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
                new NumpyRandom(shuffle + 1).permutation(from);
                double[] shuffled = inputs.clone();
                for (int row = 0; row < from.length; row++) {
                    System.arraycopy(
                            inputs, from[row] * features + at, shuffled, row * features + at, column.features());
                }
                drops[shuffle] = base - score(shuffled);
            }
            double mean = Arrays.stream(drops).average().orElseThrow();
            double variance = Arrays.stream(drops)
                    .map(drop -> (drop - mean) * (drop - mean))
                    .average()
                    .orElseThrow();
            return new Drop(column.name(), mean, Math.sqrt(variance));
        }

        private double score(double... samples) {
            TargetRule rule = network.loss().targets();
            double[] outputs = engine.predict(Dataset.of(samples, rows.features()));
            if (!network.loss().classifies()) {
                return OwnUnits.of(outputs, rows, fitted, rule).stream()
                        .mapToDouble(Metric.R2::of)
                        .average()
                        .orElseThrow();
            }
            Outcomes outcomes = new Outcomes(outputs, rows, rule);
            return IntStream.range(0, rows.count())
                            .filter(row -> outcomes.predictedClass(row) == outcomes.targetClass(row))
                            .count()
                    / (double) rows.count();
        }
    }
}
