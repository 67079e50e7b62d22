package io.github.layerc.training;

import io.github.layerc.data.TrainingState;
import io.github.layerc.network.EarlyStopping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a {@link Trainer} needs to go on with a training as if it had never stopped: the same bits at its end.
 *
 * @param iterations updates that were made
 * @param seconds that they took, set-up included
 * @param training where the engine's training stands
 * @param batches what the next batches depend on, numbers by name
 * @param history the entries up to here
 * @param best the best parameters so far, where the training may stop early
 * @param rates what the next learning rates depend on besides the number of the update, numbers by name; empty for most schedules
 */
public record TrainingCheckpoint(
        int iterations,
        double seconds,
        TrainingState training,
        Map<String, double[]> batches,
        List<History.Entry> history,
        Optional<Best> best,
        Map<String, double[]> rates) {

    /**
     * The best parameters so far.
     *
     * @param monitor what the value is one of
     * @param iterations updates that had been made
     * @param value the monitored one
     * @param epochsSince epochs without a better one
     */
    public record Best(
            EarlyStopping.Monitor monitor, int iterations, double value, int epochsSince, TrainingState training) {}

    public TrainingCheckpoint {
        history = List.copyOf(history);
    }
}
