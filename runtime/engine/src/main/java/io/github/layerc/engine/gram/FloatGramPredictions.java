package io.github.layerc.engine.gram;

import io.github.layerc.engine.direct.FloatDirectPredictions;
import io.github.layerc.engine.kernels.FloatGramBatch;
import io.github.layerc.engine.kernels.FloatGramKernels;
import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.step.FloatPredictions;
import io.github.layerc.engine.step.FloatSamples;

/**
 * Samples that follow a training in Gram form by the same algebra: their pre-activations of the first layer are {@code w Z(0) + C (X X_other^T)}.
 * Where the parameters are not those of the training's last step, they are predicted like any others.
 */
final class FloatGramPredictions implements FloatPredictions {
    private final FloatGramForm gram;
    private final FloatGramKernels kernels;
    private final FloatSamples samples;
    private final FloatDirectPredictions direct;
    private final FloatGramBatch batch = new FloatGramBatch();

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

    FloatGramPredictions(FloatGramForm gram, FloatStepKernels kernels, FloatSamples samples) {
        this.gram = gram;
        this.kernels = kernels.gram().orElseThrow();
        this.samples = samples;
        this.direct = new FloatDirectPredictions(() -> kernels, samples);
        this.count = samples.count();
        this.products = gram.gram().productsWith(samples);
        this.preActivations = FloatGramState.rows(gram.units(), count);
        this.sums = new double[count];
    }

    @Override
    public void prepare(boolean own) {
        follows = own;
        if (!follows) {
            return;
        }
        if (base != gram.base()) {
            firstPreActivations = gram.firstPreActivations(samples);
            base = gram.base();
        }
        gram.preActivations(firstPreActivations, products, sums, preActivations);
    }

    @Override
    public double losses(int from, int part) {
        return follows
                ? kernels.gramCost(
                        batch.samples(preActivations, from, part).targets(samples.y(from, part), samples.yAt(from)))
                : direct.losses(from, part);
    }

    @Override
    public void predict(int from, int part, float[] out, int outAt) {
        if (follows) {
            kernels.gramPredict(batch.samples(preActivations, from, part), out, outAt);
        } else {
            direct.predict(from, part, out, outAt);
        }
    }
}
