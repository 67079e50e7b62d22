package io.github.layerc.describe;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Printable;
import io.github.layerc.rows.RowCursor;
import io.github.layerc.rows.RowFile;
import io.github.layerc.rows.RowFiles;
import io.github.layerc.rows.field.FieldWords;
import io.github.layerc.table.ColumnNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A spec that could be made of a table, with a comment on each column, for a person to edit. */
public final class TableDescription {
    /** Units of the hidden layer that is proposed. */
    private static final int HIDDEN = 16;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    private final Path path;
    private final long rows;
    private final List<ColumnSummary> inputs;
    private final ColumnSummary output;

    private TableDescription(Path path, long rows, List<ColumnSummary> inputs, ColumnSummary output) {
        this.path = path;
        this.rows = rows;
        this.inputs = inputs;
        this.output = output;
    }

    /**
     * Reads a table once, from its first row to its last, in a memory that does not grow with them.
     *
     * @param label the column that is to be predicted; empty for the last one
     * @throws DataException if there is something wrong with the file, or no such column
     */
    public static TableDescription of(Path path, Optional<String> label) {
        RowFile file = RowFiles.require(path);
        try (RowCursor cursor = file.open()) {
            List<ColumnSummary> columns = new ArrayList<>();
            cursor.columns().forEach(name -> columns.add(new ColumnSummary(name)));
            String predicted = label.orElse(cursor.columns().get(columns.size() - 1));
            int at = cursor.columns().indexOf(predicted);
            if (at < 0) {
                throw DataException.of(path, "no such column", String.join(", ", cursor.columns()), predicted);
            }
            if (columns.size() < 2) {
                throw DataException.of(path, "too few columns", "one to predict, and others", columns.size());
            }
            long rows = 0;
            while (cursor.next()) {
                rows++;
                for (int c = 0; c < columns.size(); c++) {
                    String text = cursor.text(c);
                    columns.get(c).add(text, cursor.number(c));
                }
            }
            if (rows == 0) {
                throw DataException.of(path, "no rows", "one or more behind the names of the columns", "none");
            }
            ColumnSummary output = columns.remove(at);
            return new TableDescription(path, rows, columns, output);
        }
    }

    /** A spec in YAML. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# ")
                .append(Printable.escape(path.getFileName().toString()))
                .append(": ")
                .append(rows)
                .append(" rows, ")
                .append(inputs.size() + 1)
                .append(" columns\n");
        yaml.append("network: ").append(className()).append('\n');
        yaml.append("package: com.example\n");
        yaml.append("input:\n  columns:\n");
        List<ColumnSummary> used =
                inputs.stream().filter(TableDescription::isUsed).toList();
        for (int i = 0; i < inputs.size(); ) {
            int count = isUsed(inputs.get(i)) ? grouped(i) : 1;
            yaml.append(count > 1 ? group(i, count) : column(inputs.get(i)));
            i += count;
        }
        if (used.isEmpty()) {
            yaml.append("    []    # nothing to learn from\n");
        }
        boolean classifies = classifies();
        int classes = output.values().size();
        yaml.append(classifies ? label() : target());
        yaml.append("layers:\n  - {units: ").append(HIDDEN).append(", activation: relu}\n");
        yaml.append("  - {units: ")
                .append(classifies && classes > 2 ? classes : 1)
                .append(", activation: ")
                .append(!classifies ? "identity" : classes > 2 ? "softmax" : "sigmoid")
                .append("}\n");
        yaml.append("loss: ")
                .append(
                        !classifies
                                ? "mean_squared_error"
                                : classes > 2 ? "categorical_cross_entropy" : "binary_cross_entropy")
                .append('\n');
        yaml.append("training: {optimizer: adam, learning_rate: 0.001, epochs: 100, batch: 32, validation: 0.2}\n");
        return yaml.toString();
    }

    private boolean classifies() {
        return output.isWholeAndFew() || (!output.isNumber() && output.isCategory());
    }

    private static boolean isUsed(ColumnSummary column) {
        return !column.isConstant() && (column.isNumber() || column.isBoolean() || column.isCategory());
    }

    private String column(ColumnSummary column) {
        String comment = "    # " + comment(column.text());
        if (!isUsed(column)) {
            String why = column.isConstant() ? "nothing to learn from" : "text with too many different values";
            return "    # " + text(column.name()) + " is left out, " + why + ": " + comment(column.text()) + "\n";
        }
        return "    - {name: " + text(column.name()) + settings(column) + "}" + comment + "\n";
    }

    private static String settings(ColumnSummary column) {
        String gaps = column.missing() > 0 ? ", missing: " + (column.isNumber() ? "mean" : "indicator") : "";
        if (column.isNumber()) {
            return ", transform: standardize" + gaps;
        }
        return (column.isBoolean() ? ", kind: boolean" : ", values: " + list(column.values())) + gaps;
    }

    /** How many columns from one on are numbers with the same settings and names that ranges make. */
    private int grouped(int from) {
        if (!inputs.get(from).isNumber() || inputs.get(from).missing() > 0) {
            return 1;
        }
        int most = from;
        while (most < inputs.size()
                && isUsed(inputs.get(most))
                && inputs.get(most).isNumber()
                && inputs.get(most).missing() == 0) {
            most++;
        }
        // the longest run that a pattern of its first and last name gives back
        for (int to = most; to > from + 2; to--) {
            List<String> names =
                    inputs.subList(from, to).stream().map(ColumnSummary::name).toList();
            if (pattern(names)
                    .map(pattern -> ColumnNames.of(pattern).equals(names))
                    .orElse(false)) {
                return to - from;
            }
        }
        return 1;
    }

