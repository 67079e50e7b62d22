package io.github.layerc.compiler;

import java.util.ArrayList;
import java.util.List;

/** Rows of text with aligned columns, as wide as their longest cell. */
final class TextTable {
    private static final String GAP = "  ";

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param alignment a letter for each column: {@code l} for text, {@code r} for numbers */
    TextTable(String alignment) {
        this.alignment = alignment;
    }

    TextTable row(String... cells) {
        if (cells.length != alignment.length()) {
            throw new AssertionError(alignment.length() + " cells expected: " + List.of(cells));
        }
        rows.add(List.of(cells));
        return this;
    }

    /** A line that begins in a column and may be longer than it. */
    TextTable note(int column, String text) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < column; i++) {
            cells.add("");
        }
        cells.add(text);
        rows.add(cells);
        return this;
    }

    TextTable blank() {
        rows.add(List.of());
        return this;
    }

    /** The lines, each with its end. */
    String text() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String space = " ".repeat(Math.max(0, widths[i] - row.get(i).length()));
                line.append(i == 0 ? "" : GAP);
                line.append(alignment.charAt(i) == 'r' ? space + row.get(i) : row.get(i) + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[alignment.length()];
        for (List<String> row : rows) {
            // notes run over the columns behind them
            int fixed = row.size() == widths.length ? widths.length : row.size() - 1;
            for (int i = 0; i < fixed; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
