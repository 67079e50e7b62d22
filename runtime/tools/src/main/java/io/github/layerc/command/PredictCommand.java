package io.github.layerc.command;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.rows.RowFile;
import io.github.layerc.rows.RowFiles;
import io.github.layerc.samples.SampleInput;
import io.github.layerc.samples.SampleInputs;
import io.github.layerc.samples.Samples;
import io.github.layerc.samples.TableSamples;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import io.github.layerc.training.TrainingException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts samples with the model of a network, prints a table and writes {@code predictions.csv}, whole or not at all: what the goal {@code predict} runs
 * in a JVM of its own. Where one sample cannot be read, nothing is predicted.
 */
public final class PredictCommand {
    private static final String PREDICTIONS = "predictions.csv";
    private static final String MODEL = "model.h5";

    /** Samples that the workspace holds. */
    private static final int BATCH = 256;

    private final PredictArguments arguments;
    private final PrintStream out;

    private PredictCommand(PredictArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Exits with 0 after a success, with 1 after what is wrong was said on standard error; a bug of our own ends in a stack trace. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * The same without the exit.
     *
     * @param arguments {@code key=value}, see {@link PredictArguments}
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            new PredictCommand(PredictArguments.parse(arguments), out).run();
            return 0;
        } catch (DataException | DataErrors | TrainingException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void run() {
        OutputFolder output = OutputFolder.open(arguments.output(), PREDICTIONS);
        Engines engines = Engines.of(arguments.network());
        Network network = engines.network();
        Optional<Table> table = engines.table();
        // what can be refused is refused before the model is read
        Optional<RowFile> rows = table.map(some -> RowFiles.require(arguments.input()));
        Optional<SampleInput> plain = table.isPresent()
                ? Optional.empty()
                : Optional.of(SampleInputs.find(arguments.input(), arguments.dataset()));
        Path model = model(network);
        try {
            Optional<Fitted> fitted = table.map(some -> Checkpoint.readFitted(model, network, some));
            SampleInput input = plain.orElseGet(() -> new TableSamples(rows.orElseThrow(), fitted.orElseThrow()));
            ModelLabels labels = Checkpoint.readLabels(model, network);
            if (input.scalesPictures()) {
                requireScaling(model, labels);
            }
            Samples samples = input.read(network);
            out.println("model: " + model);
            samples.notes().forEach(out::println);
            predict(output, engines, model, labels, fitted, samples);
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(network, 0, e);
        }
    }

    private Path model(Network network) {
        if (arguments.model().isPresent()) {
            return arguments.model().get();
        }
        Path model = arguments.output().resolve(MODEL);
        if (!Files.exists(model)) {
            throw new DataException(model + ": no model: expected that of a training: found nothing: run layerc:train"
                    + " -Dlayerc.network=" + network.name() + " first, or name a model with -Dlayerc.model");
        }
        return model;
    }

    /** Pictures that are scaled in another way than those of the training are not what the model knows. */
    static void requireScaling(Path model, ModelLabels labels) {
        String scaling = labels.pictureScaling();
        if (!scaling.isEmpty() && !scaling.equals(Pictures.SCALING)) {
            throw DataException.of(model, "unknown scaling of pictures", Pictures.SCALING, scaling);
        }
    }

    private void predict(
            OutputFolder output,
            Engines engines,
            Path model,
            ModelLabels labels,
            Optional<Fitted> fitted,
            Samples samples) {
        Network network = engines.network();
        int batch =
                Math.min(Math.min(BATCH, network.largestBatch()), samples.data().count());
        try (Engine engine = engines.open(arguments.engine(), batch)) {
            engine.load(model);
            Predictions predictions = new Predictions(
                    network, labels.classes(), targets(fitted), samples, outputs(engine, samples, fitted));
            output.write(Map.of(PREDICTIONS, predictions::write));
            predictions.table().forEach(out::println);
            out.println("wrote " + output.path().resolve(PREDICTIONS));
        }
    }

    /** Names of the outputs of a regression that has some. */
    private static List<String> targets(Optional<Fitted> fitted) {
        return fitted.map(some ->
                        some.table().targets().stream().map(Target::name).toList())
                .orElse(List.of());
    }

    /** Those of targets in their own unit. */
    private double[] outputs(Engine engine, Samples samples, Optional<Fitted> fitted) {
        try {
            double[] outputs = engine.predict(samples.data());
            int targets = targets(fitted).size();
            for (int i = 0; targets > 0 && i < outputs.length; i++) {
                outputs[i] = fitted.orElseThrow().undo(i % targets, outputs[i]);
            }
            return outputs;
        } catch (IllegalArgumentException e) {
            // a number of the input that a network in float does not hold
            throw new DataException(arguments.input() + ": " + e.getMessage(), e);
        }
    }
}
