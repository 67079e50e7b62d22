package io.github.layerc.peers;

import io.github.layerc.benchmark.Table;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.report.ComparisonReport;
import io.github.layerc.report.MachineFacts;
import io.github.layerc.report.draw.BarChart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows as a page: bars for each task. */
final class PeersPage {

    private PeersPage() {}

    static void write(Path folder, String file, List<PeerRow> rows) {
        String page = of(rows);
        OutputFolder.open(folder, file).write(Map.of(file, path -> Files.writeString(path, page)));
    }

    static String of(List<PeerRow> rows) {
        double peak = PeersTable.peak(rows);
        Map<String, List<PeerRow>> tasks = new LinkedHashMap<>();
        for (PeerRow row : rows) {
            if (!row.isPeak()) {
                tasks.computeIfAbsent(task(row), any -> new ArrayList<>()).add(row);
            }
        }
        String machine = MachineFacts.line();
        return new ComparisonReport(
                        "Generated classes and other libraries",
                        machine + String.format(Locale.ROOT, "; peak of one thread: %.1f GFLOP/s", peak),
                        PeersTable.HEAD,
                        tasks.entrySet().stream()
                                .map(task -> task(task.getKey(), task.getValue(), peak))
                                .toList())
                .page();
    }

    private static String task(PeerRow row) {
        return row.network() + ": " + row.operation() + " of " + row.batch()
                + (row.batch() == 1 ? " sample" : " samples")
                + (row.threads() == 1 ? "" : ", " + row.threads() + " threads");
    }

    private static ComparisonReport.Task task(String name, List<PeerRow> rows, double peak) {
        return new ComparisonReport.Task(
                name,
                rows.stream().map(PeersPage::bar).toList(),
                rows.stream().map(row -> PeersTable.cells(row, peak)).toList());
    }

    private static BarChart.Bar bar(PeerRow row) {
        return new BarChart.Bar(
                row.engine() + (row.form().equals("gram") ? ", Gram form" : ""),
                row.nsPerOp(),
                row.errorNs(),
                Table.time(row.nsPerOp()).strip(),
                row.isGenerated());
    }
}
