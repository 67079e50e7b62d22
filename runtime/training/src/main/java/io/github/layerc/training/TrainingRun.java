package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** One training of a {@link Trainer}, from the data to the last parameters. */
final class TrainingRun {
    private final Trainer.Plan plan;
    private final TrainingSettings settings;
    private final Engine engine;
    private final Network network;
    private final Dataset train;
    private final Optional<Dataset> validation;
    private final Optional<EarlyStopping.Monitor> monitor;
    private final List<History.Entry> entries = new ArrayList<>();

    /** Iterations that are done. */
    private int done;

    /** Whether whoever takes checkpoints has been told of the start. */
    private boolean prepared;

    /** Nanoseconds that do not count: for the history, and to get ready for checkpoints. */
    private long aside;

    TrainingRun(Trainer.Plan plan, Engine engine, Dataset data) {
        this.plan = plan;
        this.settings = settings(plan);
        this.engine = engine;
        this.network = engine.network();
        Trainer.requireFits(settings, network);
        boolean splits = plan.validation().isEmpty() && settings.validation() > 0;
        Optional<ValidationSplit> split = splits
                ? Optional.of(ValidationSplit.of(
                        data,
                        network,
                        settings.validation(),
                        network.initializer().seed()))
                : Optional.empty();
        this.train = split.map(ValidationSplit::train).orElse(data);
        this.validation = split.map(ValidationSplit::validation).or(plan::validation);
        settings.earlyStopping().map(EarlyStopping::monitor).ifPresent(this::requireMonitored);
        this.monitor = settings.earlyStopping().map(EarlyStopping::monitor).or(this::monitorOfSchedule);
    }

    /** A training that goes on keeps its form: of another length, the faster one might be the other. */
    private static TrainingSettings settings(Trainer.Plan plan) {
        TrainingSettings settings = plan.settings();
        return plan.from()
                .filter(checkpoint -> settings.form() == Form.AUTO)
                .map(checkpoint -> settings.withForm(checkpoint.training().form()))
                .orElse(settings);
    }

    /** What a schedule looks at where no early stopping says. */
    private Optional<EarlyStopping.Monitor> monitorOfSchedule() {
        return settings.schedule().waitsForPlateau()
                ? Optional.of(
                        validation.isPresent() ? EarlyStopping.Monitor.VALIDATION_COST : EarlyStopping.Monitor.COST)
                : Optional.empty();
    }

    private void requireMonitored(EarlyStopping.Monitor monitor) {
        if (monitor.needsValidation() && validation.isEmpty()) {
            throw new TrainingException(network.name()
                    + ": early stopping needs samples to validate with: expected a validation part or file: monitor="
                    + monitor.keyword());
        }
        if (!monitor.isCost() && !network.loss().classifies()) {
            throw new TrainingException(network.name()
                    + ": early stopping needs an accuracy, and the outputs are not classes: monitor="
                    + monitor.keyword() + ", loss=" + network.loss().keyword());
        }
    }

