package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.OutputClass;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import java.util.Optional;

/**
 * How many samples of a data set an engine puts into the right class, as {@link OutputClass} has it. A sample of no class is not right.
 */
public record Accuracy(int correct, int count) {

    /**
     * Predicts all samples.
     *
     * @throws IllegalArgumentException if samples or targets do not fit the engine's network, or its outputs are no classes, see {@link
     *     Loss#classifies()}
     */
    public static Accuracy of(Engine engine, Dataset data) {
        Network network = engine.network();
        if (!network.loss().classifies()) {
            throw new IllegalArgumentException(
                    "network " + network.name() + " has no accuracy: its outputs are not classes: loss="
                            + network.loss().keyword());
        }
        if (data.outputs() != network.outputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.outputs()
                    + " outputs: targets of a sample=" + data.outputs());
        }
        return of(engine.predict(data), data, network.loss().targets());
    }

    /** The same where the network has an accuracy; empty where it is a regression. */
    public static Optional<Accuracy> ifAny(Engine engine, Dataset data) {
        return engine.network().loss().classifies() ? Optional.of(of(engine, data)) : Optional.empty();
    }

    /** @param outputs of the samples, row-major {@code [samples][outputs]} */
    static Accuracy of(double[] outputs, Dataset data, TargetRule rule) {
        int units = data.outputs();
        int correct = 0;
        for (int s = 0; s < data.count(); s++) {
            int at = s * units;
            int predicted = OutputClass.of(rule, units, u -> outputs[at + u]);
            correct += predicted == data.targetClass(s, rule) ? 1 : 0;
        }
        return new Accuracy(correct, data.count());
    }

    /** The share of correct samples, from 0 to 1. */
    public double value() {
        return correct / (double) count;
    }
}
