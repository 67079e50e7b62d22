package io.github.layerc.tensorboard;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.training.History;

/**
 * A training as events: costs, accuracies, metrics and learning rates of its history, each with its iteration as step, and how the parameters in the end are distributed.
 */
public final class TrainingEvents {
    private TrainingEvents() {}

    /**
     * The bytes of the file.
     *
     * @param parameters in the canonical layout, all finite
     * @param iterations updates that led to them
     * @param seconds since 1970
     */
    public static byte[] of(History history, Network network, double[] parameters, int iterations, double seconds) {
        EventFile events = new EventFile(seconds);
        for (History.Entry entry : history.entries()) {
            events.scalar("cost/train", entry.iteration(), entry.cost());
            entry.test().ifPresent(test -> add(events, "test", entry.iteration(), test));
            entry.validation().ifPresent(test -> add(events, "validation", entry.iteration(), test));
            entry.learningRate().ifPresent(rate -> events.scalar("learning_rate", entry.iteration(), rate));
        }
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                events.histogram("parameters/" + each.name(), iterations, parameters, each.at(), each.end());
            }
        }
        return events.toByteArray();
    }

    private static void add(EventFile events, String set, int iteration, History.Test test) {
        events.scalar("cost/" + set, iteration, test.cost());
        test.accuracy().ifPresent(accuracy -> events.scalar("accuracy/" + set, iteration, accuracy.value()));
        test.metrics().forEach((name, value) -> events.scalar(name + "/" + set, iteration, value));
    }
}
