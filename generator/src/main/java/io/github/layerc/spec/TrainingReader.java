package io.github.layerc.spec;

import io.github.layerc.metrics.Metric;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spec.text.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads how a network is trained: the section {@code training} of a spec. */
final class TrainingReader {
    static final String FULL_BATCH = "full";

    private static final String WITHOUT_L1 = "a cost without kinks, and so no l1";

    private final Section section;
    private final Precision precision;
    private final LayersReader.Task task;
    private final Optional<Optimizer> optimizer;

    private TrainingReader(Section section, Precision precision, LayersReader.Task task) {
        this.section = section;
        this.precision = precision;
        this.task = task;
        this.optimizer = section.read(
                "optimizer",
                value -> KindReader.read(value, Optimizer.all(), precision).map(read -> goesWithLayers(read, value)),
                TrainingSettings.DEFAULT.optimizer());
    }

    /** With an error reported no network is made of it, but other rules ask for the optimizer. */
    private Optimizer goesWithLayers(Optimizer read, Value value) {
        if (read.searches() && task.drops()) {
            value.fail(needs(read, "a cost that is the same whenever it looks, without dropout of layers"));
        }
        if (read.searches() && task.batchNorm()) {
            value.fail(
                    needs(read, "a running mean that looks at the cost do not move, and so no batch_norm of layers"));
        }
        if (read.searches() && task.hasL1()) {
            value.fail(needs(read, WITHOUT_L1 + " of layers"));
        }
        return read;
    }

    private static String needs(Optimizer optimizer, String what) {
        return "optimizer " + optimizer.keyword() + " needs " + what;
    }

    /** An error where there is something that an optimizer cannot search with. */
    private <T> Optional<T> unlessItSearches(Value value, Optional<T> read, boolean there, String what) {
        return there && optimizer.filter(Optimizer::searches).isPresent()
                ? value.fail(needs(optimizer.get(), what))
                : read;
    }

    /**
     * What the section says.
     *
     * @param precision in which the numbers have to be what they must
     * @param task that metrics and form have to go with
     */
    static Optional<TrainingSettings> read(Section section, Precision precision, LayersReader.Task task) {
        return new TrainingReader(section, precision, task).read();
    }

    /** A number of a {@link Penalty}, of a layer or of all. */
    static Optional<Double> penalty(Value value, Precision precision) {
        return value.number(precision, Penalty::accepts, "must be at least 0 and finite");
    }

    private Optional<TrainingSettings> read() {
        TrainingSettings defaults = TrainingSettings.DEFAULT;
        Optional<Double> momentum = section.read(
                "momentum",
                this::momentum,
                optimizer.map(TrainingSettings::usualMomentum).orElse(0.0));
        Optional<Double> l1 = section.read("l1", this::l1, defaults.l1());
        Optional<Double> l2 = section.read("l2", value -> penalty(value, precision), defaults.l2());
        Optional<Optional<ClassWeights>> classWeights =
                section.read("class_weights", this::classWeights, Optional.empty());
        Optional<Optional<Clip>> clip = section.read("clip", this::clip, Optional.empty());
        Optional<Double> averaging = section.read(
                "averaging",
                value -> value.number(
                        decay -> decay > 0 && TrainingSettings.acceptsAveraging(decay), "must be above 0 and below 1"),
                defaults.averaging());
        Optional<Double> rate = section.read(
                "learning_rate",
                value -> value.positive(precision),
                optimizer.map(TrainingSettings::usualLearningRate).orElse(defaults.learningRate()));
        Optional<RateSchedule> schedule = section.read(
                "schedule",
                // rates are computed in double, whatever the precision of the network
                value -> KindReader.read(value, RateSchedule.all(), Precision.DOUBLE),
                defaults.schedule());
        boolean inEpochs = section.has("epochs");
        Optional<Integer> iterations = section.read("iterations", Value::size, inEpochs ? 0 : defaults.iterations());
        Optional<Integer> epochs = section.read("epochs", this::epochs, 0);
        Optional<Double> validation = section.read(
                "validation",
                value -> value.number(
                        share -> share > 0 && TrainingSettings.acceptsValidation(share), "must be above 0 and below 1"),
                defaults.validation());
        Optional<Optional<EarlyStopping>> earlyStopping =
                section.read("early_stopping", TrainingReader::earlyStopping, Optional.empty());
        Optional<Integer> batch = section.read("batch", this::batch, defaults.batch());
        Optional<Form> form = section.read("form", value -> form(value, l1), defaults.form());
        Optional<List<String>> metrics = section.read("metrics", this::metrics, defaults.metrics());
        boolean complete = Stream.of(
                        optimizer,
                        momentum,
                        l1,
                        l2,
                        classWeights,
                        clip,
                        averaging,
                        rate,
                        schedule,
                        iterations,
                        epochs,
                        batch,
                        form,
                        validation,
                        earlyStopping,
                        metrics)
                .allMatch(Optional::isPresent);
        return complete
                ? Optional.of(new TrainingSettings(
                        optimizer.get(),
                        rate.get(),
                        schedule.get(),
                        iterations.get(),
                        epochs.get(),
                        batch.get(),
                        momentum.get(),
                        l1.get(),
                        l2.get(),
                        classWeights.get(),
                        clip.get(),
                        averaging.get(),
                        form.get(),
                        validation.get(),
                        earlyStopping.get(),
                        metrics.get()))
                : Optional.empty();
    }

