package io.github.layerc.spec;

import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Precision;
import io.github.layerc.spec.text.YamlNode;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnNames;
import io.github.layerc.table.Split;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import io.github.layerc.table.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a network of named columns predicts, a label or targets, and which rows test it. */
final class OutputReader {
    private static final String PLACE = "output: ";

    private final Section spec;
    private final LayersReader.Task task;

    private OutputReader(Section spec, LayersReader.Task task) {
        this.spec = spec;
        this.task = task;
    }

    /** The table of a spec that names its columns; empty of others, and where there is an error. */
    static Optional<Table> read(Section spec, LayersReader.Task task) {
        return new OutputReader(spec, task).read();
    }

    private Optional<Table> read() {
        if (!task.hasColumns()) {
            for (String key : List.of("output", "split")) {
                spec.get(key).ifPresent(value -> value.fail(key + " goes with the columns of an input only"));
            }
            return Optional.empty();
        }
        Optional<Section> output = spec.require("output").flatMap(value -> value.section(PLACE, SpecKeys.OUTPUT));
        if (output.isEmpty()) {
            return Optional.empty();
        }
        Section keys = output.get();
        Optional<Value> label = keys.get("label");
        Optional<Value> targets = keys.get("targets");
        if (label.isPresent() == targets.isPresent()) {
            if (label.isPresent()) {
                targets.get().fail("label and targets exclude each other");
            } else if (!keys.isMeant("label") && !keys.isMeant("targets")) {
                keys.missing("expected label or targets");
            }
            return Optional.empty();
        }
        Optional<Table> table = label.isPresent() ? label(keys, label.get()) : targets(keys, targets.get());
        Optional<Split> split =
                spec.read("split", value -> split(value, label.isPresent()), Split.usual(label.isPresent()));
        return split.isPresent() ? table.map(some -> some.withSplit(split.get())) : Optional.empty();
    }

    private Optional<Table> label(Section keys, Value label) {
        Optional<String> name = newName(label);
        Optional<List<String>> classes =
                keys.require("classes").flatMap(value -> ColumnsReader.words(value, "2 classes"));
        if (task.loss().isPresent() && !task.loss().get().classifies()) {
            return label.fail("a label needs a loss with classes, which "
                    + task.loss().get().keyword() + " has not");
        }
        if (classes.isPresent() && task.outputs().isPresent()) {
            int count = classes.get().size();
            int found = ClassWeights.classes(task.outputs().get());
            if (count != found) {
                return keys.get("classes").orElseThrow().fail("classes must be the " + found + " of the output layer");
            }
        }
        return name.isPresent() && classes.isPresent() && task.columns().isPresent()
                ? Optional.of(Table.builder()
                        .columns(task.columns().get())
                        .label(name.get(), classes.get().toArray(String[]::new))
                        .build())
                : Optional.empty();
    }

    private Optional<Table> targets(Section keys, Value value) {
        if (keys.has("classes")) {
            return keys.get("classes").orElseThrow().fail("classes go with a label only");
        }
        Optional<List<YamlNode>> nodes = value.list(1, "1 target", ColumnNames.MOST);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        List<Target> read = new ArrayList<>();
        for (int i = 1; i <= nodes.get().size(); i++) {
            Value entry = new Value(
                    value.errors(),
                    PLACE + "targets: " + i + ": ",
                    "target",
                    nodes.get().get(i - 1));
            Optional<Target> target = target(entry, read);
            if (target.isEmpty()) {
                return Optional.empty();
            }
            read.add(target.get());
        }
        if (task.loss().map(Loss::classifies).orElse(false)) {
            return value.fail("targets need a loss of a regression, which "
                    + task.loss().orElseThrow().keyword() + " is not");
        }
        int outputs = task.outputs().orElse(read.size());
        if (outputs != read.size()) {
            return value.fail("targets must be as many as the " + outputs + " outputs");
        }
        return task.columns().map(columns -> {
            Table.Builder table = Table.builder().columns(columns);
            read.forEach(target -> table.target(target.name(), target.transform()));
            return table.build();
        });
    }

    private Optional<Target> target(Value entry, List<Target> others) {
        Optional<Section> section = entry.text().isPresent()
                ? Optional.empty()
                : entry.section(entry.place(), List.of("name", "transform"));
        if (entry.text().isEmpty() && section.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> at = section.isPresent() ? section.get().require("name") : Optional.of(entry);
        Optional<Transform> transform = section.isPresent()
                ? section.get().read("transform", OutputReader::transform, Transform.NONE)
                : Optional.of(Transform.NONE);
        Optional<String> name = at.flatMap(this::newName);
        if (name.isEmpty() || transform.isEmpty()) {
            return Optional.empty();
        }
        if (others.stream().anyMatch(other -> other.name().equals(name.get()))) {
            return at.get().fail("targets must be different");
        }
        return Optional.of(new Target(name.get(), transform.get()));
    }

    private static Optional<Transform> transform(Value value) {
        Optional<Transform> transform = KindReader.read(value, Transform.all(), Precision.DOUBLE);
        if (transform.isPresent() && !transform.get().goesWithTargets()) {
            String others = Transform.all().stream()
                    .filter(Transform::goesWithTargets)
                    .map(Transform::keyword)
                    .collect(Collectors.joining(", "));
            return value.fail("transform of a target must be one of " + others);
        }
        return transform;
    }

    /** A name that no column of the input has. */
    private Optional<String> newName(Value value) {
        Optional<String> name = ColumnsReader.scalar(value).filter(text -> !text.isBlank());
        if (name.isEmpty()) {
            return value.fail(value.name() + " must be the name of a column");
        }
        boolean isInput =
                task.columns().stream().flatMap(List::stream).map(Column::name).anyMatch(name.get()::equals);
        return isInput ? value.fail(value.name() + " must not be a column of the input") : name;
    }

    private static Optional<Split> split(Value value, boolean labelled) {
        Optional<Section> section = value.section("split: ", SpecKeys.SPLIT);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Section keys = section.get();
        Split usual = Split.usual(labelled);
        Optional<Split.Kind> kind = keys.read("kind", each -> kind(each, labelled), usual.kind());
        Optional<Double> test = keys.read(
                "test",
                each -> each.number(share -> share > 0 && share < 1, "must be above 0 and below 1"),
                usual.test());
        Optional<Long> seed = keys.read("seed", each -> each.integer(0, NetworkReader.MAX_SEED), usual.seed());
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> column = kind.get().hasColumn() ? keys.require("column") : keys.get("column");
        if (column.isPresent() && !kind.get().hasColumn()) {
            String having = Stream.of(Split.Kind.values())
                    .filter(Split.Kind::hasColumn)
                    .map(Split.Kind::keyword)
                    .collect(Collectors.joining(" or "));
            return column.get().fail("column goes with kind " + having + " only");
        }
        Optional<String> name = column.flatMap(ColumnsReader::scalar).filter(text -> !text.isBlank());
        if (column.isPresent() && name.isEmpty()) {
            return column.get().fail("column must be the name of one");
        }
        return test.isPresent()
                        && seed.isPresent()
                        && (name.isPresent() || !kind.get().hasColumn())
                ? Optional.of(new Split(kind.get(), name.orElse(""), test.get(), seed.get()))
                : Optional.empty();
    }

    private static Optional<Split.Kind> kind(Value value, boolean labelled) {
        Optional<Split.Kind> kind = value.word(Split.Kind.values(), Split.Kind::keyword);
        return kind.isPresent() && kind.get() == Split.Kind.STRATIFIED && !labelled
                ? value.fail("a stratified split needs a label")
                : kind;
    }
}
