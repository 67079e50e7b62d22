package io.github.layerc.source;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.rows.RowFile;
import io.github.layerc.rows.RowFiles;
import io.github.layerc.rows.TableData;
import io.github.layerc.rows.TableRows;
import io.github.layerc.rows.TableSplit;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows of named columns: one file, of which the table's split leaves some out for a test, or a folder with {@code train} and {@code test}. What the table learns it learns of the rows that
 * train, without those of the validation.
 *
 * @param learned what the table has learned of other rows, where it is not to learn of these
 * @param validation share of the training rows that are left out for a validation, 0 for none
 */
record TableSource(Path path, Table table, Optional<Fitted> learned, double validation) implements DataSource {
    private static final String TRAIN = "train";
    private static final String TEST = "test";

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public void requireFits(Network network) {
        table.requireFits(network);
    }

    @Override
    public TrainingSet read(Network network, Consumer<String> notes) {
        if (!Files.isDirectory(path)) {
            TableRows rows = TableRows.read(RowFiles.require(path), table, true);
            TableSplit split = new TableSplit(rows);
            TableSplit.Parts parts = split.leaveOut(split.all(), table.split().test());
            notes.accept("split: " + table.split().kind().keyword()
                    + (table.split().column().isEmpty()
                            ? ""
                            : " by " + table.split().column()) + ", "
                    + parts.left().length + " of " + rows.count() + " rows are left out for the test");
            return set(network, rows, parts.kept(), rows, parts.left());
        }
        TableRows train = TableRows.read(file(TRAIN), table, true);
        TableRows test = TableRows.read(file(TEST), table, true);
        return set(network, train, new TableSplit(train).all(), test, new TableSplit(test).all());
    }

    private RowFile file(String name) {
        return RowFiles.in(path, name)
                .orElseThrow(() -> DataException.of(
                        path,
                        "no table in this folder",
                        TRAIN + " and " + TEST + ": " + RowFiles.expected(),
                        "no " + name));
    }

    private TrainingSet set(Network network, TableRows train, int[] all, TableRows test, int... tested) {
        Optional<TableSplit.Parts> parts =
                validation > 0 ? Optional.of(new TableSplit(train).leaveOut(all, validation)) : Optional.empty();
        int[] trained = parts.map(TableSplit.Parts::kept).orElse(all);
        TableData.requireClasses(train, trained);
        Fitted fitted = learned.orElseGet(() -> TableData.fit(train, trained));
        Optional<Dataset> validated = parts.map(some -> TableData.dataset(train, fitted, network, true, some.left()));
        return TrainingSet.ofTable(
                TableData.dataset(train, fitted, network, true, trained),
                TableData.dataset(test, fitted, network, true, tested),
                validated,
                table.label().map(Label::classes).orElse(List.of()),
                fitted,
                ColumnDistribution.of(train, trained));
    }
}
