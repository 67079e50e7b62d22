package io.github.layerc.peers;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.util.List;
import smile.base.mlp.ActivationFunction;
import smile.base.mlp.Cost;
import smile.base.mlp.HiddenLayer;
import smile.base.mlp.HiddenLayerBuilder;
import smile.base.mlp.LayerBuilder;
import smile.base.mlp.OutputFunction;
import smile.base.mlp.OutputLayer;
import smile.base.mlp.OutputLayerBuilder;
import smile.classification.MLP;
import smile.math.TimeFunction;
import smile.math.matrix.Matrix;

/**
 * Smile's multilayer perceptron: in double, and a sample at a time by matrix-vector products of a native BLAS, whatever the batch; a training
 * step is its update of a mini-batch. Its layers draw their parameters themselves, so they are subclassed here to take ours.
 */
final class SmilePeer implements Peer {
    private final Network network;
    private final Perceptron perceptron;
    private final double[][] samples;
    private final int[] classes;
    private final double[][] posteriors;

    SmilePeer(Task task, double learningRate) {
        network = task.network();
        float[] parameters = task.parameters();
        List<Layer> layers = network.layers();
        LayerBuilder[] builders = new LayerBuilder[layers.size() + 1];
        builders[0] = smile.base.mlp.Layer.input(network.inputs());
        for (Layer layer : layers) {
            builders[layer.number()] =
                    layer == network.output() ? new Output(layer, parameters) : new Hidden(layer, parameters);
        }
        perceptron = new Perceptron(builders);
        perceptron.setLearningRate(TimeFunction.constant(learningRate));
        samples = rows(task.samples(), network.inputs());
        double[][] targets = rows(task.targets(), network.outputs());
        classes = new int[targets.length];
        for (int s = 0; s < targets.length; s++) {
            for (int u = 0; u < targets[s].length; u++) {
                if (targets[s][u] == 1) {
                    classes[s] = targets[s].length == 1 ? 1 : u;
                }
            }
        }
        posteriors = new double[task.batch()][Math.max(2, network.outputs())];
    }

    @Override
    public Object predict() {
        for (int s = 0; s < samples.length; s++) {
            perceptron.predict(samples[s], posteriors[s]);
        }
        return posteriors;
    }

    @Override
    public Object trainStep() {
        perceptron.update(samples, classes);
        return perceptron;
    }

    @Override
    public double[] outputs() {
        predict();
        double[] outputs = new double[samples.length * network.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            double[] row = posteriors[i / network.outputs()];
            outputs[i] = network.outputs() == 1 ? row[1] : row[i % network.outputs()];
        }
        return outputs;
    }

    @Override
    public double[] parameters() {
        return perceptron.copyParameters(network);
    }

    @Override
    public void close() {
        // memory of the heap only
    }

    private static double[][] rows(float[] values, int length) {
        double[][] rows = new double[values.length / length][length];
        for (int i = 0; i < values.length; i++) {
            rows[i / length][i % length] = values[i];
        }
        return rows;
    }

    private static void fill(Matrix weights, double[] bias, Layer layer, float[] parameters) {
        for (int u = 0; u < layer.units(); u++) {
            for (int k = 0; k < layer.fanIn(); k++) {
                weights.set(u, k, parameters[layer.weightsAt() + u * layer.fanIn() + k]);
            }
            bias[u] = parameters[layer.biasAt() + u];
        }
    }

    /** Layers whose parameters can be read. */
    private interface Readable {
        Matrix weights();

        double[] biases();
    }

    private static final class Perceptron extends MLP {
        private static final long serialVersionUID = 1;

        Perceptron(LayerBuilder... builders) {
            super(builders);
        }

        double[] copyParameters(Network network) {
            double[] parameters = new double[network.parameterCount()];
            for (Layer layer : network.layers()) {
                Readable from = (Readable) (layer == network.output() ? output : net[layer.number()]);
                for (int u = 0; u < layer.units(); u++) {
                    for (int k = 0; k < layer.fanIn(); k++) {
                        parameters[layer.weightsAt() + u * layer.fanIn() + k] =
                                from.weights().get(u, k);
                    }
                    parameters[layer.biasAt() + u] = from.biases()[u];
                }
            }
            return parameters;
        }
    }

    /** Builds a hidden layer with given parameters. */
    private static final class Hidden extends HiddenLayerBuilder {
        private final Layer layer;
        private final float[] parameters;

        Hidden(Layer layer, float[] parameters) {
            super(layer.units(), 0, ActivationFunction.rectifier());
            if (layer.activation() != Activation.RELU) {
                throw new IllegalArgumentException("expected hidden relu: activation=" + layer.activation());
            }
            this.layer = layer;
            this.parameters = parameters;
        }

        @Override
        public HiddenLayer build(int fanIn) {
            return new KnownHidden(layer, parameters);
        }
    }

    private static final class KnownHidden extends HiddenLayer implements Readable {
        private static final long serialVersionUID = 1;

        KnownHidden(Layer layer, float[] parameters) {
            super(layer.units(), layer.fanIn(), 0, ActivationFunction.rectifier());
            fill(weight, bias, layer, parameters);
        }

        @Override
        public Matrix weights() {
            return weight;
        }

        @Override
        public double[] biases() {
            return bias;
        }
    }

    /** Builds an output layer with given parameters; likelihood is the library's word for both cross-entropies. */
    private static final class Output extends OutputLayerBuilder {
        private final Layer layer;
        private final float[] parameters;

        Output(Layer layer, float[] parameters) {
            super(layer.units(), function(layer), Cost.LIKELIHOOD);
            this.layer = layer;
            this.parameters = parameters;
        }

        private static OutputFunction function(Layer layer) {
            return layer.activation() == Activation.SOFTMAX ? OutputFunction.SOFTMAX : OutputFunction.SIGMOID;
        }

        @Override
        public OutputLayer build(int fanIn) {
            return new KnownOutput(layer, parameters);
        }
    }

    private static final class KnownOutput extends OutputLayer implements Readable {
        private static final long serialVersionUID = 1;

        KnownOutput(Layer layer, float[] parameters) {
            super(layer.units(), layer.fanIn(), Output.function(layer), Cost.LIKELIHOOD);
            fill(weight, bias, layer, parameters);
        }

        @Override
        public Matrix weights() {
            return weight;
        }

        @Override
        public double[] biases() {
            return bias;
        }
    }
}
