package io.github.layerc.trial;

import io.github.layerc.data.Dataset;
import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;

/**
 * Mean losses that are known without a training.
 *
 * @param lowest of outputs that are right: 0 for most losses, but not where targets are smoothed or lie between classes, and below 0 for some of {@code poisson}
 * @param constant of outputs that are the mean of all targets, whatever the sample: what a network comes to that learns nothing of its inputs
 */
record KnownCosts(double lowest, double constant) {
    /** A logit whose exponential, with a minus, is 0 in double. */
    private static final double FAR = 1000;

    static KnownCosts of(Network network, Dataset data) {
        int count = data.count();
        int units = network.outputs();
        double[] means = new double[units];
        for (int i = 0; i < count * units; i++) {
            means[i % units] += target(network, data, i) / count;
        }
        double lowest = 0;
        double constant = 0;
        for (int i = 0; i < count * units; i++) {
            double y = target(network, data, i);
            lowest += ofUnit(network.loss(), y, y);
            constant += ofUnit(network.loss(), means[i % units], y);
        }
        double terms = (double) count * (network.loss().meanOfUnits() ? units : 1);
        return new KnownCosts(lowest / terms, constant / terms);
    }

    private static double target(Network network, Dataset data, int i) {
        int units = network.outputs();
        return network.loss().smoothed(data.target(i / units, i % units), units);
    }

    private static double ofUnit(Loss loss, double a, double y) {
        if (!loss.elementwise()) {
            return y > 0 ? -y * Math.log(a) : 0;
        }
        double z = loss.readsPreActivations() ? Math.max(-FAR, Math.min(FAR, Math.log(a / (1 - a)))) : 0;
        double logarithm = loss.logarithm()
                .map(formula -> Math.log1p(FormulaTape.at(formula, z, a, y)))
                .orElse(0.0);
        return FormulaTape.at(loss.value(), z, a, y) + logarithm;
    }
}
