package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import io.github.layerc.benchmark.Table;
import java.util.List;
import java.util.Locale;

/** Rows for people: those of a task together, and the sweep as a table of its own. */
final class PeersTable {
    /** What {@link #cells} are, behind the task. */
    static final List<String> HEAD =
            List.of("engine", "form", "time", "+-", "GFLOP/s", "of peak", "B/op", "residual", "speed-up");

    private PeersTable() {}

    /** Rows in the order in which they come; a blank line where the task changes. */
    static String of(List<PeerRow> rows) {
        double peak = peak(rows);
        StringBuilder table = new StringBuilder(line("network", "operation", "batch", "threads", HEAD));
        PeerRow previous = null;
        for (PeerRow row : rows) {
            if (row.isPeak()) {
                continue;
            }
            if (previous != null && !previous.sameTask(row)) {
                table.append(System.lineSeparator());
            }
            previous = row;
            table.append(line(
                    row.network(),
                    row.operation(),
                    Integer.toString(row.batch()),
                    Integer.toString(row.threads()),
                    cells(row, peak)));
        }
        return table.append(String.format(Locale.ROOT, "%npeak of one thread: %.1f GFLOP/s%n", peak))
                .toString();
    }

    /** GFLOP/s of one thread; NaN where they were not measured. */
    static double peak(List<PeerRow> rows) {
        return rows.stream()
                .filter(PeerRow::isPeak)
                .mapToDouble(PeerRow::gflops)
                .findFirst()
                .orElse(Double.NaN);
    }

    static List<String> cells(PeerRow row, double peak) {
        return List.of(
                row.engine(),
                row.form(),
                Table.time(row.nsPerOp()),
                number("%.1f %%", 100 * row.errorNs() / row.nsPerOp()),
                number("%.2f", row.gflops()),
                number("%.0f %%", 100 * row.gflops() / peak / row.threads()),
                number("%.0f", row.bytesPerOp()),
                number("%.1e", row.residual()),
                number("%.2fx", row.speedup()));
    }

    /** Where specialisation pays: generated code against the fastest library, for each width, operation and batch. */
    static String sweep(List<PeerRow> rows) {
        StringBuilder table = new StringBuilder(
                sweepLine("network", "operation", "batch", "generated-vector", "fastest library", "", "generated is"));
        for (Operation operation : Operation.values()) {
            for (int width : Tasks.SWEEP_WIDTHS) {
                for (int batch : Tasks.SWEEP_BATCHES) {
                    List<PeerRow> task = rows.stream()
                            .filter(row -> row.network().equals("[64," + width + "," + width + ",1]")
                                    && row.operation().equals(operation.keyword())
                                    && row.batch() == batch)
                            .toList();
                    table.append(sweepLine(task));
                }
            }
        }
        return table.toString();
    }

    private static String sweepLine(List<PeerRow> task) {
        if (task.size() != 2) {
            return "";
        }
        PeerRow generated = task.get(task.get(0).isGenerated() ? 0 : 1);
        PeerRow library = task.get(task.get(0).isGenerated() ? 1 : 0);
        double factor = library.nsPerOp() / generated.nsPerOp();
        return sweepLine(
                generated.network(),
                generated.operation(),
                Integer.toString(generated.batch()),
                Table.time(generated.nsPerOp()),
                Table.time(library.nsPerOp()),
                library.engine(),
                factor >= 1 ? number("%.2fx faster", factor) : number("%.2fx slower", 1 / factor));
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }

    private static String line(String network, String operation, String batch, String threads, List<String> cells) {
        return String.format(Locale.ROOT, "%-20s  %-10s  %5s  %7s  ", network, operation, batch, threads)
                + String.format(Locale.ROOT, "%-16s  %-6s  %10s  %8s  %8s  %7s  %8s  %9s  %9s%n", cells.toArray());
    }

    private static String sweepLine(Object... cells) {
        return String.format(Locale.ROOT, "%-20s  %-10s  %5s  %16s  %15s  %-11s  %13s%n", cells);
    }
}
