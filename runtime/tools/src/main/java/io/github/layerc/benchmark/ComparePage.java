package io.github.layerc.benchmark;

import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.report.ComparisonReport;
import io.github.layerc.report.MachineFacts;
import io.github.layerc.report.draw.BarChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a comparison as a page: bars for each operation and batch. */
final class ComparePage {

    private ComparePage() {}

    static String of(Network network, List<Row> rows) {
        String machine = MachineFacts.line();
        return of(network, rows, machine);
    }

    static String of(Network network, List<Row> rows, String machine) {
        Map<String, List<Row>> tasks = new LinkedHashMap<>();
        for (Row row : rows) {
            String task =
                    row.operation().keyword() + " of " + row.batch() + (row.batch() == 1 ? " sample" : " samples");
            tasks.computeIfAbsent(task, any -> new ArrayList<>()).add(row);
        }
        return new ComparisonReport(
                        "Comparison of " + network.name(),
                        network.layerDims() + ", " + network.precision().keyword() + "; " + machine,
                        Table.HEAD,
                        tasks.entrySet().stream()
                                .map(task -> task(task.getKey(), task.getValue()))
                                .toList())
                .page();
    }

    private static ComparisonReport.Task task(String name, List<Row> rows) {
        return new ComparisonReport.Task(
                name,
                rows.stream().map(ComparePage::bar).toList(),
                rows.stream().map(Table::cells).toList());
    }

    private static BarChart.Bar bar(Row row) {
        return new BarChart.Bar(
                row.engine() + (row.form() == Form.GRAM ? ", Gram form" : ""),
                row.nsPerOp(),
                row.errorNs(),
                Table.time(row.nsPerOp()).strip(),
                row.engine().startsWith("generated-"));
    }
}
