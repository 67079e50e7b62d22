package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Form;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;

/** What both forms of a training share: bound samples, the optimizer, checks. */
abstract class FloatTraining implements Training {
    final FloatInstance instance;
    final FloatKernels kernels;
    final FloatSamples samples;
    final FloatUpdate update;
    final double l2;

    /** Whether the kernels can update the parameters by themselves, where their workspace holds the samples of the step. */
    final boolean fused;

    /** Gradients of a step that is not fused, empty if there will be none. */
    final float[] gradients;

    /** Empty for an optimizer without momentum. */
    final float[] velocity;

    /** Where weights and biases of the layers start by turns, and the end of the last one, in the parameters. */
    private final int[] places;

    /** See {@link FloatKernels#weightRows}; empty where weights do not decay. */
    private final int[] weightRows;

    private final FormChoice choice;
    private boolean closed;

    FloatTraining(FloatInstance instance, FloatSamples samples, TrainingSettings settings, FormChoice choice) {
        this.instance = instance;
        this.kernels = instance.kernels();
        this.samples = samples;
        this.update = new FloatUpdate(settings);
        this.l2 = settings.l2();
        this.fused = FloatUpdate.isAddition(settings);
        this.places = Arrays.copyOf(
                kernels.places(), 2 * instance.description().layers().size() + 1);
        places[places.length - 1] = kernels.parameters().length;
        this.weightRows = l2 == 0 ? new int[0] : kernels.weightRows();
        boolean split = FormChoice.batch(settings, samples.count()) > kernels.capacity();
        this.gradients = fused && !split ? new float[0] : instance.packedGradients();
        this.velocity = new float[settings.optimizer().hasMomentum() ? kernels.parameters().length : 0];
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

    /** Gradients for a step that is not fused; a training whose steps always are has none. */
    final float[] gradients() {
        return gradients.length == 0 ? instance.packedGradients() : gradients;
    }

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

    /**
     * Sets the gradients to those of the penalty.
     *
     * @param firstLayer whether the weights of the first layer are among the parameters that are updated
     * @return the penalty of those, {@code l2 / 2} times the sum of the squares of the weights
     */
    final double prepare(boolean firstLayer) {
        float[] parameters = kernels.parameters();
        for (int i = firstLayer ? 0 : 1; i + 1 < places.length; i++) {
            boolean weights = i % 2 == 0;
            update.prepare(parameters, gradients(), places[i], places[i + 1], weights ? l2 : 0);
        }
        double squares = 0;
        for (int i = 0; i < weightRows.length; i += 4) {
            int at = weightRows[i];
            boolean counts = firstLayer || at >= places[1];
            for (int row = 0; counts && row < weightRows[i + 3]; row++) {
                squares += FloatUpdate.sumOfSquares(parameters, at, at + weightRows[i + 1]);
                at += weightRows[i + 2];
            }
        }
        return l2 / 2 * squares;
    }

    /** @param firstLayer as for {@link #prepare} */
    final void apply(boolean firstLayer, double learningRate) {
        float[] parameters = kernels.parameters();
        update.apply(parameters, gradients(), velocity, places[firstLayer ? 0 : 1], parameters.length, learningRate);
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
