package io.github.layerc.engine;

import io.github.layerc.engine.FloatRowProducts.Rows;

/**
 * What the Gram form makes of bound samples X before its first step: {@code G = X X^T}, the products of all pairs; and by the same means the products of
 * X with weights and with other samples. All of it is work of a set-up, on as many threads as a step may have.
 */
final class FloatGram {
    private final FloatSamples samples;
    private final String threadName;
    private final int threads;
    private final float[] products;
    private final int stride;

    /** @param kernels whose number of threads is taken */
    FloatGram(FloatSamples samples, String network, FloatKernels kernels) {
        this.samples = samples;
        this.threadName = network + "-gram";
        this.threads = kernels.threads();
        this.stride = FloatGramState.padded(samples.count());
        double[][] triangle = new double[samples.count()][];
        for (int i = 0; i < triangle.length; i++) {
            triangle[i] = new double[i + 1];
        }
        try (Workers workers = workers()) {
            rowProducts(workers).add(samples.rows(), samples.inputs(), triangle);
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

    private Workers workers() {
        return new Workers(threadName, threads);
    }

    private FloatRowProducts rowProducts(Workers workers) {
        return new FloatRowProducts(workers, threads);
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
        try (Workers workers = workers()) {
            rowProducts(workers).add(samples.rows(), others.rows(), samples.inputs(), result);
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
        try (Workers workers = workers()) {
            rowProducts(workers).add(rows, of.rows(), samples.inputs(), result);
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
        try (Workers workers = workers()) {
            rowProducts(workers).addCombinations(coefficients, units, samples.rows(), samples.inputs(), weights);
        }
    }
}
