package io.github.layerc.exchange.chain;

import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Precision;
import java.util.List;

/**
 * A model of another tool, once it is understood.
 *
 * @param place the file, for messages
 * @param inputShape sizes of the axes of a sample
 * @param stages from the values of a sample to its outputs
 * @param classes their names, empty where the file has none
 * @param notes what somebody who imports it should know, a line each
 */
public record Chain(
        Object place, List<Integer> inputShape, List<Stage> stages, List<String> classes, List<String> notes) {

    public Chain {
        inputShape = List.copyOf(inputShape);
        stages = List.copyOf(stages);
        classes = List.copyOf(classes);
        notes = List.copyOf(notes);
    }

    /** In which the file has its weights; in float where some of them are in less than double. */
    Precision precision() {
        return stages.stream()
                        .filter(Stage.Product.class::isInstance)
                        .allMatch(stage -> ((Stage.Product) stage).type() == Element.DOUBLE)
                ? Precision.DOUBLE
                : Precision.FLOAT;
    }
}
