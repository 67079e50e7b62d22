package io.github.layerc.trial;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Tries learning rates, each from the same parameters for the same few batches, with the optimizer of the settings and without a schedule, until the cost explodes.
 */
final class RateFinder {
    /** Equal factors; the tenth root of 10 is 1.26. */
    private static final int RATES_PER_DECADE = 10;

    /** Roundings of a cost, relative to it. */
    private static final double ROUNDINGS = 64;

    private final Engine engine;
    private final Dataset data;
    private final TrainingSettings settings;
    private final int steps;

    /**
     * @param data with targets as the loss takes them
     * @param settings optimizer, batch and all else but the rate
     * @param steps at each rate
     */
    RateFinder(Engine engine, Dataset data, TrainingSettings settings, int steps) {
        this.engine = engine;
        this.data = data;
        this.settings = settings;
        this.steps = steps;
    }

    /**
     * Tries rates from here to there; the engine has its parameters again afterwards.
     *
     * @param to above {@code from}
     */
    RateCurve find(double from, double to) {
        double[] parameters = engine.parametersAsDouble();
        try (Training training = engine.train(data, settings)) {
            Evaluation evaluation = training.evaluate(data);
            double start = evaluation.cost();
            double roundings = ROUNDINGS * engine.network().precision().epsilon() * Math.abs(start);
            List<RateCurve.Tried> tried = new ArrayList<>();
            for (double rate : rates(from, to)) {
                // parameters of somebody else: the training forgets its steps
                engine.setParametersFromDouble(parameters);
                double cost = train(training, rate) ? evaluation.cost() : Double.NaN;
                tried.add(new RateCurve.Tried(rate, cost));
                if (RateCurve.explodes(start, cost)) {
                    break;
                }
            }
            return new RateCurve(start, KnownCosts.of(engine.network(), data).constant(), roundings, tried);
        } finally {
            engine.setParametersFromDouble(parameters);
        }
    }

    private static double[] rates(double from, double to) {
        double decades = Math.log10(to) - Math.log10(from);
        int last = (int) Math.max(1, Math.ceil(decades * RATES_PER_DECADE));
        double[] rates = new double[last + 1];
        for (int i = 0; i <= last; i++) {
            rates[i] = Math.pow(10, Math.log10(from) + decades * i / last);
        }
        rates[0] = from;
        rates[last] = to;
        return rates;
    }

    /** Whether all costs are finite. */
    private boolean train(Training training, double rate) {
        Random random = new Random(engine.network().initializer().seed());
        int[] rows = IntStream.range(0, data.count()).toArray();
        int batch = settings.batchOf(rows.length);
        int at = 0;
        for (int step = 0; step < steps; step++) {
            if (at + batch > rows.length || at == 0) {
                shuffle(rows, random);
                at = 0;
            }
            double cost = batch == rows.length ? training.step(rate) : training.step(rows, at, at + batch, rate);
            if (!Double.isFinite(cost)) {
                return false;
            }
            at += batch;
        }
        return true;
    }

    private static void shuffle(int[] rows, Random random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[other];
            rows[other] = row;
        }
    }
}
