package io.github.layerc.peers;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import jdk.incubator.vector.FloatVector;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j's network of dense layers, fitted to arrays that were made once. Its workspaces are on, as they are by default, so it reuses
 * its own memory; the collections of garbage that it asks for now and then are off.
 */
final class Dl4jPeer implements Peer {
    private final MultiLayerNetwork net;
    private final INDArray x;
    private final INDArray y;

    Dl4jPeer(Task task, double learningRate) {
        // read when the library is loaded, once in a JVM: the build for the longest registers that this machine has
        System.setProperty(
                "org.bytedeco.javacpp.platform.extension",
                FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512 ? "-avx512" : "-avx2");
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        Network network = task.network();
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new Sgd(learningRate))
                .weightInit(WeightInit.ZERO)
                .list();
        for (Layer layer : network.layers()) {
            Activation activation = Activation.fromString(layer.activation().keyword());
            if (layer == network.output()) {
                LossFunction loss = activation == Activation.SOFTMAX ? LossFunction.MCXENT : LossFunction.XENT;
                layers.layer(new OutputLayer.Builder(loss)
                        .nIn(layer.fanIn())
                        .nOut(layer.units())
                        .activation(activation)
                        .build());
            } else {
                layers.layer(new DenseLayer.Builder()
                        .nIn(layer.fanIn())
                        .nOut(layer.units())
                        .activation(activation)
                        .build());
            }
        }
        net = new MultiLayerNetwork(layers.build());
        net.init();
        // weights are [fan-in][units] in column-major order, so the flat parameters are in the canonical layout
        net.setParams(Nd4j.create(task.parameters(), new long[] {1, network.parameterCount()}));
        x = Nd4j.create(task.samples(), new long[] {task.batch(), network.inputs()});
        y = Nd4j.create(task.targets(), new long[] {task.batch(), network.outputs()});
    }

    @Override
    public Object predict() {
        return net.output(x, false);
    }

    @Override
    public Object trainStep() {
        net.fit(x, y);
        return net;
    }

    @Override
    public double[] outputs() {
        return net.output(x, false).dup('c').data().asDouble();
    }

    @Override
    public double[] parameters() {
        return net.params().dup().data().asDouble();
    }

    @Override
    public void close() {
        net.close();
    }
}
