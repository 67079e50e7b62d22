package io.github.layerc.compiler;

import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import java.util.List;

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

    /** Those that move each parameter by itself; a search looks at all of them, and has tests of its own. */
    static List<Optimizer> optimizers() {
        return Optimizer.all().stream()
                .filter(optimizer -> !optimizer.searches())
                .toList();
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
     * @param weight what it is before the step, 0 for a bias
     */
    void next(int i, int step, double weight, double gradient, double gradientBound) {
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
            case "rmsprop" -> {
                squares(i, 0.9, 0.1, gradient, gradientBound);
                divide(i, gradient, gradientBound, 1, 1e-8);
            }
            case "adagrad" -> {
                squares(i, 1, 1, gradient, gradientBound);
                divide(i, gradient, gradientBound, 1, 1e-10);
            }
            case "adam", "adamw" -> {
                average(i, 0.9, 0.1, gradient, gradientBound);
                squares(i, 0.999, 0.001, gradient, gradientBound);
                double factor = 1 / (1 - Math.pow(0.9, step));
                divide(i, factor * first[i], factor * firstBound[i], 1 / (1 - Math.pow(0.999, step)), 1e-8);
                // the decay is subtracted by itself
                double decay = optimizer.equals("adamw") ? 0.01 * weight : 0;
                set(direction + decay, bound + 4 * eps * (Math.abs(decay) + Math.abs(direction)));
            }
            case "nadam" -> {
                average(i, 0.9, 0.1, gradient, gradientBound);
                squares(i, 0.999, 0.001, gradient, gradientBound);
                double ofMean = Textbook.momentum(step + 1) / (1 - Textbook.momenta(step + 1));
                double ofGradient = (1 - Textbook.momentum(step)) / (1 - Textbook.momenta(step));
                double numerator = ofMean * first[i] + ofGradient * gradient;
                double numeratorBound = ofMean * firstBound[i]
                        + ofGradient * gradientBound
                        + 4 * eps * (Math.abs(ofMean * first[i]) + Math.abs(ofGradient * gradient));
                divide(i, numerator, numeratorBound, 1 / (1 - Math.pow(0.999, step)), 1e-8);
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

    private void squares(int i, double keep, double take, double gradient, double gradientBound) {
        double square = gradient * gradient;
        second[i] = keep * second[i] + take * square;
        double squareBound = (2 * Math.abs(gradient) + gradientBound) * gradientBound;
        // a share such as 1 - 0.999 is off by a rounding of 1
        secondBound[i] = keep * secondBound[i] + take * squareBound + 4 * eps * second[i] + eps * square;
    }

    /** The quotient at both ends of what numerator and denominator may be. */
    private void divide(int i, double numerator, double numeratorBound, double squareFactor, double epsilon) {
        double exact = numerator / (Math.sqrt(squareFactor * second[i]) + epsilon);
        double most = (Math.abs(numerator) + numeratorBound)
                / (Math.sqrt(squareFactor * Math.max(0, second[i] - secondBound[i])) + epsilon);
        double least = (Math.abs(numerator) - numeratorBound)
                / (Math.sqrt(squareFactor * (second[i] + secondBound[i])) + epsilon);
        set(exact, Math.max(most - Math.abs(exact), Math.abs(exact) - least) + 16 * eps * Math.abs(exact));
    }
}
