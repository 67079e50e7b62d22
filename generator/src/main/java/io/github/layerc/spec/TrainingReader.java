package io.github.layerc.spec;

import io.github.layerc.network.Form;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads how a network is trained: the section {@code training} of a spec. */
final class TrainingReader {
    static final String FULL_BATCH = "full";

    private final Section section;
    private final Precision precision;
    private final Optional<Optimizer> optimizer;

    private TrainingReader(Section section, Precision precision) {
        this.section = section;
        this.precision = precision;
        this.optimizer = section.read(
                "optimizer",
                value -> KindReader.read(value, Optimizer.all(), precision),
                TrainingSettings.DEFAULT.optimizer());
    }

    /** @param precision in which the numbers have to be what they must */
    static Optional<TrainingSettings> read(Section section, Precision precision) {
        return new TrainingReader(section, precision).read();
    }

    private Optional<TrainingSettings> read() {
        TrainingSettings defaults = TrainingSettings.DEFAULT;
        Optional<Double> momentum = section.read(
                "momentum",
                this::momentum,
                optimizer.map(TrainingSettings::usualMomentum).orElse(0.0));
        Optional<Double> l2 = section.read(
                "l2",
                value -> value.number(
                        precision, number -> number >= 0 && Double.isFinite(number), "must be at least 0 and finite"),
                defaults.l2());
        Optional<Double> rate =
                section.read("learning_rate", value -> value.positive(precision), defaults.learningRate());
        Optional<Integer> iterations = section.read("iterations", Value::size, defaults.iterations());
        Optional<Integer> batch = section.read("batch", TrainingReader::batch, defaults.batch());
        Optional<Form> form = section.read("form", this::form, defaults.form());
        boolean complete = Stream.of(optimizer, momentum, l2, rate, iterations, batch, form)
                .allMatch(Optional::isPresent);
        return complete
                ? Optional.of(new TrainingSettings(
                        optimizer.get(),
                        rate.get(),
                        iterations.get(),
                        batch.get(),
                        momentum.get(),
                        l2.get(),
                        form.get()))
                : Optional.empty();
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

    private static Optional<Integer> batch(Value value) {
        if (value.text().filter(FULL_BATCH::equals).isPresent()) {
            return Optional.of(TrainingSettings.FULL_BATCH);
        }
        return value.isInteger()
                ? value.size()
                : value.fail("batch must be " + FULL_BATCH + " or an integer in decimal digits");
    }

    private Optional<Form> form(Value value) {
        Optional<Form> form = value.word(Form.values(), Form::keyword);
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
