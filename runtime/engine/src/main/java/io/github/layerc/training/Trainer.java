package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

        /** The data are bound; the first iteration comes next. */
        default void bound(Training training) {}

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
     * @param form of the first layer in this training
     * @param seconds from binding the data to the last parameters, without what the test set took
     * @param stepSeconds the iterations alone
     */
    public record Result(History history, Form form, double seconds, double stepSeconds) {}

    /**
     * Trains an engine from the parameters that it has. They are the trained ones afterwards; after an exception they are in between.
     *
     * @throws TrainingException if the data do not fit the network, or a cost or the trained parameters are not finite
     */
    public Result train(Engine engine, Dataset data, Listener listener) {
        return train(engine, data, Optional.empty(), listener);
    }

    /**
     * The same with a test set: what the parameters make of it goes into the history.
     *
     * @throws TrainingException if the data do not fit the network, or a cost or the trained parameters are not finite
     */
    public Result train(Engine engine, Dataset data, Optional<Dataset> test, Listener listener) {
        List<History.Entry> entries = new ArrayList<>();
        int iterations = settings.iterations();
        long start = System.nanoTime();
        long testing = 0;
        long first;
        long last;
        Form form;
        try (Training training = bind(engine, data)) {
            form = training.form();
            long bound = System.nanoTime();
            Optional<Evaluation> evaluation = test.map(samples -> bindTest(training, samples));
            listener.bound(training);
            Batches batches = new Batches(
                    data.count(),
                    settings.batch(),
                    engine.network().initializer().seed());
            first = System.nanoTime();
            start += first - bound;
            for (int i = 0; i < iterations; i++) {
                boolean recorded = i % historyEvery == 0 || i == iterations - 1;
                Optional<History.Test> tested = Optional.empty();
                if (recorded && evaluation.isPresent()) {
                    long before = System.nanoTime();
                    tested = Optional.of(test(engine.network().loss(), evaluation.get(), test.get()));
                    testing += System.nanoTime() - before;
                }
                double cost = batches.step(training, settings.learningRate());
                if (!Double.isFinite(cost)) {
                    throw new TrainingException(engine.network().name() + ": iteration " + i
                            + ": cost must be finite: cost=" + cost + ", learningRate=" + settings.learningRate());
                }
                if (recorded) {
                    entries.add(new History.Entry(i, cost, tested));
                }
                listener.iteration(i, cost, recorded);
            }
            last = System.nanoTime();
        }
        long all = System.nanoTime() - start - testing;
        requireFinite(engine);
        return new Result(new History(entries), form, all * 1e-9, (last - first - testing) * 1e-9);
    }

    private static History.Test test(Loss loss, Evaluation evaluation, Dataset test) {
        return new History.Test(
                evaluation.cost(),
                loss.classifies() ? Optional.of(Accuracy.of(evaluation.outputs(), test)) : Optional.empty());
    }

    private static Evaluation bindTest(Training training, Dataset test) {
        try {
            return training.evaluate(test);
        } catch (IllegalArgumentException e) {
            throw new TrainingException("test data do not fit the network: " + e.getMessage(), e);
        }
    }

    /** @throws TrainingException if a number of the settings is none in the precision of the network */
    public static void requireFits(TrainingSettings settings, Network network) {
        try {
            settings.requireFits(network.precision());
        } catch (IllegalArgumentException e) {
            throw new TrainingException(network.name() + ": " + e.getMessage(), e);
        }
    }

    private Training bind(Engine engine, Dataset data) {
        requireFits(settings, engine.network());
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
