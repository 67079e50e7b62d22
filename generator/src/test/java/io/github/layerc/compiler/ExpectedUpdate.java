package io.github.layerc.compiler;

import io.github.layerc.network.TrainingSettings;

/** By what, times the learning rate, an optimizer moves each parameter, and how far that may be off where the gradients are. */
final class ExpectedUpdate {
    private final TrainingSettings settings;
    private final double eps;
    private final double[] first;
    private final double[] firstBound;
    private double direction;
    private double bound;

    /** @param eps of the precision */
    ExpectedUpdate(TrainingSettings settings, int parameters, double eps) {
        this.settings = settings;
        this.eps = eps;
        this.first = new double[parameters];
        this.firstBound = new double[parameters];
    }

    double direction() {
        return direction;
    }

    double bound() {
        return bound;
    }

    /**
     * The next step of a parameter.
     *
     * @param step from 1
     */
    void next(int i, int step, double gradient, double gradientBound) {
        String optimizer = settings.optimizer().keyword();
        switch (optimizer) {
            case "gradient_descent" -> set(gradient, gradientBound);
            case "momentum" -> {
                average(i, settings.momentum(), 1, gradient, gradientBound);
                set(first[i], firstBound[i]);
            }
            case "nesterov" -> {
                double mu = settings.momentum();
                average(i, mu, 1, gradient, gradientBound);
                set(gradient + mu * first[i], gradientBound + mu * firstBound[i]);
            }
            default -> throw new AssertionError("no bound for " + optimizer);
        }
    }

    private void set(double newDirection, double newBound) {
        direction = newDirection;
        bound = newBound;
    }

    private void average(int i, double keep, double take, double gradient, double gradientBound) {
        first[i] = keep * first[i] + take * gradient;
        firstBound[i] =
                keep * firstBound[i] + take * gradientBound + 4 * eps * (Math.abs(first[i]) + Math.abs(gradient));
    }
}
