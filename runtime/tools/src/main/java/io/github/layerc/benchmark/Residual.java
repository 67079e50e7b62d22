package io.github.layerc.benchmark;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Form;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;

/**
 * How far an engine is from the interpreter in double: the largest difference, relative to the largest value of the reference. Both start from
 * the same parameters, rounded to the precision of the engine, and see the same samples.
 */
public final class Residual {
    /** Steps of a training before its parameters are compared. */
    public static final int STEPS = 5;

    private Residual() {}

    /** @param form in which the engine trains; the reference trains in direct form */
    static double of(Operation operation, Engine engine, Form form, Workload workload) {
        Network network = engine.network();
        engine.initialize();
        try (DoubleEngine reference =
                Interpreter.createDouble(network.withPrecision(Precision.DOUBLE), workload.count())) {
            reference.setParametersFromDouble(engine.parametersAsDouble());
            return operation == Operation.PREDICT
                    ? ofOutputs(engine, reference, workload)
                    : ofParameters(engine, form, reference, workload);
        }
    }

    private static double ofOutputs(Engine engine, Engine reference, Workload workload) {
        double[] outputs = engine.predict(workload.dataset());
        return relative(outputs, reference.predict(workload.dataset()), 0, outputs.length);
    }

    private static double ofParameters(Engine engine, Form form, Engine reference, Workload workload) {
        double learningRate = engine.network().training().learningRate();
        step(engine, form, workload, learningRate);
        step(reference, Form.DIRECT, workload, learningRate);
        return ofParameters(engine.network(), engine.parametersAsDouble(), reference.parametersAsDouble());
    }

    /**
     * Of parameters in the canonical layout, after some steps at the network's own learning rate. Weights, biases and the like of each layer have a
     * scale of their own: biases start at 0, so theirs is that of the updates alone, and a wrong gradient does not hide behind weights that
     * hardly move.
     */
    public static double ofParameters(Network network, double[] parameters, double[] expected) {
        double residual = 0;
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                residual = Math.max(residual, relative(parameters, expected, each.at(), each.end()));
            }
        }
        return residual;
    }

    private static void step(Engine engine, Form form, Workload workload, double learningRate) {
        try (Training training =
                engine.train(workload.dataset(), engine.network().training().withForm(form))) {
            for (int i = 0; i < STEPS; i++) {
                training.step(learningRate);
            }
        }
    }

    /** NaN where one of the values is; infinite where the reference is 0 and the values are not. */
    public static double relative(double[] values, double[] reference, int from, int to) {
        double difference = 0;
        double scale = 0;
        for (int i = from; i < to; i++) {
            difference = Math.max(difference, Math.abs(values[i] - reference[i]));
            scale = Math.max(scale, Math.abs(reference[i]));
        }
        return difference == 0 ? 0 : difference / scale;
    }
}
