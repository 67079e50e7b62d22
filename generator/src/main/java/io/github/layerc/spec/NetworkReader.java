package io.github.layerc.spec;

import io.github.layerc.network.Initializer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spec.YamlNode.Mapping;
import java.util.Optional;
import java.util.function.Function;

/**
 * From YAML nodes to the network: what the keys of a spec mean. An {@link Optional} that is empty stands for a value with an error, already
 * reported; rules that need such a value are skipped, so that one mistake makes one error.
 */
final class NetworkReader {
    static final String FULL_BATCH = "full";
    private static final Initializer DEFAULT_INITIALIZER = Initializer.scaledNormal(1);
    private static final long MAX_SEED = 0xFFFF_FFFFL;

    private final SpecErrors errors;

    NetworkReader(SpecErrors errors) {
        this.errors = errors;
    }

    Network read(YamlNode document) {
        if (!(document instanceof Mapping mapping)) {
            errors.add(document.position(), "spec must be a mapping of keys to values: spec=" + document.shown());
            throw errors.toException();
        }
        Section spec = new Section(errors, "", mapping, SpecKeys.SPEC);
        Optional<String> name = spec.require("network").flatMap(JavaName::ofClass);
        Optional<String> packageName = optional(spec, "package", JavaName::ofPackage, "");
        Network.Builder network = Network.builder(packageName.orElse(""), name.orElse(""));
        new LayersReader(errors, spec).addTo(network);
        optional(spec, "initializer", NetworkReader::initializer, DEFAULT_INITIALIZER)
                .ifPresent(network::initializer);
        optional(spec, "training", NetworkReader::training, TrainingSettings.DEFAULT)
                .ifPresent(network::training);
        optional(spec, "precision", value -> value.word(Precision.values(), Precision::keyword), Precision.FLOAT)
                .ifPresent(network::precision);
        optional(spec, "threads", value -> value.integer(1, Network.MOST_THREADS), 1L)
                .ifPresent(threads -> network.threads(threads.intValue()));
        errors.throwIfAny();
        return network.build();
    }

    private static Optional<Initializer> initializer(Value value) {
        return value.section("initializer: ", SpecKeys.INITIALIZER).flatMap(NetworkReader::initializer);
    }

    private static Optional<Initializer> initializer(Section section) {
        Optional<Initializer.Kind> kind = optional(
                section,
                "kind",
                value -> value.word(Initializer.Kind.values(), Initializer.Kind::keyword),
                DEFAULT_INITIALIZER.kind());
        boolean needsScale = kind.filter(Initializer.Kind.NORMAL::equals).isPresent();
        boolean refusesScale =
                kind.filter(Initializer.Kind.SCALED_NORMAL::equals).isPresent();
        Optional<Double> scale = needsScale
                ? section.require("scale").flatMap(Value::positive)
                : optional(
                        section,
                        "scale",
                        value -> refusesScale ? value.fail("scale goes with kind normal only") : value.positive(),
                        1.0);
        Optional<Long> seed =
                optional(section, "seed", value -> value.integer(0, MAX_SEED), DEFAULT_INITIALIZER.seed());
        return kind.isPresent() && scale.isPresent() && seed.isPresent()
                ? Optional.of(new Initializer(kind.get(), scale.get(), seed.get()))
                : Optional.empty();
    }

    private static Optional<TrainingSettings> training(Value value) {
        return value.section("training: ", SpecKeys.TRAINING).flatMap(NetworkReader::training);
    }

    private static Optional<TrainingSettings> training(Section section) {
        TrainingSettings defaults = TrainingSettings.DEFAULT;
        Optional<Optimizer> optimizer = optional(
                section,
                "optimizer",
                value -> value.word(Optimizer.values(), Optimizer::keyword),
                defaults.optimizer());
        Optional<Double> rate = optional(section, "learning_rate", Value::positive, defaults.learningRate());
        Optional<Integer> iterations = optional(section, "iterations", Value::size, defaults.iterations());
        Optional<String> batch = optional(section, "batch", NetworkReader::batch, FULL_BATCH);
        return optimizer.isPresent() && rate.isPresent() && iterations.isPresent() && batch.isPresent()
                ? Optional.of(new TrainingSettings(optimizer.get(), rate.get(), iterations.get()))
                : Optional.empty();
    }

    private static Optional<String> batch(Value value) {
        Optional<String> full = value.text().filter(FULL_BATCH::equals);
        return full.isPresent() ? full : value.fail("batch must be full, nothing else is supported yet");
    }

    /** The value of a key if it is there, else the default, unless the key is there and only misspelt. */
    private static <T> Optional<T> optional(
            Section section, String key, Function<Value, Optional<T>> reading, T absent) {
        Optional<Value> value = section.get(key);
        if (value.isPresent()) {
            return reading.apply(value.get());
        }
        return section.isMeant(key) ? Optional.empty() : Optional.of(absent);
    }
}
