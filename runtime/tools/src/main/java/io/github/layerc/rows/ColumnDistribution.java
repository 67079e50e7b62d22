package io.github.layerc.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How the values of a column are spread over some rows, as they stand there, before any transformation. It is small, whatever the number of rows.
 *
 * @param least of the values, and {@code most}: numbers, places of categories, 0 and 1; NaN where there is none
 * @param counts of rows: of numbers in bins of the same width from the least value to the most, one for each where they are few whole ones; of categories for each; of booleans for false and true
 * @param missing rows without a value
 */
public record ColumnDistribution(double least, double most, List<Integer> counts, int missing) {
    /** Of numbers. */
    static final int BINS = 20;

    public ColumnDistribution {
        counts = List.copyOf(counts);
    }

    /** Of all columns of a table, one after the other. */
    public static List<ColumnDistribution> of(TableRows rows, int... some) {
        List<ColumnDistribution> all = new ArrayList<>();
        IntFunction<double[]> columns = rows.columns(some);
        for (int c = 0; c < rows.table().columns().size(); c++) {
            double[] values = columns.apply(c);
            all.add(
                    switch (rows.table().columns().get(c).kind()) {
                        case NUMBER -> ofNumbers(values);
                        case CATEGORY ->
                            ofPlaces(
                                    values,
                                    rows.table().columns().get(c).categories().size());
                        case BOOLEAN -> ofPlaces(values, 2);
                    });
        }
        return all;
    }

    /** Rows that were counted. */
    public int rows() {
        return missing + counts.stream().mapToInt(Integer::intValue).sum();
    }

    static ColumnDistribution ofNumbers(double... values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (double value : values) {
            // a comparison with NaN is false
            least = value < least ? value : least;
            most = value > most ? value : most;
            whole &= Double.isNaN(value) || value == Math.rint(value);
        }
        if (least > most) {
            return new ColumnDistribution(Double.NaN, Double.NaN, List.of(), values.length);
        }
        boolean oneForEach = least == most || (whole && most - least < BINS);
        int bins = oneForEach ? (int) (most - least) + 1 : BINS;
        int[] counts = new int[bins];
        int missing = 0;
        for (double value : values) {
            if (Double.isNaN(value)) {
                missing++;
            } else {
                // halves, as a range may be wider than the largest double
                double place = oneForEach ? value - least : bins * ((value / 2 - least / 2) / (most / 2 - least / 2));
                counts[(int) Math.min(place, bins - 1)]++;
            }
        }
        return new ColumnDistribution(least, most, list(counts), missing);
    }

    static ColumnDistribution ofPlaces(double[] values, int places) {
        int[] counts = new int[places];
        int missing = 0;
        for (double value : values) {
            if (Double.isNaN(value)) {
                missing++;
            } else {
                counts[(int) value]++;
            }
        }
        return new ColumnDistribution(0, places - 1, list(counts), missing);
    }

    private static List<Integer> list(int... counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
