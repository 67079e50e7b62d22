package io.github.layerc.training;

import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The learning rate of every update of a training, those that are done included, and what a schedule that waits for a plateau has seen of it. */
final class Rates {
    private static final String REDUCED_AFTER = "reduced_after";
    /** Followed by what is monitored: the best value of something else says nothing. */
    private static final String BEST = "best_";

    private static final String EPOCHS_SINCE = "epochs_since";

    private final TrainingSettings settings;
    private final int updates;
    private final Optional<EarlyStopping> plateau;

    /** How many updates had been made at each reduction. */
    private final List<Integer> reducedAfter = new ArrayList<>();

    /** NaN before the first epoch has ended. */
    private double best = Double.NaN;

    private int epochsSince;

    /**
     * @param updates of the whole training
     * @param monitor what is monitored; not empty where the schedule waits for a plateau
     */
    Rates(TrainingSettings settings, int updates, Optional<EarlyStopping.Monitor> monitor) {
        this.settings = settings;
        this.updates = updates;
        this.plateau = monitor.flatMap(settings.schedule()::plateau);
    }

    /** @param update from 0; one that is done, or the next one */
    double at(int update) {
        int reductions = reducedAfter.size();
        while (reductions > 0 && reducedAfter.get(reductions - 1) > update) {
            reductions--;
        }
        return settings.schedule().rate(settings.learningRate(), update, updates, reductions);
    }

    /** The same for the history: empty where all are the same. */
    Optional<Double> recorded(int update) {
        return settings.schedule().isConstant() ? Optional.empty() : Optional.of(at(update));
    }

    /**
     * Called at the end of an epoch. Those of the warm-up do not count.
     *
     * @param iterations updates so far
     * @param value the monitored one
     */
    void check(int iterations, double value) {
        RateSchedule schedule = settings.schedule();
        if (plateau.isEmpty() || iterations <= schedule.warmUp()) {
            return;
        }
        if (plateau.get().isBetter(value, best)) {
            best = value;
            epochsSince = 0;
            return;
        }
        epochsSince++;
        if (epochsSince == plateau.get().patience()) {
            reducedAfter.add(iterations);
            epochsSince = 0;
        }
    }

    /** What the next rates depend on besides the settings: nothing where the number of the update alone decides. */
    Map<String, double[]> state() {
        if (plateau.isEmpty()) {
            return Map.of();
        }
        double[] reductions = reducedAfter.stream().mapToDouble(each -> each).toArray();
        return Map.of(
                REDUCED_AFTER, reductions, bestName(), new double[] {best}, EPOCHS_SINCE, new double[] {epochsSince});
    }

    private String bestName() {
        return BEST + plateau.orElseThrow().monitor().keyword();
    }

    /**
     * Goes on as the rates did whose {@link #state()} this is; starts anew where these did not wait for a plateau, or
     * where that was one of another value, whose reductions stay.
     */
    void restore(Map<String, double[]> state) {
        if (plateau.isEmpty() || state.isEmpty()) {
            return;
        }
        reducedAfter.clear();
        for (double each : state.get(REDUCED_AFTER)) {
            reducedAfter.add((int) each);
        }
        double[] sameValue = state.get(bestName());
        if (sameValue != null) {
            best = sameValue[0];
            epochsSince = (int) state.get(EPOCHS_SINCE)[0];
        }
    }
}
