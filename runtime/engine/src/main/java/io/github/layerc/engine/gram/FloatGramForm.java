package io.github.layerc.engine.gram;

import io.github.layerc.engine.kernels.FloatGramBatch;
import io.github.layerc.engine.kernels.FloatGramKernels;
import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.search.Lbfgs;
import io.github.layerc.engine.step.DoubleUpdate;
import io.github.layerc.engine.step.FloatBinding;
import io.github.layerc.engine.step.FloatForm;
import io.github.layerc.engine.step.FloatParameterUpdate;
import io.github.layerc.engine.step.FloatPredictions;
import io.github.layerc.engine.step.FloatSamples;
import io.github.layerc.engine.step.StatePart;
import io.github.layerc.engine.step.WeightGroups;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

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
 * <p>What is a sum of very many terms is in double for networks in float, too: this state, see {@link FloatGramState},
 * and the products of the set-up, see {@link FloatRowProducts}. What one step changes, and a part of a long product, is
 * computed in the precision of the network; G is rounded to it. In float the costs of CatNet4 then differ from the
 * direct form's by 1.9e-8 at most up to iteration 50; up to 400 by 1.4e-7 with vectors, and by 4.5e-2 in plain Java,
 * where before iteration 100 a relu decides otherwise: two direct forms that add up in different orders part as far.
 * With the whole set-up in double, and a state that each step adds to, these numbers are the same, and the training
 * takes a fifth longer.
 *
 * <p>Memory: G takes samples x samples elements, and while it is made half as many doubles; the state samples x 2 units
 * doubles and samples x 4 units elements, the deltas samples x units elements, 2 units doubles more for the gradient of
 * optimizers with slots or decay, as many for each slot, and Z1(0) with decay; mini-batches that are shuffled batch x
 * (samples + units) elements; an evaluation its samples x samples and 2 units doubles. No step allocates.
 */
public final class FloatGramForm implements FloatForm {
    private final Network network;
    private final FloatStepKernels kernels;
    private final FloatGramKernels gramKernels;
    private final FloatSamples samples;
    private final FloatParameterUpdate update;
    private final boolean fused;
    private final Optional<WeightGroups> weights;
    private final FloatGramBatch batch = new FloatGramBatch();
    private final Supplier<float[]> room;

    /** Of the first layer: it has no l1. */
    private final Penalty penalty;

    private final Optimizer optimizer;
    private final int units;

    private final FloatGramState state;

    private double[] stateGradient;
    private final double[][] stateSlots;
    private final DoubleUpdate stateUpdate;

    private final FloatGram gram;

    /** The first layer's weights W1(0) {@code [units][inputs]}. */
    private final float[] firstWeights;

    /** The same in double, empty until somebody asks for the state. */
    private double[] wideFirstWeights = {};

    /** All bound samples in order. */
    private final int[] all;

    /** The deltas of a step: {@code [units]} rows. */
    private float[][] deltas;

    /** For steps with samples that do not follow each other. */
    private final FloatGathered gathered;

    /** Where the optimizer searches. */
    private final Optional<Lbfgs> search;

    private int base;

    /** Whether the weights of the first layer in the engine's parameters are those of the state. */
    private boolean settled;

    public FloatGramForm(FloatBinding binding) {
        TrainingSettings settings = binding.settings();
        this.network = binding.network();
        this.kernels = binding.kernels();
        this.gramKernels = kernels.gram().orElseThrow();
        this.samples = binding.samples();
        this.update = binding.update();
        this.fused = binding.fused();
        this.weights = binding.weights();
        this.room = binding.gradients();
        int count = samples.count();
        this.optimizer = settings.optimizer();
        this.units = network.layers().get(0).units();
        this.state = new FloatGramState(units, count);
        this.penalty = settings.penaltyOf(network.layers().get(0));
        int numbers = state.sums().length;
        this.stateGradient = new double[update.hasGradients() && !optimizer.searches() ? numbers : 0];
        this.stateSlots = new double[settings.optimizer().slots().size()][numbers];
        this.stateUpdate = new DoubleUpdate(settings);
        this.firstWeights = new float[Math.multiplyExact(units, samples.inputs())];
        this.deltas = FloatGramState.rows(units, count);
        this.all = new int[count];
        Arrays.setAll(all, s -> s);
        this.gram = new FloatGram(samples, kernels.threads(), binding.workers());
        this.gathered = new FloatGathered(samples, gram, units);
        gathered.makeRoom(binding.copies());
        this.search = Lbfgs.of(optimizer, () -> new FloatGramCost(this, state, update, binding));
    }

