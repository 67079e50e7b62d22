package io.github.layerc.training;

import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.network.EarlyStopping;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Early stopping while a training goes on: the best state so far, and how long ago that was. */
final class Patience {
    private final EarlyStopping rule;
    private final Training training;
    private final Evaluation monitored;
    private final ToDoubleFunction<Evaluation> value;
    private Optional<TrainingCheckpoint.Best> best = Optional.empty();

    /**
     * @param monitored the samples that the rule is about
     * @param value what it monitors of them
     */
    Patience(EarlyStopping rule, Training training, Evaluation monitored, ToDoubleFunction<Evaluation> value) {
        this.rule = rule;
        this.training = training;
        this.monitored = monitored;
        this.value = value;
    }

    /**
     * Called at the end of an epoch.
     *
     * @param iterations updates so far
     */
    void check(int iterations) {
        double now = value.applyAsDouble(monitored);
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
