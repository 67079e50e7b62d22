package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to say of a training whose cost or parameters are not finite any more. A step keeps no gradients, so the last steps are done once more, from a state
 * that was kept before, up to the last one whose cost was finite: there the gradient is asked for.
 */
final class Divergence {
    /** A state is kept when it is so old: no longer than that does it take to do the steps behind it once more. */
    private static final long KEEP_NANOS = 2_000_000_000L;

    /** States of larger networks are not kept: bytes of the heap for one byte of a state. */
    private static final long HEAP_FOR_STATE = 16;

    private static final int SHOWN_ROWS = 8;

    /** Samples larger than this, once scaled, are what most likely is wrong. */
    private static final double LARGE_SAMPLE = 100;

    /** A tenth of a rate that no training has is none either. */
    private static final double LARGE_RATE = 0.1;

    private final Engine engine;
    private final Dataset data;
    private final TrainingSettings settings;
    private final Training training;
    private final Batches batches;
    private final Rates rates;
    private final boolean keeps;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(int iteration, long nanos, TrainingState training, Map<String, double[]> batches) {}

    /** @param at place in the canonical layout */
    private record Gradient(int iteration, List<Integer> rows, double largest, int at) {}

    Divergence(
            Engine engine, Dataset data, TrainingSettings settings, Training training, Batches batches, Rates rates) {
        this.engine = engine;
        this.data = data;
        this.settings = settings;
        this.training = training;
        this.batches = batches;
        this.rates = rates;
        long bytes = 2L * Double.BYTES * engine.network().parameterCount();
        this.keeps = bytes * HEAP_FOR_STATE <= Runtime.getRuntime().maxMemory();
    }

    /** Called before every step: keeps a state from time to time. */
    void before(int iteration) {
        long now = System.nanoTime();
        boolean due = kept.isEmpty() || now - kept.get().nanos() > KEEP_NANOS;
        if (keeps && due) {
            TrainingState state = training.state();
            if (state.isFinite(state())) {
                kept = Optional.of(new Kept(iteration, now, state, batches.state()));
            }
        }
    }

    /** The state that was kept last, whose numbers are finite. */
    Optional<TrainingState> state() {
        return kept.map(Kept::training);
    }

    /** The exception for a cost that is not finite; steps may have been done once more afterwards. */
    TrainingException ofCost(int iteration, double cost) {
        return at("iteration " + iteration, "cost must be finite: cost=" + cost, iteration);
    }

    /**
     * The same for the parameters after the last iteration.
     *
     * @param iterations that were done
     */
    TrainingException ofParameter(int iterations, int i, double parameter) {
        return at(
                "after iteration " + (iterations - 1),
                "parameters must be finite: parameters[" + i + "]=" + parameter,
                iterations);
    }

    private TrainingException at(String place, String what, int iteration) {
        return new TrainingException(engine.network().name() + ": " + place + ": " + what
                + gradient(iteration).map(this::text).orElse("") + ": try " + advice(iteration));
    }

    private Optional<Gradient> gradient(int iteration) {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        int last = Math.max(kept.get().iteration(), iteration - 1);
        training.restore(kept.get().training());
        batches.restore(kept.get().batches());
        for (int i = kept.get().iteration(); i < last; i++) {
            batches.step(training, rates.at(i));
        }
        int[] rows = batches.nextRows();
        double[] out = new double[engine.network().parameterCount()];
        // in Gram form there are no gradients of the first weights
        try (Training direct = engine.train(data, settings.withForm(Form.DIRECT))) {
            direct.gradients(rows, 0, rows.length, out);
        } catch (OutOfMemoryError e) {
            // the samples once more were too much: the message does without
            return Optional.empty();
        }
        int largest = 0;
        for (int i = 1; i < out.length; i++) {
            boolean isLarger = Double.isNaN(out[i]) || Math.abs(out[i]) > Math.abs(out[largest]);
            largest = isLarger && !Double.isNaN(out[largest]) ? i : largest;
        }
        return Optional.of(new Gradient(last, Arrays.stream(rows).boxed().toList(), out[largest], largest));
    }

    private String text(Gradient gradient) {
        return String.format(
                Locale.ROOT,
                ": the largest gradient of iteration %d is %.3g, of %s, for %s",
                gradient.iteration(),
                gradient.largest(),
                parameter(engine.network(), gradient.at()),
                rows(gradient.rows(), data.count()));
    }

    private static String rows(List<Integer> rows, int count) {
        if (rows.size() == count) {
            return "all " + count + " samples";
        }
        String some = rows.stream().limit(SHOWN_ROWS).map(String::valueOf).collect(Collectors.joining(", "));
        return "a batch of rows " + some + (rows.size() > SHOWN_ROWS ? ", ... (" + rows.size() + ")" : "");
    }

    private static String parameter(Network network, int at) {
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                if (at < each.end()) {
                    int place = at - each.at();
                    String column = each.columns() == 1 ? "" : ", " + place % each.columns();
                    return each.name() + "[" + place / each.columns() + column + "]";
                }
            }
        }
        throw new AssertionError("no parameter of " + network.name() + ": " + at);
    }

    /** Where the first cost is not finite, no rate has had any effect yet; where the second one is not, large samples have made it too large. */
    private String advice(int iteration) {
        double largest = iteration <= 1 ? largestSample() : 0;
        if (largest > LARGE_SAMPLE) {
            return String.format(
                    Locale.ROOT,
                    "a smaller scale of the input: its samples are up to %.3g once they are scaled by %s",
                    largest,
                    engine.network().input().scale());
        }
        return iteration == 0
                ? "an initializer with smaller weights: this is the cost of the first ones"
                : String.format(
                        Locale.ROOT,
                        "learning rate %.3g instead of learningRate=%s",
                        Math.min(settings.learningRate() / 10, LARGE_RATE),
                        settings.learningRate());
    }

    private double largestSample() {
        double largest = 0;
        for (int row = 0; row < data.count(); row++) {
            for (int feature = 0; feature < data.features(); feature++) {
                double scaled = engine.network().input().scale().apply(data.sample(row, feature));
                largest = Math.max(largest, Math.abs(scaled));
            }
        }
        return largest;
    }
}
