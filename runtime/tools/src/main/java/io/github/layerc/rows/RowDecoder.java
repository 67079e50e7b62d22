package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import io.github.layerc.rows.field.FieldWords;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a table makes of the fields of a row: numbers for its columns, the label, the targets. Everything that is wrong with a row is collected, each with its place. */
final class RowDecoder {
    private final Path path;
    private final Table table;
    private final boolean predicted;

    private final Column[] columns;

    /** Where each column stands in a row; -1 for what is predicted and not there. */
    private final int[] inputs;

    /** The same of columns of numbers; -1 for others. */
    private final int[] numbers;

    /** What a number must be above that needs no second look, for each column: infinity itself is refused there. */
    private final double[] above;

    private final int[] outputs;
    private final int split;

    /** The numbers of categories by their words, for each column. */
    private final List<Map<String, Integer>> categories = new ArrayList<>();

    private final Map<String, Integer> classes = new HashMap<>();
    private final List<DataException> errors = new ArrayList<>();

    private final double[] row;
    private final double[] targets;
    private int label = -1;

    /**
     * @param file its columns
     * @param predicted whether what the table predicts must be there
     * @throws DataException if a column is missing
     */
    RowDecoder(Path path, Table table, RowCursor file, boolean predicted) {
        this.path = path;
        this.table = table;
        this.predicted = predicted;
        this.columns = table.columns().toArray(Column[]::new);
        List<String> names = file.columns();
        List<String> absent = new ArrayList<>();
        this.inputs = table.columns().stream()
                .mapToInt(column -> place(column.name(), names, absent))
                .toArray();
        this.numbers = new int[inputs.length];
        Arrays.setAll(numbers, c -> columns[c].kind() == ColumnKind.NUMBER ? inputs[c] : -1);
        this.above = table.columns().stream()
                .mapToDouble(column -> column.transform().accepts(-1) ? Double.NEGATIVE_INFINITY : -1)
                .toArray();
        file.expectNumbers(numbers);
        List<String> missing = predicted ? absent : new ArrayList<>();
        this.outputs = names(table).stream()
                .mapToInt(name -> place(name, names, missing))
                .toArray();
        String by = table.split().column();
        this.split = by.isEmpty() ? -1 : place(by, names, missing);
        if (!absent.isEmpty()) {
            throw DataException.of(
                    path,
                    "missing column" + (absent.size() > 1 ? "s" : ""),
                    String.join(", ", absent),
                    String.join(", ", names));
        }
        for (Column column : table.columns()) {
            categories.add(numbers(column.categories()));
        }
        table.label().ifPresent(some -> classes.putAll(numbers(some.classes())));
        this.row = new double[inputs.length];
        this.targets = new double[table.targets().size()];
    }

    private static List<String> names(Table table) {
        List<String> names = new ArrayList<>();
        table.label().map(Label::name).ifPresent(names::add);
        table.targets().stream().map(Target::name).forEach(names::add);
        return names;
    }

    private static int place(String name, List<String> columns, List<String> absent) {
        int at = columns.indexOf(name);
        if (at < 0) {
            absent.add(name);
        }
        return at;
    }

    private static Map<String, Integer> numbers(List<String> words) {
        Map<String, Integer> numbers = new HashMap<>();
        words.forEach(word -> numbers.put(word, numbers.size()));
        return numbers;
    }

    /** Reads a row; what is wrong with it is in {@link #errors()}. */
    void decode(RowCursor cursor) {
        cursor.numbers(numbers, row);
        for (int c = 0; c < row.length; c++) {
            if (!(row[c] > above[c] && row[c] < Double.POSITIVE_INFINITY)) {
                row[c] = value(c, row[c], cursor);
            }
        }
        boolean labelled = table.label().isPresent();
        label = labelled && isKnown(0, cursor) ? label(cursor) : -1;
        for (int t = 0; t < targets.length; t++) {
            targets[t] = isKnown(t, cursor) ? target(t, cursor) : Double.NaN;
        }
    }

    /** Whether a row says what is predicted; to be predicted, it need not. */
    private boolean isKnown(int output, RowCursor cursor) {
        return outputs[output] >= 0 && (predicted || !isMissing(outputs[output], cursor));
    }

