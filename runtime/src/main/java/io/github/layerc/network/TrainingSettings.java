package io.github.layerc.network;

/**
 * How the spec wants the network trained.
 *
 * @param learningRate positive and finite
 * @param iterations number of updates, at least 1
 */
public record TrainingSettings(Optimizer optimizer, double learningRate, int iterations) {

    /** Gradient descent with learning rate 0.01, 1000 iterations over all samples. */
    public static final TrainingSettings DEFAULT = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.01, 1000);

    public TrainingSettings {
        if (!Double.isFinite(learningRate) || learningRate <= 0) {
            throw new IllegalArgumentException(
                    "learning rate must be positive and finite: learning_rate=" + learningRate);
        }
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be at least 1: iterations=" + iterations);
        }
    }
}
