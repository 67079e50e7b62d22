package io.github.layerc.engine;

/**
 * Samples that follow a training in Gram form by the same algebra: their pre-activations of the first layer are {@code w Z(0) + C (X X_other^T)}.
 * Where the parameters are not those of the training's last step, they are predicted like any others.
 */
final class FloatGramEvaluation extends FloatEvaluation {
    private final FloatGramTraining gram;

    /** Products with all bound samples of the training, {@code [bound samples][these samples]}. */
    private final double[][] products;

    private final int count;

    /** Rows of these samples, one for each unit. */
    private final float[][] preActivations;

    private final double[] sums;

    /** The weights W1(0) that the first pre-activations belong to, 0 for none yet. */
    private int base;

    private double[][] firstPreActivations = {};

    private boolean follows;

    FloatGramEvaluation(FloatGramTraining training, FloatSamples samples) {
        super(training, samples);
        this.gram = training;
        this.count = samples.count();
        this.products = training.gram().productsWith(samples);
        this.preActivations = FloatGramState.rows(training.units(), count);
        this.sums = new double[count];
    }

    @Override
    void prepare() {
        follows = instance.owns(gram);
        if (!follows) {
            super.prepare();
            return;
        }
        if (base != gram.base()) {
            firstPreActivations = gram.firstPreActivations(samples);
            base = gram.base();
        }
        gram.preActivations(firstPreActivations, products, sums, preActivations);
    }

    @Override
    double losses(int from, int part, int yAt) {
        return follows ? kernels.gramCost(preActivations, from, samples.y(), yAt, part) : super.losses(from, part, yAt);
    }

    @Override
    void predict(int from, int part, float[] out, int outAt) {
        if (follows) {
            kernels.gramPredict(preActivations, from, part, out, outAt);
        } else {
            super.predict(from, part, out, outAt);
        }
    }
}
