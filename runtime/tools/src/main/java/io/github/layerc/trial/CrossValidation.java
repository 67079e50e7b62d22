package io.github.layerc.trial;

import io.github.layerc.command.Engines;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.network.Network;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.source.Folds;
import io.github.layerc.training.Trainer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trainings that each leave out a part of the data, and what each makes of its part. Which of them run side by side does not matter to any. */
final class CrossValidation {
    private static final String TRAIN_ROWS = "train_samples";
    private static final String TEST_ROWS = "test_samples";

    /** Of each training, by the names of columns. */
    private final List<Map<String, Double>> results;

    private CrossValidation(List<Map<String, Double>> results) {
        this.results = results;
    }

    /**
     * Trains.
     *
     * @param parallel trainings side by side, at most
     * @throws io.github.layerc.training.TrainingException if one fails
     */
    static CrossValidation run(Engines engines, Folds folds, int count, int parallel, PrintStream out) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, count));
        try {
            List<Future<Map<String, Double>>> running = new ArrayList<>();
            for (int f = 0; f < count; f++) {
                int number = f;
                running.add(threads.submit(() -> train(engines, folds.fold(number))));
            }
            List<Map<String, Double>> results = new ArrayList<>();
            for (Future<Map<String, Double>> each : running) {
                results.add(each.get());
                out.println("fold " + results.size() + " of " + count + ": " + shown(results.get(results.size() - 1)));
            }
            return new CrossValidation(results);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trainings ran", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, Double> train(Engines engines, Folds.Fold fold) {
        Network network = engines.network();
        try (Engine engine = engines.open(
                "", Engines.workspace(network.training(), fold.train().count()))) {
            engine.initialize();
            Trainer trainer = new Trainer(network.training(), Integer.MAX_VALUE).withTest(fold.test());
            trainer = fold.validation().map(trainer::withValidation).orElse(trainer);
            Trainer.Result result = trainer.train(engine, fold.train());
            Map<String, Double> values = new LinkedHashMap<>();
            values.put(TRAIN_ROWS, (double) result.train().count());
            values.put(TEST_ROWS, (double) fold.test().count());
            values.putAll(metrics(engine, fold.test()));
            return values;
        }
    }

    private static Map<String, Double> metrics(Engine engine, Dataset test) {
        Network network = engine.network();
        Outcomes outcomes =
                new Outcomes(engine.predict(test), test, network.loss().targets());
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : Metric.all(network)) {
            values.put(metric.keyword(), metric.of(outcomes));
        }
        return values;
    }

    private static String shown(Map<String, Double> values) {
        List<String> parts = new ArrayList<>();
        values.forEach((name, value) -> parts.add(name + " " + Numbers.of(value)));
        return String.join(", ", parts);
    }

    /** Each metric with its mean and its standard deviation, by the number of the trainings less 1. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        int width =
                results.get(0).keySet().stream().mapToInt(String::length).max().orElse(0);
        for (String name : results.get(0).keySet()) {
            if (!name.equals(TRAIN_ROWS) && !name.equals(TEST_ROWS)) {
                lines.add(String.format(
                        Locale.ROOT, "%-" + width + "s  mean %.4f  deviation %.4f", name, mean(name), deviation(name)));
            }
        }
        return lines;
    }

    private double mean(String name) {
        return results.stream().mapToDouble(each -> each.get(name)).average().orElse(Double.NaN);
    }

    private double deviation(String name) {
        double mean = mean(name);
        double squares = results.stream()
                .mapToDouble(each -> (each.get(name) - mean) * (each.get(name) - mean))
                .sum();
        return Math.sqrt(squares / (results.size() - 1));
    }

    /** A line for each training, then one with the means and one with the deviations; numbers with all digits, nothing where one is not defined. */
    String csv() {
        List<String> names = new ArrayList<>(results.get(0).keySet());
        StringBuilder csv = new StringBuilder("fold," + String.join(",", names) + "\n");
        for (int f = 0; f < results.size(); f++) {
            Map<String, Double> values = results.get(f);
            line(csv, Integer.toString(f + 1), names.stream().map(values::get).toList());
        }
        line(csv, "mean", names.stream().map(this::mean).toList());
        line(csv, "deviation", names.stream().map(this::deviation).toList());
        return csv.toString();
    }

    private static void line(StringBuilder csv, String first, List<Double> values) {
        csv.append(first);
        values.forEach(value -> csv.append(',').append(Double.isFinite(value) ? Double.toString(value) : ""));
        csv.append('\n');
    }
}
