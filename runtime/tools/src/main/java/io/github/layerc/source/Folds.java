package io.github.layerc.source;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.random.NumpyRandom;
import io.github.layerc.rows.RowFiles;
import io.github.layerc.rows.TableData;
import io.github.layerc.rows.TableRows;
import io.github.layerc.rows.TableSplit;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import io.github.layerc.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Parts of some data of which each is left out once, for a cross-validation. */
public final class Folds {

    /**
     * One of them.
     *
     * @param train samples that train
     * @param test samples that are left out
     * @param validation samples that are left out of those that train; empty where there are none, or the training leaves out its own
     */
    public record Fold(Dataset train, Dataset test, Optional<Dataset> validation) {}

    private final IntFunction<Fold> folds;

    private Folds(IntFunction<Fold> folds) {
        this.folds = folds;
    }

    /**
     * Reads data: of a table all rows of a file, as its split says, with transformations that are fitted anew for each part; of others their training samples, of each class as many in each part.
     *
     * @param table the columns that the network names; empty for others
     * @param count of the parts, at least 2
     * @throws io.github.layerc.data.DataException if there is something wrong with the data, or they are too few
     * @throws TrainingException if samples are too few
     */
    public static Folds read(Path path, Network network, Optional<Table> table, int count) {
        if (table.isPresent()) {
            table.get().requireFits(network);
            TableRows rows = TableRows.read(RowFiles.require(path), table.get(), true);
            TableSplit split = new TableSplit(rows);
            List<TableSplit.Parts> parts = split.folds(split.all(), count);
            return new Folds(number -> fold(rows, parts.get(number), network));
        }
        DataSource source = DataSources.find(path, table, Optional.empty(), 0);
        source.requireFits(network);
        Dataset all = source.read(network, note -> {}).train();
        int[] fold = dealt(all, network, count);
        return new Folds(number ->
                new Fold(all.rows(rows(fold, number, false)), all.rows(rows(fold, number, true)), Optional.empty()));
    }

    /** One of them; may be asked by several threads. */
    public Fold fold(int number) {
        return folds.apply(number);
    }

    private static Fold fold(TableRows rows, TableSplit.Parts parts, Network network) {
        double share = network.training().validation();
        Optional<TableSplit.Parts> validated =
                share > 0 ? Optional.of(new TableSplit(rows).leaveOut(parts.kept(), share)) : Optional.empty();
        int[] trained = validated.map(TableSplit.Parts::kept).orElse(parts.kept());
        TableData.requireClasses(rows, trained);
        Fitted fitted = TableData.fit(rows, trained);
        return new Fold(
                TableData.dataset(rows, fitted, network, true, trained),
                TableData.dataset(rows, fitted, network, true, parts.left()),
                validated.map(some -> TableData.dataset(rows, fitted, network, true, some.left())));
    }

    /** The part of each sample: those of a class, by chance, one after the other. */
    private static int[] dealt(Dataset all, Network network, int count) {
        if (all.count() < count) {
            throw new TrainingException(
                    network.name() + ": too few samples for " + count + " folds: samples=" + all.count());
        }
        int[] order = new int[all.count()];
        new NumpyRandom(network.initializer().seed()).permutation(order);
        Map<Integer, List<Integer>> byClass = new TreeMap<>();
        for (int row : order) {
            int label = network.loss().classifies()
                    ? all.targetClass(row, network.loss().targets())
                    : 0;
            byClass.computeIfAbsent(label, none -> new ArrayList<>()).add(row);
        }
        int[] fold = new int[all.count()];
        int next = 0;
        for (List<Integer> rows : byClass.values()) {
            for (int row : rows) {
                fold[row] = next;
                next = (next + 1) % count;
            }
        }
        return fold;
    }

    private static int[] rows(int[] fold, int number, boolean wanted) {
        int[] all = new int[fold.length];
        Arrays.setAll(all, row -> row);
        return Arrays.stream(all).filter(row -> (fold[row] == number) == wanted).toArray();
    }
}
