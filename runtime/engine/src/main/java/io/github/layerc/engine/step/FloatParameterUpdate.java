package io.github.layerc.engine.step;

import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.network.random.Dropout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a step that the kernels do not fuse does with the parameters of an engine: it starts the gradients with those of
 * the penalty, and, once those of the samples have been added, clips them where the settings say so, and gives them to
 * the optimizer.
 */
public final class FloatParameterUpdate {
    private final FloatStepKernels kernels;
    private final Supplier<float[]> room;
    private final FloatUpdate update;

    /** Of each layer. */
    private final List<Penalty> penalties;

    private final Optimizer optimizer;
    private final int parameterCount;
    private final int firstWeights;

    /** Empty where no step of the settings needs any. */
    private final float[] gradients;

    /** What the optimizer keeps: arrays laid out as the parameters. */
    private final float[][] slots;

    /** Updates since the slots were 0. */
    private int steps;

    /** Where weights and biases of the layers start by turns, and the end of the last one, in the parameters. */
    private final int[] places;

    /** See {@link FloatStepKernels#weightRows}; empty where no layer has a penalty. */
    private final int[] weightRows;

    private final Optional<FloatClip> clip;

    /** Whether steps leave out activations. */
    private final boolean drops;

    private final long seed;

    /** Steps that have left out some, since the parameters were set by something else. */
    private int masks;

    /** Room for an array in the canonical layout, once a state has been asked for: fresh room takes longer to get than to fill. */
    private float[] canonical = new float[0];

    /** @param needed whether steps of the settings need gradients; others may all the same */
    public FloatParameterUpdate(FloatBinding binding, boolean needed) {
        TrainingSettings settings = binding.settings();
        this.kernels = binding.kernels();
        this.room = binding.gradients();
        this.update = new FloatUpdate(settings);
        this.penalties =
                binding.network().layers().stream().map(settings::penaltyOf).toList();
        this.optimizer = settings.optimizer();
        this.parameterCount = binding.network().parameterCount();
        this.firstWeights = binding.network().layers().get(0).weightCount();
        this.gradients = needed ? room.get() : new float[0];
        this.slots = new float[settings.optimizer().slots().size()][kernels.parameters().length];
        this.places =
                Arrays.copyOf(kernels.places(), 2 * binding.network().layers().size() + 1);
        places[places.length - 1] = kernels.parameters().length;
        this.weightRows = penalties.stream().allMatch(Penalty::isNone) ? new int[0] : kernels.weightRows();
        this.drops = binding.network().layers().stream().anyMatch(layer -> layer.dropout() > 0);
        this.seed = binding.network().initializer().seed();
        this.clip = settings.clip()
                .map(some -> new FloatClip(
                        some, places, kernels.weightRows(), binding.network().layers()));
    }

    /** Whether steps of the settings need gradients. */
    public boolean hasGradients() {
        return gradients.length > 0;
    }

    /** Laid out as the parameters. */
    public float[] gradients() {
        return gradients.length == 0 ? room.get() : gradients;
    }

    /** Updates since the parameters were set by something else. */
    public int steps() {
        return steps;
    }

    /** Forgets the steps before. */
    public void restart() {
        for (float[] slot : slots) {
            Arrays.fill(slot, 0);
        }
        steps = 0;
        masks = 0;
    }

    /** The key of the activations that the next step leaves out; see {@link Dropout}. */
    public long maskKey() {
        return drops ? Dropout.key(seed, masks) : Dropout.NONE;
    }

    /** A step was made: the next one leaves out others. */
    public void stepped() {
        masks++;
    }

    /**
     * The parameters and what the optimizer keeps.
     *
     * @param firstLayer whether the weights of the first layer are among them
     */
    public List<StatePart> state(boolean firstLayer) {
        List<StatePart> parts = new ArrayList<>();
        parts.add(packed("parameters", kernels.parameters(), firstLayer));
        List<String> names = optimizer.slots();
        for (int i = 0; i < slots.length; i++) {
            parts.add(packed(names.get(i), slots[i], firstLayer));
        }
        parts.add(StatePart.number("steps", () -> steps, value -> steps = value));
        if (drops) {
            parts.add(StatePart.number("masks", () -> masks, value -> masks = value));
        }
        return parts;
    }

    /** An array in the layout of the kernels, as a part in the canonical one. */
    private StatePart packed(String name, float[] packed, boolean firstLayer) {
        int from = firstLayer ? 0 : firstWeights;
        return new StatePart(
                name,
                parameterCount - from,
                () -> {
                    float[] canonical = unpacked(packed);
                    double[] wide = new double[parameterCount - from];
                    StatePart.widen(canonical, from, wide, 0, wide.length);
                    return wide;
                },
                wide -> {
                    float[] canonical = unpacked(packed);
                    for (int i = 0; i < wide.length; i++) {
                        canonical[from + i] = (float) wide[i];
                    }
                    kernels.pack(canonical, packed);
                });
    }

    private float[] unpacked(float[] packed) {
        if (canonical.length == 0) {
            canonical = new float[parameterCount];
        }
        kernels.unpack(packed, canonical);
        return canonical;
    }

    /**
     * Sets the gradients to those of the penalty.
     *
     * @param firstLayer whether the weights of the first layer are among the parameters that are updated
     * @return the penalty of those
     */
    public double prepare(boolean firstLayer) {
        float[] parameters = kernels.parameters();
        for (int i = firstLayer ? 0 : 1; i + 1 < places.length; i++) {
            boolean weights = i % 2 == 0;
            update.prepare(
                    parameters, gradients(), places[i], places[i + 1], weights ? penalties.get(i / 2) : Penalty.NONE);
        }
        double sum = 0;
        int layer = 0;
        for (int i = 0; i < weightRows.length; i += 4) {
            while (weightRows[i] >= places[2 * layer + 1]) {
                layer++;
            }
            if (firstLayer || layer > 0) {
                sum += penalty(penalties.get(layer), i);
            }
        }
        return sum;
    }

    /** Of the weights of one group of rows. */
    private double penalty(Penalty of, int group) {
        float[] parameters = kernels.parameters();
        double magnitudes = 0;
        double squares = 0;
        int from = weightRows[group];
        for (int row = 0; row < weightRows[group + 3]; row++) {
            int to = from + weightRows[group + 1];
            magnitudes += of.l1() == 0 ? 0 : FloatUpdate.sumOfMagnitudes(parameters, from, to);
            squares += of.l2() == 0 ? 0 : FloatUpdate.sumOfSquares(parameters, from, to);
            from += weightRows[group + 2];
        }
        return of.l1() * magnitudes + of.l2() / 2 * squares;
    }

    /** @param firstLayer as for {@link #prepare} */
    public void apply(boolean firstLayer, double learningRate) {
        float[] parameters = kernels.parameters();
        steps++;
        if (clip.isPresent()) {
            clip.get().apply(gradients());
        }
        for (int i = firstLayer ? 0 : 2; optimizer.weightDecay() > 0 && i + 1 < places.length; i += 2) {
            update.decay(parameters, places[i], places[i + 1], learningRate);
        }
        update.apply(
                parameters, gradients(), slots, steps, places[firstLayer ? 0 : 1], parameters.length, learningRate);
    }
}
