package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;

/**
 * Trains an engine with a data set, as settings say: every iteration is one update with one batch, shuffled by the seed of the network's initializer; the last batch of
 * an epoch has what is left. The cost of an iteration is that of its batch. With a validation part the training leaves out that share of the samples, see {@link
 * ValidationSplit}; the learning rate changes as its schedule says, see {@link io.github.layerc.network.RateSchedule}; with averaging in the settings, what is evaluated and what the engine has in the end are averages, see {@link
 * Training#useAverage}; with early stopping it ends when it gets no better, and leaves the best parameters, see {@link io.github.layerc.network.EarlyStopping}.
 *
 * <p>In three lines, with the optimizer, rate, batch, length and all else as the spec says:
 *
 * <pre>{@code
 * Digits net = Digits.create(256);
 * net.initialize();
 * Trainer.Result result = Trainer.fit(net, data);
 * }</pre>
 *
 * <p>Immutable; each {@code with} is a trainer of its own.
 */
public final class Trainer {
    /** Entries of a history where nobody says how many. */
    private static final int USUAL_ENTRIES = 100;

    private final Plan plan;

    /** What a trainer is told; nobody writes to that of a trainer that has been made. */
    static final class Plan {
        private TrainingSettings settings;

        /** 0 for about {@link #USUAL_ENTRIES} entries. */
        private int historyEvery;

        private Optional<Dataset> test = Optional.empty();
        private Optional<Dataset> validation = Optional.empty();
        private Listener listener = (iteration, cost, recorded) -> {};

        /** 0 for the checkpoint of a training that is stopped only. */
        private int checkpointEvery;

        private Optional<CheckpointSink> checkpoints = Optional.empty();
        private Optional<TrainingCheckpoint> from = Optional.empty();
        private Map<String, ToDoubleBiFunction<double[], Dataset>> metrics = Map.of();

        private Plan(TrainingSettings settings) {
            this.settings = settings;
        }

        private Plan(Plan other) {
            settings = other.settings;
            historyEvery = other.historyEvery;
            test = other.test;
            validation = other.validation;
            listener = other.listener;
            checkpointEvery = other.checkpointEvery;
            checkpoints = other.checkpoints;
            from = other.from;
            metrics = other.metrics;
        }

        TrainingSettings settings() {
            return settings;
        }

        int historyEvery(int updates) {
            return historyEvery == 0 ? Math.max(1, updates / USUAL_ENTRIES) : historyEvery;
        }

        Optional<Dataset> test() {
            return test;
        }

        Optional<Dataset> validation() {
            return validation;
        }

        Listener listener() {
            return listener;
        }

        int checkpointEvery() {
            return checkpointEvery;
        }

        Optional<CheckpointSink> checkpoints() {
            return checkpoints;
        }

        Optional<TrainingCheckpoint> from() {
            return from;
        }

        Map<String, ToDoubleBiFunction<double[], Dataset>> metrics() {
            return metrics;
        }
    }

    /** Follows a training. */
    @FunctionalInterface
    public interface Listener {

        /** The data are bound; the first iteration comes next. */
        default void bound(Training training) {}

        /**
         * An iteration has ended.
         *
         * @param iteration from 0
         * @param cost before its update
         * @param recorded whether the cost goes into the history
         */
        void iteration(int iteration, double cost, boolean recorded);

        /** Asked after every iteration: whether the training is to end with it. */
        default boolean isDone() {
            return false;
        }
    }

    /** Why a training has ended. */
    public enum End {
        /** All its updates are done. */
        COMPLETE,
        /** By the rule of early stopping. */
        EARLY,
        /** By its listener. */
        STOPPED
    }

    /**
     * What a training leaves besides the engine's parameters.
     *
     * @param form of the first layer in this training
     * @param iterations updates that were made
     * @param steps those of them that were made now, and not before a checkpoint that the training went on from
     * @param chosen how many of them led to the parameters that the engine has: fewer where the best ones came earlier
     * @param best the monitored value of these, where the training may stop early
     * @param train the samples that it has seen: all, or those that the validation left
     * @param validation the samples that it has validated with, if any
     * @param seconds from binding the data to the last parameters, without what histories took of test and validation
     * @param stepSeconds the iterations alone
     */
    public record Result(
            History history,
            Form form,
            End end,
            int iterations,
            int steps,
            int chosen,
            Optional<Double> best,
            Dataset train,
            Optional<Dataset> validation,
            double seconds,
            double stepSeconds) {}

