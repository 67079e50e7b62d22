package io.github.layerc.samples;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.rows.RowFile;
import io.github.layerc.rows.RowFiles;
import io.github.layerc.rows.TableData;
import io.github.layerc.rows.TableRows;
import io.github.layerc.rows.TableSplit;
import io.github.layerc.table.Fitted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a table, transformed as the model has learned to. Their labels are known where the file has that column.
 *
 * @param fitted what the model learned
 */
public record TableSamples(RowFile file, Fitted fitted) implements SampleInput {

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        TableRows rows = TableRows.read(file, fitted.table(), false);
        Dataset data = TableData.dataset(rows, fitted, network, false, new TableSplit(rows).all());
        List<Integer> labels = new ArrayList<>();
        if (rows.isLabelled()) {
            for (int row = 0; row < rows.count(); row++) {
                labels.add(rows.label(row));
            }
        }
        return Samples.rows(data, labels);
    }

    /**
     * Rows with labels or targets, to evaluate with.
     *
     * @throws DataException if there is something wrong with the file
     */
    public static Dataset labelled(Path path, Network network, Fitted fitted) {
        TableRows rows = TableRows.read(RowFiles.require(path), fitted.table(), true);
        return TableData.dataset(rows, fitted, network, true, new TableSplit(rows).all());
    }
}
