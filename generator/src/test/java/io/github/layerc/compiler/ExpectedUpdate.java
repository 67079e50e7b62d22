package io.github.layerc.compiler;

import io.github.layerc.network.TrainingSettings;

/** By what, times the learning rate, an optimizer moves each parameter, and how far that may be off where the gradients are. */
final class ExpectedUpdate {
    private final TrainingSettings settings;
    private final double eps;
    private final double[] first;
    private final double[] firstBound;
    private final double[] second;
    private final double[] secondBound;
    private double direction;
    private double bound;

    /** @param eps of the precision */
    ExpectedUpdate(TrainingSettings settings, int parameters, double eps) {
        this.settings = settings;
        this.eps = eps;
        this.first = new double[parameters];
        this.firstBound = new double[parameters];
        this.second = new double[parameters];
        this.secondBound = new double[parameters];
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
            case "adam" -> {
                average(i, 0.9, 0.1, gradient, gradientBound);
                double square = gradient * gradient;
                second[i] = 0.999 * second[i] + 0.001 * square;
                double squareBound = (2 * Math.abs(gradient) + gradientBound) * gradientBound;
                // the share 1 - 0.999 is off by a rounding of 1
                secondBound[i] = 0.999 * secondBound[i] + 0.001 * squareBound + 4 * eps * second[i] + eps * square;
                adam(i, step);
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

    /** The quotient at both ends of what numerator and denominator may be. */
    private void adam(int i, int step) {
        double meanFactor = 1 / (1 - Math.pow(0.9, step));
        double squareFactor = 1 / (1 - Math.pow(0.999, step));
        double exact = meanFactor * first[i] / (Math.sqrt(squareFactor * second[i]) + 1e-8);
        double most = meanFactor
                * (Math.abs(first[i]) + firstBound[i])
                / (Math.sqrt(squareFactor * Math.max(0, second[i] - secondBound[i])) + 1e-8);
        double least = meanFactor
                * (Math.abs(first[i]) - firstBound[i])
                / (Math.sqrt(squareFactor * (second[i] + secondBound[i])) + 1e-8);
        set(exact, Math.max(most - Math.abs(exact), Math.abs(exact) - least) + 16 * eps * Math.abs(exact));
    }
}
