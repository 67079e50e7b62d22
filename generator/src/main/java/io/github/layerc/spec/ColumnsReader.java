package io.github.layerc.spec;

import io.github.layerc.network.Precision;
import io.github.layerc.spec.text.YamlNode;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.ColumnNames;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Transform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the columns of the input: each a name and what is done with its values, or several with the same settings. */
final class ColumnsReader {
    private static final String PLACE = "input: columns: ";

    private final Precision precision;
    private final Set<String> names = new HashSet<>();
    private final List<Column> columns = new ArrayList<>();
    private boolean wrong;

    private ColumnsReader(Precision precision) {
        this.precision = precision;
    }

    /**
     * The columns; empty where one has an error.
     *
     * @param precision in which what stands for a missing value has to be a number
     */
    static Optional<List<Column>> read(Value value, Precision precision) {
        ColumnsReader reader = new ColumnsReader(precision);
        Optional<List<YamlNode>> entries = value.list(1, "1 column", ColumnNames.MOST);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 1; i <= entries.get().size(); i++) {
            reader.column(new Value(
                    value.errors(), PLACE + i + ": ", "column", entries.get().get(i - 1)));
        }
        return reader.wrong ? Optional.empty() : Optional.of(reader.columns);
    }

    /** An entry: a name alone, or a mapping. */
    private void column(Value entry) {
        Optional<String> word = entry.text();
        if (word.isPresent()) {
            add(
                    entry,
                    word,
                    ColumnKind.NUMBER,
                    Optional.of(List.of()),
                    Optional.of(Transform.NONE),
                    Optional.of(Missing.ERROR));
            return;
        }
        Optional<Section> section = entry.section(entry.place(), SpecKeys.COLUMN);
        if (section.isEmpty()) {
            wrong = true;
            return;
        }
        Section keys = section.get();
        List<Value> names = names(keys);
        wrong |= names.isEmpty();
        Optional<ColumnKind> kind =
                keys.read("kind", value -> value.word(ColumnKind.values(), ColumnKind::keyword), usualKind(keys));
        if (kind.isEmpty()) {
            wrong = true;
            return;
        }
        Optional<List<String>> values = values(keys, kind.get());
        Optional<Transform> transform =
                keys.read("transform", value -> transform(value, kind.get()), Transform.usual(kind.get()));
        Optional<Missing> missing = keys.read(
                "missing", value -> missing(value, kind.get(), values.orElse(List.of()), transform), Missing.ERROR);
        names.forEach(value -> add(value, scalar(value), kind.get(), values, transform, missing));
    }

    /** One name, or several with the same settings; none where that is wrong. */
    private static List<Value> names(Section keys) {
        Optional<Value> several = keys.get("names");
        if (several.isEmpty()) {
            return keys.require("name").map(List::of).orElse(List.of());
        }
        if (keys.has("name")) {
            several.get().fail("name and names exclude each other");
            return List.of();
        }
        return several.get()
                .list(1, "1 name", ColumnNames.MOST)
                .map(nodes -> nodes.stream()
                        .map(node -> several.get().withNode(node).named("name"))
                        .toList())
                .orElse(List.of());
    }

    /** Values are those of a category. */
    private static ColumnKind usualKind(Section keys) {
        return keys.has("values") ? ColumnKind.CATEGORY : ColumnKind.NUMBER;
    }

    private void add(
            Value at,
            Optional<String> name,
            ColumnKind kind,
            Optional<List<String>> values,
            Optional<Transform> transform,
            Optional<Missing> missing) {
        wrong |= values.isEmpty() || transform.isEmpty() || missing.isEmpty();
        Optional<String> text = name.filter(some -> !some.isBlank());
        if (text.isEmpty()) {
            wrong = true;
            at.fail("name must be that of a column");
            return;
        }
        boolean isPattern = ColumnNames.isPattern(text.get());
        List<String> all = ColumnNames.of(text.get());
        if (all.isEmpty()) {
            wrong = true;
            at.fail("ranges of names must rise, and be of at most " + ColumnNames.MOST + " names");
            return;
        }
        boolean grouped = isPattern && missing.isPresent() && !missing.get().indicates();
        if (isPattern && (kind != ColumnKind.NUMBER || !grouped)) {
            wrong = true;
            at.fail("ranges of names are for numbers, without an indicator");
            return;
        }
        for (String each : all) {
            if (!names.add(each)) {
                wrong = true;
                at.named("column").fail("columns must have different names: name " + YamlNode.visible(each, 60));
                return;
            }
        }
        if (!wrong) {
            String group = isPattern ? text.get() : "";
            all.forEach(each -> columns.add(new Column(
                    each, group, kind, values.orElseThrow(), transform.orElseThrow(), missing.orElseThrow())));
        }
    }

    private static Optional<List<String>> values(Section keys, ColumnKind kind) {
        Optional<Value> values = kind == ColumnKind.CATEGORY ? keys.require("values") : keys.get("values");
        if (kind != ColumnKind.CATEGORY) {
            return values.isPresent() ? values.get().fail("values go with kind category only") : Optional.of(List.of());
        }
        return values.flatMap(value -> words(value, "2 values"));
    }

    /**
     * A list of different texts, quoted or not; what YAML takes for numbers and truth values is text here.
     *
     * @param entries the smallest number in words, for the error
     */
    static Optional<List<String>> words(Value value, String entries) {
        Optional<List<YamlNode>> nodes = value.list(2, entries, ColumnNames.MOST);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (YamlNode node : nodes.get()) {
            Optional<String> word = scalar(value.withNode(node)).filter(text -> !text.isEmpty());
            if (word.isEmpty()) {
                return value.withNode(node).fail(value.name() + " must be texts");
            }
            if (words.contains(word.get())) {
                return value.withNode(node).fail(value.name() + " must be different");
            }
            words.add(word.get());
        }
        return Optional.of(words);
    }

    /** What stands in a file for it, whatever YAML takes it for. */
    static Optional<String> scalar(Value value) {
        return value.node() instanceof YamlNode.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    private static Optional<Transform> transform(Value value, ColumnKind kind) {
        Optional<Transform> transform = KindReader.read(value, Transform.all(), Precision.DOUBLE);
        if (transform.isPresent() && !transform.get().goesWith(kind)) {
            String others = Transform.all().stream()
                    .filter(each -> each.goesWith(kind))
                    .map(Transform::keyword)
                    .collect(Collectors.joining(", "));
            return value.fail("transform of a " + kind.keyword() + " must be one of " + others);
        }
        return transform;
    }

    private Optional<Missing> missing(
            Value value, ColumnKind kind, List<String> values, Optional<Transform> transform) {
        KindReader<Missing> kinds = new KindReader<>(value, Missing.all(), precision);
        if (kinds.isMapping() && kind != ColumnKind.NUMBER) {
            return constant(value, kind == ColumnKind.BOOLEAN ? List.of("false", "true") : values);
        }
        Optional<Missing> missing = kinds.read();
        if (missing.isEmpty()) {
            return missing;
        }
        if (!missing.get().goesWith(kind)) {
            String others = Missing.all().stream()
                    .filter(each -> each.goesWith(kind))
                    .map(Missing::keyword)
                    .collect(Collectors.joining(", "));
            return value.fail("missing of a " + kind.keyword() + " must be one of " + others);
        }
        if (missing.get().equals(Missing.CONSTANT) && kind != ColumnKind.NUMBER) {
            return value.fail("constant of a " + kind.keyword() + " must be a mapping with its value");
        }
        boolean defined = missing.get().settings().stream()
                .allMatch(setting ->
                        transform.map(some -> some.accepts(setting.value())).orElse(true));
        return defined
                ? missing
                : value.fail("constant must be " + transform.orElseThrow().domain());
    }

    /** A constant that is a word. */
    private static Optional<Missing> constant(Value value, List<String> words) {
        Optional<Section> section = value.section(value.place() + value.name() + ": ", List.of("kind", "value"));
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> kind = section.get()
                .require("kind")
                .flatMap(each -> each.word(List.of(Missing.CONSTANT), Missing::keyword))
                .map(Missing::keyword);
        Optional<Value> constant = section.get().require("value");
        if (kind.isEmpty() || constant.isEmpty()) {
            return Optional.empty();
        }
        int place = Stream.of(scalar(constant.get()))
                .flatMap(Optional::stream)
                .mapToInt(words::indexOf)
                .findFirst()
                .orElse(-1);
        return place < 0
                ? constant.get().fail("value must be one of " + String.join(", ", words))
                : Optional.of(Missing.constant(place));
    }
}
