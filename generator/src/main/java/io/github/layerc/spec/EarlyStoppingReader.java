package io.github.layerc.spec;

import io.github.layerc.network.EarlyStopping;
import java.util.Optional;

/** Reads when a training ends before its time: the section {@code early_stopping} of the training. */
final class EarlyStoppingReader {
    private EarlyStoppingReader() {}

    static Optional<EarlyStopping> read(Value value) {
        return value.section("early_stopping: ", SpecKeys.EARLY_STOPPING).flatMap(EarlyStoppingReader::read);
    }

    private static Optional<EarlyStopping> read(Section section) {
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
}
