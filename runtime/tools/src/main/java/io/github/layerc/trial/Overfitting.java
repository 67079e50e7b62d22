package io.github.layerc.trial;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.network.TrainingSettings;
import java.util.OptionalDouble;

/**
 * What became of a training with one batch, again and again: a network that cannot learn a few samples by heart will not learn many.
 *
 * @param start the mean loss before the first update
 * @param known costs that need no training
 * @param wanted up to which the batch counts as learnt
 * @param late the mean loss after nine tenths of the iterations
 * @param end after the last one; NaN or infinite where the training has left all numbers
 * @param iterations updates that were made
 */
record Overfitting(double start, KnownCosts known, double wanted, double late, double end, int iterations) {
    /** Of the way from the start to the lowest cost: what may be left. */
    private static final double USUAL_REST = 0.05;

    /** Updates between two looks at the cost. */
    private static final int LOOK_EVERY = 10;

    /**
     * Trains with all samples in each update, with the optimizer of the settings, at one rate.
     *
     * @param engine with its first parameters; it has the last ones afterwards
     * @param iterations at most
     * @param wanted mean loss; by default 5 % of the way from the start to the lowest
     */
    static Overfitting train(
            Engine engine,
            Dataset data,
            TrainingSettings settings,
            double rate,
            int iterations,
            OptionalDouble wanted) {
        KnownCosts known = KnownCosts.of(engine.network(), data);
        try (Training training = engine.train(data, settings)) {
            Evaluation evaluation = training.evaluate(data);
            double start = evaluation.cost();
            double bound = wanted.orElse(known.lowest() + USUAL_REST * (start - known.lowest()));
            double late = start;
            double end = start;
            int done = 0;
            while (done < iterations && !(end <= bound) && Double.isFinite(end)) {
                double cost = training.step(rate);
                done++;
                if (!Double.isFinite(cost)) {
                    end = cost;
                } else if (done % LOOK_EVERY == 0 || done == iterations) {
                    late = done <= 0.9 * iterations ? end : late;
                    end = evaluation.cost();
                }
            }
            return new Overfitting(start, known, bound, late, end, done);
        }
    }

    boolean isLearnt() {
        return end <= wanted;
    }
}