    private Optional<List<String>> metrics(Value value) {
        return value.list(1, "1 metric", Integer.MAX_VALUE).flatMap(nodes -> {
            List<String> names = new ArrayList<>();
            for (YamlNode node : nodes) {
                Value each = new Value(value.errors(), value.place(), "metric", node);
                each.word(Metric.values(), Metric::keyword)
                        .flatMap(metric -> metric(each, metric, names))
                        .ifPresent(names::add);
            }
            return names.size() == nodes.size() ? Optional.of(names) : Optional.empty();
        });
    }

    /** @param others that come before it */
    private Optional<String> metric(Value value, Metric metric, List<String> others) {
        String keyword = metric.keyword();
        if (others.contains(keyword)) {
            return value.fail("metrics must be different");
        }
        if (task.loss().isPresent() && !metric.goesWith(task.loss().get())) {
            Loss loss = task.loss().get();
            return value.fail("metric " + keyword + " does not go with loss " + loss.keyword() + ", which is for "
                    + (!loss.classifies()
                            ? "regressions"
                            : loss.targets().probabilities() ? "classes" : "margins of classes"));
        }
        return task.outputs().isPresent() && !metric.goesWith(task.outputs().get())
                ? value.fail("metric " + keyword + " needs more than " + metric.tooFew() + " outputs")
                : Optional.of(keyword);
    }

    private Optional<Optional<ClassWeights>> classWeights(Value value) {
        Optional<ClassWeights> read = ClassWeightsReader.read(value, precision, task);
        return read.isPresent() ? Optional.of(read) : Optional.empty();
    }

    private Optional<Optional<Clip>> clip(Value value) {
        Optional<Clip> read = KindReader.read(value, Clip.all(), precision);
        Optional<Optional<Clip>> clip = read.isPresent() ? Optional.of(read) : Optional.empty();
        return unlessItSearches(value, clip, read.isPresent(), "gradients that are not clipped");
    }

    private Optional<Double> l1(Value value) {
        Optional<Double> read = penalty(value, precision);
        return unlessItSearches(value, read, read.orElse(0.0) > 0, WITHOUT_L1);
    }

    /** A training may have none, so what is read is one more thing that may be there. */
    private static Optional<Optional<EarlyStopping>> earlyStopping(Value value) {
        Optional<EarlyStopping> read =
                value.section("early_stopping: ", SpecKeys.EARLY_STOPPING).flatMap(TrainingReader::ruleOfStopping);
        return read.isPresent() ? Optional.of(read) : Optional.empty();
    }

    private static Optional<EarlyStopping> ruleOfStopping(Section section) {
        EarlyStopping defaults = EarlyStopping.DEFAULT;
        Optional<EarlyStopping.Monitor> monitor = section.read(
                "monitor",
                value -> value.word(EarlyStopping.Monitor.values(), EarlyStopping.Monitor::keyword),
                defaults.monitor());
        Optional<Integer> patience = section.read("patience", Value::size, defaults.patience());
        Optional<Double> minDelta = section.read(
                "min_delta",
                value ->
                        value.number(number -> number >= 0 && Double.isFinite(number), "must be at least 0 and finite"),
                defaults.minDelta());
        return monitor.isPresent() && patience.isPresent() && minDelta.isPresent()
                ? Optional.of(new EarlyStopping(monitor.get(), patience.get(), minDelta.get()))
                : Optional.empty();
    }

    private Optional<Integer> epochs(Value value) {
        return section.has("iterations") ? value.fail("epochs and iterations exclude each other") : value.size();
    }

    private Optional<Double> momentum(Value value) {
        if (optimizer.isPresent() && !optimizer.get().hasMomentum()) {
            String withMomentum = Optimizer.all().stream()
                    .filter(Optimizer::hasMomentum)
                    .map(Optimizer::keyword)
                    .collect(Collectors.joining(" or "));
            return value.fail("momentum goes with optimizer " + withMomentum + " only");
        }
        return value.number(precision, number -> number >= 0 && number < 1, "must be at least 0 and below 1");
    }

    private Optional<Integer> batch(Value value) {
        if (value.text().filter(FULL_BATCH::equals).isPresent()) {
            return Optional.of(TrainingSettings.FULL_BATCH);
        }
        if (value.isInteger()) {
            Optional<Integer> size = value.size();
            return unlessItSearches(value, size, size.isPresent(), "all samples in every update, batch " + FULL_BATCH);
        }
        return value.fail("batch must be " + FULL_BATCH + " or an integer in decimal digits");
    }

    /** @param l1 of layers that say none, empty where it is wrong */
    private Optional<Form> form(Value value, Optional<Double> l1) {
        Optional<Form> form = value.word(Form.values(), Form::keyword);
        if (form.isPresent() && !form.get().accepts(!section.has("clip"))) {
            return value.fail("form " + form.get().keyword() + " needs gradients that are not clipped");
        }
        if (form.isPresent() && !form.get().accepts(!section.has("averaging"))) {
            return value.fail("form " + form.get().keyword() + " needs parameters that are not averaged");
        }
        if (form.isPresent() && !form.get().accepts(task.firstL1().orElse(l1.orElse(0.0)) == 0)) {
            return value.fail("form " + form.get().keyword()
                    + " needs a first layer without l1, which looks at the sign of each weight");
        }
        if (form.isPresent() && !form.get().accepts(!task.batchNorm())) {
            return value.fail("form " + form.get().keyword()
                    + " needs layers without batch_norm, which is folded into weights that it does not make");
        }
        boolean refused = form.isPresent()
                && optimizer.isPresent()
                && !form.get().accepts(optimizer.get().linear());
        return refused
                ? value.fail("form " + form.get().keyword()
                        + " needs updates that are linear combinations of gradients and weights, which those of "
                        + optimizer.get().keyword() + " are not")
                : form;
    }
}
