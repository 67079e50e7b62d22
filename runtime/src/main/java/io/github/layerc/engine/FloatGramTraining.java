package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.FloatRowProducts.Rows;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;

/**
 * A training in Gram form: its steps touch neither the samples nor the weights of the first layer. These are
 *
 * <pre>
 * W1 = w W1(0) + C X            one coefficient for each unit and sample, and one number w, 1 unless weights decay
 * Z1 = W1 X^T = w Z1(0) + C G   their pre-activations, with G = X X^T
 * </pre>
 *
 * <p>and a step updates {@code (C, Z1, w)} instead: a gradient of the cost with the deltas dz is {@code (dz, dz G, 0)} in these numbers, the decay of
 * weights {@code l2 (C, Z1, w)}, and what an optimizer does with them, element by element, is linear. W1 itself is made, by one product, only when
 * somebody asks for the parameters. W1(0) are the weights of the last time that anything else has changed them.
 *
 * <p>All of this state is in double, and so are G and Z1(0), products and sums: for networks in float, too. (C, Z1, w) is the sum of thousands of
 * updates, each of which would be rounded to float; only what the other layers see, Z1 of a step's samples, is. It costs half of the lanes in the one
 * product that is left, a few microseconds a step.
 *
 * <p>Memory: G takes samples x samples doubles, twice that while it is made; the state samples x 2 units, one more of these for the gradient of optimizers with momentum or
 * decay, one for their velocity, and Z1(0) with decay; an evaluation its samples x samples and 2 units. No step allocates.
 */
final class FloatGramTraining extends FloatTraining {
    /** Place of the products: where a cache line starts, as for {@link FloatSamples}. */
    private static final int GRAM_AT = (64 - 16) / Double.BYTES;

    private final int inputs;
    private final int units;

    /** Distance of rows of bound samples, which are padded with zeros. */
    private final int stride;

    /** Coefficients {@code [units][stride]}, pre-activations {@code [units][stride]}, and the factor of the first weights. */
    private final double[] state;

    private double[] stateGradient;
    private final double[] stateVelocity;
    private final DoubleUpdate stateUpdate;
    private final double[] gram;

    /** The first layer's weights W1(0), in the layout of the kernels. */
    private final float[] firstWeights;

    /** Pre-activations Z1(0) and the sum of the squares of W1(0), for the penalty: only where weights decay. */
    private final double[] firstPreActivations;

    private double squares;

    /** All bound samples in order. */
    private final int[] all;

    /** Targets of a step whose rows are not consecutive. */
    private float[] gatheredY = {};

    private int base;

    /** Whether the weights of the first layer in the engine's parameters are those of the state. */
    private boolean settled;

    FloatGramTraining(FloatInstance instance, FloatSamples samples, TrainingSettings settings, FormChoice choice) {
        super(instance, samples, settings, choice);
        int count = samples.count();
        this.inputs = samples.inputs();
        this.units = instance.network().layers().get(0).units();
        this.stride = padded(count);
        this.state = new double[size(2) + 1];
        this.stateGradient = new double[fused && gradients.length == 0 ? 0 : state.length];
        this.stateVelocity = new double[settings.optimizer().hasMomentum() ? state.length : 0];
        this.stateUpdate = new DoubleUpdate(settings);
        this.firstWeights = new float[endOfFirstWeights() - firstWeights()];
        this.firstPreActivations = new double[l2 > 0 ? size(1) : 0];
        this.all = new int[count];
        Arrays.setAll(all, s -> s);
        if (settings.batch() < count) {
            this.gatheredY = new float[settings.batch() * samples.outputs()];
        }
        double[] products = new double[Math.multiplyExact(stride, stride)];
        try (Workers workers = workers()) {
            rowProducts(workers).add(samples.rows(), inputs, products, stride);
        }
        this.gram = panels(products);
    }

    /** Columns side by side, as many as a tile of the kernels has. Single columns are rows, since the products are symmetric. */
    private double[] panels(double[] products) {
        double[] panels = new double[GRAM_AT + products.length];
        int width = kernels.gramWidth();
        if (width == 1) {
            System.arraycopy(products, 0, panels, GRAM_AT, products.length);
            return panels;
        }
        for (int j = 0; j < stride; j += width) {
            for (int i = 0; i < stride; i++) {
                System.arraycopy(products, i * stride + j, panels, GRAM_AT + j * stride + i * width, width);
            }
        }
        return panels;
    }

    /** Elements of so many arrays {@code [units][stride]}. */
    private int size(int number) {
        return Math.multiplyExact(number * units, stride);
    }

    /** For a set-up: every core that this JVM has. */
    private Workers workers() {
        return new Workers(
                instance.network().name() + "-gram", Runtime.getRuntime().availableProcessors());
    }

