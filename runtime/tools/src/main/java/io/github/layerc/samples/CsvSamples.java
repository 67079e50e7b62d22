package io.github.layerc.samples;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.files.DataErrors;
import io.github.layerc.network.Network;
import io.github.layerc.rows.RowCursor;
import io.github.layerc.rows.RowFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table, values separated by commas as RFC 4180 has it, in UTF-8: a sample a line, with a number for each input. The first line can be names of the columns:
 * it is taken for that if none of them is a number. Empty lines are skipped.
 */
record CsvSamples(Path path) implements SampleInput {
    /** How programs write what is no finite number. */
    private static final Set<String> NO_NUMBERS =
            Set.of("nan", "na", "n/a", "null", "none", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity");

    /** Enough of them: a table of something else has one in every line. */
    private static final int MAX_ERRORS = 100;

    /** Characters of a number, quotes and blanks included; only to bound what a damaged file can take. */
    private static final int FIELD = 1024;

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        List<double[]> rows = new ArrayList<>();
        List<DataException> errors = new ArrayList<>();
        String rule = "wrong number of columns for network " + network.name();
        String expected = network.inputs() + ", one for each input";
        try (RowCursor cursor = RowFiles.openUnnamed(path, network.inputs(), FIELD, rule, expected)) {
            for (boolean first = true; errors.size() < MAX_ERRORS && cursor.next(); first = false) {
                if (!first || !isHeader(cursor)) {
                    rows.add(numbers(cursor, errors));
                }
            }
        }
        DataErrors.requireNone(path, errors);
        if (rows.isEmpty()) {
            throw DataException.of(path, "no samples", "a line of numbers for each", "none");
        }
        return Samples.rows(Dataset.of(flat(rows, network.inputs()), network.inputs()), List.of());
    }

    /** Names are no numbers, nor what else a line of numbers can have: no line of a header may be taken from the samples. */
    private static boolean isHeader(RowCursor row) {
        return IntStream.range(0, row.columns().size())
                .allMatch(column -> Double.isNaN(row.number(column)) && isName(row.text(column)));
    }

    private static boolean isName(String field) {
        return !field.isEmpty() && !NO_NUMBERS.contains(field.toLowerCase(Locale.ROOT));
    }

    private double[] numbers(RowCursor row, List<DataException> errors) {
        double[] numbers = new double[row.columns().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = row.number(i);
            if (!Double.isFinite(numbers[i])) {
                String field = row.text(i);
                errors.add(DataException.of(
                        path + ":" + row.line() + ":" + (i + 1),
                        "not a number",
                        "a finite number",
                        field.isEmpty() ? "nothing" : field));
            }
        }
        return numbers;
    }

    private double[] flat(List<double[]> rows, int inputs) {
        if (rows.size() > Integer.MAX_VALUE / inputs) {
            throw DataException.of(path, "too many samples", "at most " + Integer.MAX_VALUE / inputs, rows.size());
        }
        double[] flat = new double[rows.size() * inputs];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(rows.get(r), 0, flat, r * inputs, inputs);
        }
        return flat;
    }
}
