package io.github.layerc.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.layerc.benchmark.Operation;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * PyTorch through DJL: the network as operations on arrays, with PyTorch's own gradients. Samples, targets and parameters are arrays made once;
 * what an operation makes is freed as soon as it ends. The loss is computed from the pre-activation of the output layer, the usual stable form,
 * in as few operations as there are for it; an update is one call for each array.
 *
 * <p>Of the ways through this library these were the fastest: plain operations take less time than its trainer over blocks, with the same
 * arithmetic, and a training step takes less time where samples are columns, {@code Z = W A + b}, a prediction where they are rows.
 */
final class DjlPeer implements Peer {
    private static final String PYTORCH = "PyTorch";

    private final Network network;
    private final boolean columns;
    private final float learningRate;
    private final Engine engine;
    private final NDManager manager;
    private final NDArray x;
    private final NDArray y;
    private final NDArray[] weights;
    private final NDArray[] biases;
    private final Optional<DjlAdam> adam;
    private final List<NDArray> temporary = new ArrayList<>();

    DjlPeer(Task task, double learningRate) {
        // read when the engine starts, once in a JVM
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(task.threads()));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true");
        this.network = task.network();
        this.columns = task.operation() == Operation.TRAIN_STEP;
        this.learningRate = (float) learningRate;
        this.engine = Engine.getEngine(PYTORCH);
        this.manager = NDManager.newBaseManager(PYTORCH);
        this.x = samples(task.samples(), task.batch(), network.inputs());
        this.y = samples(task.targets(), task.batch(), network.outputs());
        float[] parameters = task.parameters();
        int count = network.layers().size();
        this.weights = new NDArray[count];
        this.biases = new NDArray[count];
        for (Layer layer : network.layers()) {
            int i = layer.number() - 1;
            float[] w = Arrays.copyOfRange(parameters, layer.weightsAt(), layer.biasAt());
            float[] b = Arrays.copyOfRange(parameters, layer.biasAt(), layer.end());
            weights[i] = manager.create(w, new Shape(layer.units(), layer.fanIn()));
            biases[i] = manager.create(b, columns ? new Shape(layer.units(), 1) : new Shape(layer.units()));
            weights[i].setRequiresGradient(true);
            biases[i].setRequiresGradient(true);
        }
        this.adam = task.optimizer().equals(Optimizer.GRADIENT_DESCENT)
                ? Optional.empty()
                : Optional.of(new DjlAdam(task.optimizer(), this.learningRate));
    }

    private NDArray samples(float[] values, int count, int size) {
        NDArray rows = manager.create(values, new Shape(count, size));
        return columns ? rows.transpose().duplicate() : rows;
    }

    @Override
    public Object predict() {
        float[] outputs = activation(network.output(), preActivation()).toFloatArray();
        free();
        return outputs;
    }

    @Override
    public Object trainStep() {
        try (GradientCollector collector = engine.newGradientCollector()) {
            collector.backward(cost(preActivation()));
        }
        adam.ifPresent(DjlAdam::begin);
        for (int i = 0; i < weights.length; i++) {
            update(weights[i]);
            update(biases[i]);
        }
        free();
        return weights[0];
    }

    /** Of the output layer. */
    private NDArray preActivation() {
        NDArray a = x;
        NDArray z = x;
        for (Layer layer : network.layers()) {
            int i = layer.number() - 1;
            z = columns
                    ? keep(keep(weights[i].matMul(a)).add(biases[i]))
                    : keep(a.getNDArrayInternal()
                            .linear(a, weights[i], biases[i])
                            .singletonOrThrow());
            if (layer != network.output()) {
                a = activation(layer, z);
            }
        }
        return z;
    }

    private NDArray activation(Layer layer, NDArray z) {
        return keep(
                switch (layer.activation().keyword()) {
                    case "relu" -> z.getNDArrayInternal().relu();
                    case "sigmoid" -> z.getNDArrayInternal().sigmoid();
                    case "tanh" -> z.getNDArrayInternal().tanh();
                    case "softmax" -> z.softmax(unitAxis());
                    case "identity" -> z.duplicate();
                    default ->
                        throw new IllegalArgumentException("not built with this library here: activation="
                                + layer.activation().text());
                });
    }

    /** Binary cross-entropy of a sigmoid is ln(1 + exp(z)) - y z; that of a softmax is minus the sum of y ln softmax(z). */
    private NDArray cost(NDArray z) {
        if (network.output().activation() == Activation.SOFTMAX) {
            NDArray losses = keep(keep(z.logSoftmax(unitAxis())).mul(y));
            return keep(keep(losses.sum()).mul(-1f / y.getShape().get(1 - unitAxis())));
        }
        NDArray positive = keep(z.getNDArrayInternal().softPlus());
        return keep(keep(positive.sub(keep(z.mul(y)))).mean());
    }

    private int unitAxis() {
        return columns ? 0 : 1;
    }

    private void update(NDArray parameter) {
        NDArray gradient = keep(parameter.getGradient());
        if (adam.isPresent()) {
            adam.get().update(parameter, gradient);
        } else {
            parameter
                    .getNDArrayInternal()
                    .sgdUpdate(
                            new NDList(parameter, gradient), new NDList(parameter), learningRate, 0, 1, -1, 0, false);
        }
    }

    private NDArray keep(NDArray array) {
        temporary.add(array);
        return array;
    }

    private void free() {
        for (NDArray array : temporary) {
            array.close();
        }
        temporary.clear();
    }

    /** For a task that predicts: the other has its outputs in columns. */
    @Override
    public double[] outputs() {
        return Floats.widened((float[]) predict());
    }

    @Override
    public double[] parameters() {
        double[] parameters = new double[network.parameterCount()];
        for (Layer layer : network.layers()) {
            int i = layer.number() - 1;
            double[] w = Floats.widened(weights[i].toFloatArray());
            double[] b = Floats.widened(biases[i].toFloatArray());
            System.arraycopy(w, 0, parameters, layer.weightsAt(), w.length);
            System.arraycopy(b, 0, parameters, layer.biasAt(), b.length);
        }
        return parameters;
    }

    @Override
    public void close() {
        manager.close();
    }
}
