package io.github.layerc.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.metrics.Calibration;
import io.github.layerc.metrics.ConfusionMatrix;
import io.github.layerc.metrics.ConfusionMatrix.Average;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.metrics.OwnUnits;
import io.github.layerc.metrics.Ranking;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.table.Fitted;
import io.github.layerc.training.TrainingException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/**
 * What {@code metrics.json} says about each data set: the mean loss, all metrics that go with the network and, for classes, averages, what each class has, the matrix of confusions and,
 * for probabilities, the calibration; for named targets of a regression, each in its own unit. A number that is not defined is left out.
 *
 * @param settings how it was trained
 * @param classes names of the classes, empty where they have none
 * @param fitted what a table has learned; empty where columns have no names
 */
record SetMetrics(Engine engine, TrainingSettings settings, List<String> classes, Optional<Fitted> fitted) {
    /** Of a set, the array of its named targets. */
    static final String TARGETS = "targets";

    private static final List<Metric> OF_TARGETS = List.of(Metric.MAE, Metric.RMSE, Metric.R2);

    /** What each class has is not for reading if they are more, and there would be millions of confusions. */
    private static final int MOST_CLASSES = 100;

    /**
     * The metrics that a history is to have, without the accuracy, which it has anyway.
     *
     * @throws TrainingException if there is no such metric, or it says nothing about the network
     */
    static Map<String, ToDoubleBiFunction<double[], Dataset>> ofHistory(TrainingSettings settings, Network network) {
        Map<String, ToDoubleBiFunction<double[], Dataset>> metrics = new LinkedHashMap<>();
        for (String name : settings.metrics()) {
            Metric metric = Metric.all(network).stream()
                    .filter(each -> each.keyword().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TrainingException(network.name() + ": no such metric: expected one of "
                            + Metric.all(network).stream().map(Metric::keyword).collect(Collectors.joining(", "))
                            + ": metric=" + name));
            if (metric != Metric.ACCURACY) {
                metrics.put(
                        name,
                        (outputs, data) -> metric.of(
                                new Outcomes(outputs, data, network.loss().targets())));
            }
        }
        return metrics;
    }

    /**
     * An object for each set, by its name. None where there is too little memory for it, or a fault in it, with a line that says so: the model is worth more than what is
     * known of it.
     */
    Map<String, JsonObject> all(Map<String, Dataset> sets, PrintStream err) {
        try {
            Map<String, JsonObject> all = new LinkedHashMap<>();
            // an engine evaluates beside a training only; this one makes no step
            Dataset smallest = sets.values().stream()
                    .reduce((a, b) -> b.count() < a.count() ? b : a)
                    .orElseThrow();
            try (Training training = engine.train(smallest, settings.withForm(Form.DIRECT))) {
                sets.forEach((name, data) ->
                        all.put(name, json(data, training.evaluate(data).cost())));
            }
            return all;
        } catch (OutOfMemoryError e) {
            err.println("warning: " + engine.network().name()
                    + ": no metrics of the data sets: too little memory for them beside the model: "
                    + "found a heap of at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
            return Map.of();
        } catch (RuntimeException | AssertionError e) {
            // the trace is for whoever mends it
            err.println("warning: " + engine.network().name()
                    + ": no metrics of the data sets: a fault of layerc's own: " + e);
            e.printStackTrace(err);
            return Map.of();
        }
    }

    private JsonObject json(Dataset data, double loss) {
        TargetRule rule = engine.network().loss().targets();
        double[] outputs = engine.predict(data);
        Outcomes outcomes = new Outcomes(outputs, data, rule);
        JsonObject json = new JsonObject();
        json.addProperty("samples", outcomes.count());
        add(json, "loss", loss);
        for (Metric metric : Metric.all(engine.network())) {
            add(json, metric.keyword(), metric.of(outcomes));
        }
        if (engine.network().loss().classifies()) {
            addClasses(json, outcomes);
        } else {
            fitted.ifPresent(some -> json.add(TARGETS, targets(some, OwnUnits.of(outputs, data, some, rule))));
        }
        return json;
    }

    private static JsonArray targets(Fitted fitted, List<Outcomes> outcomes) {
        JsonArray targets = new JsonArray();
        for (int t = 0; t < outcomes.size(); t++) {
            JsonObject one = new JsonObject();
            one.addProperty("name", fitted.table().targets().get(t).name());
            for (Metric metric : OF_TARGETS) {
                add(one, metric.keyword(), metric.of(outcomes.get(t)));
            }
            targets.add(one);
        }
        return targets;
    }

    private void addClasses(JsonObject json, Outcomes outcomes) {
        ConfusionMatrix matrix = ConfusionMatrix.of(outcomes);
        JsonObject averages = new JsonObject();
        for (Average average : Average.values()) {
            JsonObject one = new JsonObject();
            add(one, "precision", matrix.precision(average));
            add(one, "recall", matrix.recall(average));
            add(one, "f1", matrix.f1(average));
            averages.add(average.keyword(), one);
        }
        json.add("averages", averages);
        if (matrix.classes() <= MOST_CLASSES) {
            JsonArray each = new JsonArray();
            JsonArray confusions = new JsonArray();
            for (int number = 0; number < matrix.classes(); number++) {
                each.add(ofClass(number, matrix, Ranking.of(outcomes, number)));
                confusions.add(confusions(number, matrix));
            }
            json.add("classes", each);
            json.add("confusion_matrix", confusions);
        }
        if (outcomes.areProbabilities()) {
            json.add("calibration", calibration(outcomes));
        }
    }

    private static JsonArray calibration(Outcomes outcomes) {
        JsonArray calibration = new JsonArray();
        for (Calibration.Point point : Calibration.of(outcomes).points()) {
            JsonObject one = new JsonObject();
            add(one, "predicted", point.predicted());
            add(one, "observed", point.observed());
            one.addProperty("samples", point.samples());
            calibration.add(one);
        }
        return calibration;
    }

    private JsonObject ofClass(int number, ConfusionMatrix matrix, Ranking ranking) {
        JsonObject json = new JsonObject();
        json.addProperty("class", number);
        if (!classes.isEmpty()) {
            json.addProperty("name", classes.get(number));
        }
        json.addProperty("samples", matrix.targets(number));
        add(json, "precision", matrix.precision(number));
        add(json, "recall", matrix.recall(number));
        add(json, "f1", matrix.f1(number));
        add(json, "roc_auc", ranking.rocAuc());
        add(json, "pr_auc", ranking.averagePrecision());
        return json;
    }

    /** What the samples of a class were taken for; those that were taken for none are missing. */
    private static JsonArray confusions(int target, ConfusionMatrix matrix) {
        JsonArray row = new JsonArray();
        for (int predicted = 0; predicted < matrix.classes(); predicted++) {
            row.add(matrix.of(target, predicted));
        }
        return row;
    }

    private static void add(JsonObject json, String name, double value) {
        if (Double.isFinite(value)) {
            json.addProperty(name, value);
        }
    }
}
