package io.github.layerc.training;

import io.github.layerc.engine.Training;
import io.github.layerc.network.EarlyStopping;
import java.util.Optional;

/** Early stopping while a training goes on: the best state so far, and how long ago that was. */
final class Patience {
    private final EarlyStopping rule;
    private final Training training;
    private Optional<TrainingCheckpoint.Best> best = Optional.empty();

    Patience(EarlyStopping rule, Training training) {
        this.rule = rule;
        this.training = training;
    }

    /**
     * Called at the end of an epoch.
     *
     * @param iterations updates so far
     * @param now the monitored value
     */
    void check(int iterations, double now) {
        boolean better = best.isEmpty() || rule.isBetter(now, best.get().value());
        best = Optional.of(
                better
                        ? new TrainingCheckpoint.Best(rule.monitor(), iterations, now, 0, training.state())
                        : waited(best.get()));
    }

    private static TrainingCheckpoint.Best waited(TrainingCheckpoint.Best best) {
        return new TrainingCheckpoint.Best(
                best.monitor(), best.iterations(), best.value(), best.epochsSince() + 1, best.training());
    }

    boolean isOver() {
        return best.isPresent() && best.get().epochsSince() >= rule.patience();
    }

    Optional<TrainingCheckpoint.Best> best() {
        return best;
    }

    /** Values of something else that was monitored say nothing about this. */
    void restore(Optional<TrainingCheckpoint.Best> other) {
        best = other.filter(one -> one.monitor() == rule.monitor());
    }
}