    /** Ranges where the numbers of the first name and those of the last one differ. */
    private static Optional<String> pattern(List<String> names) {
        Matcher first = DIGITS.matcher(names.get(0));
        Matcher last = DIGITS.matcher(names.get(names.size() - 1));
        StringBuilder pattern = new StringBuilder();
        int firstAt = 0;
        int lastAt = 0;
        while (first.find()) {
            if (!last.find()) {
                return Optional.empty();
            }
            String between = names.get(0).substring(firstAt, first.start());
            if (!between.equals(names.get(names.size() - 1).substring(lastAt, last.start()))) {
                return Optional.empty();
            }
            pattern.append(between);
            pattern.append(
                    first.group().equals(last.group())
                            ? first.group()
                            : "{" + first.group() + ".." + last.group() + "}");
            firstAt = first.end();
            lastAt = last.end();
        }
        String end = names.get(0).substring(firstAt);
        return end.equals(names.get(names.size() - 1).substring(lastAt))
                ? Optional.of(pattern + end)
                : Optional.empty();
    }

    private String group(int from, int count) {
        List<ColumnSummary> columns = inputs.subList(from, from + count);
        String pattern =
                pattern(columns.stream().map(ColumnSummary::name).toList()).orElseThrow();
        return "    - {name: " + text(pattern) + ", transform: standardize}    # " + count + " numbers, the first "
                + comment(columns.get(0).text()) + "\n";
    }

    private String label() {
        return "output: {label: " + text(output.name()) + ", classes: " + list(output.values()) + "}    # "
                + comment(output.countsText())
                + (output.missing() > 0 ? ", " + output.missing() + " missing: a row must have one" : "") + "\n";
    }

    private String target() {
        String note = output.isNumber() ? "" : ": not a number in every row";
        return "output: {targets: [{name: " + text(output.name()) + ", transform: standardize}]}    # "
                + comment(output.text()) + note + "\n";
    }

    private static String list(List<String> values) {
        return values.stream().map(TableDescription::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A text of YAML, in quotes unless it is a plain word. */
    private static String text(String word) {
        if (word.matches("[A-Za-z][A-Za-z0-9 ()_.%/+-]*") && !word.endsWith(" ") && !FieldWords.isYaml(word)) {
            return word;
        }
        if (word.matches("0|[1-9][0-9]{0,8}")) {
            return word;
        }
        StringBuilder quoted = new StringBuilder("\"");
        word.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0xfeff || c == 0x2028 || c == 0x2029) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static String comment(String text) {
        return Printable.escape(text);
    }

    /** A name for the class, from that of the file. */
    private String className() {
        String name = path.getFileName().toString().replaceAll("\\..*$", "");
        StringBuilder words = new StringBuilder();
        for (String word : name.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return words.isEmpty() || Character.isDigit(words.charAt(0)) ? "Table" + words : words.toString();
    }
}