    Trainer.Result run() {
        long start = System.nanoTime();
        int updates = updates();
        int historyEvery = plan.historyEvery(updates);
        Batches batches = new Batches(
                train.count(), settings.batch(), network.initializer().seed());
        try (Training training = bind()) {
            long bound = System.nanoTime();
            Optional<Evaluation> tested = plan.test().map(samples -> bind(training, "test", samples));
            Optional<Evaluation> validated = validation.map(samples -> bind(training, "validation", samples));
            Optional<DoubleSupplier> monitored = monitor.map(which -> monitored(which, training, validated));
            Optional<Patience> patience = settings.earlyStopping().map(rule -> new Patience(rule, training));
            Rates rates = new Rates(settings, updates, monitor);
            plan.listener().bound(training);
            plan.from().ifPresent(checkpoint -> goOn(checkpoint, training, batches, patience, rates));
            Divergence divergence = new Divergence(engine, train, settings, training, batches, rates);
            long first = System.nanoTime();
            double before = plan.from().map(TrainingCheckpoint::seconds).orElse(0.0) + (bound - start) * 1e-9;
            Trainer.End end = patience.filter(Patience::isOver).isPresent() ? Trainer.End.EARLY : Trainer.End.COMPLETE;
            while (done < updates && end == Trainer.End.COMPLETE) {
                boolean recorded = done % historyEvery == 0 || done == updates - 1;
                if (recorded) {
                    useAverage(training);
                }
                Optional<History.Test> test = recorded ? tested.map(one -> look(one, plan.test())) : Optional.empty();
                Optional<History.Test> valid =
                        recorded ? validated.map(one -> look(one, validation)) : Optional.empty();
                divergence.before(done);
                if (!prepared) {
                    prepare(training, batches, patience, rates);
                }
                double cost = batches.step(training, rates.at(done));
                if (!Double.isFinite(cost)) {
                    throw divergence.ofCost(done, cost);
                }
                plan.listener().iteration(done, cost, recorded);
                done++;
                if (monitored.isPresent() && batches.isEndOfEpoch()) {
                    useAverage(training);
                    double value = monitored.get().getAsDouble();
                    patience.ifPresent(one -> one.check(done, value));
                    rates.check(done, value);
                }
                end = end(patience, updates);
                if (recorded || end != Trainer.End.COMPLETE) {
                    entries.add(new History.Entry(done - 1, cost, test, valid, rates.recorded(done - 1)));
                }
                if (isCheckpointDue(updates, end)) {
                    give(
                            training,
                            divergence.state(),
                            batches,
                            patience,
                            rates,
                            before + (System.nanoTime() - first - aside) * 1e-9);
                }
            }
            if (patience.isPresent() && !batches.isEndOfEpoch()) {
                // behind the last checkpoint, since a longer training would not look here
                useAverage(training);
                patience.get().check(done, monitored.orElseThrow().getAsDouble());
            }
            double steps = (System.nanoTime() - first - aside) * 1e-9;
            Optional<TrainingCheckpoint.Best> best = patience.flatMap(Patience::best);
            long last = System.nanoTime();
            best.filter(one -> one.iterations() != done).ifPresent(one -> training.restore(one.training()));
            useAverage(training);
            // makes those of the first layer where the form has put that off
            requireFinite(engine.parametersAsDouble(), divergence);
            return new Trainer.Result(
                    new History(entries),
                    training.form(),
                    end,
                    done,
                    done - plan.from().map(TrainingCheckpoint::iterations).orElse(0),
                    best.map(TrainingCheckpoint.Best::iterations).orElse(done),
                    best.map(TrainingCheckpoint.Best::value),
                    train,
                    validation,
                    before + steps + (System.nanoTime() - last) * 1e-9,
                    steps);
        }
    }

    /** Before parameters are looked at: the next step has its own again. */
    private void useAverage(Training training) {
        if (settings.averaging() > 0) {
            training.useAverage(true);
        }
    }

    private int updates() {
        return Trainer.updates(settings, network, train.count());
    }

    private Trainer.End end(Optional<Patience> patience, int updates) {
        if (patience.filter(Patience::isOver).isPresent()) {
            return Trainer.End.EARLY;
        }
        return done < updates && plan.listener().isDone() ? Trainer.End.STOPPED : Trainer.End.COMPLETE;
    }

    private boolean isCheckpointDue(int updates, Trainer.End end) {
        int every = plan.checkpointEvery();
        boolean last = done == updates || end == Trainer.End.EARLY;
        return end == Trainer.End.STOPPED || (every > 0 && (done % every == 0 || last));
    }

