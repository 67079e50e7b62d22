package io.github.layerc.spec;

import io.github.layerc.network.Initializer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spec.text.Position;
import io.github.layerc.spec.text.SpecErrors;
import io.github.layerc.spec.text.YamlNode;
import io.github.layerc.spec.text.YamlNode.Mapping;
import io.github.layerc.table.Table;
import java.util.Optional;

/**
 * From YAML nodes to the network: what the keys of a spec mean. An {@link Optional} that is empty stands for a value with an error, already
 * reported; rules that need such a value are skipped, so that one mistake makes one error.
 */
final class NetworkReader {
    private static final Initializer DEFAULT_INITIALIZER = Initializer.scaledNormal(1);
    private static final String SEED = "seed";
    static final long MAX_SEED = 0xFFFF_FFFFL;

    private final SpecErrors errors;
    private final Section spec;
    private Optional<Table> table = Optional.empty();

    NetworkReader(SpecErrors errors, YamlNode document) {
        if (!(document instanceof Mapping mapping)) {
            errors.add(document.position(), "spec must be a mapping of keys to values: spec=" + document.shown());
            throw errors.toException();
        }
        this.errors = errors;
        this.spec = new Section(errors, "", mapping, SpecKeys.SPEC);
    }

    /** Where the name of the network stands, in a spec without an error. */
    Position nameAt() {
        return spec.require("network").orElseThrow().node().position();
    }

    /** The columns that the spec names, once it has been read. */
    Optional<Table> table() {
        return table;
    }

    Network read() {
        Optional<String> name = spec.require("network").flatMap(JavaName::ofClass);
        Optional<String> packageName = spec.read("package", JavaName::ofPackage, "");
        if (name.isPresent() && packageName.isPresent()) {
            JavaName.requireNoPackage(spec.get("network").orElseThrow(), packageName.get(), name.get());
        }
        Network.Builder network = Network.builder(packageName.orElse(""), name.orElse(""));
        Optional<Precision> read =
                spec.read("precision", value -> value.word(Precision.values(), Precision::keyword), Precision.FLOAT);
        read.ifPresent(network::precision);
        // what holds every number where the word is wrong
        Precision precision = read.orElse(Precision.DOUBLE);
        LayersReader.Task task = new LayersReader(errors, spec, precision).addTo(network);
        table = OutputReader.read(spec, task);
        spec.read("initializer", value -> initializer(value, precision), DEFAULT_INITIALIZER)
                .ifPresent(network::initializer);
        spec.read("training", value -> training(value, precision, task), TrainingSettings.DEFAULT)
                .ifPresent(network::training);
        spec.read("threads", value -> value.integer(1, Network.MOST_THREADS), 1L)
                .ifPresent(threads -> network.threads(threads.intValue()));
        errors.throwIfAny();
        return network.build();
    }

    /** A word is the kind, with the usual seed. */
    private static Optional<Initializer> initializer(Value value, Precision precision) {
        KindReader<Initializer.Kind> kinds = new KindReader<>(value, Initializer.Kind.all(), precision);
        if (!kinds.isMapping()) {
            return kinds.read().map(kind -> new Initializer(kind, DEFAULT_INITIALIZER.seed()));
        }
        return kinds.section(SEED).flatMap(section -> {
            Optional<Initializer.Kind> kind = kinds.read(section, DEFAULT_INITIALIZER.kind());
            Optional<Long> seed = section.read(SEED, number -> number.integer(0, MAX_SEED), DEFAULT_INITIALIZER.seed());
            return kind.isPresent() && seed.isPresent()
                    ? Optional.of(new Initializer(kind.get(), seed.get()))
                    : Optional.empty();
        });
    }

    private static Optional<TrainingSettings> training(Value value, Precision precision, LayersReader.Task task) {
        return value.section("training: ", SpecKeys.TRAINING)
                .flatMap(section -> TrainingReader.read(section, precision, task));
    }
}
