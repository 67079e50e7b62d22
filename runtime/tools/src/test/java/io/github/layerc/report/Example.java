package io.github.layerc.report;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Network;
import io.github.layerc.report.draw.Series;
import io.github.layerc.report.table.Importance;
import io.github.layerc.report.table.TrainedTable;
import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.table.Fitted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Reports of networks that are not trained: parameters as their initializer draws them, random samples and targets. */
final class Example {
    private final Network network;
    private int train = 30;
    private int test = 12;
    private List<String> classes = List.of();
    private Optional<List<Integer>> pictureShape = Optional.empty();
    private Optional<Fitted> table = Optional.empty();
    private List<ColumnDistribution> distributions = List.of();
    private List<Series> costs = List.of(series("training set", 1), series("test set", 1.2));
    private OptionalInt chosen = OptionalInt.empty();
    private String spec = "network: Example\n";

    Example(Network network) {
        this.network = network;
    }

    Example samples(int ofTraining, int ofTest) {
        train = ofTraining;
        test = ofTest;
        return this;
    }

    Example classes(String... names) {
        classes = List.of(names);
        return this;
    }

    /** Samples are pictures of the shape of the input. */
    Example pictures() {
        pictureShape = Optional.of(network.input().shape());
        return this;
    }

    /** Samples are rows of a table. */
    Example table(Fitted fitted, ColumnDistribution... ofColumns) {
        table = Optional.of(fitted);
        distributions = List.of(ofColumns);
        return this;
    }

    Example costs(Series... series) {
        costs = List.of(series);
        return this;
    }

    Example chosen(int iteration) {
        chosen = OptionalInt.of(iteration);
        return this;
    }

    Example spec(String text) {
        spec = text;
        return this;
    }

    TrainingReport.Values values() {
        try (Engine engine = Interpreter.create(network, 64)) {
            engine.initialize();
            List<Predictions> results =
                    List.of(predictions(engine, "training set", train, 1), predictions(engine, "test set", test, 2));
            return new TrainingReport.Values(
                    new TrainedNetwork(network, engine.parametersAsDouble()),
                    costs,
                    chosen,
                    results,
                    classes,
                    pictureShape,
                    table.map(fitted -> new TrainedTable(
                            fitted,
                            distributions,
                            Importance.of(engine, results.get(1).data(), fitted))),
                    1.25,
                    List.of(new Fact("seed", "1")),
                    spec);
        }
    }

    String page() {
        return new TrainingReport(values()).page();
    }

    private Predictions predictions(Engine engine, String name, int count, long seed) {
        Random random = new Random(seed);
        byte[] samples = new byte[count * network.inputs()];
        random.nextBytes(samples);
        int outputs = network.outputs();
        boolean labels = network.loss().classifies() || (outputs > 1 && table.isEmpty());
        Dataset data = labels
                ? Dataset.ofBytes(
                        samples,
                        network.inputs(),
                        random.ints(count, 0, Math.max(2, outputs)).toArray(),
                        outputs)
                : Dataset.ofBytes(
                        samples,
                        network.inputs(),
                        DoubleStream.generate(random::nextGaussian)
                                .limit((long) count * outputs)
                                .toArray(),
                        outputs);
        return new Predictions(name, data, engine.predict(data), network.loss().targets());
    }

    static Series series(String name, double factor) {
        return new Series(
                name,
                IntStream.range(0, 26)
                        .mapToObj(i -> new Series.Point(100 * i, factor * 0.7 / (1 + 0.2 * i)))
                        .toList());
    }
}