    /**
     * Behind the first look at other samples: to ask for the state makes the parameters those of the training, and what follows a training in Gram
     * form rounds in another way than what is predicted before.
     */
    private void prepare(Training training, Batches batches, Optional<Patience> patience, Rates rates) {
        prepared = true;
        if (plan.checkpointEvery() > 0) {
            long start = System.nanoTime();
            plan.checkpoints().orElseThrow().prepare(checkpoint(0, training.state(), batches, patience, rates));
            aside += System.nanoTime() - start;
        }
    }

    private void give(
            Training training,
            Optional<TrainingState> known,
            Batches batches,
            Optional<Patience> patience,
            Rates rates,
            double seconds) {
        if (plan.checkpoints().isEmpty()) {
            return;
        }
        TrainingState state = training.state();
        if (state.isFinite(known)) {
            plan.checkpoints().get().take(checkpoint(seconds, state, batches, patience, rates));
        }
    }

    private TrainingCheckpoint checkpoint(
            double seconds, TrainingState state, Batches batches, Optional<Patience> patience, Rates rates) {
        return new TrainingCheckpoint(
                done, seconds, state, batches.state(), entries, patience.flatMap(Patience::best), rates.state());
    }

    private void goOn(
            TrainingCheckpoint checkpoint,
            Training training,
            Batches batches,
            Optional<Patience> patience,
            Rates rates) {
        try {
            training.restore(checkpoint.training());
            batches.restore(checkpoint.batches());
        } catch (IllegalArgumentException e) {
            throw new TrainingException(network.name() + ": checkpoint of another training: " + e.getMessage(), e);
        }
        patience.ifPresent(one -> one.restore(checkpoint.best()));
        rates.restore(checkpoint.rates());
        entries.addAll(checkpoint.history());
        done = checkpoint.iterations();
        if (entries.isEmpty() || done > updates()) {
            throw new TrainingException(
                    network.name() + ": the training is to be shorter than it has been: expected at least " + done
                            + " iterations: iterations=" + updates());
        }
    }

    /** The value of the parameters as they are whenever it is asked for. */
    private DoubleSupplier monitored(EarlyStopping.Monitor which, Training training, Optional<Evaluation> validated) {
        Dataset samples = which.needsValidation() ? validation.orElseThrow() : train;
        Evaluation evaluation = which.needsValidation() ? validated.orElseThrow() : bind(training, "training", samples);
        return which.isCost()
                ? evaluation::cost
                : () -> Accuracy.of(
                                evaluation.outputs(), samples, network.loss().targets())
                        .value();
    }

    /** What goes into the history only does not count as time of the training. */
    private History.Test look(Evaluation evaluation, Optional<Dataset> samples) {
        long start = System.nanoTime();
        double cost = evaluation.cost();
        Optional<Accuracy> accuracy = Optional.empty();
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (network.loss().classifies() || !plan.metrics().isEmpty()) {
            double[] outputs = evaluation.outputs();
            Dataset data = samples.orElseThrow();
            if (network.loss().classifies()) {
                accuracy = Optional.of(Accuracy.of(outputs, data, network.loss().targets()));
            }
            plan.metrics().forEach((name, metric) -> metrics.put(name, metric.applyAsDouble(outputs, data)));
        }
        aside += System.nanoTime() - start;
        return new History.Test(cost, accuracy, metrics);
    }

    private Training bind() {
        try {
            return engine.train(train, settings);
        } catch (IllegalArgumentException e) {
            throw new TrainingException("data do not fit the network: " + e.getMessage(), e);
        }
    }

    private static Evaluation bind(Training training, String which, Dataset samples) {
        try {
            return training.evaluate(samples);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(which + " data do not fit the network: " + e.getMessage(), e);
        }
    }

    /** The last update is the only one whose effect no cost shows. */
    private void requireFinite(double[] parameters, Divergence divergence) {
        for (int i = 0; i < parameters.length; i++) {
            if (!Double.isFinite(parameters[i])) {
                throw divergence.ofParameter(done, i, parameters[i]);
            }
        }
    }
}
