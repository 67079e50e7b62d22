package io.github.layerc.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rows of a comparison for people: one unit in each column, numbers to the digits that mean something. */
public final class Table {
    /** What {@link #cells} are, behind operation and batch. */
    static final List<String> HEAD = List.of("engine", "form", "time", "+-", "GFLOP/s", "B/op", "residual", "speed-up");

    private Table() {}

    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder(line("operation", "batch", HEAD));
        Row previous = null;
        for (Row row : rows) {
            if (previous != null && (row.operation() != previous.operation() || row.batch() != previous.batch())) {
                table.append(System.lineSeparator());
            }
            previous = row;
            table.append(line(row.operation().keyword(), Integer.toString(row.batch()), cells(row)));
        }
        return table.toString();
    }

    static List<String> cells(Row row) {
        return List.of(
                row.engine(),
                row.form().keyword(),
                time(row.nsPerOp()),
                Double.isFinite(row.errorNs()) ? percent(row.errorNs() / row.nsPerOp()) : "",
                number("%.2f", row.gflops()),
                number("%.0f", row.bytesPerOp()),
                number("%.1e", row.residual()),
                number("%.1f", row.speedup()) + "x");
    }

    /** Half of a time: with such an error two rows of one speed may show a speed-up of three. */
    private static final double WORTHLESS = 0.5;

    /** Why the rows say little about speed, at most one line: times without an error, or with one that is larger than most differences. */
    static Optional<String> doubt(List<Row> rows) {
        long unknown =
                rows.stream().filter(row -> !Double.isFinite(row.errorNs())).count();
        long wide = rows.stream()
                .filter(row -> row.errorNs() > WORTHLESS * row.nsPerOp())
                .count();
        if (unknown + wide == 0) {
            return Optional.empty();
        }
        String what = unknown == rows.size() || wide == rows.size() ? "all" : unknown + wide + " of " + rows.size();
        return Optional.of("worthless: " + what + " rows have "
                + (wide == 0 ? "" : "an error above " + percent(WORTHLESS))
                + (wide > 0 && unknown > 0 ? " or " : "")
                + (unknown == 0 ? "" : "no error, for want of iterations")
                + ": measure longer, with layerc.compare.iterations and layerc.compare.seconds");
    }

    /** With three or four digits in the unit that fits. */
    public static String time(double ns) {
        if (ns < 1e3) {
            return number("%.1f", ns) + " ns";
        }
        if (ns < 1e6) {
            return number("%.2f", ns / 1e3) + " us";
        }
        return ns < 1e9 ? number("%.2f", ns / 1e6) + " ms" : number("%.2f", ns / 1e9) + " s ";
    }

    private static String percent(double part) {
        return number("%.1f", 100 * part) + " %";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String line(String operation, String batch, List<String> cells) {
        return String.format(Locale.ROOT, "%-10s  %6s  ", operation, batch)
                + String.format(Locale.ROOT, "%-16s  %-6s  %10s  %8s  %8s  %8s  %9s  %8s%n", cells.toArray());
    }
}
