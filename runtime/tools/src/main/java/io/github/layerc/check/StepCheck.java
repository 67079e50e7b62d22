package io.github.layerc.check;

import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Some steps of the spec's optimizer in direct form, against the interpreter in double: before each of them it takes over what the engine's training has left,
 * parameters and all that the optimizer keeps, so that a row shows what that step has done, and roundings do not add up. Of an optimizer that searches along
 * lines the length of a step hangs on roundings of the cost: its rows are that the cost falls, those of the gradients those of gradient descent.
 */
final class StepCheck {
    private static final int STEPS = 3;

    /** Roundings that a cost at its minimum may rise by. */
    private static final double RISE = 64;

    private final Network network;
    private final CheckedSamples samples;
    private final double[] parameters;
    private final TrainingSettings settings;
    private final boolean searches;

    StepCheck(Network network, CheckedSamples samples, double[] parameters) {
        this.network = network;
        this.samples = samples;
        this.parameters = parameters;
        TrainingSettings own = network.training().withForm(Form.DIRECT);
        this.searches = own.optimizer().searches();
        this.settings = searches
                ? own.withOptimizer(Optimizer.GRADIENT_DESCENT)
                        .withLearningRate(TrainingSettings.usualLearningRate(Optimizer.GRADIENT_DESCENT))
                : own;
    }

    /** A row for each step and layer; the parameters of the engine change. */
    List<CheckRow> rows(Engine engine) {
        List<CheckRow> checked = new ArrayList<>();
        engine.setParametersFromDouble(parameters);
        try (Training training = engine.train(samples.data(), settings);
                Engine reference = reference();
                Training expected = reference.train(samples.data(), withoutClip())) {
            for (int step = 0; step < STEPS; step++) {
                double[] before = engine.parametersAsDouble();
                TrainingState state = training.state();
                training.step(settings.learningRate());
                double[] found = engine.parametersAsDouble();
                for (int i = 0; i < found.length; i++) {
                    found[i] -= before[i];
                }
                checked.addAll(rows(
                        engine.name(),
                        step + 1,
                        found,
                        new ExpectedStep(network, samples, reference, expected, settings, state, step)));
            }
        }
        if (searches) {
            checked.addAll(searches(engine));
        }
        return checked;
    }

    /** Each step returns the cost before it. */
    private List<CheckRow> searches(Engine engine) {
        List<CheckRow> checked = new ArrayList<>();
        TrainingSettings own = network.training().withForm(Form.DIRECT);
        engine.setParametersFromDouble(parameters);
        try (Training training = engine.train(samples.data(), own)) {
            double before = training.step(own.learningRate());
            for (int step = 1; step <= STEPS; step++) {
                double after = training.step(own.learningRate());
                Comparison comparison = new Comparison();
                comparison.add(
                        Math.max(after, before),
                        before,
                        RISE * network.precision().epsilon() * Math.abs(before));
                checked.add(comparison.row(
                        engine.name(), "step " + step + " of " + own.optimizer().keyword() + ": cost falls"));
                before = after;
            }
        }
        return checked;
    }

    private Engine reference() {
        Engine reference = Interpreter.createDouble(network.withPrecision(Precision.DOUBLE), samples.count());
        reference.setParametersFromDouble(parameters);
        return reference;
    }

    /** Gradients are clipped before the reference sees them, by formulas of our own. */
    private TrainingSettings withoutClip() {
        return settings.clip().isEmpty() ? settings : settings.withClip(Clip.value(Double.MAX_VALUE));
    }

    private List<CheckRow> rows(String engine, int step, double[] found, ExpectedStep expected) {
        List<CheckRow> checked = new ArrayList<>();
        for (Layer layer : network.layers()) {
            Comparison comparison = new Comparison();
            comparison.add(found, expected.change(), expected.bound(), layer.weightsAt(), layer.end());
            String what = "step " + step + " of " + settings.optimizer().keyword() + ": layer " + layer.number();
            checked.add(comparison.row(engine, what));
        }
        return checked;
    }
}
