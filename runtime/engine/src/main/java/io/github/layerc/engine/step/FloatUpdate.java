package io.github.layerc.engine.step;

import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.network.kind.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The element-wise part of a training step: what an optimizer, and the penalty of weights, do with parameters and their gradients, over ranges of
 * flat arrays that are laid out alike. It knows nothing of layers, and keeps no state: slots and the number of steps are its caller's. A step is
 * {@link #prepare} for all ranges, then the gradients of the samples added to the prepared ones, then {@link #apply}. See {@link Optimizer} for the
 * formulas.
 *
 * <p>Each element is computed from those at its own place, so padding may lie between parameters, whatever it holds.
 */
public final class FloatUpdate {
    private static final Map<String, Function<TrainingSettings, Rule>> RULES = Map.of(
            Optimizer.GRADIENT_DESCENT.keyword(), FloatUpdate::gradientDescent,
            Optimizer.MOMENTUM.keyword(), FloatUpdate::momentum,
            Optimizer.NESTEROV.keyword(), FloatUpdate::nesterov,
            Optimizer.RMSPROP.keyword(), FloatUpdate::rmsprop,
            Optimizer.ADAGRAD.keyword(), FloatUpdate::adagrad,
            Optimizer.ADAM.keyword(), FloatUpdate::adam,
            Optimizer.ADAMW.keyword(), FloatUpdate::adam,
            Optimizer.NADAM.keyword(), FloatUpdate::nadam,
            Optimizer.LBFGS.keyword(), FloatUpdate::search);

    private final Rule rule;
    private final double weightDecay;

    public FloatUpdate(TrainingSettings settings) {
        this.rule = rule(settings);
        this.weightDecay = settings.optimizer().weightDecay();
    }

    /** Whether an update is an addition of scaled gradients to the parameters, which kernels can do by themselves. */
    public static boolean isAddition(Network network, TrainingSettings settings) {
        return settings.optimizer().isAddition()
                && settings.clip().isEmpty()
                && network.layers().stream()
                        .allMatch(layer -> settings.penaltyOf(layer).isNone());
    }

    /**
     * Sets gradients to those of the penalty: {@code gradients = l2 * parameters + l1 * sign(parameters)}.
     *
     * @param penalty {@link Penalty#NONE} for biases
     */
    public void prepare(float[] parameters, float[] gradients, int from, int to, Penalty penalty) {
        if (penalty.isNone()) {
            Arrays.fill(gradients, from, to, 0);
            return;
        }
        float l2 = (float) penalty.l2();
        for (int i = from; i < to; i++) {
            gradients[i] = l2 * parameters[i];
        }
        if (penalty.l1() > 0) {
            float l1 = (float) penalty.l1();
            for (int i = from; i < to; i++) {
                gradients[i] += l1 * Math.signum(parameters[i]);
            }
        }
    }

    /** Added up in double, in four chains, since an addition waits for the one before. */
    public static double sumOfSquares(float[] values, int from, int to) {
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

    /** Magnitudes, added up in the same way. */
    public static double sumOfMagnitudes(float[] values, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            sum0 += Math.abs(values[i]);
            sum1 += Math.abs(values[i + 1]);
            sum2 += Math.abs(values[i + 2]);
            sum3 += Math.abs(values[i + 3]);
        }
        for (; i < to; i++) {
            sum0 += Math.abs(values[i]);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** Takes from weights what the optimizer's {@linkplain Optimizer#weightDecay() own decay} does, before {@link #apply}. */
    public void decay(float[] weights, int from, int to, double learningRate) {
        float share = (float) (learningRate * weightDecay);
        for (int i = from; i < to; i++) {
            weights[i] -= share * weights[i];
        }
    }

    /**
     * Updates slots and parameters.
     *
     * @param gradients of the cost
     * @param slots an array for each of the optimizer's {@linkplain Optimizer#slots() slots}
     * @param step number of this update, from 1
     */
    public void apply(
            float[] parameters, float[] gradients, float[][] slots, int step, int from, int to, double learningRate) {
        rule.apply(parameters, gradients, slots, step, from, to, learningRate);
    }

    /** What an optimizer does in one step with elements from here to there. */
    private interface Rule {
        void apply(float[] parameters, float[] gradients, float[][] slots, int step, int from, int to, double rate);
    }

    private static Rule rule(TrainingSettings settings) {
        Optimizer optimizer = settings.optimizer();
        Function<TrainingSettings, Rule> made = RULES.get(optimizer.keyword());
        if (made == null) {
            throw new AssertionError("no update for " + optimizer);
        }
        return made.apply(settings);
    }

    private static Rule gradientDescent(TrainingSettings settings) {
        return (parameters, gradients, slots, step, from, to, rate) ->
                descend(parameters, gradients, from, to, (float) rate);
    }

    private static Rule momentum(TrainingSettings settings) {
        float mu = (float) settings.momentum();
        return (parameters, gradients, slots, step, from, to, rate) -> {
            accelerate(gradients, slots[0], mu, from, to);
            descend(parameters, slots[0], from, to, (float) rate);
        };
    }

    private static Rule nesterov(TrainingSettings settings) {
        float mu = (float) settings.momentum();
        return (parameters, gradients, slots, step, from, to, rate) -> {
            accelerate(gradients, slots[0], mu, from, to);
            lookAhead(parameters, gradients, slots[0], mu, from, to, (float) rate);
        };
    }

    private static Rule rmsprop(TrainingSettings settings) {
        List<Setting> numbers = settings.optimizer().settings();
        double rho = numbers.get(0).value();
        float epsilon = (float) numbers.get(1).value();
        return (parameters, gradients, slots, step, from, to, rate) -> {
            averageSquares(gradients, slots[0], (float) rho, (float) (1 - rho), from, to);
            descendByRoots(parameters, gradients, slots[0], from, to, (float) rate, 1, epsilon);
        };
    }

    private static Rule adagrad(TrainingSettings settings) {
        float epsilon = (float) settings.optimizer().settings().get(0).value();
        return (parameters, gradients, slots, step, from, to, rate) -> {
            addSquares(gradients, slots[0], from, to);
            descendByRoots(parameters, gradients, slots[0], from, to, (float) rate, 1, epsilon);
        };
    }

    private static Rule adam(TrainingSettings settings) {
        List<Setting> numbers = settings.optimizer().settings();
        double beta1 = numbers.get(0).value();
        double beta2 = numbers.get(1).value();
        float epsilon = (float) numbers.get(2).value();
        return (parameters, gradients, slots, step, from, to, rate) -> {
            // 0 at first, both means are too small in the first steps
            float meanRate = (float) (rate / (1 - Math.pow(beta1, step)));
            float root = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
            average(gradients, slots[0], (float) beta1, (float) (1 - beta1), from, to);
            averageSquares(gradients, slots[1], (float) beta2, (float) (1 - beta2), from, to);
            descendByRoots(parameters, slots[0], slots[1], from, to, meanRate, root, epsilon);
        };
    }

    private static Rule nadam(TrainingSettings settings) {
        List<Setting> numbers = settings.optimizer().settings();
        double beta1 = numbers.get(0).value();
        double beta2 = numbers.get(1).value();
        float epsilon = (float) numbers.get(2).value();
        RisingMomentum momentum = new RisingMomentum(beta1);
        return (parameters, gradients, slots, step, from, to, rate) -> {
            double product = momentum.product(step);
            double next = momentum.at(step + 1);
            float meanRate = (float) (rate * next / (1 - product * next));
            float gradientRate = (float) (rate * (1 - momentum.at(step)) / (1 - product));
            float root = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
            average(gradients, slots[0], (float) beta1, (float) (1 - beta1), from, to);
            averageSquares(gradients, slots[1], (float) beta2, (float) (1 - beta2), from, to);
            float[] mean = slots[0];
            float[] square = slots[1];
            for (int i = from; i < to; i++) {
                parameters[i] -= (meanRate * mean[i] + gradientRate * gradients[i])
                        / (root * (float) Math.sqrt(square[i]) + epsilon);
            }
        };
    }

    /** Its steps are no matter of elements. */
    private static Rule search(TrainingSettings settings) {
        return (parameters, gradients, slots, step, from, to, rate) -> {
            throw new AssertionError("an update of " + settings.optimizer());
        };
    }

    private static void descend(float[] parameters, float[] direction, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            parameters[i] -= rate * direction[i];
        }
    }

    private static void accelerate(float[] gradients, float[] velocity, float mu, int from, int to) {
        for (int i = from; i < to; i++) {
            velocity[i] = mu * velocity[i] + gradients[i];
        }
    }

    private static void lookAhead(
            float[] parameters, float[] gradients, float[] velocity, float mu, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            parameters[i] -= rate * (gradients[i] + mu * velocity[i]);
        }
    }

    private static void average(float[] gradients, float[] mean, float keep, float take, int from, int to) {
        for (int i = from; i < to; i++) {
            mean[i] = keep * mean[i] + take * gradients[i];
        }
    }

    private static void averageSquares(float[] gradients, float[] square, float keep, float take, int from, int to) {
        for (int i = from; i < to; i++) {
            square[i] = keep * square[i] + take * (gradients[i] * gradients[i]);
        }
    }

    private static void addSquares(float[] gradients, float[] squares, int from, int to) {
        for (int i = from; i < to; i++) {
            squares[i] += gradients[i] * gradients[i];
        }
    }

    /** {@code parameters -= rate * direction / (root * sqrt(square) + epsilon)}. */
    private static void descendByRoots(
            float[] parameters,
            float[] direction,
            float[] square,
            int from,
            int to,
            float rate,
            float root,
            float epsilon) {
        for (int i = from; i < to; i++) {
            parameters[i] -= rate * direction[i] / (root * (float) Math.sqrt(square[i]) + epsilon);
        }
    }
}
