package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains an engine with a data set: every iteration is one update with one batch, see {@link Batches}, shuffled by the seed of the network's
 * initializer. The cost of an iteration is that of its batch.
 *
 * @param settings how to train, instead of the network's own
 * @param historyEvery the cost of every so many iterations is recorded, from iteration 0 on, and that of the last one
 */
public record Trainer(TrainingSettings settings, int historyEvery) {

    public Trainer {
        if (historyEvery < 1) {
            throw new IllegalArgumentException("history interval must be at least 1: historyEvery=" + historyEvery);
        }
    }

    /** Follows a training. */
    @FunctionalInterface
    public interface Listener {

        /**
         * An iteration has ended.
         *
         * @param iteration from 0
         * @param cost before its update
         * @param recorded whether the cost goes into the history
         */
        void iteration(int iteration, double cost, boolean recorded);
    }

    /**
     * What a training leaves besides the engine's parameters.
     *
     * @param seconds from binding the data to the last parameters
     * @param stepSeconds the iterations alone
     */
    public record Result(History history, double seconds, double stepSeconds) {}

    /**
     * Trains an engine from the parameters that it has. They are the trained ones afterwards; after an exception they are in between.
     *
     * @throws TrainingException if the data do not fit the network, or a cost or the trained parameters are not finite
     */
    public Result train(Engine engine, Dataset data, Listener listener) {
        String name = engine.network().name();
        List<History.Entry> entries = new ArrayList<>();
        int iterations = settings.iterations();
        long start = System.nanoTime();
        long steps;
        try (Training training = bind(engine, data)) {
            Batches batches = new Batches(
                    data.count(),
                    settings.batch(),
                    engine.network().initializer().seed());
            long first = System.nanoTime();
            for (int i = 0; i < iterations; i++) {
                double cost = batches.step(training, settings.learningRate());
                if (!Double.isFinite(cost)) {
                    throw new TrainingException(name + ": iteration " + i + ": cost must be finite: cost=" + cost
                            + ", learningRate=" + settings.learningRate());
                }
                boolean recorded = i % historyEvery == 0 || i == iterations - 1;
                if (recorded) {
                    entries.add(new History.Entry(i, cost));
                }
                listener.iteration(i, cost, recorded);
            }
            steps = System.nanoTime() - first;
        }
        long all = System.nanoTime() - start;
        requireFinite(engine);
        return new Result(new History(entries), all * 1e-9, steps * 1e-9);
    }

    private Training bind(Engine engine, Dataset data) {
        try {
            return engine.train(data, settings);
        } catch (IllegalArgumentException e) {
            throw new TrainingException("data do not fit the network: " + e.getMessage(), e);
        }
    }

    /** The last update is the only one whose effect no cost shows. */
    private void requireFinite(Engine engine) {
        double[] parameters = engine.parametersAsDouble();
        for (int i = 0; i < parameters.length; i++) {
            if (!Double.isFinite(parameters[i])) {
                throw new TrainingException(engine.network().name() + ": iteration " + (settings.iterations() - 1)
                        + ": parameters must be finite: parameters[" + i + "]=" + parameters[i] + ", learningRate="
                        + settings.learningRate());
            }
        }
    }
}
