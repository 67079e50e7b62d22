package io.github.layerc.engine;

import java.util.Arrays;

/**
 * Samples that follow a training in Gram form by the same algebra: their pre-activations of the first layer are {@code w Z(0) + C (X X_other^T)}.
 * Where the parameters are not those of the training's last step, they are predicted like any others.
 */
final class FloatGramEvaluation extends FloatEvaluation {
    private final FloatGramTraining gram;

    /** Products with all bound samples of the training. */
    private final double[] products;

    /** Distance of rows of these samples, which are padded with zeros. */
    private final int stride;

    private final double[] firstPreActivations;
    private final double[] preActivations;
    private final int[] all;

    /** The weights W1(0) that the first pre-activations belong to, 0 for none yet. */
    private int base;

    private boolean follows;

    FloatGramEvaluation(FloatGramTraining training, FloatSamples samples) {
        super(training, samples);
        this.gram = training;
        this.stride = training.padded(samples.count());
        this.products = training.productsWith(samples);
        this.firstPreActivations = new double[Math.multiplyExact(training.units(), stride)];
        this.preActivations = new double[firstPreActivations.length];
        this.all = new int[samples.count()];
        Arrays.setAll(all, s -> s);
    }

    @Override
    void prepare() {
        follows = instance.owns(gram);
        if (!follows) {
            super.prepare();
            return;
        }
        if (base != gram.base()) {
            gram.firstPreActivations(samples, firstPreActivations, stride);
            base = gram.base();
        }
        gram.preActivations(firstPreActivations, products, samples.count(), preActivations, stride);
    }

    @Override
    double losses(int from, int part, int yAt) {
        return follows
                ? kernels.gramCost(preActivations, 0, stride, all, from, samples.y(), yAt, part)
                : super.losses(from, part, yAt);
    }

    @Override
    void predict(int from, int part, float[] out, int outAt) {
        if (follows) {
            kernels.gramPredict(preActivations, 0, stride, all, from, part, out, outAt);
        } else {
            super.predict(from, part, out, outAt);
        }
    }
}
