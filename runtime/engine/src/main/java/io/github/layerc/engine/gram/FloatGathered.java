package io.github.layerc.engine.gram;

import io.github.layerc.engine.check.Sizes;
import io.github.layerc.engine.step.FloatSamples;

/**
 * What a step in Gram form takes of samples that do not follow each other, copied side by side: their targets, rows of
 * products, and pre-activations. It has room for the largest step so far.
 */
final class FloatGathered {
    private final FloatSamples samples;
    private final FloatGram gram;
    private final int units;
    private float[] y = {};
    private float[] products = {};
    private float[][] preActivations = {};

    FloatGathered(FloatSamples samples, FloatGram gram, int units) {
        this.samples = samples;
        this.gram = gram;
        this.units = units;
    }

    /** All or nothing: where there is no room for so many, there is as much as before. */
    void makeRoom(int number) {
        if (y.length < (long) number * samples.outputs()) {
            float[] moreProducts = new float[Sizes.array("products of a step", number, gram.stride())];
            float[] moreY = new float[Sizes.array("targets of a step", number, samples.outputs())];
            preActivations = FloatGramState.rows(units, number);
            products = moreProducts;
            y = moreY;
        }
    }

    /**
     * Copies samples; there must be room for so many.
     *
     * @param ofAll pre-activations of all bound samples, a row for each unit
     */
    void gather(int[] rows, int from, int number, float[][] ofAll) {
        int stride = gram.stride();
        samples.copyTargets(rows, from, number, y);
        for (int s = 0; s < number; s++) {
            System.arraycopy(gram.products(), rows[from + s] * stride, products, s * stride, stride);
        }
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < number; s++) {
                preActivations[u][s] = ofAll[u][rows[from + s]];
            }
        }
    }

    float[] y() {
        return y;
    }

    float[] products() {
        return products;
    }

    float[][] preActivations() {
        return preActivations;
    }
}
