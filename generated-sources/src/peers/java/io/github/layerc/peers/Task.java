package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import io.github.layerc.benchmark.Workload;
import io.github.layerc.command.Engines;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Scale;

/**
 * What every engine does once: an operation of a network on a batch. Its samples, targets and parameters are the same in every JVM.
 *
 * @param className generated class of the network, for one thread
 * @param threads that the engine may use
 * @param sweep whether it belongs to the sweep over widths and batches
 */
record Task(String className, Operation operation, int batch, int threads, boolean sweep) {
    private static final String NETWORKS = "io.github.layerc.peers.networks.";
    private static final String ADAM = "io.github.layerc.peers.adam.";

    /** From so many on, a step of the Gram form is little but products. */
    private static final int MANY_SAMPLES = 32;

    Network network() {
        return Engines.of(className).network();
    }

    /** The same behind {@link #samples()}: its input has no scale. */
    Network networkOfScaledSamples() {
        Network network = network();
        return new Network(
                network.packageName(),
                network.name(),
                new Input(network.input().shape(), Scale.ONE),
                network.layers(),
                network.loss(),
                network.initializer(),
                network.training(),
                network.precision(),
                network.threads());
    }

    /** {@code CatNet4}, which has a name in the documentation, or the sizes: {@code [16,32,32,1]}, with an optimizer behind it that is not gradient descent. */
    String label() {
        String sizes = network().layerDims().toString().replace(" ", "");
        return className.startsWith(ADAM)
                ? sizes + ":" + optimizer().keyword()
                : className.startsWith(NETWORKS) ? sizes : network().name();
    }

    /** Of the steps. */
    Optimizer optimizer() {
        return network().training().optimizer();
    }

    /**
     * The class that was generated for this number of threads. One for more than one thread comes from a spec of its own, whose package says
     * so: {@code io.github.layerc.peers.threads2.CatNet4}.
     */
    String generatedClass() {
        return threads == 1
                ? className
                : "io.github.layerc.peers.threads" + threads + className.substring(className.lastIndexOf('.'));
    }

    boolean hasGeneratedClass() {
        return Task.class.getResource("/" + generatedClass().replace('.', '/') + ".class") != null;
    }

    /** Whether it is a training step over many samples, but fewer than inputs: the Gram form is for those. */
    boolean suitsGramForm() {
        return operation == Operation.TRAIN_STEP
                && optimizer().linear()
                && batch >= MANY_SAMPLES
                && batch < network().inputs();
    }

    Workload workload() {
        return new Workload(network(), batch);
    }

    /** Scaled samples, {@code [batch][inputs]}: who cannot scale by itself is not charged for it. */
    float[] samples() {
        float[] samples = new float[Math.multiplyExact(batch, network().inputs())];
        workload().dataset().copySamples(0, batch, network().input().scale(), samples, 0);
        return samples;
    }

    /** Targets, {@code [batch][outputs]}. */
    float[] targets() {
        Dataset dataset = workload().dataset();
        float[] targets = new float[batch * network().outputs()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float)
                    dataset.target(i / network().outputs(), i % network().outputs());
        }
        return targets;
    }

    /** First parameters as the network's initializer draws them, rounded to float, in the canonical layout. */
    float[] parameters() {
        try (FloatEngine engine = Interpreter.createFloat(network(), 1)) {
            engine.initialize();
            return engine.parameters();
        }
    }

    /** FLOPs of the whole batch. */
    long flops() {
        return operation.flops(network(), batch);
    }

    @Override
    public String toString() {
        return label() + " " + operation.keyword() + " of " + batch + (threads == 1 ? "" : ", " + threads + " threads");
    }
}
