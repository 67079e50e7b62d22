package io.github.layerc.engine.gram;

import io.github.layerc.engine.gram.FloatRowProducts.Rows;
import io.github.layerc.engine.step.FloatSamples;
import io.github.layerc.engine.step.Parallel;
import java.util.function.Supplier;

/**
 * What the Gram form makes of bound samples X before its first step: {@code G = X X^T}, the products of all pairs; and
 * by the same means the products of X with weights and with other samples. All of it is work of a set-up, on as many
 * threads as a step may have.
 */
final class FloatGram {
    private final FloatSamples samples;
    private final int threads;
    private final Supplier<Parallel> workers;
    private final float[] products;
    private final int stride;

    /** @param workers so many threads */
    FloatGram(FloatSamples samples, int threads, Supplier<Parallel> workers) {
        this.samples = samples;
        this.threads = threads;
        this.workers = workers;
        this.stride = FloatGramState.padded(samples.count());
        double[][] triangle = new double[samples.count()][];
        for (int i = 0; i < triangle.length; i++) {
            triangle[i] = new double[i + 1];
        }
        try (Parallel parallel = workers.get()) {
            rowProducts(parallel).add(rows(samples), samples.inputs(), triangle);
        }
        this.products = rounded(triangle, stride);
    }

    /** Row i of the argument ends with column i. */
    private static float[] rounded(double[][] rows, int stride) {
        float[] rounded = new float[rows.length * stride];
        for (int i = 0; i < rows.length; i++) {
            round(rows[i], rounded, i, stride);
        }
        return rounded;
    }

    private static void round(double[] row, float[] out, int i, int stride) {
        for (int j = 0; j < row.length; j++) {
            float product = (float) row[j];
            out[i * stride + j] = product;
            out[j * stride + i] = product;
        }
    }

    private FloatRowProducts rowProducts(Parallel parallel) {
        return new FloatRowProducts(parallel, threads);
    }

    private static Rows rows(FloatSamples samples) {
        return new Rows(samples.x(), FloatSamples.FIRST, samples.stride(), samples.count());
    }

    /** G in rows of {@link #stride} elements, one for each sample; what lies behind the products of a row is 0. */
    float[] products() {
        return products;
    }

    int stride() {
        return stride;
    }

    /** Products with other samples, {@code [bound samples][others]}. */
    double[][] productsWith(FloatSamples others) {
        double[][] result = new double[samples.count()][others.count()];
        try (Parallel parallel = workers.get()) {
            rowProducts(parallel).add(rows(samples), rows(others), samples.inputs(), result);
        }
        return result;
    }

    /**
     * Products of weights with samples of the same length, these or others.
     *
     * @param weights {@code [units][inputs]}
     * @return {@code [units][samples]}
     */
    double[][] preActivations(float[] weights, int units, FloatSamples of) {
        double[][] result = new double[units][of.count()];
        Rows rows = new Rows(weights, 0, samples.inputs(), units);
        try (Parallel parallel = workers.get()) {
            rowProducts(parallel).add(rows, rows(of), samples.inputs(), result);
        }
        return result;
    }

    /**
     * Adds {@code C X} to weights.
     *
     * @param coefficients C {@code [units][bound samples]}
     * @param weights {@code [units][inputs]}, at the start of the array
     */
    void addCombinations(double[] coefficients, int units, float[] weights) {
        try (Parallel parallel = workers.get()) {
            rowProducts(parallel).addCombinations(coefficients, units, rows(samples), samples.inputs(), weights);
        }
    }
}
