package io.github.layerc.spark.training;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.EarlyStopping.Monitor;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.training.shard.Sums;

/**
 * Rounds of local training: every partition trains some epochs with the fused step of the class, from the same parameters; their mean, weighted by rows, is where the next round starts. It
 * is local SGD (Stich, "Local SGD Converges Fast and Communicates Little", 2019). What an optimizer keeps is averaged, too (Yu et al., "On the Linear Speedup Analysis of Communication Efficient Momentum SGD", 2019).
 */
final class Averaging {
    private final Setup setup;
    private final TrainingSettings settings;

    Averaging(Setup setup) {
        this.setup = setup;
        this.settings = setup.settings();
        if (settings.optimizer().searches()) {
            throw new IllegalArgumentException(
                    "network " + setup.start().network().name()
                            + ": averaging makes steps of batches, which no optimizer that searches along lines can: expected strategy=full_batch, or another optimizer: optimizer="
                            + settings.optimizer().keyword());
        }
    }

    /** Trains. */
    Outcome run(int rounds, int localEpochs, long seed) {
        NetworkModel start = setup.start();
        Progress progress = setup.progress("round");
        // what early stopping monitors is the loss at the parameters of a round, not that of an epoch that moves them
        boolean exact = settings.earlyStopping()
                .map(rule -> rule.monitor() == Monitor.COST)
                .orElse(false);
        try (Engine engine = start.open("", 1);
                Training mean = engine.train(setup.noRows(), setup.steps().local(start.network()))) {
            for (int round = 0; round < rounds && !progress.isEnded(); round++) {
                double[] before = engine.parametersAsDouble();
                LocalTraining local = new LocalTraining(setup.steps(), localEpochs, round, rounds, seed);
                Sums sums = setup.cluster().train(start.with(before), FlatState.of(mean), local, exact);
                double penalty = PenaltyTerm.add(start.network(), settings, before, new double[before.length]);
                // a step tells its cost with the penalty
                double loss = sums.losses() / sums.rows() - (exact ? 0 : penalty);
                progress.at(loss + penalty, loss, sums.validationCost(), before);
                double[] state = sums.vector();
                for (int i = 0; i < state.length; i++) {
                    state[i] /= sums.rows();
                }
                new FlatState(state).restore(mean);
            }
            double[] last = engine.parametersAsDouble();
            if (progress.looksAtTheEnd()) {
                Sums end = setup.cluster().gradients(start.with(last), last);
                progress.atEnd(end.losses() / end.rows(), end.validationCost(), last);
            }
            return progress.outcome(last);
        }
    }
}