    private Trainer(Plan plan) {
        this.plan = plan;
    }

    /** A trainer whose history has about a hundred entries, with these settings instead of a network's own. */
    public Trainer(TrainingSettings settings) {
        this(new Plan(settings));
    }

    /**
     * A trainer with these settings instead of a network's own.
     *
     * @param historyEvery the cost of every so many iterations is recorded, from iteration 0 on, and that of the last one; at least 1
     */
    public Trainer(TrainingSettings settings, int historyEvery) {
        this(settings);
        plan.historyEvery = requireInterval("history", "historyEvery", historyEvery);
    }

    /**
     * Trains an engine, from the parameters that it has, as the spec of its network says.
     *
     * @throws TrainingException as {@link #train} does
     */
    public static Result fit(Engine engine, Dataset data) {
        return new Trainer(engine.network().training()).train(engine, data);
    }

    /** How it trains. */
    public TrainingSettings settings() {
        return plan.settings;
    }

    /** What the parameters make of a test set goes into the history. */
    public Trainer withTest(Dataset test) {
        return with(change -> change.test = Optional.of(test));
    }

    /** Validates with these samples, and leaves none of the others out, whatever the settings say. */
    public Trainer withValidation(Dataset validation) {
        return with(change -> change.validation = Optional.of(validation));
    }

    /**
     * What else of test and validation goes into the history, beside costs and accuracies. The settings may name metrics, but do not know how they are computed.
     *
     * @param metrics by name, in the order of the columns: each makes a number of outputs, row-major {@code [samples][outputs]}, and the samples with their targets
     */
    public Trainer withMetrics(Map<String, ToDoubleBiFunction<double[], Dataset>> metrics) {
        return with(change -> change.metrics = new LinkedHashMap<>(metrics));
    }

    public Trainer withListener(Listener listener) {
        return with(change -> change.listener = listener);
    }

    /**
     * Gives checkpoints away while the training waits: one after every so many iterations and at the end, and one when the listener stops it. A state with
     * numbers that are not finite makes none.
     *
     * @param every iterations; 0 for the one of a training that is stopped only
     */
    public Trainer withCheckpoints(int every, CheckpointSink to) {
        int interval = every == 0 ? 0 : requireInterval("checkpoint", "checkpointEvery", every);
        return with(change -> {
            change.checkpointEvery = interval;
            change.checkpoints = Optional.of(to);
        });
    }

    /**
     * Goes on where a training of the same network, data and settings was when it made a checkpoint. It may have another learning rate, schedule of it, length and rule of early stopping. The
     * parameters of the engine do not matter.
     */
    public Trainer from(TrainingCheckpoint checkpoint) {
        return with(change -> change.from = Optional.of(checkpoint));
    }

    private Trainer with(Consumer<Plan> some) {
        Plan change = new Plan(plan);
        some.accept(change);
        return new Trainer(change);
    }

    /**
     * Trains an engine from the parameters that it has. They are the trained ones afterwards; after an exception they are in between.
     *
     * @throws TrainingException if the data or a checkpoint do not fit the network, a part of the data is missing, or a cost or the trained parameters are not
     *     finite: then its message has the largest gradient, and what to change
     */
    public Result train(Engine engine, Dataset data) {
        return new TrainingRun(plan, engine, data).run();
    }

    /** @throws TrainingException if a number of the settings is none in the precision of the network */
    public static void requireFits(TrainingSettings settings, Network network) {
        try {
            settings.requireFits(network.precision());
        } catch (IllegalArgumentException e) {
            throw new TrainingException(network.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * How many updates a training with so many samples has.
     *
     * @throws TrainingException if they are more than can be counted
     */
    public static int updates(TrainingSettings settings, Network network, int samples) {
        try {
            return settings.updates(samples);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(network.name() + ": " + e.getMessage(), e);
        }
    }

    private static int requireInterval(String what, String name, int every) {
        if (every < 1) {
            throw new IllegalArgumentException(what + " interval must be at least 1: " + name + "=" + every);
        }
        return every;
    }
}
