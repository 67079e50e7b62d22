package io.github.layerc.engine;

import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;

/**
 * The element-wise part of a training step: what an optimizer, and the decay of weights, do with parameters and their gradients, over ranges of
 * flat arrays that are laid out alike. It knows nothing of layers, and keeps no state: the velocity is its caller's. A step is {@link #prepare}
 * for all ranges, then the gradients of the samples added to the prepared ones, then {@link #apply}. See {@link Optimizer} for the formulas.
 *
 * <p>Each element is computed from those at its own place, so padding may lie between parameters, whatever it holds.
 */
final class FloatUpdate {
    private final Optimizer optimizer;
    private final float momentum;

    FloatUpdate(TrainingSettings settings) {
        this.optimizer = settings.optimizer();
        this.momentum = (float) settings.momentum();
    }

    /** Whether an update is an addition of scaled gradients to the parameters, which kernels can do by themselves. */
    static boolean isAddition(TrainingSettings settings) {
        return settings.optimizer() == Optimizer.GRADIENT_DESCENT && settings.l2() == 0;
    }

    /**
     * Sets gradients to those of the penalty: {@code gradients = l2 * parameters}.
     *
     * @param l2 0 for biases, and where weights do not decay
     */
    void prepare(float[] parameters, float[] gradients, int from, int to, double l2) {
        if (l2 == 0) {
            Arrays.fill(gradients, from, to, 0);
            return;
        }
        float factor = (float) l2;
        for (int i = from; i < to; i++) {
            gradients[i] = factor * parameters[i];
        }
    }

    /** Added up in double, in four chains, since an addition waits for the one before. */
    static double sumOfSquares(float[] values, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            sum0 += (double) values[i] * values[i];
            sum1 += (double) values[i + 1] * values[i + 1];
            sum2 += (double) values[i + 2] * values[i + 2];
            sum3 += (double) values[i + 3] * values[i + 3];
        }
        for (; i < to; i++) {
            sum0 += (double) values[i] * values[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /**
     * Updates velocity and parameters.
     *
     * @param gradients of the cost
     * @param velocity read and written by optimizers with momentum only, and may be empty for others
     */
    void apply(float[] parameters, float[] gradients, float[] velocity, int from, int to, double learningRate) {
        float rate = (float) learningRate;
        switch (optimizer) {
            case GRADIENT_DESCENT -> descend(parameters, gradients, from, to, rate);
            case MOMENTUM -> {
                accelerate(gradients, velocity, from, to);
                descend(parameters, velocity, from, to, rate);
            }
            case NESTEROV -> {
                accelerate(gradients, velocity, from, to);
                lookAhead(parameters, gradients, velocity, from, to, rate);
            }
            default -> throw new AssertionError("no update for " + optimizer);
        }
    }

    private static void descend(float[] parameters, float[] direction, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            parameters[i] -= rate * direction[i];
        }
    }

    private void accelerate(float[] gradients, float[] velocity, int from, int to) {
        float factor = momentum;
        for (int i = from; i < to; i++) {
            velocity[i] = factor * velocity[i] + gradients[i];
        }
    }

    private void lookAhead(float[] parameters, float[] gradients, float[] velocity, int from, int to, float rate) {
        float factor = momentum;
        for (int i = from; i < to; i++) {
            parameters[i] -= rate * (gradients[i] + factor * velocity[i]);
        }
    }
}
