package io.github.layerc.benchmark;

import java.util.List;
import java.util.Locale;

/** Rows of a comparison for people: one unit in each column, numbers to the digits that mean something. */
public final class Table {

    private Table() {}

    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder(
                line("operation", "batch", "engine", "form", "time", "+-", "GFLOP/s", "B/op", "residual", "speed-up"));
        Row previous = null;
        for (Row row : rows) {
            if (previous != null && (row.operation() != previous.operation() || row.batch() != previous.batch())) {
                table.append(System.lineSeparator());
            }
            previous = row;
            table.append(line(
                    row.operation().keyword(),
                    Integer.toString(row.batch()),
                    row.engine(),
                    row.form().keyword(),
                    time(row.nsPerOp()),
                    Double.isFinite(row.errorNs()) ? percent(row.errorNs() / row.nsPerOp()) : "",
                    number("%.2f", row.gflops()),
                    number("%.0f", row.bytesPerOp()),
                    number("%.1e", row.residual()),
                    number("%.1f", row.speedup()) + "x"));
        }
        return table.toString();
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

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-10s  %6s  %-16s  %-6s  %10s  %8s  %8s  %8s  %9s  %8s%n", cells);
    }
}