    @Override
    public void makeRoom(int size) {
        if (deltas[0].length < size) {
            // samples may come more than once
            deltas = FloatGramState.rows(units, size);
        }
        gathered.makeRoom(size);
    }

    @Override
    public double stepWithAll(double learningRate) {
        return step(all, 0, all.length, true, learningRate);
    }

    @Override
    public double step(int[] rows, int from, int to, boolean consecutive, double learningRate) {
        int size = to - from;
        if (search.isPresent()) {
            return search.get().step(consecutive && size == all.length, learningRate);
        }
        settled = false;
        if (fused && size <= kernels.capacity()) {
            float factor = (float) (-learningRate / size);
            double losses = gramStep(rows, from, 0, size, consecutive, kernels.parameters(), factor);
            update.stepped();
            state.advance();
            return losses / size;
        }
        // a smaller step may have left changes
        state.add();
        double[] intoState = stateGradient();
        double cost = stateGradients(rows, from, size, consecutive, intoState);
        update.apply(false, learningRate);
        update.stepped();
        double[] sums = state.sums();
        stateUpdate.apply(sums, intoState, stateSlots, update.steps(), 0, sums.length, learningRate);
        state.round();
        return cost;
    }

    /** Leaves the gradient of the cost in that of the update and, laid out like the state, in an array; returns the cost. */
    private double stateGradients(int[] rows, int from, int size, boolean consecutive, double[] intoState) {
        double penalties = update.prepare(false) + (penalty.isNone() ? 0 : penalty.l2() / 2 * state.squares());
        stateUpdate.prepare(state.sums(), intoState, 0, state.sums().length, penalty);
        int to = from + size;
        double losses =
                weights.isPresent() ? losses(weights.get(), rows, from, to) : losses(rows, from, to, consecutive);
        state.moveChanges(intoState);
        return losses / size + penalties;
    }

    /** Adds the gradients of the cost of a step, a part of its samples at a time; returns the sum of the losses. */
    private double losses(int[] rows, int from, int to, boolean consecutive) {
        int size = to - from;
        float factor = (float) (1.0 / size);
        int capacity = kernels.capacity();
        double losses = 0;
        for (int s = 0; s < size; s += capacity) {
            int part = Math.min(capacity, size - s);
            losses += gramStep(rows, from, s, part, consecutive, update.gradients(), factor);
        }
        return losses;
    }

    /** The same with weights: a call for each group of samples that have the same. */
    private double losses(WeightGroups groups, int[] rows, int from, int to) {
        int size = to - from;
        double losses = 0;
        groups.take(rows, from, to);
        int end;
        for (int s = 0; s < size; s = end) {
            end = groups.end(s, kernels.capacity());
            double weight = groups.weight(s);
            if (weight > 0) {
                float factor = (float) (weight / size);
                losses += weight
                        * gramStep(
                                groups.rows(), 0, s, end - s, groups.consecutive(s, end), update.gradients(), factor);
            }
        }
        return losses;
    }

    /** The same for all samples, at what the sums of the state are now. */
    double gradientsOfAll(double[] intoState) {
        settled = false;
        state.round();
        return stateGradients(all, 0, all.length, true, intoState);
    }

    /** @param part place of the first sample among those of the step, which start at {@code start} */
    private double gramStep(
            int[] rows, int start, int part, int number, boolean consecutive, float[] into, float factor) {
        int from = start + part;
        int first = rows[from];
        batch.masks(update.maskKey(), part);
        if (consecutive) {
            batch.samples(state.preActivations(), first, number)
                    .products(gram.products(), first * gram.stride(), gram.stride())
                    .targets(samples.y(first, number), samples.yAt(first));
        } else {
            gathered.gather(rows, from, number, state.preActivations());
            batch.samples(gathered.preActivations(), 0, number)
                    .products(gathered.products(), 0, gram.stride())
                    .targets(gathered.y(), 0);
        }
        double losses = gramKernels.gramStep(batch, deltas, state.preActivationChanges(), into, factor);
        if (number == samples.count() && consecutive) {
            state.addDeltas(deltas, factor);
        } else {
            state.addDeltas(deltas, factor, rows, from, number);
        }
        return losses;
    }

