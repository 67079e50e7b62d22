package io.github.layerc.engine;

import io.github.layerc.network.TrainingSettings;

/**
 * A training by products with the samples. For steps over all samples there are two copies more where the kernels want them, panels and strips,
 * from which they read their vectors one behind the other: the samples then take three times their memory.
 */
final class FloatDirectTraining extends FloatTraining {
    private static final int FIRST = FloatSamples.FIRST;

    /** The samples once more, in panels, and in strips; empty where the kernels have no use for them. */
    private final float[] panels;

    private final float[] strips;

    /** Samples and targets of a step whose rows are not consecutive: room for the batch of the settings, grown by larger steps. */
    private float[] gatheredX = {};

    private float[] gatheredY = {};

    FloatDirectTraining(FloatInstance instance, FloatSamples samples, TrainingSettings settings, FormChoice choice) {
        super(instance, samples, settings, choice);
        int count = samples.count();
        int inputs = samples.inputs();
        int width = fits(instance.panelWidth(count)) ? instance.panelWidth(count) : 0;
        this.panels = new float[width == 0 ? 0 : FIRST + padded(count, width) * inputs];
        this.strips = new float[width == 0 ? 0 : FIRST + padded(inputs, width) * count];
        if (width > 0) {
            FloatPacking.panels(samples.x(), FIRST, samples.stride(), count, inputs, width, panels, FIRST);
            FloatPacking.strips(samples.x(), FIRST, samples.stride(), count, inputs, width, strips, FIRST);
        }
        if (settings.batch() < count) {
            makeRoom(settings.batch());
        }
    }

    private static int padded(int size, int width) {
        return (size + width - 1) / width * width;
    }

    /** Whether arrays can hold the copies. */
    private boolean fits(int width) {
        return ((long) samples.count() + width) * ((long) samples.inputs() + width) <= Integer.MAX_VALUE - 16 - FIRST;
    }

    @Override
    double stepWithAll(double learningRate) {
        int count = samples.count();
        if (panels.length == 0) {
            return step(samples.x(), FIRST, samples.y(), 0, count, learningRate);
        }
        begin();
        if (fused) {
            return boundStep(kernels.parameters(), -learningRate / count) / count;
        }
        double penalty = update.prepare(true);
        double losses = boundStep(update.gradients(), 1.0 / count);
        update.apply(true, learningRate);
        return losses / count + penalty;
    }

    private double boundStep(float[] into, double factor) {
        return kernels.boundStep(
                panels,
                strips,
                FIRST,
                samples.x(),
                FIRST,
                samples.stride(),
                samples.y(),
                0,
                samples.count(),
                into,
                (float) factor);
    }

    @Override
    double step(int[] rows, int from, int to, boolean consecutive, double learningRate) {
        int size = to - from;
        int outputs = samples.outputs();
        if (consecutive) {
            return step(samples.x(), samples.at(rows[from]), samples.y(), rows[from] * outputs, size, learningRate);
        }
        makeRoom(size);
        for (int i = 0; i < size; i++) {
            int row = rows[from + i];
            System.arraycopy(samples.x(), samples.at(row), gatheredX, i * samples.stride(), samples.inputs());
        }
        samples.copyTargets(rows, from, size, gatheredY);
        return step(gatheredX, 0, gatheredY, 0, size, learningRate);
    }

    /** All or nothing: where there is no room for so many, there is as much as before. */
    private void makeRoom(int size) {
        if (gatheredX.length < (long) size * samples.stride()) {
            float[] moreX = new float[Sizes.array("samples of a step", size, samples.stride())];
            gatheredY = new float[Sizes.array("targets of a step", size, samples.outputs())];
            gatheredX = moreX;
        }
    }

    private double step(float[] x, int xAt, float[] y, int yAt, int size, double learningRate) {
        begin();
        int stride = samples.stride();
        int capacity = kernels.capacity();
        if (fused && size <= capacity) {
            float factor = (float) (-learningRate / size);
            return kernels.step(x, xAt, stride, y, yAt, size, kernels.parameters(), factor) / size;
        }
        double penalty = update.prepare(true);
        float factor = (float) (1.0 / size);
        double losses = 0;
        for (int s = 0; s < size; s += capacity) {
            int part = Math.min(capacity, size - s);
            int yPart = yAt + s * samples.outputs();
            losses += kernels.step(x, xAt + s * stride, stride, y, yPart, part, update.gradients(), factor);
        }
        update.apply(true, learningRate);
        return losses / size + penalty;
    }

    private void begin() {
        if (!instance.claim(this)) {
            update.restart();
        }
    }

    /** Every step updates the parameters themselves. */
    @Override
    void settle() {}

    @Override
    Evaluation evaluation(FloatSamples others) {
        return new FloatEvaluation(this, others);
    }
}
