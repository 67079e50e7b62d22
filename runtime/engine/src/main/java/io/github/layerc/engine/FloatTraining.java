package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Form;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;

/** What both forms of a training share: bound samples, the update of the parameters, checks. */
abstract class FloatTraining implements Training {
    final FloatInstance instance;
    final FloatKernels kernels;
    final FloatSamples samples;
    final FloatParameterUpdate update;

    /** Whether the kernels can update the parameters by themselves, where their workspace holds the samples of the step. */
    final boolean fused;

    private final FormChoice choice;
    private boolean closed;

    FloatTraining(FloatInstance instance, FloatSamples samples, TrainingSettings settings, FormChoice choice) {
        this.instance = instance;
        this.kernels = instance.kernels();
        this.samples = samples;
        this.fused = FloatUpdate.isAddition(settings);
        boolean split = FormChoice.batch(settings, samples.count()) > kernels.capacity();
        this.update = new FloatParameterUpdate(instance, settings, !fused || split);
        this.choice = choice;
    }

    @Override
    public final int count() {
        requireOpen();
        return samples.count();
    }

    @Override
    public final Form form() {
        requireOpen();
        return choice.form();
    }

    @Override
    public final String formReason() {
        requireOpen();
        return choice.reason();
    }

    @Override
    public final double step(double learningRate) {
        instance.state().enter();
        try {
            requireReady(learningRate);
            return stepWithAll(learningRate);
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public final double step(int[] rows, int from, int to, double learningRate) {
        instance.state().enter();
        try {
            requireReady(learningRate);
            return step(rows, from, to, requireRows(rows, from, to), learningRate);
        } finally {
            instance.state().leave();
        }
    }

    /** Returns whether the rows follow each other. */
    private boolean requireRows(int[] rows, int from, int to) {
        if (from < 0 || to > rows.length || from >= to) {
            throw new IndexOutOfBoundsException(
                    "rows must be a range within 0.." + rows.length + ": from=" + from + ", to=" + to);
        }
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
    public final Evaluation evaluate(Dataset data) {
        instance.state().enter();
        try {
            requireOpen();
            return evaluation(new FloatSamples(instance.description(), data));
        } finally {
            instance.state().leave();
        }
    }

    /** A step whose learning rate was checked. */
    abstract double stepWithAll(double learningRate);

    abstract Evaluation evaluation(FloatSamples others);

    /** A step whose rows were checked. */
    abstract double step(int[] rows, int from, int to, boolean consecutive, double learningRate);

    /** Brings the parameters of the engine up to date, if this training has put that off. */
    abstract void settle();

    private void requireReady(double learningRate) {
        requireOpen();
        if (!Double.isFinite(Precision.FLOAT.rounded(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate must be " + Precision.FLOAT.finite(learningRate) + ": learningRate=" + learningRate);
        }
    }

    final void requireOpen() {
        instance.state().requireOpen();
        if (closed) {
            throw new IllegalStateException("network " + instance.description().name() + ": this training was closed");
        }
    }

    @Override
    public final void close() {
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
}
