package io.github.layerc.engine;

import io.github.layerc.engine.FloatRowProducts.Rows;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

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
 * <p>What is a sum of very many terms is in double for networks in float, too: this state, see {@link FloatGramState}, and the products of the set-up,
 * see {@link FloatRowProducts}. What one step changes, and a part of a long product, is computed in the precision of the network; G is rounded to it.
 * In float the costs of CatNet4 then differ from the direct form's by 1.9e-8 at most up to iteration 50; up to 400 by 1.4e-7 with vectors, and by
 * 4.5e-2 in plain Java, where before iteration 100 a relu decides otherwise: two direct forms that add up in different orders part as far. With the
 * whole set-up in double, and a state that each step adds to, these numbers are the same, and the training takes a fifth longer.
 *
 * <p>Memory: G takes samples x samples elements, and while it is made half as many doubles; the state samples x 2 units doubles and samples x 4 units
 * elements, the deltas samples x units elements, 2 units doubles more for the gradient of optimizers with momentum or decay, as many for their velocity, and Z1(0) with decay;
 * mini-batches that are shuffled batch x (samples + units) elements; an evaluation its samples x samples and 2 units doubles. No step allocates.
 */
final class FloatGramTraining extends FloatTraining implements Rehearsal {
    private final int inputs;
    private final int units;

    private final FloatGramState state;

    private double[] stateGradient;
    private final double[] stateVelocity;
    private final DoubleUpdate stateUpdate;

    /** Rows of products of each bound sample with all of them, padded to {@link #stride}. */
    private final float[] gram;

    private final int stride;

    /** The first layer's weights W1(0) {@code [units][inputs]}. */
    private final float[] firstWeights;

    /** Pre-activations Z1(0) and the sum of the squares of W1(0), for the penalty: only where weights decay. */
    private final double[] firstPreActivations;

    private double squares;

    /** All bound samples in order. */
    private final int[] all;

    /** The deltas of a step: {@code [units]} rows. */
    private float[][] deltas;

    /** What a step takes of samples that do not follow each other: their targets, rows of products, and pre-activations. */
    private float[] gatheredY = {};

    private float[] gatheredGram = {};
    private float[][] gatheredPreActivations = {};

    private int base;

    /** Whether the weights of the first layer in the engine's parameters are those of the state. */
    private boolean settled;

