package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.check.StateRules;
import io.github.layerc.engine.gram.FormChoice;
import io.github.layerc.engine.step.FloatBinding;
import io.github.layerc.engine.step.FloatForm;
import io.github.layerc.engine.step.FloatPredictions;
import io.github.layerc.engine.step.FloatSamples;
import io.github.layerc.engine.step.Rehearsal;
import io.github.layerc.engine.step.StatePart;
import io.github.layerc.network.Form;
import io.github.layerc.network.Precision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A training of an instance, in either form: checks, and whose step was the last one. */
final class FloatTraining implements Training, Rehearsal {
    private final FloatInstance instance;
    private final FloatBinding binding;
    private final FloatSamples samples;
    private final FormChoice choice;
    private final FloatForm form;
    private boolean closed;

    /** Gradients in the canonical layout; empty until somebody asks for some. */
    private float[] canonical = {};

    FloatTraining(FloatInstance instance, FloatBinding binding, FormChoice choice, FloatForm form) {
        this.instance = instance;
        this.binding = binding;
        this.samples = binding.samples();
        this.choice = choice;
        this.form = form;
    }

    @Override
    public int count() {
        requireOpen();
        return samples.count();
    }

    @Override
    public Form form() {
        requireOpen();
        return choice.form();
    }

    @Override
    public String formReason() {
        requireOpen();
        return choice.reason();
    }