    private FloatRowProducts rowProducts(Workers workers) {
        return new FloatRowProducts(kernels, workers, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public double step(double learningRate) {
        requireReady(learningRate);
        return step(all, 0, count(), samples.y(), 0, learningRate);
    }

    @Override
    double step(int[] rows, int from, int to, boolean consecutive, double learningRate) {
        int outputs = samples.outputs();
        if (consecutive) {
            return step(rows, from, to, samples.y(), rows[from] * outputs, learningRate);
        }
        int size = to - from;
        if (gatheredY.length < size * outputs) {
            gatheredY = new float[size * outputs];
        }
        samples.copyTargets(rows, from, size, gatheredY);
        return step(rows, from, to, gatheredY, 0, learningRate);
    }

    private double step(int[] rows, int from, int to, float[] y, int yAt, double learningRate) {
        begin();
        int size = to - from;
        if (fused && size <= kernels.capacity()) {
            float factor = (float) (-learningRate / size);
            return gramStep(rows, from, y, yAt, size, state, kernels.parameters(), factor) / size;
        }
        double[] intoState = stateGradient();
        double penalty = prepare(false) + firstPenalty();
        stateUpdate.prepare(state, intoState, 0, state.length, l2);
        float factor = (float) (1.0 / size);
        int capacity = kernels.capacity();
        double losses = 0;
        for (int s = 0; s < size; s += capacity) {
            int part = Math.min(capacity, size - s);
            losses += gramStep(rows, from + s, y, yAt + s * samples.outputs(), part, intoState, gradients(), factor);
        }
        stateUpdate.apply(state, intoState, stateVelocity, 0, state.length, learningRate);
        apply(false, learningRate);
        return losses / size + penalty;
    }

    private double gramStep(
            int[] rows, int from, float[] y, int yAt, int count, double[] intoState, float[] into, float factor) {
        return kernels.gramStep(
                state, size(1), stride, gram, GRAM_AT, rows, from, y, yAt, count, intoState, into, factor);
    }

    /** A step that is larger than the batch of the settings may need it though others do not. */
    private double[] stateGradient() {
        if (stateGradient.length == 0) {
            stateGradient = new double[state.length];
        }
        return stateGradient;
    }

    private void begin() {
        if (!instance.claim(this)) {
            startFromParameters();
        }
        settled = false;
    }

    /** Takes the engine's weights of the first layer for W1(0). */
    private void startFromParameters() {
        float[] parameters = kernels.parameters();
        System.arraycopy(parameters, firstWeights(), firstWeights, 0, firstWeights.length);
        Arrays.fill(velocity, 0);
        Arrays.fill(stateVelocity, 0);
        Arrays.fill(state, 0);
        state[state.length - 1] = 1;
        float[] canonical = canonical(parameters);
        try (Workers workers = workers()) {
            rowProducts(workers).add(weights(canonical), samples.rows(), inputs, state, size(1), stride);
        }
        if (l2 > 0) {
            System.arraycopy(state, size(1), firstPreActivations, 0, size(1));
            squares = 0;
            for (int i = 0; i < units * inputs; i++) {
                squares += (double) canonical[i] * canonical[i];
            }
        }
        base++;
    }

    private float[] canonical(float[] parameters) {
        float[] canonical = new float[instance.network().parameterCount()];
        kernels.unpack(parameters, canonical);
        return canonical;
    }

    private Rows weights(float[] canonical) {
        return new Rows(canonical, 0, inputs, units);
    }

    /** The penalty of the weights that the state stands for: {@code l2 / 2} times {@code |w W1(0) + C X|^2}. */
    private double firstPenalty() {
        if (l2 == 0) {
            return 0;
        }
        double w = state[state.length - 1];
        double sum = w * w * squares;
        for (int i = 0; i < size(1); i++) {
            sum += state[i] * (w * firstPreActivations[i] + state[size(1) + i]);
        }
        return l2 / 2 * sum;
    }

    @Override
    void settle() {
        if (settled) {
            return;
        }
        float[] parameters = kernels.parameters();
        float w = (float) state[state.length - 1];
        for (int i = 0; i < firstWeights.length; i++) {
            parameters[firstWeights() + i] = w * firstWeights[i];
        }
        int capacity = kernels.capacity();
        for (int s = 0; s < count(); s += capacity) {
            int part = Math.min(capacity, count() - s);
            kernels.gramWeights(
                    samples.x(), samples.at(s), samples.stride(), state, 0, stride, all, s, part, parameters, 1);
        }
        settled = true;
    }

    @Override
    public Evaluation evaluate(Dataset data) {
        requireOpen();
        return new FloatGramEvaluation(this, instance.bind(data));
    }

    int units() {
        return units;
    }

    /** Counts the weights W1(0) that there were. */
    int base() {
        return base;
    }

    int padded(int count) {
        int width = kernels.gramWidth();
        return (count + width - 1) / width * width;
    }

    /** Products of other samples with all bound ones, {@code [other samples][stride]}. */
    double[] productsWith(FloatSamples others) {
        double[] products = new double[Math.multiplyExact(others.count(), stride)];
        try (Workers workers = workers()) {
            rowProducts(workers).add(others.rows(), samples.rows(), inputs, products, 0, stride);
        }
        return products;
    }

    /** Products of other samples with W1(0): {@code out[units][outStride]}. */
    void firstPreActivations(FloatSamples others, double[] out, int outStride) {
        float[] parameters = kernels.parameters().clone();
        System.arraycopy(firstWeights, 0, parameters, firstWeights(), firstWeights.length);
        Arrays.fill(out, 0);
        try (Workers workers = workers()) {
            rowProducts(workers).add(weights(canonical(parameters)), others.rows(), inputs, out, 0, outStride);
        }
    }

    /** {@code out = w first + C products^T}, all {@code [units][outStride]}. */
    void preActivations(double[] first, double[] products, int count, double[] out, int outStride) {
        double w = state[state.length - 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = w * first[i];
        }
        kernels.addRowProducts(state, 0, units, products, 0, count, stride, stride, out, 0, outStride);
    }
}
