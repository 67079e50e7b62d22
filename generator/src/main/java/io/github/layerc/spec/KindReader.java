package io.github.layerc.spec;

import io.github.layerc.network.Precision;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import io.github.layerc.spec.text.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one of several kinds: its keyword, or {@code {kind: keyword, setting: number}} where it has settings. */
final class KindReader<K extends Kind<K>> {
    private static final String KIND = "kind";

    private final Value value;
    private final List<K> all;
    private final Precision precision;

    /** @param precision in which the settings have to be what they must */
    KindReader(Value value, List<K> all, Precision precision) {
        this.value = value;
        this.all = all;
        this.precision = precision;
    }

    static <K extends Kind<K>> Optional<K> read(Value value, List<K> all, Precision precision) {
        return new KindReader<>(value, all, precision).read();
    }

    boolean isMapping() {
        return value.node() instanceof YamlNode.Mapping;
    }

    /** A word, or a mapping that has to name its kind. */
    Optional<K> read() {
        return isMapping()
                ? section()
                        .flatMap(section ->
                                section.require(KIND).flatMap(this::word).flatMap(kind -> settings(section, kind)))
                : word(value);
    }

    /** The mapping with the keys of all kinds, and more that are not for this reader. */
    Optional<Section> section(String... more) {
        List<String> keys = Stream.concat(keys(), Stream.of(more)).toList();
        return value.section(value.place() + value.name() + ": ", keys);
    }

    /** What such a mapping says; one that names no kind is of the usual one. */
    Optional<K> read(Section section, K usual) {
        return section.read(KIND, this::word, usual).flatMap(kind -> settings(section, kind));
    }

    private Stream<String> keys() {
        return Stream.concat(
                        Stream.of(KIND),
                        all.stream().flatMap(kind -> kind.settings().stream().map(Setting::name)))
                .distinct();
    }

    private Optional<K> word(Value word) {
        return word.named(value.name()).word(all, Kind::keyword);
    }

    private Optional<K> settings(Section section, K kind) {
        List<Double> numbers = new ArrayList<>();
        boolean complete = true;
        for (Setting setting : kind.settings()) {
            Optional<Double> number = section.read(
                    setting.name(),
                    found -> found.number(precision, setting.accepts(), setting.rule()),
                    setting.value());
            number.ifPresent(numbers::add);
            complete &= number.isPresent();
        }
        List<String> own = kind.settings().stream().map(Setting::name).toList();
        for (String key : keys().toList()) {
            Optional<Value> other = key.equals(KIND) || own.contains(key) ? Optional.empty() : section.get(key);
            if (other.isPresent()) {
                other.get().fail(key + " goes with " + value.name() + " " + having(key) + " only");
                complete = false;
            }
        }
        // with an error reported no network is made of it, but other rules ask for the kind
        return Optional.of(complete ? with(kind, numbers) : kind);
    }

    /** What numbers have to say to each other. */
    private K with(K kind, List<Double> numbers) {
        try {
            return kind.with(numbers);
        } catch (IllegalArgumentException e) {
            value.errors().add(value.node().position(), value.place() + value.name() + ": " + e.getMessage());
            return kind;
        }
    }

    private String having(String setting) {
        return all.stream()
                .filter(kind ->
                        kind.settings().stream().anyMatch(each -> each.name().equals(setting)))
                .map(Kind::keyword)
                .collect(Collectors.joining(" or "));
    }
}
