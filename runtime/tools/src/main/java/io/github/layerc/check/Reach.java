package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;

/**
 * How far parameters can be moved in a step before a derivative jumps: how much pre-activations and outputs move at most, layer by layer, against their distance from the
 * next jump of an activation or of the loss.
 */
final class Reach {
    private final Network network;
    private final double[] parameters;
    private final Dataset data;
    private final Bounds bounds;

    Reach(Network network, double[] parameters, Dataset data) {
        this.network = network;
        this.parameters = parameters;
        this.data = data;
        this.bounds = new Bounds(network, parameters, data).ofStep();
    }

    /**
     * How close each sample comes to a jump: the smallest distance, relative to the size of the pre-activations of that layer or of the outputs; infinite where
     * nothing jumps.
     */
    double[] distances() {
        double[] distances = new double[data.count()];
        for (int s = 0; s < distances.length; s++) {
            distances[s] = Double.POSITIVE_INFINITY;
            for (Layer layer : network.layers()) {
                double size = meanSize(bounds.preActivations(layer.number()));
                for (int i = s * layer.units(); i < (s + 1) * layer.units(); i++) {
                    distances[s] = Math.min(distances[s], jump(layer, i) / size);
                }
            }
            double size = meanSize(bounds.outputs());
            for (int i = s * network.outputs(); i < (s + 1) * network.outputs(); i++) {
                distances[s] = Math.min(distances[s], jumpOfLoss(i) / size);
            }
        }
        return distances;
    }

    private static double meanSize(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return Math.max(Double.MIN_NORMAL, sum / values.length);
    }

    private double jump(Layer layer, int i) {
        double at = bounds.preActivations(layer.number())[i];
        return layer.activation().jumps().stream()
                .mapToDouble(jump -> Math.abs(at - jump))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double jumpOfLoss(int i) {
        int outputs = network.outputs();
        return network.loss().jump() == 0
                ? Double.POSITIVE_INFINITY
                : Math.abs(bounds.outputs()[i] - data.target(i / outputs, i % outputs));
    }

    /**
     * The largest step in a direction on which nothing jumps and no pre-activation moves by more than 1, for all samples together.
     *
     * @param layer of which all parameters in the direction are
     * @param direction in the canonical layout
     */
    double step(Layer layer, double[] direction) {
        double most = Double.POSITIVE_INFINITY;
        double[] moves = movesOfProducts(layer, direction);
        for (Layer each :
                network.layers().subList(layer.number() - 1, network.layers().size())) {
            if (each.number() > layer.number()) {
                moves = carried(each, moves);
            }
            if (each.normalization().isPresent()) {
                most = Math.min(most, bounds.normalization(each).step(moves));
                moves = bounds.normalization(each).moved(moves);
            }
            if (each.equals(layer)) {
                addMovesOfVectors(layer, direction, moves);
            }
            for (int i = 0; i < moves.length; i++) {
                most = Math.min(most, Math.min(1, jump(each, i)) / moves[i]);
            }
            moves = activationMoves(each.activation(), moves, each.units());
        }
        for (int i = 0; i < moves.length; i++) {
            most = Math.min(most, jumpOfLoss(i) / moves[i]);
        }
        return most;
    }

    /** How much each product of weights and what the layer reads moves for a step of 1. */
    private double[] movesOfProducts(Layer layer, double[] direction) {
        int n = layer.fanIn();
        int units = layer.units();
        double[] in = bounds.activations(layer.number() - 1);
        double[] moves = new double[data.count() * units];
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < data.count(); s++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    double by = direction[layer.weightsAt() + u * n + i];
                    sum += by == 0 ? 0 : Math.abs(by * in[s * n + i]);
                }
                moves[s * units + u] = sum;
            }
        }
        return moves;
    }

    /** What pre-activations move by the bias and, where there is one, gamma. */
    private void addMovesOfVectors(Layer layer, double[] direction, double[] moves) {
        int units = layer.units();
        for (int i = 0; i < moves.length; i++) {
            moves[i] += Math.abs(direction[layer.biasAt() + i % units]);
            if (layer.normalization().isPresent()) {
                double n = bounds.normalization(layer).normalized()[i];
                moves[i] += Math.abs(direction[layer.gammaAt() + i % units] * n);
            }
        }
    }

    private double[] carried(Layer layer, double[] in) {
        int n = layer.fanIn();
        int units = layer.units();
        double[] moves = new double[data.count() * units];
        for (int s = 0; s < data.count(); s++) {
            for (int u = 0; u < units; u++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += Math.abs(parameters[layer.weightsAt() + u * n + i]) * in[s * n + i];
                }
                moves[s * units + u] = sum;
            }
        }
        return moves;
    }

    private double[] activationMoves(Activation activation, double[] moves, int units) {
        double[] out = new double[moves.length];
        for (int i = 0; i < moves.length; i++) {
            double most = moves[i];
            for (int k = i / units * units; !activation.elementwise() && k < (i / units + 1) * units; k++) {
                most = Math.max(most, 2 * moves[k]);
            }
            out[i] = activation.steepest() * most;
        }
        return out;
    }
}
