package io.github.layerc.spark.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.engine.search.Lbfgs;
import io.github.layerc.engine.search.Objective;
import io.github.layerc.engine.search.Vectors;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spark.scoring.NetworkModel;

/**
 * Exact gradients of all rows for each step. The steps are made at the driver by the optimizer of the class itself; the sums have the same bits wherever, and however often, the
 * partitions are computed.
 */
final class FullBatch {
    private final Cluster cluster;
    private final NetworkModel start;
    private final StepSettings steps;
    private final TrainingSettings settings;
    private final Progress progress;

    FullBatch(Cluster cluster, NetworkModel start, StepSettings steps, double tolerance) {
        this.cluster = cluster;
        this.start = start;
        this.steps = steps;
        this.settings = steps.of(start.network());
        this.progress = new Progress("iteration", settings.earlyStopping(), tolerance);
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

    /** @param gradients takes those of the cost, penalty included */
    private Costs evaluate(double[] parameters, double[] gradients) {
        Sums sums = cluster.gradients(start.with(parameters));
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = sums.vector()[i] / sums.rows();
        }
        double penalty = PenaltyTerm.add(start.network(), settings, parameters, gradients);
        return new Costs(sums.losses() / sums.rows(), penalty, sums.validationCost());
    }

    /** Trains. */
    Outcome run(int iterations) {
        try (Engine engine = start.open("", 1);
                Training training = engine.train(noRows(start.network()), steps.driver(start.network()))) {
            return settings.optimizer().searches() ? search(engine, iterations) : descend(engine, training, iterations);
        }
    }

    private Outcome descend(Engine engine, Training training, int iterations) {
        double[] gradients = new double[start.network().parameterCount()];
        for (int i = 0; i < iterations && !progress.isEnded(); i++) {
            double[] parameters = engine.parametersAsDouble();
            Costs now = evaluate(parameters, gradients);
            progress.at(now.cost(), now.loss(), now.validationCost(), parameters);
            training.apply(gradients, settings.schedule().rate(settings.learningRate(), i, iterations, 0));
        }
        if (settings.averaging() > 0) {
            training.useAverage(true);
        }
        return progress.outcome(engine.parametersAsDouble());
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
        return progress.outcome(engine.parametersAsDouble());
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
            Costs now = FullBatch.this.evaluate(point, gradient);
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

    /** A training needs some rows; its steps are given gradients of others. */
    private static Dataset noRows(Network network) {
        double[] sample = new double[network.inputs()];
        return network.loss().classifies()
                ? Dataset.of(sample, network.inputs(), new int[1], network.outputs())
                : Dataset.of(sample, network.inputs(), new double[network.outputs()], network.outputs());
    }
}
