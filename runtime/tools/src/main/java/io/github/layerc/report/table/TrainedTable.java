package io.github.layerc.report.table;

import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.table.Fitted;
import java.util.List;

/**
 * A table that a network was trained with.
 *
 * @param distributions of the values in the training rows, for each column
 */
public record TrainedTable(Fitted fitted, List<ColumnDistribution> distributions, Importance importance) {

    public TrainedTable {
        distributions = List.copyOf(distributions);
        int columns = fitted.table().columns().size();
        if (distributions.size() != columns) {
            throw new IllegalArgumentException("a table must have a distribution for each of its " + columns
                    + " columns: distributions=" + distributions.size());
        }
    }
}