    FloatGramTraining(FloatInstance instance, FloatSamples samples, TrainingSettings settings, FormChoice choice) {
        super(instance, samples, settings, choice);
        int count = samples.count();
        this.inputs = samples.inputs();
        this.units = instance.description().layers().get(0).units();
        this.state = new FloatGramState(units, count);
        int numbers = state.sums().length;
        this.stateGradient = new double[fused && gradients.length == 0 ? 0 : numbers];
        this.stateVelocity = new double[settings.optimizer().hasMomentum() ? numbers : 0];
        this.stateUpdate = new DoubleUpdate(settings);
        this.firstWeights = new float[Math.multiplyExact(units, inputs)];
        this.firstPreActivations = new double[l2 > 0 ? units * count : 0];
        this.stride = FloatGramState.padded(count);
        this.deltas = FloatGramState.rows(units, count);
        this.all = new int[count];
        Arrays.setAll(all, s -> s);
        if (settings.batch() < count) {
            makeRoom(settings.batch());
        }
        double[][] products = new double[count][];
        for (int i = 0; i < count; i++) {
            products[i] = new double[i + 1];
        }
        try (Workers workers = workers()) {
            rowProducts(workers).add(samples.rows(), inputs, products);
        }
        this.gram = rounded(products, stride);
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

    /** For a set-up: as many threads as a step may have. */
    private Workers workers() {
        return new Workers(instance.description().name() + "-gram", kernels.threads());
    }

    private FloatRowProducts rowProducts(Workers workers) {
        return new FloatRowProducts(workers, kernels.threads());
    }

    @Override
    double stepWithAll(double learningRate) {
        return step(all, 0, all.length, true, learningRate);
    }

    @Override
    double step(int[] rows, int from, int to, boolean consecutive, double learningRate) {
        begin();
        int size = to - from;
        if (deltas[0].length < size) {
            // samples may come more than once
            deltas = FloatGramState.rows(units, size);
        }
        if (!consecutive) {
            makeRoom(size);
        }
        if (fused && size <= kernels.capacity()) {
            float factor = (float) (-learningRate / size);
            double losses = gramStep(rows, from, size, consecutive, kernels.parameters(), factor);
            state.advance();
            return losses / size;
        }
        // a smaller step may have left changes
        state.add();
        double[] sums = state.sums();
        double[] intoState = stateGradient();
        double penalty = prepare(false) + firstPenalty();
        stateUpdate.prepare(sums, intoState, 0, sums.length, l2);
        float factor = (float) (1.0 / size);
        int capacity = kernels.capacity();
        double losses = 0;
        for (int s = 0; s < size; s += capacity) {
            losses += gramStep(rows, from + s, Math.min(capacity, size - s), consecutive, gradients(), factor);
        }
        state.moveChanges(intoState);
        stateUpdate.apply(sums, intoState, stateVelocity, 0, sums.length, learningRate);
        state.round();
        apply(false, learningRate);
        return losses / size + penalty;
    }

    private double gramStep(int[] rows, int from, int number, boolean consecutive, float[] into, float factor) {
        int first = rows[from];
        double losses = consecutive
                ? gramStep(state.preActivations(), first, gram, first, samples.y(), first, number, into, factor)
                : gatheredStep(rows, from, number, into, factor);
        if (number == samples.count() && consecutive) {
            state.addDeltas(deltas, factor);
        } else {
            state.addDeltas(deltas, factor, rows, from, number);
        }
        return losses;
    }

    private double gatheredStep(int[] rows, int from, int number, float[] into, float factor) {
        samples.copyTargets(rows, from, number, gatheredY);
        for (int s = 0; s < number; s++) {
            System.arraycopy(gram, rows[from + s] * stride, gatheredGram, s * stride, stride);
        }
        float[][] preActivations = state.preActivations();
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < number; s++) {
                gatheredPreActivations[u][s] = preActivations[u][rows[from + s]];
            }
        }
        return gramStep(gatheredPreActivations, 0, gatheredGram, 0, gatheredY, 0, number, into, factor);
    }

    /** @param preActivationsAt first sample in the pre-activations; and in the products and in the targets the same */
    private double gramStep(
            float[][] preActivations,
            int preActivationsAt,
            float[] products,
            int productsAt,
            float[] y,
            int yAt,
            int number,
            float[] into,
            float factor) {
        return kernels.gramStep(
                preActivations,
                preActivationsAt,
                products,
                productsAt * stride,
                stride,
                y,
                yAt * samples.outputs(),
                number,
                deltas,
                state.preActivationChanges(),
                into,
                factor);
    }

    /** For a step with so many samples that do not follow each other. */
    private void makeRoom(int number) {
        if (gatheredY.length < number * samples.outputs()) {
            gatheredY = new float[number * samples.outputs()];
            gatheredGram = new float[Sizes.array("products of a step", number, stride)];
            gatheredPreActivations = FloatGramState.rows(units, number);
        }
    }

    /** A step that is larger than the batch of the settings may need it though others do not. */
    private double[] stateGradient() {
        if (stateGradient.length == 0) {
            stateGradient = new double[state.sums().length];
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
        double[][] preActivations = firstPreActivations(samples);
        state.start(preActivations);
        if (l2 > 0) {
            for (int u = 0; u < units; u++) {
                System.arraycopy(preActivations[u], 0, firstPreActivations, u * samples.count(), samples.count());
            }
            squares = 0;
            for (double weight : firstWeights) {
                squares += weight * weight;
            }
        }
        base++;
    }

    private float[] canonical() {
        float[] canonical = new float[instance.description().parameterCount()];
        kernels.unpack(kernels.parameters(), canonical);
        return canonical;
    }

    /** The penalty of the weights that the state stands for: {@code l2 / 2} times {@code |w W1(0) + C X|^2}. */
    private double firstPenalty() {
        if (l2 == 0) {
            return 0;
        }
        return l2 / 2 * state.squares(squares, firstPreActivations);
    }

    @Override
    void settle() {
        if (settled) {
            return;
        }
        float[] canonical = canonical();
        float w = (float) state.factor();
        for (int i = 0; i < firstWeights.length; i++) {
            canonical[i] = w * firstWeights[i];
        }
        try (Workers workers = workers()) {
            rowProducts(workers).addCombinations(state.coefficients(), units, samples.rows(), inputs, canonical);
        }
        kernels.pack(canonical, kernels.parameters());
        settled = true;
    }

    @Override
    public void rehearse(BooleanSupplier more) {
        float[] parameters = kernels.parameters();
        for (int i = kernels.places()[1]; i < parameters.length; i++) {
            parameters[i] = madeUp(i);
        }
        int number = kernels.capacity();
        FloatGramState rehearsed = new FloatGramState(units, number);
        int width = FloatGramState.padded(number);
        float[] products = new float[number * width];
        float[][] deltaRows = FloatGramState.rows(units, number);
        makeUp(products);
        for (float[] row : rehearsed.preActivations()) {
            makeUp(row);
        }
        float[] y = new float[number * samples.outputs()];
        for (int s = 0; s < number; s++) {
            y[s * samples.outputs()] = s % 2;
        }
        while (more.getAsBoolean()) {
            kernels.gramStep(
                    rehearsed.preActivations(),
                    0,
                    products,
                    0,
                    width,
                    y,
                    0,
                    number,
                    deltaRows,
                    rehearsed.preActivationChanges(),
                    instance.packedGradients(),
                    1e-6f);
            rehearsed.addDeltas(deltaRows, 1e-6f);
            rehearsed.advance();
        }
    }

    private static void makeUp(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = madeUp(i);
        }
    }

    /** From -1 to 1. */
    private static float madeUp(int i) {
        return i * 37 % 65 / 32f - 1;
    }

    @Override
    Evaluation evaluation(FloatSamples others) {
        return new FloatGramEvaluation(this, others);
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
        double[][] products = new double[samples.count()][others.count()];
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
    void preActivations(double[][] first, double[][] products, double[] sums, float[][] out) {
        double w = state.factor();
        double[] coefficients = state.coefficients();
        int others = sums.length;
        for (int u = 0; u < units; u++) {
            DoubleRowProducts.combine(coefficients, u * samples.count(), products, sums, others);
            for (int j = 0; j < others; j++) {
                out[u][j] = (float) (w * first[u][j] + sums[j]);
            }
        }
    }
}
