package io.github.layerc.spark.training;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.engine.search.Lbfgs;
import io.github.layerc.engine.search.Objective;
import io.github.layerc.engine.search.Vectors;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.training.shard.Sums;

/**
 * Exact gradients of all rows for each step. The steps are made at the driver by the optimizer of the class itself; the sums have the same bits wherever, and however often, the
 * partitions are computed.
 */
final class FullBatch {
    private final Setup setup;
    private final NetworkModel start;
    private final TrainingSettings settings;
    private final Progress progress;

    FullBatch(Setup setup) {
        this.setup = setup;
        this.start = setup.start();
        this.settings = setup.settings();
        this.progress = setup.progress("iteration");
        requireExact(start.network());
    }

    private static void requireExact(Network network) {
        boolean drops = network.layers().stream().map(Layer::dropout).anyMatch(rate -> rate > 0);
        if (drops || network.batchNorm().isPresent()) {
            throw new IllegalArgumentException("network " + network.name()
                    + ": gradients of partitions cannot be summed with "
                    + (drops ? "dropout" : "batch_norm") + ": expected strategy=averaging: strategy=full_batch");
        }
    }

    /** Costs of all rows at some parameters. */
    private record Costs(double loss, double penalty, double validationCost) {
        double cost() {
            return loss + penalty;
        }
    }

    /**
     * @param kept at which the rows for validation are looked at
     * @param gradients takes those of the cost, penalty included
     */
    private Costs evaluate(double[] parameters, double[] kept, double[] gradients) {
        Sums sums = setup.cluster().gradients(start.with(parameters), kept);
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = sums.vector()[i] / sums.rows();
        }
        double penalty = PenaltyTerm.add(start.network(), settings, parameters, gradients);
        return new Costs(sums.losses() / sums.rows(), penalty, sums.validationCost());
    }

    /** Trains. */
    Outcome run(int iterations) {
        try (Engine engine = start.open("", 1);
                Training training = engine.train(setup.noRows(), setup.steps().driver(start.network()))) {
            return settings.optimizer().searches() ? search(engine, iterations) : descend(engine, training, iterations);
        }
    }

    private Outcome descend(Engine engine, Training training, int iterations) {
        double[] gradients = new double[start.network().parameterCount()];
        for (int i = 0; i < iterations && !progress.isEnded(); i++) {
            double[] parameters = engine.parametersAsDouble();
            double[] kept = kept(engine, training, parameters);
            Costs now = evaluate(parameters, kept, gradients);
            progress.at(now.cost(), now.loss(), now.validationCost(), kept);
            training.apply(gradients, settings.schedule().rate(settings.learningRate(), i, iterations, 0));
        }
        double[] last = kept(engine, training, engine.parametersAsDouble());
        if (progress.looksAtTheEnd()) {
            Costs end = evaluate(last, last, gradients);
            progress.atEnd(end.loss(), end.validationCost(), last);
        }
        return progress.outcome(last);
    }

    /** What the network has if the training ends here: the parameters, or their average. */
    private double[] kept(Engine engine, Training training, double[] parameters) {
        if (settings.averaging() == 0) {
            return parameters;
        }
        training.useAverage(true);
        double[] average = engine.parametersAsDouble();
        training.useAverage(false);
        return average;
    }

    private Outcome search(Engine engine, int iterations) {
        Search objective = new Search(engine);
        Lbfgs lbfgs = Lbfgs.of(settings.optimizer(), () -> objective).orElseThrow();
        for (int i = 0; i < iterations && !progress.isEnded(); i++) {
            double[] parameters = engine.parametersAsDouble();
            Costs before = objective.last;
            double cost = lbfgs.step(true, settings.schedule().rate(settings.learningRate(), i, iterations, 0));
            Costs start = i == 0 ? objective.first : before;
            progress.at(cost, start.loss(), start.validationCost(), parameters);
        }
        double[] end = engine.parametersAsDouble();
        if (progress.looksAtTheEnd()) {
            progress.atEnd(objective.last.loss(), objective.last.validationCost(), end);
        }
        return progress.outcome(end);
    }

    /** The cost of all rows along lines; the last evaluation of a step is where the next one starts. */
    private final class Search implements Objective {
        private final Engine engine;
        /** At the points of the first evaluation, and of the last one, where the next step starts. */
        private Costs first = new Costs(Double.NaN, 0, Double.NaN);

        private Costs last = first;
        private boolean known;

        Search(Engine engine) {
            this.engine = engine;
        }

        @Override
        public int size() {
            return start.network().parameterCount();
        }

        @Override
        public void position(double[] point) {
            System.arraycopy(engine.parametersAsDouble(), 0, point, 0, point.length);
        }

        @Override
        public double evaluate(double[] point, double[] gradient) {
            engine.setParametersFromDouble(point);
            // as the precision of the network has them
            position(point);
            Costs now = FullBatch.this.evaluate(point, point, gradient);
            last = now;
            first = known ? first : last;
            known = true;
            return now.cost();
        }

        @Override
        public double product(double[] a, double[] b) {
            return Vectors.dot(a, 0, b, 0, a.length);
        }
    }
}
