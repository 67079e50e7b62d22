package io.github.layerc.spark.training;

import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spark.scoring.NetworkModel;

/**
 * Rounds of local training: every partition trains some epochs with the fused step of the class, from the same parameters; their mean, weighted by rows, is where the next round starts. It
 * is local SGD (Stich, "Local SGD Converges Fast and Communicates Little", 2019). What an optimizer keeps starts anew with every round.
 */
final class Averaging {
    private final Cluster cluster;
    private final NetworkModel start;
    private final StepSettings steps;
    private final TrainingSettings settings;
    private final Progress progress;

    Averaging(Cluster cluster, NetworkModel start, StepSettings steps, double tolerance) {
        this.cluster = cluster;
        this.start = start;
        this.steps = steps;
        this.settings = steps.of(start.network());
        this.progress = new Progress("round", settings.earlyStopping(), tolerance);
        if (settings.optimizer().searches()) {
            throw new IllegalArgumentException("network " + start.network().name()
                    + ": averaging makes steps of batches, which no optimizer that searches along lines can: expected strategy=full_batch, or another optimizer: optimizer="
                    + settings.optimizer().keyword());
        }
    }

    /** Trains. */
    Outcome run(int rounds, int localEpochs, long seed) {
        double[] parameters = start.parameters();
        for (int round = 0; round < rounds && !progress.isEnded(); round++) {
            double[] before = parameters;
            Sums sums = cluster.train(start.with(before), new LocalTraining(steps, localEpochs, round, rounds, seed));
            double cost = sums.losses() / sums.rows();
            // a step tells its cost with the penalty
            double penalty = PenaltyTerm.add(start.network(), settings, before, new double[before.length]);
            progress.at(cost, cost - penalty, sums.validationCost(), before);
            parameters = sums.vector();
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] /= sums.rows();
            }
        }
        return progress.outcome(parameters);
    }
}
