package io.github.layerc.report;

import io.github.layerc.interpreter.InputGradient;
import io.github.layerc.metrics.ConfusionMatrix;
import io.github.layerc.network.Network;
import io.github.layerc.report.draw.Html;
import io.github.layerc.report.draw.LineChart;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Page;
import io.github.layerc.report.draw.Series;
import io.github.layerc.report.table.ColumnsSection;
import io.github.layerc.report.table.ImportanceSection;
import io.github.layerc.report.table.OwnResults;
import io.github.layerc.report.table.TrainedTable;
import io.github.layerc.report.table.TruthSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What became of a training, as a page for people: one file of HTML that holds all its pictures and drawings and loads nothing. The same values give the
 * same bytes. Its size is bounded: of many pictures, classes, units or iterations it shows some and counts the rest.
 */
public final class TrainingReport {
    private final TrainedNetwork trained;
    private final Network network;
    private final List<Predictions> results;
    private final Optional<SamplePictures> pictures;
    private final Optional<TrainedTable> table;
    private final List<OwnResults> ownResults;
    private final Optional<Classes> classes;
    private final List<ConfusionMatrix> confusions;
    private final LineChart costs;
    private final double finalCost;
    private final double seconds;
    private final List<Fact> facts;
    private final String spec;

    /**
     * The values that a report is made of.
     *
     * @param costs over the iterations, the training set's first
     * @param chosen the iteration before whose update the parameters were these, where the training had a choice
     * @param results of the training set first, of the set that matters most last
     * @param classes names of the classes; empty where they have none, or for a regression
     * @param pictureShape height, width, channels, where samples are pictures: their values are from 0 to 255
     * @param table columns of the samples, where they have names
     * @param seconds that the training took
     * @param facts for the table of how it was trained
     * @param spec the text of the spec
     */
    public record Values(
            TrainedNetwork trained,
            List<Series> costs,
            OptionalInt chosen,
            List<Predictions> results,
            List<String> classes,
            Optional<List<Integer>> pictureShape,
            Optional<TrainedTable> table,
            double seconds,
            List<Fact> facts,
            String spec) {}

    /** @throws IllegalArgumentException if results, classes or pictures do not fit the network */
    public TrainingReport(Values values) {
        trained = values.trained();
        network = trained.network();
        results = List.copyOf(values.results());
        if (results.isEmpty() || values.costs().isEmpty()) {
            throw new IllegalArgumentException("a report must have results and costs of a training set: results="
                    + results.size() + ", costs=" + values.costs().size());
        }
        results.forEach(this::requireFits);
        pictures = values.pictureShape().flatMap(SamplePictures::of);
        if (pictures.isPresent() && pictures.get().size() != network.inputs()) {
            throw new IllegalArgumentException("pictures must have the " + network.inputs() + " values of network "
                    + network.name() + ": shape=" + values.pictureShape().get());
        }
        classes = network.loss().classifies()
                ? Optional.of(Classes.of(network.outputs(), values.classes()))
                : Optional.empty();
        table = values.table();
        ownResults = classes.isPresent() || table.isEmpty()
                ? List.of()
                : results.stream()
                        .map(each -> new OwnResults(
                                each.name(), each.ownUnits(table.get().fitted())))
                        .toList();
        confusions = classes.isEmpty()
                ? List.of()
                : results.stream()
                        .map(each -> ConfusionMatrix.of(each.outcomes()))
                        .toList();
        costs = new LineChart(
                "Cost of " + network.name() + " over the iterations",
                "iteration",
                "cost",
                values.costs(),
                values.chosen().isPresent() ? OptionalDouble.of(values.chosen().getAsInt()) : OptionalDouble.empty(),
                values.chosen().isPresent()
                        ? "chosen: iteration " + Numbers.count(values.chosen().getAsInt())
                        : "");
        finalCost = lastOf(values.costs().get(0));
        seconds = values.seconds();
        facts = List.copyOf(values.facts());
        spec = values.spec();
    }

    private void requireFits(Predictions each) {
        if (each.data().features() != network.inputs() || each.data().outputs() != network.outputs()) {
            throw new IllegalArgumentException(each.name() + " must have the " + network.inputs() + " inputs and "
                    + network.outputs() + " outputs of network " + network.name() + ": inputs="
                    + each.data().features() + ", outputs=" + each.data().outputs());
        }
    }

    private static double lastOf(Series costs) {
        List<Series.Point> points = costs.points();
        return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).y();
    }

    /** The curve of the costs as a file of SVG. */
    public String costCurve() {
        return costs.file();
    }

    /** The page. */
    public String page() {
        Page page = new Page(network.name(), subtitle());
        Html html = page.html();
        figures(html);
        new NetworkSection(network).write(html);
        Page.section(html, "Cost");
        costs.draw(html);
        html.close();
        quality(html);
        if (ownResults.isEmpty()) {
            new MetricsSection(network, results, classes).write(html);
        }
        table.ifPresent(some -> {
            new ImportanceSection(some.importance()).write(html);
            new ColumnsSection(some).write(html);
        });
        LabelText labels = new LabelText(classes);
        Predictions last = results.get(results.size() - 1);
        pictures.ifPresent(shape -> {
            new GridSection(results.get(0), shape, labels).write(html);
            if (classes.isPresent()) {
                new MistakesSection(last, shape, labels).write(html);
            }
            new AttentionSection(last, new InputGradient(network, trained.parameters()), shape, labels).write(html);
            new WeightsSection(trained, shape).write(html);
        });
        trained(html);
        return page.end();
    }

    private String subtitle() {
        return Numbers.count(network.layers().size(), "layer") + ", "
                + Numbers.count(network.parameterCount(), "parameter") + ", loss "
                + network.loss().text();
    }

    /** What most readers came for, in large letters. */
    private void figures(Html html) {
        List<Fact> figures = new ArrayList<>();
        for (int i = results.size() - 1; i >= 0 && !confusions.isEmpty(); i--) {
            ConfusionMatrix confusion = confusions.get(i);
            figures.add(new Fact(
                    results.get(i).name() + ": " + Numbers.count(confusion.right()) + " of "
                            + Numbers.count(confusion.count()) + " right",
                    Numbers.percent(confusion.accuracy())));
        }
        table.ifPresent(some -> TruthSection.figures(some.fitted(), ownResults)
                .forEach((name, value) -> figures.add(new Fact(name, value))));
        figures.add(new Fact("cost before the last update", Numbers.of(finalCost)));
        figures.add(new Fact("time of the training", Numbers.of(seconds) + " s"));
        html.open("ul", "class", "figures");
        for (Fact figure : figures) {
            html.open("li")
                    .element("strong", figure.value())
                    .element("span", figure.name())
                    .close();
        }
        html.close();
    }

    private void quality(Html html) {
        if (!ownResults.isEmpty()) {
            new TruthSection(table.orElseThrow().fitted(), ownResults).write(html);
            return;
        }
        if (classes.isEmpty()) {
            new ErrorsSection(results).write(html);
            return;
        }
        Page.section(html, "Right and wrong");
        html.open("div", "class", "panels");
        for (int i = results.size() - 1; i >= 0; i--) {
            new QualitySection(results.get(i), confusions.get(i), classes.get()).write(html);
        }
        html.close().close();
    }

    private void trained(Html html) {
        Page.section(html, "How it was trained");
        Page.words(
                html,
                "Settings, machine and time",
                List.of("what", "value"),
                facts.stream().map(fact -> List.of(fact.name(), fact.value())).toList());
        html.element("h3", "The spec").element("pre", spec.strip()).close();
    }
}
