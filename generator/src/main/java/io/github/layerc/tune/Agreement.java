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
 * whole batch and for a few samples.
 */
final class Agreement {
    private static final int FEW = 3;
    private static final double RATE = 0.5;

    private final Network network;
    private final List<Case> cases = new ArrayList<>();

    /** Samples, the parameters to start from, and what must come out. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Case(Workload workload, double[] parameters, Bounds bounds) {}

    Agreement(Network network, int batch) {
        this.network = network;
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
        double eps = network.precision().epsilon();
        double[] expected = each.parameters().clone();
        double[] allowed = new double[expected.length];
        for (int i = 0; i < expected.length; i++) {
            double change = RATE * bounds.gradients()[i];
            expected[i] -= change;
            allowed[i] =
                    RATE * bounds.gradientBounds()[i] + 2 * eps * (Math.abs(each.parameters()[i]) + Math.abs(change));
        }
        try (Training training = engine.train(
                each.workload().dataset(), engine.network().training().withForm(Form.DIRECT))) {
            training.step(RATE);
        }
        return beyond("parameter after a step", engine.parametersAsDouble(), expected, allowed);
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
