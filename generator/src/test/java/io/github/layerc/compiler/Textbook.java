package io.github.layerc.compiler;

import io.github.layerc.data.Dataset;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;

/**
 * Trains a network as a textbook writes it: one sample after the other, one sum after the other, in double, over the canonical parameters. It
 * shares nothing with the engines but the activations.
 */
final class Textbook {
    private final Network network;
    private final Dataset data;
    private final TrainingSettings settings;
    private final double[] parameters;
    private final double[] velocity;
    private final double[] squares;
    private int steps;

    Textbook(Network network, Dataset data, TrainingSettings settings, double[] parameters) {
        this.network = network;
        this.data = data;
        this.settings = settings;
        this.parameters = parameters.clone();
        this.velocity = new double[parameters.length];
        this.squares = new double[parameters.length];
    }

    double[] parameters() {
        return parameters;
    }

    /** The cost before the update. */
    double step(int[] rows, double rate) {
        double[] gradients = new double[parameters.length];
        double cost = 0;
        for (int row : rows) {
            cost += addGradients(row, 1.0 / rows.length, gradients) / rows.length;
        }
        for (Layer layer : network.layers()) {
            for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                double w = parameters[i];
                double l1 = settings.penaltyOf(layer).l1();
                double l2 = settings.penaltyOf(layer).l2();
                cost += l1 * Math.abs(w) + l2 / 2 * w * w;
                gradients[i] += (w > 0 ? l1 : w < 0 ? -l1 : 0) + l2 * w;
            }
        }
        steps++;
        if (settings.optimizer().keyword().equals("adamw")) {
            for (Layer layer : network.layers()) {
                for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                    parameters[i] -= rate * 0.01 * parameters[i];
                }
            }
        }
        double mu = settings.momentum();
        for (int i = 0; i < parameters.length; i++) {
            double g = gradients[i];
            switch (settings.optimizer().keyword()) {
                case "gradient_descent" -> parameters[i] -= rate * g;
                case "momentum" -> {
                    velocity[i] = mu * velocity[i] + g;
                    parameters[i] -= rate * velocity[i];
                }
                case "nesterov" -> {
                    velocity[i] = mu * velocity[i] + g;
                    parameters[i] -= rate * (g + mu * velocity[i]);
                }
                case "rmsprop" -> {
                    squares[i] = 0.9 * squares[i] + 0.1 * g * g;
                    parameters[i] -= rate * g / (Math.sqrt(squares[i]) + 1e-8);
                }
                case "adagrad" -> {
                    squares[i] += g * g;
                    parameters[i] -= rate * g / (Math.sqrt(squares[i]) + 1e-10);
                }
                case "nadam" -> {
                    velocity[i] = 0.9 * velocity[i] + 0.1 * g;
                    squares[i] = 0.999 * squares[i] + 0.001 * g * g;
                    double square = squares[i] / (1 - Math.pow(0.999, steps));
                    double mean = momentum(steps + 1) * velocity[i] / (1 - momenta(steps + 1))
                            + (1 - momentum(steps)) * g / (1 - momenta(steps));
                    parameters[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
                }
                case "adam", "adamw" -> {
                    velocity[i] = 0.9 * velocity[i] + 0.1 * g;
                    squares[i] = 0.999 * squares[i] + 0.001 * g * g;
                    double mean = velocity[i] / (1 - Math.pow(0.9, steps));
                    double square = squares[i] / (1 - Math.pow(0.999, steps));
                    parameters[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
                }
                default -> throw new AssertionError("no textbook for " + settings.optimizer());
            }
        }
        return cost;
    }

    /** Of nadam in a step, from 1. */
    static double momentum(int step) {
        return 0.9 * (1 - 0.5 * Math.pow(0.96, step / 250.0));
    }

    /** The product of those of all steps up to this one. */
    static double momenta(int step) {
        double product = 1;
        for (int i = 1; i <= step; i++) {
            product *= momentum(i);
        }
        return product;
    }

    /** Adds the gradients of one sample and returns its loss. */
    private double addGradients(int row, double weight, double[] gradients) {
        int depth = network.layers().size();
        double[][] a = new double[depth + 1][];
        a[0] = new double[network.inputs()];
        for (int i = 0; i < a[0].length; i++) {
            a[0][i] = data.sample(row, i) * network.input().scale().factor();
        }
        for (Layer layer : network.layers()) {
            a[layer.number()] = forward(layer, a[layer.number() - 1]);
        }
        double[] outputs = a[depth];
        double[] dz = new double[outputs.length];
        double loss = 0;
        for (int u = 0; u < outputs.length; u++) {
            double y = data.target(row, u);
            if (network.loss().equals(Loss.MEAN_SQUARED_ERROR)) {
                loss += Math.pow(outputs[u] - y, 2) / outputs.length;
                dz[u] = 2
                        * (outputs[u] - y)
                        / outputs.length
                        * derivative(network.output().activation(), outputs[u]);
            } else {
                loss -= (y * Math.log(outputs[u]) + (1 - y) * Math.log(1 - outputs[u])) / outputs.length;
                dz[u] = (outputs[u] - y) / outputs.length;
            }
        }
        for (int l = depth; l >= 1; l--) {
            dz = backward(network.layers().get(l - 1), a[l - 1], dz, weight, gradients);
        }
        return loss;
    }

    private static double derivative(Activation activation, double a) {
        // none of the activations of its networks needs z
        return FormulaTape.at(activation.derivative(), Double.NaN, a, Double.NaN);
    }

    private double[] forward(Layer layer, double[] in) {
        double[] out = new double[layer.units()];
        for (int u = 0; u < out.length; u++) {
            double z = parameters[layer.biasAt() + u];
            for (int i = 0; i < in.length; i++) {
                z += parameters[layer.weightsAt() + u * layer.fanIn() + i] * in[i];
            }
            out[u] = FormulaTape.at(layer.activation().value(), z, Double.NaN, Double.NaN);
        }
        return out;
    }

    /** Adds the gradients of a layer and returns the deltas of the one before. */
    private double[] backward(Layer layer, double[] in, double[] dz, double weight, double[] gradients) {
        double[] before = new double[in.length];
        for (int u = 0; u < dz.length; u++) {
            gradients[layer.biasAt() + u] += weight * dz[u];
            for (int i = 0; i < in.length; i++) {
                int at = layer.weightsAt() + u * layer.fanIn() + i;
                gradients[at] += weight * dz[u] * in[i];
                before[i] += dz[u] * parameters[at];
            }
        }
        if (layer.number() > 1) {
            for (int i = 0; i < in.length; i++) {
                before[i] *= derivative(network.layers().get(layer.number() - 2).activation(), in[i]);
            }
        }
        return before;
    }
}
