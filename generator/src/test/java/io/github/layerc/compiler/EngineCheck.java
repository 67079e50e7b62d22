package io.github.layerc.compiler;

import io.github.layerc.check.Bounds;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whether an engine computes what a network says, within the error bounds of its precision. Before each call everything that is neither a parameter
 * nor a sample is {@linkplain Poison poisoned}.
 */
final class EngineCheck {
    private static final double RATE = 0.5;

    private final String name;
    private final Problem problem;
    private final Bounds bounds;
    private final Engine engine;
    private final Poison poison;
    private final double cost;

    private EngineCheck(String name, Problem problem, Bounds bounds, Engine engine) {
        this.name = name;
        this.problem = problem;
        this.bounds = bounds;
        this.engine = engine;
        this.poison = new Poison(engine);
        try (Engine reference = problem.reference()) {
            this.cost = problem.cost(reference);
        }
    }

    /** Outputs, cost, every gradient and the fused step of all samples; closes the engine. */
    static void check(String engineName, Problem problem, Bounds bounds, Engine engine) {
        try (engine) {
            EngineCheck check = new EngineCheck(engineName, problem, bounds, engine);
            check.start(problem.parameters());
            check.outputs(problem.count());
            check.gradients();
            check.step();
        }
    }

    /** The outputs of the first samples, of each of these numbers of them; closes the engine. */
    static void checkOutputs(String engineName, Problem problem, Bounds bounds, Engine engine, int... counts) {
        try (engine) {
            EngineCheck check = new EngineCheck(engineName, problem, bounds, engine);
            check.start(problem.parameters());
            for (int count : counts) {
                check.outputs(count);
            }
        }
    }

    private void start(double[] parameters) {
        poison.parameters();
        engine.setParametersFromDouble(parameters);
        poison.workspace();
    }

    private void outputs(int count) {
        double[] found = problem.predict(engine, count);
        poison.workspace();
        within("output of " + count + " samples", found, bounds.outputs(), bounds.outputBounds());
        double[] again = problem.predict(engine, count);
        if (!Arrays.equals(found, again)) {
            throw new AssertionError(name + ": outputs change with what the workspace holds");
        }
        poison.workspace();
        double[] alone = problem.predictAlone(engine, Math.min(5, count));
        poison.workspace();
        within("output of a sample alone", alone, bounds.outputs(), bounds.outputBounds());
    }

    private void gradients() {
        costWithin("cost", problem.cost(engine));
        poison.workspace();
        double[] found = problem.gradients(engine);
        poison.workspace();
        double[] gradients = Arrays.copyOf(found, found.length - 1);
        within("gradient", gradients, bounds.gradients(), bounds.gradientBounds());
        costWithin("cost with gradients", found[found.length - 1]);
    }

