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
 * <p>This state is in double, and so is the set-up, products and sums: for networks in float, too. (C, Z1, w) is the sum of thousands of
 * updates, each of which would be rounded to float. What one step changes is computed in the precision of the network, from G rounded to it. In
 * float the costs of CatNet4 then differ from the direct form's by 1.8e-8 at most up to iteration 50; up to 400 by 1.4e-7 with vectors, and by 4.5e-2
 * in plain Java, where before iteration 100 a relu decides otherwise: two direct forms that add up in different orders part as far. In double the
 * change took 30 us of a step, in float 14.
 *
 * <p>Memory: G takes samples x samples elements, and while it is made as many doubles; the state samples x 2 units doubles, one more of these for
 * the gradient of optimizers with momentum or decay, one for their velocity, and Z1(0) with decay; the changes of a step samples x units elements;
 * an evaluation its samples x samples and 2 units doubles. No step allocates.
 */
final class FloatGramTraining extends FloatTraining {
    private final int inputs;
    private final int units;

    /** Distance of rows of bound samples: their number. */
    private final int stride;

    /** Coefficients {@code [units][stride]}, pre-activations {@code [units][stride]}, and the factor of the first weights. */
    private final double[] state;

    private double[] stateGradient;
    private final double[] stateVelocity;
    private final DoubleUpdate stateUpdate;
    private final float[][] gram;

    /** Where a step sums up what it adds to the pre-activations, a row for each unit. */
    private final float[][] changes;

    /** The first layer's weights W1(0) {@code [units][inputs]}. */
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
        this.stride = count;
        this.state = new double[size(2) + 1];
        this.stateGradient = new double[fused && gradients.length == 0 ? 0 : state.length];
        this.stateVelocity = new double[settings.optimizer().hasMomentum() ? state.length : 0];
        this.stateUpdate = new DoubleUpdate(settings);
        this.firstWeights = new float[Math.multiplyExact(units, inputs)];
        this.changes = new float[units][padded(count)];
        this.firstPreActivations = new double[l2 > 0 ? size(1) : 0];
        this.all = new int[count];
        Arrays.setAll(all, s -> s);
        if (settings.batch() < count) {
            this.gatheredY = new float[settings.batch() * samples.outputs()];
        }
        double[][] products = new double[count][count];
        try (Workers workers = workers()) {
            rowProducts(workers).add(samples.rows(), inputs, products);
        }
        this.gram = rounded(products);
    }

    /** Gives up each row of the argument for one of the result, so that they need the memory of one of both. */
    private static float[][] rounded(double[][] rows) {
        float[][] rounded = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            rows[i] = null;
            rounded[i] = new float[padded(row.length)];
            for (int j = 0; j < row.length; j++) {
                rounded[i][j] = (float) row[j];
            }
        }
        return rounded;
    }

    /** Two vectors of 512 bits, the longest that the kernels read at a time. */
    private static int padded(int count) {
        int elements = 128 / Float.BYTES;
        return (count + elements - 1) / elements * elements;
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
        return new FloatRowProducts(workers, Runtime.getRuntime().availableProcessors());
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
                state, size(1), stride, gram, rows, from, y, yAt, count, intoState, changes, into, factor);
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
        System.arraycopy(canonical(), 0, firstWeights, 0, firstWeights.length);
        Arrays.fill(velocity, 0);
        Arrays.fill(stateVelocity, 0);
        Arrays.fill(state, 0);
        state[state.length - 1] = 1;
        double[][] preActivations = firstPreActivations(samples);
        for (int u = 0; u < units; u++) {
            System.arraycopy(preActivations[u], 0, state, (units + u) * stride, stride);
        }
        if (l2 > 0) {
            System.arraycopy(state, size(1), firstPreActivations, 0, size(1));
            squares = 0;
            for (double weight : firstWeights) {
                squares += weight * weight;
            }
        }
        base++;
    }

    private float[] canonical() {
        float[] canonical = new float[instance.network().parameterCount()];
        kernels.unpack(kernels.parameters(), canonical);
        return canonical;
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
        float[] canonical = canonical();
        float w = (float) state[state.length - 1];
        for (int i = 0; i < firstWeights.length; i++) {
            canonical[i] = w * firstWeights[i];
        }
        try (Workers workers = workers()) {
            rowProducts(workers).addCombinations(state, units, samples.rows(), inputs, canonical);
        }
        kernels.pack(canonical, kernels.parameters());
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

    /** Products of all bound samples with others, {@code [bound samples][other samples]}. */
    double[][] productsWith(FloatSamples others) {
        double[][] products = new double[stride][others.count()];
        try (Workers workers = workers()) {
            rowProducts(workers).add(samples.rows(), others.rows(), inputs, products);
        }
        return products;
    }

    /** Products of W1(0) with samples, {@code [units][samples]}. */
    double[][] firstPreActivations(FloatSamples others) {
        double[][] products = new double[units][others.count()];
        Rows weights = new Rows(firstWeights, 0, inputs, units);
        try (Workers workers = workers()) {
            rowProducts(workers).add(weights, others.rows(), inputs, products);
        }
        return products;
    }

    /** {@code out = w first + C products}, with {@code first [units][others]}, {@code products [bound samples][others]}, {@code out [units][others]}. */
    void preActivations(double[][] first, double[][] products, double[] sums, double[] out) {
        double w = state[state.length - 1];
        int others = sums.length;
        for (int u = 0; u < units; u++) {
            FloatRowProducts.combine(state, u * stride, products, sums, others);
            for (int j = 0; j < others; j++) {
                out[u * others + j] = w * first[u][j] + sums[j];
            }
        }
    }
}
