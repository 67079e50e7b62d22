package io.github.layerc.tune;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.check.Bounds;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an engine computes what the network says, within the error bounds of its precision: outputs, and parameters after a step, for the
 * whole batch and for a few samples; parameters after steps in Gram form.
 */
final class Agreement {
    private static final int FEW = 3;
    private static final double RATE = 0.5;

    /** Samples of the steps in Gram form at most: rows that are padded, and longer than the vectors of any tile. */
    private static final int GRAM_SAMPLES = 65;

    /** What the first step adds to pre-activations is seen in the second step. */
    private static final int GRAM_STEPS = 2;

    private final Network network;
    private final int batch;
    private final List<Case> cases = new ArrayList<>();

    /** Null until somebody asks for it. */
    private Case gramCase;

    /** Samples, the parameters to start from, and what must come out. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Case(Workload workload, double[] parameters, Bounds bounds) {}

    Agreement(Network network, int batch) {
        this.network = network;
        this.batch = batch;
        for (int count : batch > FEW ? List.of(batch, FEW) : List.of(batch)) {
            cases.add(make(count));
        }
    }

    private Case make(int count) {
        Workload workload = new Workload(network, count, 1);
        double[] parameters = network.initializer().draw(network);
        if (network.precision() == Precision.FLOAT) {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = (float) parameters[i];
            }
        }
        return new Case(workload, parameters, new Bounds(network, parameters, workload.dataset()));
    }

    /** What is wrong with the engine in one line, empty if nothing is; changes its parameters. */
    String objection(Engine engine) {
        for (Case each : cases) {
            String objection = objection(engine, each);
            if (!objection.isEmpty()) {
                return objection;
            }
        }
        return "";
    }

    private String objection(Engine engine, Case each) {
        Bounds bounds = each.bounds();
        engine.setParametersFromDouble(each.parameters());
        double[] outputs = engine.predict(each.workload().dataset());
        String objection = beyond("output", outputs, bounds.outputs(), bounds.outputBounds());
        if (!objection.isEmpty()) {
            return objection;
        }
        double[] expected = each.parameters().clone();
        double[] allowed = new double[expected.length];
        step(bounds, RATE, expected, allowed);
        try (Training training = train(engine, each.workload(), Form.DIRECT)) {
            training.step(RATE);
        }
        return beyond("parameter after a step", engine.parametersAsDouble(), expected, allowed);
    }

    /**
     * What is wrong with the steps of an engine in Gram form in one line, empty if nothing is; changes its parameters. The bounds of each step are those
     * at the parameters that the engine has before it, and what these may be off by stays in pre-activations that were changed and not made anew.
     *
     * @throws IllegalArgumentException if it has no Gram form
     */
    String gramObjection(Engine engine) {
        if (gramCase == null) {
            gramCase = make(Math.min(batch, GRAM_SAMPLES));
        }
        // samples are 0 to 1, so that pre-activations change by about 1: more, and sigmoids would no longer show them
        double rate = 4.0 / network.inputs();
        Bounds bounds = gramCase.bounds();
        double[] expected = gramCase.parameters().clone();
        double[] allowed = new double[expected.length];
        engine.setParametersFromDouble(expected);
        try (Training training = train(engine, gramCase.workload(), Form.GRAM)) {
            for (int i = 1; i <= GRAM_STEPS; i++) {
                step(bounds, rate, expected, allowed);
                training.step(rate);
                double[] parameters = engine.parametersAsDouble();
                String objection = beyond("parameter after step " + i + " in Gram form", parameters, expected, allowed);
                if (!objection.isEmpty()) {
                    return objection;
                }
                expected = parameters.clone();
                bounds = new Bounds(network, parameters, gramCase.workload().dataset());
            }
        }
        return "";
    }

    private static Training train(Engine engine, Workload workload, Form form) {
        return engine.train(workload.dataset(), engine.network().training().withForm(form));
    }

    /** Changes parameters by a step of gradient descent, and adds to what they may be off by. */
    private void step(Bounds bounds, double rate, double[] parameters, double[] allowed) {
        double eps = network.precision().epsilon();
        double[] gradients = bounds.gradients();
        double[] gradientBounds = bounds.gradientBounds();
        for (int i = 0; i < parameters.length; i++) {
            double change = rate * gradients[i];
            allowed[i] += rate * gradientBounds[i] + 2 * eps * (Math.abs(parameters[i]) + Math.abs(change));
            parameters[i] -= change;
        }
    }

    private static String beyond(String what, double[] actual, double[] expected, double[] allowed) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= allowed[i])) {
                return what + " " + i + ": expected " + expected[i] + " within " + allowed[i] + ", found " + actual[i];
            }
        }
        return "";
    }
}
