package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;

/**
 * How many samples of a data set an engine puts into the right class. With one output a sample is of class 1 where the output is greater than
 * 0.5; with more outputs, of the class whose output is largest, the first of equal ones.
 */
public record Accuracy(int correct, int count) {

    /**
     * Predicts all samples.
     *
     * @throws IllegalArgumentException if the samples do not fit the engine's network
     */
    public static Accuracy of(Engine engine, Dataset data) {
        return of(engine.predict(data), data);
    }

    /** @param outputs of the samples, row-major {@code [samples][outputs]} */
    static Accuracy of(double[] outputs, Dataset data) {
        int units = data.outputs();
        int correct = 0;
        for (int s = 0; s < data.count(); s++) {
            correct += predictedClass(outputs, s * units, units) == targetClass(data, s) ? 1 : 0;
        }
        return new Accuracy(correct, data.count());
    }

    /** The share of correct samples, from 0 to 1. */
    public double value() {
        return correct / (double) count;
    }

    private static int predictedClass(double[] outputs, int at, int units) {
        if (units == 1) {
            return outputs[at] > 0.5 ? 1 : 0;
        }
        int largest = 0;
        for (int u = 1; u < units; u++) {
            largest = outputs[at + u] > outputs[at + largest] ? u : largest;
        }
        return largest;
    }

    private static int targetClass(Dataset data, int sample) {
        double[] targets = new double[data.outputs()];
        for (int u = 0; u < targets.length; u++) {
            targets[u] = data.target(sample, u);
        }
        return predictedClass(targets, 0, targets.length);
    }
}
