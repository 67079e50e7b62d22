package io.github.layerc.command;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.report.Fact;
import io.github.layerc.report.MachineFacts;
import io.github.layerc.report.Predictions;
import io.github.layerc.report.TrainedNetwork;
import io.github.layerc.report.TrainingReport;
import io.github.layerc.report.draw.Series;
import io.github.layerc.report.table.Importance;
import io.github.layerc.report.table.TrainedTable;
import io.github.layerc.source.TrainingSet;
import io.github.layerc.tensorboard.TrainingEvents;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The files for people that a training leaves: {@code report.html} and the curve of its costs, {@code costs.svg}; and the same for
 * TensorBoard.
 *
 * @param engine with the trained parameters
 * @param settings how it was trained
 */
record ReportFiles(
        Engine engine,
        TrainingSettings settings,
        TrainingSet data,
        Trainer.Result result,
        Metrics metrics,
        String spec) {
    static final String REPORT = "report.html";
    static final String COSTS = "costs.svg";

    /** TensorBoard takes any file with {@code tfevents} in its name. */
    static final String EVENTS = "events.out.tfevents.layerc";

    /** All of them. */
    static final List<String> NAMES = List.of(REPORT, COSTS, EVENTS);

    /**
     * What to write, by file name. Nothing where there is too little memory for it, or a fault in it, with a line that says so: the model is
     * worth more than its report.
     */
    Map<String, OutputFolder.Content> contents(PrintStream err) {
        try {
            return contents();
        } catch (OutOfMemoryError e) {
            err.println(
                    "warning: " + metrics.network() + ": no " + REPORT + ": too little memory for it beside the model: "
                            + "found a heap of at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
            return Map.of();
        } catch (RuntimeException | AssertionError e) {
            // the trace is for whoever mends it
            err.println("warning: " + metrics.network() + ": no " + REPORT + ": a fault of layerc's own: " + e);
            e.printStackTrace(err);
            return Map.of();
        }
    }

    /**
     * Removes the reports of an earlier training, which would lie beside the model of this one, where it has written none.
     *
     * @throws DataException if that cannot be done
     */
    static void removeOthers(Path folder, Map<String, OutputFolder.Content> written) {
        for (String name : NAMES) {
            if (!written.containsKey(name)) {
                ResultFiles.remove(folder.resolve(name));
            }
        }
    }

    private Map<String, OutputFolder.Content> contents() {
        TrainingReport report = new TrainingReport(new TrainingReport.Values(
                new TrainedNetwork(engine.network(), engine.parametersAsDouble()),
                costs(result.history().entries()),
                chosen(),
                predictions(),
                data.classes(),
                data.arePictures() ? Optional.of(data.shape()) : Optional.empty(),
                table(),
                metrics.trainSeconds(),
                facts(),
                spec));
        Map<String, OutputFolder.Content> contents = new LinkedHashMap<>();
        put(contents, REPORT, report.page());
        put(contents, COSTS, report.costCurve());
        byte[] events = TrainingEvents.of(
                result.history(),
                engine.network(),
                engine.parametersAsDouble(),
                result.chosen(),
                System.currentTimeMillis() * 1e-3);
        contents.put(EVENTS, file -> Files.write(file, events));
        return contents;
    }

    private Optional<TrainedTable> table() {
        return data.fitted()
                .map(fitted ->
                        new TrainedTable(fitted, data.distributions(), Importance.of(engine, data.test(), fitted)));
    }

    /** Where the training could stop early. */
    private OptionalInt chosen() {
        return settings.earlyStopping().isPresent() ? OptionalInt.of(result.chosen()) : OptionalInt.empty();
    }

    private List<Predictions> predictions() {
        List<Predictions> predictions = new ArrayList<>();
        predictions.add(predictions("training set", result.train()));
        result.validation().ifPresent(data -> predictions.add(predictions("validation set", data)));
        predictions.add(predictions("test set", data.test()));
        return predictions;
    }

    private Predictions predictions(String name, Dataset data) {
        return new Predictions(
                name, data, engine.predict(data), engine.network().loss().targets());
    }

    private static void put(Map<String, OutputFolder.Content> contents, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        contents.put(name, file -> Files.write(file, bytes));
    }

    private static List<Series> costs(List<History.Entry> entries) {
        List<Series> costs = new ArrayList<>();
        costs.add(new Series(
                "training set",
                entries.stream()
                        .map(entry -> new Series.Point(entry.iteration(), entry.cost()))
                        .toList()));
        costs.add(series("test set", entries, History.Entry::test));
        costs.add(series("validation set", entries, History.Entry::validation));
        return costs.stream().filter(series -> !series.points().isEmpty()).toList();
    }

    private static Series series(
            String name, List<History.Entry> entries, Function<History.Entry, Optional<History.Test>> of) {
        return new Series(
                name,
                entries.stream()
                        .filter(entry -> of.apply(entry).isPresent())
                        .map(entry -> new Series.Point(
                                entry.iteration(), of.apply(entry).get().cost()))
                        .toList());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f s", seconds);
    }

    private List<Fact> facts() {
        Network network = engine.network();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("optimizer", settings.optimizer().text()));
        facts.add(new Fact("learning rate", Double.toString(settings.learningRate())));
        if (!settings.schedule().isConstant()) {
            facts.add(new Fact(
                    "schedule of the learning rate", settings.schedule().text()));
        }
        if (settings.optimizer().hasMomentum()) {
            facts.add(new Fact("momentum", Double.toString(settings.momentum())));
        }
        if (settings.l1() > 0) {
            facts.add(new Fact("l1", Double.toString(settings.l1())));
        }
        if (settings.l2() > 0) {
            facts.add(new Fact("l2", Double.toString(settings.l2())));
        }
        for (Layer layer : network.layers()) {
            layer.l1().ifPresent(own -> facts.add(new Fact("l1 of layer " + layer.number(), Double.toString(own))));
            layer.l2().ifPresent(own -> facts.add(new Fact("l2 of layer " + layer.number(), Double.toString(own))));
        }
        settings.classWeights().ifPresent(weights -> facts.add(new Fact("class weights", weights.toString())));
        settings.clip().ifPresent(clip -> facts.add(new Fact("clip", clip.text())));
        if (settings.averaging() > 0) {
            facts.add(new Fact("averaging", Double.toString(settings.averaging())));
        }
        facts.add(new Fact("iterations", Integer.toString(metrics.iterations())));
        facts.add(new Fact(
                "batch",
                settings.batch() == TrainingSettings.FULL_BATCH ? "all samples" : Integer.toString(settings.batch())));
        if (settings.validation() > 0) {
            facts.add(new Fact("validation", Double.toString(settings.validation())));
        }
        settings.earlyStopping()
                .ifPresent(rule -> facts.add(new Fact(
                        "early stopping",
                        "by " + rule.monitor().keyword() + ", patience " + rule.patience() + ", min_delta "
                                + rule.minDelta())));
        facts.add(new Fact("loss", network.loss().text()));
        metrics.initialModel().ifPresent(file -> facts.add(new Fact("initial model", file)));
        Initializer initializer = network.initializer();
        facts.add(new Fact("initializer", initializer.kind().text()));
        for (Layer layer : network.layers()) {
            layer.initializer()
                    .ifPresent(own -> facts.add(new Fact("initializer of layer " + layer.number(), own.text())));
        }
        facts.add(new Fact("seed", Long.toString(initializer.seed())));
        facts.add(new Fact("precision", metrics.precision()));
        facts.add(new Fact("engine", metrics.engine()));
        facts.add(new Fact("form of the first layer", metrics.form()));
        facts.add(new Fact("threads", Integer.toString(metrics.threads())));
        facts.add(new Fact("schedule", metrics.schedule()));
        facts.add(new Fact("training", seconds(metrics.trainSeconds())));
        facts.add(new Fact("the whole JVM until then", seconds(metrics.totalSeconds())));
        facts.addAll(MachineFacts.all());
        return facts;
    }
}
