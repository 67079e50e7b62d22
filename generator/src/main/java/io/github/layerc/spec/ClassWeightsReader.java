package io.github.layerc.spec;

import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Precision;
import io.github.layerc.spec.text.YamlNode;
import io.github.layerc.spec.text.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads what the samples of each class count: a word, a number for each class in a list, or a mapping from classes to numbers. */
final class ClassWeightsReader {
    private final Value value;
    private final Precision precision;
    private final int classes;

    private ClassWeightsReader(Value value, Precision precision, int classes) {
        this.value = value;
        this.precision = precision;
        this.classes = classes;
    }

    /** @param task whose loss and outputs say which classes there are; where these are wrong, nothing is read */
    static Optional<ClassWeights> read(Value value, Precision precision, LayersReader.Task task) {
        Optional<Loss> loss = task.loss();
        if (loss.isPresent() && !loss.get().targets().classifies()) {
            return value.fail("class_weights need a loss with classes, which "
                    + loss.get().keyword() + " has not");
        }
        if (task.batchNorm()) {
            return value.fail("class_weights take the samples of a step apart, which batch_norm needs together");
        }
        return task.outputs()
                .flatMap(outputs -> new ClassWeightsReader(value, precision, ClassWeights.classes(outputs)).read());
    }

    private Optional<ClassWeights> read() {
        if (value.text().filter(ClassWeights.BALANCED_WORD::equals).isPresent()) {
            return Optional.of(ClassWeights.BALANCED);
        }
        return value.node() instanceof Mapping
                ? value.section("training: class_weights: ", keys()).flatMap(this::ofClasses)
                : inOrder();
    }

    private List<String> keys() {
        return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }

    private Optional<ClassWeights> ofClasses(Section section) {
        List<Optional<Value>> values = keys().stream().map(section::require).toList();
        return weights(values.stream().flatMap(Optional::stream).toList());
    }

    private Optional<ClassWeights> inOrder() {
        if (!(value.node() instanceof YamlNode.Sequence sequence)
                || sequence.items().size() != classes) {
            return value.fail("class_weights must be " + ClassWeights.BALANCED_WORD + " or a number for each of "
                    + classes + " classes");
        }
        return weights(sequence.items().stream().map(value::withNode).toList());
    }

    private Optional<ClassWeights> weights(List<Value> values) {
        List<Double> weights = new ArrayList<>();
        for (Value each : values) {
            each.named("weight")
                    .number(precision, ClassWeights::accepts, "must be at least 0 and finite")
                    .ifPresent(weights::add);
        }
        if (weights.size() < classes) {
            return Optional.empty();
        }
        return weights.stream().allMatch(weight -> weight == 0)
                ? value.fail("class_weights must have one above 0")
                : Optional.of(new ClassWeights(weights));
    }
}
