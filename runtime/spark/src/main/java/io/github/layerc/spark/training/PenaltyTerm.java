package io.github.layerc.spark.training;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;

/** What {@link Penalty} adds to the cost and its gradients, over parameters in the canonical layout. */
final class PenaltyTerm {
    private PenaltyTerm() {}

    /**
     * Adds the derivatives.
     *
     * @return the penalty
     */
    static double add(Network network, TrainingSettings settings, double[] parameters, double[] gradients) {
        double sum = 0;
        for (Layer layer : network.layers()) {
            Penalty penalty = settings.penaltyOf(layer);
            if (penalty.isNone()) {
                continue;
            }
            for (int i = layer.weightsAt(); i < layer.weightsAt() + layer.weightCount(); i++) {
                double w = parameters[i];
                sum += penalty.l1() * Math.abs(w) + penalty.l2() / 2 * w * w;
                gradients[i] += penalty.l1() * Math.signum(w) + penalty.l2() * w;
            }
        }
        return sum;
    }
}