    /** A step that is larger than the batch of the settings may need it though others do not. */
    private double[] stateGradient() {
        if (stateGradient.length == 0) {
            stateGradient = new double[state.sums().length];
        }
        return stateGradient;
    }

    @Override
    public boolean hasAllGradients() {
        return false;
    }

    @Override
    public double gradients(int[] rows, int from, int to, boolean consecutive, float[] out) {
        throw new AssertionError("a form without all gradients");
    }

    @Override
    public void apply(float[] gradients, double learningRate) {
        throw new AssertionError("a form without all gradients");
    }

    /** Takes the engine's weights of the first layer for W1(0). */
    @Override
    public void restart() {
        System.arraycopy(canonical(), 0, firstWeights, 0, firstWeights.length);
        update.restart();
        for (double[] slot : stateSlots) {
            Arrays.fill(slot, 0);
        }
        search.ifPresent(Lbfgs::restart);
        wideFirstWeights = new double[0];
        double[][] preActivations = firstPreActivations(samples);
        state.start(preActivations);
        if (!penalty.isNone()) {
            state.keepFirst(firstWeights, preActivations);
        }
        base++;
    }

    @Override
    public List<StatePart> state() {
        List<StatePart> parts = new ArrayList<>(update.state(false));
        parts.add(new StatePart("first_weights", firstWeights.length, this::wideFirstWeights, wide -> {
            for (int i = 0; i < firstWeights.length; i++) {
                firstWeights[i] = (float) wide[i];
            }
            wideFirstWeights = wide;
        }));
        parts.addAll(state.parts());
        List<String> slots = optimizer.slots();
        for (int i = 0; i < stateSlots.length; i++) {
            double[] slot = stateSlots[i];
            parts.add(new StatePart(
                    "gram_" + slots.get(i),
                    slot.length,
                    slot::clone,
                    array -> System.arraycopy(array, 0, slot, 0, slot.length)));
        }
        search.ifPresent(some -> parts.addAll(some.state()));
        return parts;
    }

    /** Made once: they are much, and stay the same until the next {@link #restart}. */
    private double[] wideFirstWeights() {
        if (wideFirstWeights.length == 0) {
            wideFirstWeights = new double[firstWeights.length];
            for (int i = 0; i < firstWeights.length; i++) {
                wideFirstWeights[i] = firstWeights[i];
            }
        }
        return wideFirstWeights;
    }

    @Override
    public void restored() {
        state.restored();
        search.ifPresent(Lbfgs::restored);
        if (!penalty.isNone()) {
            state.keepFirst(firstWeights, firstPreActivations(samples));
        }
        base++;
        settled = false;
    }

    private float[] canonical() {
        float[] canonical = new float[network.parameterCount()];
        kernels.unpack(kernels.parameters(), canonical);
        return canonical;
    }

    @Override
    public void settle() {
        if (settled) {
            return;
        }
        float[] canonical = canonical();
        float w = (float) state.factor();
        for (int i = 0; i < firstWeights.length; i++) {
            canonical[i] = w * firstWeights[i];
        }
        gram.addCombinations(state.coefficients(), units, canonical);
        kernels.pack(canonical, kernels.parameters());
        settled = true;
    }

    @Override
    public void rehearse(BooleanSupplier more) {
        new FloatGramRehearsal(kernels, room, units, samples.outputs()).rehearse(more);
    }

    @Override
    public FloatPredictions predictions(FloatSamples others) {
        return new FloatGramPredictions(this, kernels, others);
    }

    int units() {
        return units;
    }

    /** Counts the weights W1(0) that there were. */
    int base() {
        return base;
    }

    FloatGram gram() {
        return gram;
    }

    /** Products of W1(0) with samples, {@code [units][samples]}. */
    double[][] firstPreActivations(FloatSamples others) {
        return gram.preActivations(firstWeights, units, others);
    }

    /**
     * {@code out = w first + C products}, with {@code first [units][others]}, {@code products [bound samples][others]},
     * {@code out [units][others]}.
     */
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
