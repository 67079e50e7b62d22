package io.github.layerc.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import io.github.layerc.command.Engines;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.metrics.Metric;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.training.Trainer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether generated classes learn as well as scikit-learn's multi-layer perceptrons: the same tables, splits, layers and settings of the training, and parameters at the start
 * from the same distribution. Their random numbers are others, so that means over splits are compared.
 *
 * <p>{@code mvn test -pl generated-sources -am -Dtest=QualityTest -Dsurefire.failIfNoSpecifiedTests=false -Dlayerc.python=PROGRAM} prints them. Without
 * scikit-learn it is left out, with a line.
 */
class QualityTest {
    private static final List<Integer> SEEDS = IntStream.range(0, 10).boxed().toList();

    /**
     * What the mean difference by its standard error is above with a probability of 99 % where both are equally good: a quantile of Student's distribution with 9
     * degrees of freedom, one less than there are splits. One standard error would not do: of four tables that are equally good one is below that in every second case.
     */
    private static final double LOWEST = -2.821;

    @TempDir
    private Path folder;

    /**
     * Paired, since splits differ more from each other than two trainings of one do. The last column, nothing that is asked here, is what specs do by themselves: their
     * biases start at 0.
     */
    @Test
    @Tag("long")
    void testScoresAreNotWorseThanThoseOfScikitLearn() throws Exception {
        Map<Table, Network> networks = new EnumMap<>(Table.class);
        JsonArray settings = new JsonArray();
        for (Table table : Table.values()) {
            networks.put(table, table.compile(folder));
            settings.add(table.settings(networks.get(table), SEEDS));
        }
        Sklearn sklearn = sklearn(settings);
        SoftAssertions softly = new SoftAssertions();
        List<String> rows = new ArrayList<>();
        rows.add(row(
                "table", "network", "scikit-learn " + sklearn.version(), "layerc", "difference", "with biases from 0"));
        for (Sklearn.Trained peer : sklearn.tables()) {
            Network network = networks.get(Table.valueOf(peer.table().toUpperCase(Locale.ROOT)));
            Scores theirs = new Scores(peer.score());
            Scores ours;
            Scores usual;
            try (URLClassLoader loader =
                            new URLClassLoader(new URL[] {folder.toUri().toURL()}, QualityTest.class.getClassLoader());
                    Engine engine = new Engines(loader.loadClass(network.className()), network)
                            .open("", network.training().batch())) {
                ours = scores(engine, peer.table(), true);
                usual = scores(engine, peer.table(), false);
            }
            double above = ours.standardErrorsAbove(theirs);
            rows.add(row(
                    peer.table(),
                    network.layerDims().toString(),
                    theirs.toString(),
                    ours.toString(),
                    String.format(Locale.ROOT, "%+.1f SE", above),
                    usual.toString()));
            softly.assertThat(above)
                    .as("%s: %s, scikit-learn %s", peer.table(), ours, theirs)
                    .isGreaterThan(LOWEST);
        }
        System.out.println(String.join(System.lineSeparator(), rows));
        softly.assertAll();
    }

    @Test
    void saysWhichPythonHasNoScikitLearn() {
        assertThatThrownBy(() -> Sklearn.run("no-such-python", folder, new JsonArray()))
                .isInstanceOf(Sklearn.NotThereException.class)
                .hasMessageStartingWith("no scikit-learn: expected a Python that has it, by -Dlayerc.python=PROGRAM:"
                        + " no-such-python: ");
    }

    @Test
    void standardErrorsAreThoseOfPairs() {
        // differences 1, 2, 3: mean 2, deviation 1
        Scores better = new Scores(11, 102, 1003);
        assertThat(better.standardErrorsAbove(new Scores(10, 100, 1000))).isCloseTo(2 * Math.sqrt(3), within(1e-12));
        assertThat(new Scores(1, 2).standardErrorsAbove(new Scores(1, 2))).isZero();
        assertThat(new Scores(1, 2).standardErrorsAbove(new Scores(2, 3))).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private Sklearn sklearn(JsonArray settings) throws IOException, InterruptedException {
        try {
            return Sklearn.run(Sklearn.python(), folder, settings);
        } catch (Sklearn.NotThereException e) {
            System.out.println("left out, test scores beside those of scikit-learn: " + e.getMessage());
            return Assumptions.abort(e.getMessage());
        }
    }

    private Scores scores(Engine engine, String table, boolean drawBiases) throws IOException {
        Network network = engine.network();
        Metric metric = network.loss().classifies() ? Metric.ACCURACY : Metric.R2;
        double[] scores = new double[SEEDS.size()];
        for (int i = 0; i < scores.length; i++) {
            int seed = SEEDS.get(i);
            Dataset train = Part.read(Part.file(folder, table, seed, "train"), network);
            Dataset test = Part.read(Part.file(folder, table, seed, "test"), network);
            engine.setParametersFromDouble(start(network, seed, drawBiases));
            // batches have the seed of the spec, but samples are in another order in each split
            Trainer.fit(engine, train);
            scores[i] = metric.of(
                    new Outcomes(engine.predict(test), test, network.loss().targets()));
        }
        return new Scores(scores);
    }

    /** Weights as the spec says; biases at 0, or from the same range as the weights of their layer, as scikit-learn has them. */
    private static double[] start(Network network, int seed, boolean drawBiases) {
        double[] start = new Initializer(network.initializer().kind(), seed).draw(network);
        // another generator than that of the weights
        Random random = new Random(seed);
        for (Layer layer : network.layers()) {
            double bound = Math.sqrt(6.0 / (layer.fanIn() + layer.units()));
            for (int i = layer.biasAt(); drawBiases && i < layer.biasAt() + layer.units(); i++) {
                start[i] = bound * (2 * random.nextDouble() - 1);
            }
        }
        return start;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-14s  %-16s  %-26s  %-26s  %-10s  %s", cells)
                .strip();
    }
}
