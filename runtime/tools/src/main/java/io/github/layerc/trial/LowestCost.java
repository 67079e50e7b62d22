package io.github.layerc.trial;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;

/** The mean loss of outputs that are right: 0 for most losses, but not where targets are smoothed or lie between classes, and below 0 for some of {@code poisson}. */
final class LowestCost {
    /** A logit whose exponential, with a minus, is 0 in double. */
    private static final double FAR = 1000;

    private LowestCost() {}

    static double of(Network network, Dataset data) {
        Loss loss = network.loss();
        int units = network.outputs();
        double sum = 0;
        for (int s = 0; s < data.count(); s++) {
            for (int u = 0; u < units; u++) {
                double y = loss.smoothed(data.target(s, u), units);
                sum += loss.elementwise() ? ofUnit(loss, y) : y > 0 ? -y * Math.log(y) : 0;
            }
        }
        return sum / data.count() / (loss.meanOfUnits() ? units : 1);
    }

    private static double ofUnit(Loss loss, double y) {
        double z = loss.readsPreActivations() ? Math.max(-FAR, Math.min(FAR, Math.log(y / (1 - y)))) : 0;
        double logarithm =
                loss.logarithm().map(formula -> Math.log1p(formula.at(z, y, y))).orElse(0.0);
        return loss.value().at(z, y, y) + logarithm;
    }
}
