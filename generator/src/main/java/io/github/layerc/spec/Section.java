package io.github.layerc.spec;

import io.github.layerc.spec.text.NearestWord;
import io.github.layerc.spec.text.Position;
import io.github.layerc.spec.text.SpecErrors;
import io.github.layerc.spec.text.YamlNode;
import io.github.layerc.spec.text.YamlNode.Entry;
import io.github.layerc.spec.text.YamlNode.Mapping;
import io.github.layerc.spec.text.YamlNode.Scalar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A mapping of the spec with the keys that it may have. Keys that it may not have, and those that come twice, are reported when the section is
 * made; of equal keys the first one counts.
 */
final class Section {
    private final SpecErrors errors;
    private final String place;
    private final Position position;
    private final List<String> keys;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Set<String> meant = new HashSet<>();

    /** @param place how errors in the section begin: {@code "layer 2: "}, or empty at the top */
    Section(SpecErrors errors, String place, Mapping mapping, List<String> keys) {
        this.errors = errors;
        this.place = place;
        this.position = mapping.position();
        this.keys = keys;
        for (Entry entry : mapping.entries()) {
            if (entry.key() instanceof Scalar key && keys.contains(key.text())) {
                known(key, entry.value());
            }
        }
        for (Entry entry : mapping.entries()) {
            if (!(entry.key() instanceof Scalar key && keys.contains(key.text()))) {
                unknown(entry.key());
            }
        }
    }

    private void known(Scalar key, YamlNode node) {
        String name = key.text();
        if (values.putIfAbsent(name, new Value(errors, place, name, node)) != null) {
            errors.add(key.position(), place + "duplicate key: key=" + name);
        }
    }

    private void unknown(YamlNode key) {
        List<String> free =
                keys.stream().filter(name -> !values.containsKey(name)).toList();
        Optional<String> nearest =
                key instanceof Scalar scalar ? NearestWord.of(scalar.text(), free) : Optional.empty();
        nearest.ifPresent(meant::add);
        String advice = nearest.map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "expected one of " + String.join(", ", keys));
        errors.add(key.position(), place + "unknown key: " + advice + ": key=" + key.shown());
    }

    Optional<Value> get(String key) {
        if (!keys.contains(key)) {
            throw new AssertionError("not a key of this section: " + key);
        }
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key that must be there. */
    Optional<Value> require(String key) {
        Optional<Value> value = get(key);
        if (value.isEmpty() && !isMeant(key)) {
            missing("key=" + key);
        }
        return value;
    }

    /** What the value of a key says if it is there, else the default, unless the key is there and only misspelt. */
    <T> Optional<T> read(String key, Function<Value, Optional<T>> reading, T absent) {
        Optional<Value> value = get(key);
        if (value.isPresent()) {
            return reading.apply(value.get());
        }
        return isMeant(key) ? Optional.empty() : Optional.of(absent);
    }

    boolean has(String key) {
        return get(key).isPresent();
    }

    /** Whether an unknown key has been taken for a misspelling of this one, which then is not missing as well. */
    boolean isMeant(String key) {
        return meant.contains(key);
    }

    void missing(String what) {
        errors.add(position, place + "missing key: " + what);
    }
}
