package io.github.layerc.interpreter;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import java.util.List;
import java.util.Objects;

/**
 * How much an output of a network changes with each value of its input: the gradient of one output by one sample, in double whatever the precision of
 * the network. Over a picture it shows which pixels the output hangs on (Simonyan, Vedaldi and Zisserman 2013).
 *
 * <p>From {@code da = 1} for the wanted output, else 0, layer by layer {@code dz = da f'(z)} and {@code da_prev = dz W}, and for the stored values of
 * the sample at last {@code dx = scale dz1 W1}. An instance owns its workspace and belongs to one thread.
 */
public final class InputGradient {
    private final Network network;
    private final double[] parameters;
    private final DoubleActivations[] functions;
    private final DoubleNormalization[] normalizations;

    /** By layer, as are pre-activations and deltas. */
    private final double[][] activations;

    private final double[][] preActivations;
    private final double[][] deltas;
    private final double[] input;

    /**
     * For some parameters of a network.
     *
     * @param parameters in the canonical layout; they are not copied, but where there is batch normalisation
     * @throws IllegalArgumentException if there are not as many as the network has
     */
    public InputGradient(Network network, double[] parameters) {
        if (parameters.length != network.parameterCount()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.parameterCount()
                    + " parameters: parameters=" + parameters.length);
        }
        List<Layer> layers = network.layers();
        this.network = network;
        this.parameters = network.batchNorm().isPresent() ? folded(network, parameters) : parameters;
        this.normalizations =
                layers.stream().map(layer -> new DoubleNormalization(layer, 1)).toArray(DoubleNormalization[]::new);
        this.functions = layers.stream().map(DoubleActivations::new).toArray(DoubleActivations[]::new);
        this.activations =
                layers.stream().map(layer -> new double[layer.units()]).toArray(double[][]::new);
        this.preActivations =
                layers.stream().map(layer -> new double[layer.units()]).toArray(double[][]::new);
        this.deltas = layers.stream().map(layer -> new double[layer.units()]).toArray(double[][]::new);
        this.input = new double[network.inputs()];
    }

    /**
     * The gradient of an output by the stored, unscaled values of a sample, in their order. It is 0 throughout where the output does not depend on them,
     * as behind a relu whose units are all off or a sigmoid that has reached 0 or 1; NaN or infinite only where values or parameters overflow.
     *
     * @param sample its stored values
     * @param output from 0 on
     * @throws IllegalArgumentException if the sample does not have the network's number of inputs
     * @throws IndexOutOfBoundsException if there is no such output
     */
    public double[] of(double[] sample, int output) {
        if (sample.length != network.inputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.inputs()
                    + " inputs: values of the sample=" + sample.length);
        }
        Objects.checkIndex(output, network.outputs());
        for (int i = 0; i < sample.length; i++) {
            input[i] = network.input().scale().apply(sample[i]);
        }
        List<Layer> layers = network.layers();
        for (int l = 0; l < layers.size(); l++) {
            forward(layers.get(l), l == 0 ? input : activations[l - 1]);
        }
        int last = layers.size() - 1;
        double[] gradient = new double[network.outputs()];
        gradient[output] = 1;
        for (int l = last; l >= 0; l--) {
            System.arraycopy(gradient, 0, deltas[l], 0, gradient.length);
            double[] place = functions[l].differentiatedAtZ() ? preActivations[l] : activations[l];
            functions[l].timesDerivative(place, deltas[l], 1);
            if (normalizations[l].applies(false)) {
                normalizations[l].backward(deltas[l], 1, parameters);
            }
            gradient = timesWeights(layers.get(l), deltas[l]);
        }
        double factor = network.input().scale().factor();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
        return gradient;
    }

    private static double[] folded(Network network, double[] parameters) {
        double[] folded = parameters.clone();
        Normalization.fold(network, folded);
        return folded;
    }

    private void forward(Layer layer, double[] in) {
        int l = layer.number() - 1;
        double[] a = activations[l];
        boolean normalized = normalizations[l].applies(false);
        for (int u = 0; u < layer.units(); u++) {
            int row = layer.weightsAt() + u * layer.fanIn();
            double bias = normalized ? 0 : parameters[layer.biasAt() + u];
            a[u] = DoubleInterpreter.dot(in, 0, parameters, row, layer.fanIn()) + bias;
        }
        if (normalized) {
            normalizations[l].forward(a, 1, parameters, false);
        }
        System.arraycopy(a, 0, preActivations[l], 0, a.length);
        functions[l].activate(a, 1);
    }

    /** {@code dz W}. */
    private double[] timesWeights(Layer layer, double[] dz) {
        double[] sum = new double[layer.fanIn()];
        for (int u = 0; u < layer.units(); u++) {
            DoubleInterpreter.addScaled(sum, 0, parameters, layer.weightsAt() + u * layer.fanIn(), sum.length, dz[u]);
        }
        return sum;
    }
}