    /** One number for each column of the table. */
    double[] row() {
        return row;
    }

    /** The number of the class; -1 where there is none. */
    int label() {
        return label;
    }

    /** The targets; NaN where there are none. */
    double[] targets() {
        return targets;
    }

    /** What stands in the column that says group or time; empty where there is none. */
    String splitKey(RowCursor cursor) {
        return split < 0 ? "" : cursor.text(split);
    }

    /** Everything that was wrong. */
    List<DataException> errors() {
        return errors;
    }

    private double value(int c, double number, RowCursor cursor) {
        Column column = columns[c];
        int at = inputs[c];
        double value = switch (column.kind()) {
            case NUMBER ->
                Double.isFinite(number)
                        ? number
                        : noNumber(
                                number,
                                column.name(),
                                at,
                                cursor,
                                column.transform().domain(),
                                column.optional());
            case CATEGORY -> category(column, categories.get(c), at, cursor);
            case BOOLEAN -> truth(column, at, cursor);
        };
        if (!column.transform().accepts(value)) {
            fail(
                    cursor,
                    column.name(),
                    "not a value for " + column.transform().keyword(),
                    column.transform().domain(),
                    at);
        }
        return value;
    }

    /** What stands for a number that is none, or not finite. */
    private double noNumber(double number, String name, int at, RowCursor cursor, String expected, boolean optional) {
        if (!Double.isNaN(number)) {
            fail(cursor, name, "not a finite number", expected, at);
        } else if (!isMissing(at, cursor)) {
            fail(cursor, name, "not a number", expected, at);
        } else if (!optional) {
            fail(cursor, name, "no value", expected + ", or a rule for missing values in the spec", at);
        }
        return Double.NaN;
    }

    private double category(Column column, Map<String, Integer> numbers, int at, RowCursor cursor) {
        Integer number = numbers.get(cursor.text(at));
        if (number != null) {
            return number;
        }
        if (!isMissing(at, cursor)) {
            fail(cursor, column.name(), "unknown category", String.join(", ", column.categories()), at);
        } else if (!column.optional()) {
            fail(
                    cursor,
                    column.name(),
                    "no value",
                    String.join(", ", column.categories()) + ", or a rule for missing values in the spec",
                    at);
        }
        return Double.NaN;
    }

    private double truth(Column column, int at, RowCursor cursor) {
        String word = cursor.text(at);
        if (FieldWords.isBoolean(word)) {
            return FieldWords.isTrue(word) ? 1 : 0;
        }
        if (!isMissing(at, cursor)) {
            fail(cursor, column.name(), "neither true nor false", "true, false, yes, no, 1 or 0", at);
        } else if (!column.optional()) {
            fail(cursor, column.name(), "no value", "true or false, or a rule for missing values in the spec", at);
        }
        return Double.NaN;
    }

    private int label(RowCursor cursor) {
        Label of = table.label().orElseThrow();
        Integer number = classes.get(cursor.text(outputs[0]));
        if (number == null) {
            fail(cursor, of.name(), "unknown class", String.join(", ", of.classes()), outputs[0]);
            return -1;
        }
        return number;
    }

    private double target(int t, RowCursor cursor) {
        Target target = table.targets().get(t);
        double number = cursor.number(outputs[t]);
        double value = Double.isFinite(number)
                ? number
                : noNumber(
                        number,
                        target.name(),
                        outputs[t],
                        cursor,
                        target.transform().domain(),
                        false);
        if (!target.transform().accepts(value)) {
            fail(
                    cursor,
                    target.name(),
                    "not a value for " + target.transform().keyword(),
                    target.transform().domain(),
                    outputs[t]);
        }
        return value;
    }

    private static boolean isMissing(int at, RowCursor cursor) {
        return FieldWords.isMissing(cursor.text(at));
    }

    private void fail(RowCursor cursor, String column, String rule, String expected, int at) {
        String found = cursor.text(at);
        errors.add(DataException.of(
                path + ":" + cursor.line() + ": column " + column,
                rule,
                expected,
                found.isEmpty() ? "nothing" : found));
    }
}
