package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All rows of a network: central differences, then every engine. Parameters are drawn for it, whatever the spec's initializer: weights normally distributed with
 * variance {@code 1 / fan-in}, all else up to 0.1 from where it starts (a bias at 0, gamma and a stored variance at 1), so that no layer has units that are alike, or pre-activations of 0.
 */
final class NetworkCheck {
    private static final long SEED = 20_260_102;
    private static final double LARGEST_SHIFT = 0.1;

    private final CheckedSamples samples;
    private final DifferenceCheck differences;
    private final EngineCheck check;

    /** @param data with targets as the loss takes them, finite; they are rounded to the precision of the network */
    NetworkCheck(Network network, Dataset data) {
        double[] parameters = parameters(network);
        this.samples = new CheckedSamples(network, rounded(network, data));
        this.differences = new DifferenceCheck(network, samples.data(), parameters);
        this.check = new EngineCheck(network, samples, parameters);
    }

    private static double[] parameters(Network network) {
        Random random = new Random(SEED);
        double[] parameters = new double[network.parameterCount()];
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                for (int i = each.at(); i < each.end(); i++) {
                    double drawn = i < layer.biasAt()
                            ? random.nextGaussian() / Math.sqrt(layer.fanIn())
                            : each.start() + LARGEST_SHIFT * (2 * random.nextDouble() - 1);
                    parameters[i] = network.precision().rounded(drawn);
                }
            }
        }
        return parameters;
    }

    private static Dataset rounded(Network network, Dataset data) {
        Precision precision = network.precision();
        int inputs = network.inputs();
        int outputs = network.outputs();
        double[] samples = new double[data.count() * inputs];
        double[] targets = new double[data.count() * outputs];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = precision.rounded(data.sample(i / inputs, i % inputs));
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = precision.rounded(data.target(i / outputs, i % outputs));
        }
        return Dataset.of(samples, inputs, targets, outputs);
    }

    int count() {
        return samples.count();
    }

    /** Samples that central differences leave out, next to a jump of an activation or of the loss. */
    int leftOut() {
        return samples.count() - differences.count();
    }

    List<CheckRow> differences() {
        return differences.rows();
    }

    /** The rows of an engine; its parameters change. */
    List<CheckRow> rows(Engine engine) {
        return new ArrayList<>(check.rows(engine));
    }
}