    @Override
    public double step(double learningRate) {
        instance.state().enter();
        try {
            requireReady(learningRate);
            instance.requireTogether(samples.count());
            begin();
            return form.stepWithAll(learningRate);
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public double step(int[] rows, int from, int to, double learningRate) {
        instance.state().enter();
        try {
            requireReady(learningRate);
            boolean consecutive = requireRows(rows, from, to);
            form.makeRoom(binding.copies(to - from, consecutive));
            begin();
            return form.step(rows, from, to, consecutive, learningRate);
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public double gradients(int[] rows, int from, int to, double[] out) {
        instance.state().enter();
        try {
            requireOpen();
            requireAllGradients();
            requireParameters(out);
            boolean consecutive = requireRows(rows, from, to);
            form.makeRoom(binding.copies(to - from, consecutive));
            instance.settle();
            instance.changed();
            if (instance.owns(this)) {
                // with apply behind it this is a step, and starts where the last one has ended
                form.useAverage(false);
            }
            double cost = form.gradients(rows, from, to, consecutive, canonical);
            for (int i = 0; i < out.length; i++) {
                out[i] = canonical[i];
            }
            return cost;
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public void apply(double[] gradients, double learningRate) {
        instance.state().enter();
        try {
            requireReady(learningRate);
            requireAllGradients();
            requireParameters(gradients);
            for (int i = 0; i < gradients.length; i++) {
                if (!Double.isFinite(Precision.FLOAT.rounded(gradients[i]))) {
                    throw new IllegalArgumentException("gradients must be " + Precision.FLOAT.finite(gradients[i])
                            + ": gradients[" + i + "]=" + gradients[i]);
                }
                canonical[i] = (float) gradients[i];
            }
            begin();
            form.apply(canonical, learningRate);
        } finally {
            instance.state().leave();
        }
    }

    /** In Gram form those of the first weights are combinations of samples, of which its steps know the coefficients only. */
    private void requireAllGradients() {
        if (!form.hasAllGradients()) {
            throw new IllegalStateException("a training in form "
                    + choice.form().keyword()
                    + " has no gradients of the first weights: expected form " + Form.DIRECT.keyword() + ": form="
                    + choice.form().keyword());
        }
    }

    private void requireParameters(double[] gradients) {
        int expected = instance.description().parameterCount();
        if (gradients.length != expected) {
            throw new IllegalArgumentException(
                    "gradients must be as many as the parameters, " + expected + ": length=" + gradients.length);
        }
        if (canonical.length < expected) {
            canonical = new float[expected];
        }
    }

    /** Returns whether the rows follow each other. */
    private boolean requireRows(int[] rows, int from, int to) {
        if (from < 0 || to > rows.length || from >= to) {
            throw new IndexOutOfBoundsException(
                    "rows must be a range within 0.." + rows.length + ": from=" + from + ", to=" + to);
        }
        instance.requireTogether(to - from);
        int count = samples.count();
        boolean consecutive = true;
        for (int i = from; i < to; i++) {
            if (rows[i] < 0 || rows[i] >= count) {
                throw new IndexOutOfBoundsException(
                        "rows must be from 0 to " + (count - 1) + ": rows[" + i + "]=" + rows[i]);
            }
            consecutive &= rows[i] == rows[from] + (i - from);
        }
        return consecutive;
    }

    @Override
    public void useAverage(boolean wanted) {
        instance.state().enter();
        try {
            requireOpen();
            if (!form.hasAverage()) {
                throw new IllegalStateException(
                        "a training without an average of its parameters: expected averaging in its settings");
            }
            begin();
            form.useAverage(wanted);
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public Evaluation evaluate(Dataset data) {
        instance.state().enter();
        try {
            requireOpen();
            FloatSamples others = new FloatSamples(
                    instance.description(), data, instance.kernels().capacity(), choice.form() == Form.DIRECT);
            return new Bound(others, weights(data), form.predictions(others));
        } finally {
            instance.state().leave();
        }
    }

    private static double[] weights(Dataset data) {
        double[] weights = new double[data.hasWeights() ? data.count() : 0];
        Arrays.setAll(weights, data::weight);
        return weights;
    }

    @Override
    public TrainingState state() {
        instance.state().enter();
        try {
            requireOpen();
            begin();
            Map<String, double[]> arrays = new LinkedHashMap<>();
            form.useAverage(false);
            form.state().forEach(part -> arrays.put(part.name(), part.read().get()));
            return new TrainingState(choice.form(), arrays);
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public void restore(TrainingState state) {
        int after = instance.state().enterToChange();
        try {
            requireOpen();
            List<StatePart> parts = form.state();
            Map<String, Integer> lengths = new LinkedHashMap<>();
            parts.forEach(part -> lengths.put(part.name(), part.length()));
            StateRules.requireFits(state, choice.form(), lengths, Precision.FLOAT);
            instance.take(this);
            parts.forEach(part -> part.write().accept(state.arrays().get(part.name())));
            form.restored();
            after = instance.state().changed();
        } finally {
            instance.state().leave(after);
        }
    }

    private void begin() {
        if (!instance.claim(this)) {
            form.restart();
        }
    }

    /** Brings the parameters of the engine up to date, if this training has put that off. */
    void settle() {
        form.settle();
    }

    @Override
    public void rehearse(BooleanSupplier more) {
        form.rehearse(more);
    }

    private void requireReady(double learningRate) {
        requireOpen();
        if (!Double.isFinite(Precision.FLOAT.rounded(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate must be " + Precision.FLOAT.finite(learningRate) + ": learningRate=" + learningRate);
        }
    }

    private void requireOpen() {
        instance.state().requireOpen();
        if (closed) {
            throw new IllegalStateException("network " + instance.description().name() + ": this training was closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (instance.state().isOpen()) {
            instance.state().enter();
            try {
                instance.release(this);
            } finally {
                instance.state().leave();
            }
        }
        closed = true;
    }

    /** Other samples, with the parameters as they are at each call. */
    private final class Bound implements Evaluation {
        private final FloatSamples others;
        private final FloatPredictions predictions;

        /** Empty where all are 1. */
        private final double[] weights;

        Bound(FloatSamples others, double[] weights, FloatPredictions predictions) {
            this.others = others;
            this.weights = weights;
            this.predictions = predictions;
        }

        @Override
        public int count() {
            requireOpen();
            return others.count();
        }

        @Override
        public double cost() {
            instance.state().enter();
            try {
                prepare();
                int count = others.count();
                int capacity = instance.kernels().capacity();
                double losses = 0;
                int end;
                for (int s = 0; s < count; s = end) {
                    end = end(s, Math.min(capacity, count - s));
                    losses += weight(s) == 0 ? 0 : weight(s) * predictions.losses(s, end - s);
                }
                return losses / count;
            } finally {
                instance.state().leave();
            }
        }

        private double weight(int sample) {
            return weights.length == 0 ? 1 : weights[sample];
        }

        /** End of the samples behind one that have its weight. */
        private int end(int from, int most) {
            int end = weights.length == 0 ? from + most : from + 1;
            while (end < from + most && weights[end] == weights[from]) {
                end++;
            }
            return end;
        }

        @Override
        public double[] outputs() {
            float[] out = new float[others.count() * others.outputs()];
            instance.state().enter();
            try {
                prepare();
                int count = others.count();
                int capacity = instance.kernels().capacity();
                for (int s = 0; s < count; s += capacity) {
                    predictions.predict(s, Math.min(capacity, count - s), out, s * others.outputs());
                }
            } finally {
                instance.state().leave();
            }
            double[] wide = new double[out.length];
            for (int i = 0; i < out.length; i++) {
                wide[i] = out[i];
            }
            return wide;
        }

        private void prepare() {
            requireOpen();
            boolean own = instance.owns(FloatTraining.this);
            if (!own) {
                instance.settle();
            }
            predictions.prepare(own);
        }
    }
}
