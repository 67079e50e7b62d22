package io.github.layerc.command;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.samples.TableSamples;
import io.github.layerc.source.DataSource;
import io.github.layerc.source.DataSources;
import io.github.layerc.source.DrawnPictures;
import io.github.layerc.source.TrainingSet;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import io.github.layerc.training.TrainingCheckpoint;
import io.github.layerc.training.TrainingException;
import io.github.layerc.training.WarmUp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the class of a network, and writes {@code history.csv}, {@code metrics.json}, {@code model.h5} and
 * {@code report.html}: what the goal {@code train} runs in a JVM of its own. All files are written at the end, as one unit, see {@link OutputFolder}.
 *
 * <p>A training whose cost ended far above its start (see {@link History#hasDiverged}) is a success with one line of warning, and keeps the model that
 * it replaces as {@code model.h5.previous}, part of the same unit. One that follows another such leaves that file as it is: it holds the last model
 * of a training that did not diverge.
 */
public final class TrainCommand {
    /** Iterations between two entries of the history, unless a training is short. */
    private static final int USUAL_DISTANCE = 100;

    private static final int SHORT = 1000;
    private static final int SHORT_ENTRIES = 25;

    private final TrainArguments arguments;
    private final PrintStream out;
    private final PrintStream err;

    /** What is known before the data are read. */
    private record Job(
            String spec,
            OutputFolder output,
            Engines engines,
            TrainingSettings settings,
            Optional<InitialModel> initialModel) {}

    private TrainCommand(TrainArguments arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /** Exits with 0 after a success, with 1 after one line on standard error; a bug of our own ends in a stack trace. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * The same without the exit.
     *
     * @param arguments {@code key=value}, see {@link TrainArguments}
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            new TrainCommand(TrainArguments.parse(arguments), out, err).run();
            return 0;
        } catch (DataException | DataErrors | TrainingException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void run() {
        // everything that can be refused is refused before the training
        String spec = readSpec(arguments.spec());
        OutputFolder output = OutputFolder.open(arguments.output(), ResultFiles.NAMES.toArray(String[]::new));
        Engines engines = Engines.of(arguments.network());
        TrainingSettings settings = settings(engines.network().training());
        Optional<InitialModel> initialModel =
                arguments.initialModel().map(file -> InitialModel.read(file, engines.network(), engines.table()));
        DataSource source = source(engines, settings, initialModel);
        source.requireFits(engines.network());
        Trainer.requireFits(settings, engines.network());
        // reading takes a while, so the kernels are compiled meanwhile
        WarmUp warmUp = WarmUp.start(samples -> engines.open(arguments.engine(), samples), settings);
        try {
            run(new Job(spec, output, engines, settings, initialModel), source);
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(engines.network(), 0, e);
        } catch (LinkageError e) {
            // where both threads want memory, one may leave the other classes that cannot be used
            throw TrainingException.outOfMemory(engines.network(), 0, e);
        } finally {
            warmUp.close();
        }
    }

    private void run(Job job, DataSource source) {
        Network network = job.engines.network();
        out.println("data: " + source.description());
        TrainingSet read = source.read(network, out::println);
        job.initialModel.ifPresent(model -> model.requireFits(read));
        TrainingSet data = job.initialModel.map(model -> model.named(read)).orElse(read);
        data.facts().forEach(out::println);
        Checkpoint.requireLabels(arguments.output(), labels(data));
        try {
            train(job, data);
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(network, data.train().count(), e);
        }
    }

    private void train(Job job, TrainingSet data) {
        Engines engines = job.engines;
        TrainingSettings settings = job.settings;
        Network network = engines.network();
        Optional<Dataset> validation = arguments
                .validationData()
                .map(path -> validation(path, network, data))
                .or(data::validation);
        long start = System.nanoTime();
        // a signal before this ends the JVM at once: there is nothing yet that it could lose
        try (StopSignal stop = StopSignal.listen();
                Engine engine = engines.open(
                        arguments.engine(),
                        Engines.workspace(settings, data.train().count()))) {
            start(engine, job.initialModel);
            double setUp = (System.nanoTime() - start) * 1e-9;
            out.println("engine " + engine.name() + ": precision "
                    + network.precision().keyword() + ", threads " + engine.threads()
                    + ", schedule: "
                    + engine.schedule());
            String unusual =
                    UnusualSettings.text(network, settings, data.train().count());
            if (!unusual.isEmpty()) {
                out.println("training: " + unusual);
            }
            Checkpoints checkpoints = checkpoints(job, engine, data, validation);
            Trainer.Result result;
            try (Progress progress = Progress.create(out, settings, stop::isWanted)) {
                Trainer trainer = new Trainer(
                                settings,
                                historyEvery(Trainer.updates(
                                        settings, network, data.train().count())))
                        .withTest(data.test())
                        .withMetrics(SetMetrics.ofHistory(settings, network))
                        .withListener(progress)
                        .withCheckpoints(
                                arguments.checkpointEvery().orElse(leavesCheckpoints() ? Integer.MAX_VALUE : 0),
                                checkpoints);
                trainer = validation.isPresent() ? trainer.withValidation(validation.get()) : trainer;
                trainer = arguments.resume() ? resumed(trainer, checkpoints) : trainer;
                result = trainer.train(engine, data.train());
            } catch (TrainingException | DataException e) {
                throw new TrainingException(e.getMessage() + checkpoints.text(), e);
            }
            reportEnd(result, settings, checkpoints);
            if (result.end() == Trainer.End.STOPPED) {
                return;
            }
            double seconds = setUp + result.seconds();
            Map<String, Dataset> sets = sets(result, data.test());
            Quality quality = Quality.of(
                    engine, sets, new SetMetrics(engine, settings, data.classes(), data.fitted()).all(sets, err));
            quality.lines().forEach(out::println);
            out.println(time(result, seconds));
            Metrics metrics = new Metrics(
                    network.name(),
                    engine.name(),
                    result.form().keyword(),
                    arguments.initialModel().map(Path::toString),
                    network.precision().keyword(),
                    engine.threads(),
                    result.iterations(),
                    settings.earlyStopping().map(rule -> result.chosen()),
                    result.history().finalCost(),
                    quality.accuracy("train"),
                    quality.accuracy("test"),
                    quality.accuracy("validation"),
                    seconds,
                    Metrics.secondsOfThisJvm(),
                    engine.schedule(),
                    Metrics.columns(labels(data)),
                    quality.sets());
            Map<String, OutputFolder.Content> report = arguments.report()
                    ? new ReportFiles(engine, settings, data, result, metrics, job.spec).contents(err)
                    : Map.of();
            OutputFolder.Content model = checkpoint(engine, job.spec, result.chosen(), labels(data));
            write(job.output, result.history(), metrics, model, report);
            if (!leavesCheckpoints()) {
                checkpoints.removeOthers();
            }
            warnOfDivergence(job.output, engine.network(), result.history(), settings);
        }
    }

    /** Samples of a file of their own, of the kind of those that train. */
    private static Dataset validation(Path path, Network network, TrainingSet data) {
        return data.fitted()
                .map(fitted -> TableSamples.labelled(path, network, fitted))
                .orElseGet(() -> DataSources.validation(path, data.classes(), network));
    }

    private static Map<String, Dataset> sets(Trainer.Result result, Dataset test) {
        Map<String, Dataset> sets = new LinkedHashMap<>();
        sets.put("train", result.train());
        result.validation().ifPresent(samples -> sets.put("validation", samples));
        sets.put("test", test);
        return sets;
    }

    private TrainingSettings settings(TrainingSettings ofNetwork) {
        TrainingSettings settings =
                arguments.iterations().map(ofNetwork::withIterations).orElse(ofNetwork);
        settings = arguments.epochs().map(settings::withEpochs).orElse(settings);
        settings = arguments.validation().map(settings::withValidation).orElse(settings);
        // a file takes the place of the part that the spec leaves out
        settings = arguments.validationData().isPresent() ? settings.withValidation(0) : settings;
        return arguments.learningRate().map(settings::withLearningRate).orElse(settings);
    }

    private void start(Engine engine, Optional<InitialModel> model) {
        if (model.isPresent()) {
            model.get().start(engine);
            out.println(model.get().text());
        } else {
            engine.initialize();
        }
    }

    private Checkpoints checkpoints(Job job, Engine engine, TrainingSet data, Optional<Dataset> validation) {
        return new Checkpoints(
                job.output.path(),
                engine,
                job.settings,
                data.train(),
                validation,
                leavesCheckpoints(),
                job.initialModel.isPresent());
    }

    /** Whether a training leaves a checkpoint at its end, too: one that goes on does, so that the next one can. */
    private boolean leavesCheckpoints() {
        return arguments.checkpointEvery().isPresent() || arguments.resume();
    }

    private Trainer resumed(Trainer trainer, Checkpoints checkpoints) {
        TrainingCheckpoint checkpoint = checkpoints.read();
        out.println("goes on after " + checkpoint.iterations() + " iterations, with learning rate "
                + trainer.settings().learningRate());
        return trainer.from(checkpoint);
    }

    private void reportEnd(Trainer.Result result, TrainingSettings settings, Checkpoints checkpoints) {
        int updates = settings.updates(result.train().count());
        switch (result.end()) {
            case COMPLETE -> {}
            case EARLY -> out.println("ended early, after " + result.iterations() + " of " + updates + " iterations");
            case STOPPED ->
                out.println("stopped after " + result.iterations() + " of " + updates + " iterations"
                        + checkpoints.text() + ": go on with -Dlayerc.resume=true"
                        + arguments
                                .initialModel()
                                .map(file -> " -Dlayerc.initialModel=" + file)
                                .orElse(""));
        }
        settings.earlyStopping()
                .ifPresent(rule -> out.println("best " + rule.monitor().keyword() + ": "
                        + result.best().orElse(Double.NaN) + ", after " + result.chosen()
                        + " iterations: the parameters are those"));
    }

    private DataSource source(Engines engines, TrainingSettings settings, Optional<InitialModel> initialModel) {
        if (arguments.data().isEmpty() && engines.table().isPresent()) {
            throw new DataException(engines.network().name()
                    + ": no data: expected a table, named with -Dlayerc.data: found nothing to draw pictures for");
        }
        return arguments
                .data()
                .map(path -> DataSources.find(
                        path, engines.table(), initialModel.flatMap(InitialModel::fitted), settings.validation()))
                .orElseGet(() -> new DrawnPictures(arguments.drawnData().orElseThrow()));
    }

    /** Of a short training, too, there is to be a curve. */
    private int historyEvery(int updates) {
        int usual = updates < SHORT ? Math.max(1, updates / SHORT_ENTRIES) : USUAL_DISTANCE;
        return arguments.historyEvery().orElse(usual);
    }

    private static String time(Trainer.Result result, double seconds) {
        String time = String.format(Locale.ROOT, "trained in %.3f s", seconds);
        double millis = 1000 * result.stepSeconds() / result.steps();
        return result.steps() == 0 ? time : time + String.format(Locale.ROOT, ", %.3f ms per step", millis);
    }

    private static ModelLabels labels(TrainingSet data) {
        return data.fitted()
                .map(Checkpoint::labels)
                .orElseGet(() -> new ModelLabels(data.classes(), data.arePictures() ? Pictures.SCALING : ""));
    }

    private OutputFolder.Content checkpoint(Engine engine, String spec, int iterations, ModelLabels labels) {
        return Checkpoint.content(
                arguments.output(), engine.network(), engine.parametersAsDouble(), spec, iterations, labels);
    }

    private void write(
            OutputFolder output,
            History history,
            Metrics metrics,
            OutputFolder.Content checkpoint,
            Map<String, OutputFolder.Content> report) {
        Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
        files.put(ResultFiles.HISTORY, file -> Files.writeString(file, history.csv()));
        files.put(ResultFiles.METRICS, file -> Files.writeString(file, metrics.json()));
        files.put(ResultFiles.MODEL, checkpoint);
        if (history.hasDiverged() && hasModelToKeep(output.path())) {
            files.put(ResultFiles.PREVIOUS, file -> Files.copy(output.path().resolve(ResultFiles.MODEL), file));
        }
        files.putAll(report);
        output.write(files);
        ReportFiles.removeOthers(output.path(), report);
        files.keySet().forEach(name -> out.println("wrote " + output.path().resolve(name)));
    }

    /** A model that diverged itself must not take the place of the one that was kept. */
    private static boolean hasModelToKeep(Path folder) {
        if (!Files.exists(folder.resolve(ResultFiles.MODEL))) {
            return false;
        }
        try {
            return !History.hasDiverged(Files.readString(folder.resolve(ResultFiles.HISTORY)));
        } catch (IOException e) {
            // no history, or not a text: nothing is known against the model
            return true;
        }
    }

    private void warnOfDivergence(OutputFolder output, Network network, History history, TrainingSettings settings) {
        if (history.hasDiverged()) {
            Path previous = output.path().resolve(ResultFiles.PREVIOUS);
            err.println("warning: " + network.name() + ": cost ended far above its start: start=" + history.startCost()
                    + ", end=" + history.finalCost() + ", learningRate=" + settings.learningRate()
                    + (Files.exists(previous) ? ": the model of before is " + previous : ""));
        }
    }

    private static String readSpec(Path file) {
        try {
            String spec = Files.readString(file, StandardCharsets.UTF_8);
            Checkpoint.requireSpec(file, spec);
            return spec;
        } catch (IOException e) {
            throw new DataException(file + ": cannot read the spec: expected a text file: found " + e, e);
        }
    }
}
