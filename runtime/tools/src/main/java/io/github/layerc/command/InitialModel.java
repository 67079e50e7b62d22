package io.github.layerc.command;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.source.TrainingSet;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model whose parameters a training starts from, instead of those that the initializer draws: one of an import, or of an earlier training. Only the
 * parameters, running means and variances among them, go on; the optimizer starts anew. What its columns learned stays as it is, since its weights are those of
 * columns that were transformed so, and so do the names of its classes.
 */
final class InitialModel {
    private final Path file;
    private final double[] parameters;
    private final ModelLabels labels;
    private final Optional<Fitted> fitted;

    private InitialModel(Path file, double[] parameters, ModelLabels labels, Optional<Fitted> fitted) {
        this.file = file;
        this.parameters = parameters;
        this.labels = labels;
        this.fitted = fitted;
    }

    /**
     * Reads a model, and finishes a write of it that was interrupted.
     *
     * @param table the columns that the network names, if it names any
     * @throws DataException if the file is missing, damaged, no model, or that of another network or table
     */
    static InitialModel read(Path file, Network network, Optional<Table> table) {
        OutputFolder.finish(file);
        return new InitialModel(
                file,
                Checkpoint.read(file, network),
                Checkpoint.readLabels(file, network),
                table.map(columns -> Checkpoint.readFitted(file, network, columns)));
    }

    /** One line. */
    String text() {
        return "initial model: " + file
                + (fitted.isPresent() ? ", columns are transformed by what it learned of its own rows" : "");
    }

    /** What its table learned. */
    Optional<Fitted> fitted() {
        return fitted;
    }

    /** @throws DataException if the classes of samples are others than those of the model, or pictures were scaled in another way */
    void requireFits(TrainingSet data) {
        if (data.arePictures()) {
            PredictCommand.requireScaling(file, labels);
        }
        List<String> classes = data.classes();
        boolean fits = labels.classes().isEmpty() || labels.classes().equals(classes) || areNumbers(classes);
        if (!fits) {
            throw DataException.of(
                    file, "model of other classes", String.join(", ", classes), String.join(", ", labels.classes()));
        }
    }

    /** Samples whose classes have the names that this model has, where it has any. */
    TrainingSet named(TrainingSet data) {
        return labels.classes().isEmpty() ? data : data.withClasses(labels.classes());
    }

    /** Whether classes have no names but their numbers, from 0 on. */
    private static boolean areNumbers(List<String> classes) {
        return classes.equals(
                IntStream.range(0, classes.size()).mapToObj(Integer::toString).toList());
    }

    void start(Engine engine) {
        engine.setParametersFromDouble(parameters);
    }
}