    /** The fused step is the parameters minus rate times the gradients. */
    private void step() {
        double eps = problem.network().precision().epsilon();
        double[] expected = problem.parameters().clone();
        double[] allowed = new double[expected.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] -= RATE * bounds.gradients()[i];
            allowed[i] = RATE * bounds.gradientBounds()[i]
                    + 2 * eps * (Math.abs(problem.parameters()[i]) + Math.abs(RATE * bounds.gradients()[i]));
        }
        try (Training training = engine.train(problem.dataset(), TrainingSettings.DEFAULT.withForm(Form.DIRECT))) {
            Poison.padding(training, "panels", "strips");
            costWithin("cost of the step", training.step(RATE));
            within("parameter after a step", engine.parametersAsDouble(), expected, allowed);

            // the same samples by rows: other kernels read them where bound data lie in panels and strips
            int count = problem.count();
            int[] rows = IntStream.range(0, count).map(row -> count - 1 - row).toArray();
            start(problem.parameters());
            costWithin("cost of the step by rows", training.step(rows, 0, count, RATE));
            within("parameter after rows", engine.parametersAsDouble(), expected, allowed);
        }
    }

    /**
     * Several steps of a training, of all samples and of some rows: each from the parameters that the one before has left, which need not be those
     * of another engine, since roundings grow from step to step. Closes the engine.
     *
     * @param settings of which the learning rate is used
     * @param slack how many times the bound of a direct step a step may be off
     */
    static void checkTraining(
            String engineName, Problem problem, Engine engine, TrainingSettings settings, int steps, double slack) {
        Network network = problem.network();
        double eps = network.precision().epsilon();
        double rate = settings.learningRate();
        int count = problem.count();
        Random random = new Random(count);
        ExpectedUpdate update = new ExpectedUpdate(settings, network.parameterCount(), eps);
        double cost;
        try (Engine reference = problem.reference()) {
            cost = problem.cost(reference) + penalty(problem, settings);
        }
        try (engine) {
            Poison poison = new Poison(engine);
            poison.parameters();
            engine.setParametersFromDouble(problem.parameters());
            try (Training training = engine.train(problem.dataset(), settings)) {
                Poison.padding(training, "panels", "strips");
                for (int step = 0; step < steps; step++) {
                    double[] before = engine.parametersAsDouble();
                    int size = step == 0 ? count : 1 + random.nextInt(count);
                    int[] rows = IntStream.range(0, count).toArray();
                    for (int i = 0; i < size && step > 0; i++) {
                        int other = i + random.nextInt(count - i);
                        int row = rows[i];
                        rows[i] = rows[other];
                        rows[other] = row;
                    }
                    Dataset batch = problem.dataset(rows, size);
                    Bounds bounds = new Bounds(network, before, batch);
                    poison.workspace();
                    if (step == 0) {
                        double[] found = {training.step(rate)};
                        double[] allowed = {slack * costBound(problem, bounds, cost)};
                        requireWithin(engineName + ": cost of a training", found, new double[] {cost}, allowed);
                    } else {
                        training.step(rows, 0, size, rate);
                    }
                    double[] after = engine.parametersAsDouble();
                    double[] allowed = new double[before.length];
                    double[] expected = before.clone();
                    for (Layer layer : network.layers()) {
                        for (int i = layer.weightsAt(); i < layer.end(); i++) {
                            Penalty penalty = i < layer.biasAt() ? settings.penaltyOf(layer) : Penalty.NONE;
                            double decay = penalty.l2() * before[i];
                            double gradient = bounds.gradients()[i] + decay + penalty.l1() * Math.signum(before[i]);
                            double gradientBound = bounds.gradientBounds()[i]
                                    + 4 * eps * (Math.abs(gradient) + Math.abs(decay) + penalty.l1());
                            double weight = i < layer.biasAt() ? before[i] : 0;
                            update.next(i, step + 1, weight, gradient, gradientBound);
                            double direction = update.direction();
                            double directionBound = update.bound();
                            expected[i] -= rate * direction;
                            allowed[i] = slack
                                    * (rate * directionBound
                                            + 4 * eps * (Math.abs(before[i]) + Math.abs(rate * direction)));
                        }
                    }
                    requireWithin(engineName + ": parameter after step " + step, after, expected, allowed);
                }
            }
        }
    }

    private static double penalty(Problem problem, TrainingSettings settings) {
        double sum = 0;
        for (Layer layer : problem.network().layers()) {
            Penalty penalty = settings.penaltyOf(layer);
            for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                double weight = problem.parameters()[i];
                sum += penalty.l1() * Math.abs(weight) + penalty.l2() / 2 * weight * weight;
            }
        }
        return sum;
    }

    private void costWithin(String what, double found) {
        requireWithin(name + ": " + what, new double[] {found}, new double[] {cost}, new double[] {
            costBound(problem, bounds, cost)
        });
    }

    /** The loss changes with the outputs at most as fast as its derivative; the cross-entropies come from pre-activations. */
    private static double costBound(Problem problem, Bounds bounds, double cost) {
        double worst = 0;
        for (int i = 0; i < bounds.outputs().length; i++) {
            double relative =
                    bounds.outputBounds()[i] / Math.max(Math.min(bounds.outputs()[i], 1 - bounds.outputs()[i]), 1e-3);
            double absolute = bounds.outputBounds()[i] * 2 * (Math.abs(bounds.outputs()[i]) + 1);
            boolean squared = !problem.network().loss().readsPreActivations();
            worst = Math.max(worst, squared ? absolute : relative);
        }
        return worst + 8 * problem.network().precision().epsilon() * Math.abs(cost);
    }

    private void within(String what, double[] found, double[] expected, double[] allowed) {
        requireWithin(name + ": " + what, found, expected, allowed);
    }

    /** @param found may be the first ones of the expected values only */
    private static void requireWithin(String what, double[] found, double[] expected, double[] allowed) {
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= allowed[i])) {
                throw new AssertionError(
                        what + " " + i + ": expected " + expected[i] + " within " + allowed[i] + ", found " + found[i]);
            }
        }
    }
}
