package io.github.layerc.compiler;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TargetRule;
import java.util.Arrays;
import java.util.Random;

/** A network with seeded samples, targets and parameters, and what an engine makes of them, all widened to double. */
final class Problem {
    private final Network network;
    private final int count;
    private final double[] samples;
    private final double[] targets;
    private final double[] parameters;

    Problem(Network network, int count, long seed) {
        this(network, count, seed, network.initializer().draw(network));
        Random random = new Random(seed);
        network.layers().forEach(layer -> {
            for (Layer.Parameters each : layer.parameters().subList(1, 1 + layer.vectorCount())) {
                for (int i = each.at(); i < each.end(); i++) {
                    parameters[i] = each.start() + 0.2 * random.nextDouble() - 0.1;
                }
            }
        });
        if (network.precision() == Precision.FLOAT) {
            roundToFloat(parameters);
        }
    }

    /** @param parameters canonical */
    Problem(Network network, int count, long seed, double[] parameters) {
        this.network = network;
        this.count = count;
        Random random = new Random(seed);
        double range = 1 / Math.abs(network.input().scale().factor());
        this.samples =
                random.doubles((long) count * network.inputs(), -range, range).toArray();
        this.targets = targets(random);
        this.parameters = parameters;
        if (network.precision() == Precision.FLOAT) {
            roundToFloat(samples);
            roundToFloat(targets);
            roundToFloat(parameters);
        }
    }

    private double[] targets(Random random) {
        int outputs = network.outputs();
        TargetRule rule = network.loss().targets();
        double[] values = new double[count * outputs];
        for (int s = 0; s < count; s++) {
            if (!rule.acceptsSum(0)) {
                values[s * outputs + random.nextInt(outputs)] = 1;
            } else {
                for (int u = 0; u < outputs; u++) {
                    values[s * outputs + u] = rule.classifies() ? rule.of(random.nextInt(2) == 1) : random.nextDouble();
                }
            }
        }
        return values;
    }

    private static void roundToFloat(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
    }

    Network network() {
        return network;
    }

    int count() {
        return count;
    }

    double[] parameters() {
        return parameters;
    }

    Dataset dataset() {
        return Dataset.of(samples, network.inputs(), targets, network.outputs());
    }

    /** Some of the samples. */
    Dataset dataset(int[] rows, int size) {
        int inputs = network.inputs();
        int outputs = network.outputs();
        double[] someSamples = new double[size * inputs];
        double[] someTargets = new double[size * outputs];
        for (int i = 0; i < size; i++) {
            System.arraycopy(samples, rows[i] * inputs, someSamples, i * inputs, inputs);
            System.arraycopy(targets, rows[i] * outputs, someTargets, i * outputs, outputs);
        }
        return Dataset.of(someSamples, inputs, someTargets, outputs);
    }

    /** The same problem for the interpreter in double: the reference. */
    Engine reference() {
        Engine engine = Interpreter.createDouble(network.withPrecision(Precision.DOUBLE), count);
        engine.setParametersFromDouble(parameters);
        return engine;
    }

    /** An engine with the parameters of this problem. */
    <E extends Engine> E give(E engine) {
        engine.setParametersFromDouble(parameters);
        return engine;
    }

    double[] predict(Engine engine) {
        return predict(engine, count);
    }

    /** Outputs of the first samples. */
    double[] predict(Engine engine, int number) {
        return predict(engine, samples, number);
    }

    /** Outputs of the first samples, each predicted alone. */
    double[] predictAlone(Engine engine, int most) {
        int inputs = network.inputs();
        int outputs = network.outputs();
        double[] all = new double[Math.min(most, count) * outputs];
        for (int s = 0; s < all.length / outputs; s++) {
            double[] sample = Arrays.copyOfRange(samples, s * inputs, (s + 1) * inputs);
            System.arraycopy(predict(engine, sample, 1), 0, all, s * outputs, outputs);
        }
        return all;
    }

    private static double[] predict(Engine engine, double[] samples, int count) {
        return engine instanceof FloatEngine floats
                ? widen(floats.predict(narrow(samples), count))
                : ((DoubleEngine) engine).predict(samples, count);
    }

    double cost(Engine engine) {
        return engine instanceof FloatEngine floats
                ? floats.cost(narrow(samples), narrow(targets), count)
                : ((DoubleEngine) engine).cost(samples, targets, count);
    }

    /** All gradients, then the cost. */
    double[] gradients(Engine engine) {
        int parameterCount = network.parameterCount();
        double[] all = new double[parameterCount + 1];
        if (engine instanceof FloatEngine floats) {
            float[] out = new float[parameterCount];
            all[parameterCount] = floats.gradients(narrow(samples), narrow(targets), count, out);
            System.arraycopy(widen(out), 0, all, 0, parameterCount);
        } else {
            double[] out = new double[parameterCount];
            all[parameterCount] = ((DoubleEngine) engine).gradients(samples, targets, count, out);
            System.arraycopy(out, 0, all, 0, parameterCount);
        }
        return all;
    }

    static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
