package io.github.layerc.engine.direct;

import io.github.layerc.engine.check.Sizes;
import io.github.layerc.engine.kernels.FloatBatch;
import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.search.FloatPlaces;
import io.github.layerc.engine.search.Lbfgs;
import io.github.layerc.engine.search.Objective;
import io.github.layerc.engine.search.Vectors;
import io.github.layerc.engine.step.FloatBinding;
import io.github.layerc.engine.step.FloatForm;
import io.github.layerc.engine.step.FloatParameterUpdate;
import io.github.layerc.engine.step.FloatPredictions;
import io.github.layerc.engine.step.FloatSamples;
import io.github.layerc.engine.step.StatePart;
import io.github.layerc.engine.step.WeightGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A training by products with the samples. For steps over all samples there are two copies more where the kernels want them, panels and strips,
 * from which they read their vectors one behind the other: the samples then take three times their memory.
 */
public final class FloatDirectForm implements FloatForm {
    private static final int FIRST = FloatSamples.FIRST;

    /** In place of the first sample, of a step whose samples lie in copies. */
    private static final int GATHERED = -1;

    private final FloatStepKernels kernels;
    private final Supplier<? extends FloatStepKernels> predicting;
    private final FloatSamples samples;
    private final FloatParameterUpdate update;
    private final boolean fused;
    private final Optional<WeightGroups> weights;
    private final FloatBatch batch = new FloatBatch();

    /** The samples once more, in panels, and in strips; empty where the kernels have no use for them. */
    private final float[] panels;

    private final float[] strips;

    /** Samples and targets of a step whose rows are not consecutive: room for the batch of the settings, grown by larger steps. */
    private float[] gatheredX = {};

    private float[] gatheredY = {};

    /** All samples in order, where they have weights. */
    private final int[] all;

    /** Where the optimizer searches. */
    private final Optional<Lbfgs> search;

    /** Where the settings want one. */
    private final Optional<FloatAverage> average;

    /**
     * A form for bound samples.
     *
     * @param panels the samples once more, from the place of the first one on, or empty
     * @param strips the same in strips
     */
    public FloatDirectForm(FloatBinding binding, float[] panels, float[] strips) {
        this.kernels = binding.kernels();
        this.predicting = binding.predicting();
        this.samples = binding.samples();
        this.update = binding.update();
        this.fused = binding.fused();
        this.weights = binding.weights();
        this.panels = panels;
        this.strips = strips;
        this.all = new int[weights.isPresent() ? samples.count() : 0];
        Arrays.setAll(all, s -> s);
        makeRoom(binding.copies());
        int parameterCount = binding.network().parameterCount();
        this.search = Lbfgs.of(binding.settings().optimizer(), () -> new Cost(parameterCount));
        double decay = binding.settings().averaging();
        this.average = decay > 0 ? Optional.of(new FloatAverage(kernels, parameterCount, decay)) : Optional.empty();
    }

    @Override
    public double stepWithAll(double learningRate) {
        useAverage(false);
        double cost = stepWithBound(learningRate);
        addToAverage();
        return cost;
    }

    @Override
    public boolean hasAverage() {
        return average.isPresent();
    }

    @Override
    public void useAverage(boolean wanted) {
        if (average.isPresent()) {
            average.get().use(wanted);
        }
    }

    private void addToAverage() {
        if (average.isPresent()) {
            average.get().add();
        }
    }

    private double stepWithBound(double learningRate) {
        int count = samples.count();
        if (search.isPresent()) {
            return search.get().step(true, learningRate);
        }
        if (weights.isPresent()) {
            return stepWith(all, 0, count, true, learningRate);
        }
        if (panels.length == 0) {
            return step(0, count, learningRate);
        }
        if (fused) {
            double losses = boundStep(kernels.parameters(), -learningRate / count);
            update.stepped();
            return losses / count;
        }
        double cost = gradientsOfAll();
        update.apply(true, learningRate);
        update.stepped();
        return cost;
    }

    /** Leaves the gradient of the cost of all samples in those of the update; returns the cost. */
    private double gradientsOfAll() {
        int count = samples.count();
        if (weights.isPresent()) {
            return gradients(weights.get(), all, 0, count);
        }
        if (panels.length == 0) {
            return gradients(0, count);
        }
        double penalty = update.prepare(true);
        return boundStep(update.gradients(), 1.0 / count) / count + penalty;
    }

    private double boundStep(float[] into, double factor) {
        int count = samples.count();
        batch.samples(samples.x(), FIRST, samples.stride(), count)
                .targets(samples.y(0, count), samples.yAt(0))
                .masks(update.maskKey(), 0);
        return kernels.boundStep(batch, panels, strips, FIRST, into, (float) factor);
    }

    @Override
    public double step(int[] rows, int from, int to, boolean consecutive, double learningRate) {
        useAverage(false);
        double cost = stepWith(rows, from, to, consecutive, learningRate);
        addToAverage();
        return cost;
    }

    private double stepWith(int[] rows, int from, int to, boolean consecutive, double learningRate) {
        int size = to - from;
        if (search.isPresent()) {
            return search.get().step(consecutive && size == samples.count(), learningRate);
        }
        if (weights.isPresent()) {
            double cost = gradients(weights.get(), rows, from, to);
            update.apply(true, learningRate);
            update.stepped();
            return cost;
        }
        if (consecutive) {
            return step(rows[from], size, learningRate);
        }
        gather(rows, from, size);
        return step(GATHERED, size, learningRate);
    }

    private void gather(int[] rows, int from, int size) {
        for (int i = 0; i < size; i++) {
            int row = rows[from + i];
            samples.copySample(row, gatheredX, i * samples.stride());
        }
        samples.copyTargets(rows, from, size, gatheredY);
    }

    @Override
    public boolean hasAllGradients() {
        return true;
    }

    @Override
    public double gradients(int[] rows, int from, int to, boolean consecutive, float[] out) {
        int size = to - from;
        double cost;
        if (weights.isPresent()) {
            cost = gradients(weights.get(), rows, from, to);
        } else if (consecutive) {
            cost = gradients(rows[from], size);
        } else {
            gather(rows, from, size);
            cost = gradients(GATHERED, size);
        }
        kernels.unpack(update.gradients(), out);
        return cost;
    }

    @Override
    public void makeRoom(int size) {
        if (gatheredX.length < (long) size * samples.stride()) {
            float[] moreX = new float[Sizes.array("samples of a step", size, samples.stride())];
            gatheredY = new float[Sizes.array("targets of a step", size, samples.outputs())];
            gatheredX = moreX;
        }
    }

    /** @param first of the bound samples, or {@link #GATHERED} */
    private double step(int first, int size, double learningRate) {
        int capacity = kernels.capacity();
        if (fused && size <= capacity) {
            float factor = (float) (-learningRate / size);
            samples(first, 0, size);
            batch.masks(update.maskKey(), 0);
            targets(first, 0, size);
            double losses = kernels.step(batch, kernels.parameters(), factor);
            update.stepped();
            return losses / size;
        }
        double cost = gradients(first, size);
        update.apply(true, learningRate);
        update.stepped();
        return cost;
    }

    /** Leaves the gradient of the cost in those of the update; returns the cost. */
    private double gradients(int first, int size) {
        int capacity = kernels.capacity();
        double penalty = update.prepare(true);
        float factor = (float) (1.0 / size);
        double losses = 0;
        for (int s = 0; s < size; s += capacity) {
            int part = Math.min(capacity, size - s);
            samples(first, s, part);
            batch.masks(update.maskKey(), s);
            targets(first, s, part);
            losses += kernels.step(batch, update.gradients(), factor);
        }
        return losses / size + penalty;
    }

    /** The same with weights: a call for each group of samples that have the same. */
    private double gradients(WeightGroups groups, int[] rows, int from, int to) {
        int size = to - from;
        double penalty = update.prepare(true);
        double losses = 0;
        groups.take(rows, from, to);
        int end;
        for (int s = 0; s < size; s = end) {
            end = groups.end(s, kernels.capacity());
            double weight = groups.weight(s);
            if (weight > 0) {
                int first = groups.rows()[s];
                boolean consecutive = groups.consecutive(s, end);
                if (consecutive) {
                    samples(first, 0, end - s);
                } else {
                    gather(groups.rows(), s, end - s);
                    samples(GATHERED, 0, end - s);
                }
                targets(consecutive ? first : GATHERED, 0, end - s);
                batch.masks(update.maskKey(), s);
                losses += weight * kernels.step(batch, update.gradients(), (float) (weight / size));
            }
        }
        return losses / size + penalty;
    }

    /** Sets those of a part of a step, from its sample {@code s} on. */
    private void samples(int first, int s, int part) {
        int stride = samples.stride();
        if (first == GATHERED) {
            batch.samples(gatheredX, s * stride, stride, part);
        } else {
            batch.samples(samples.x(first + s, part), samples.xAt(first + s), stride, part);
        }
    }

    /** The same of their targets. */
    private void targets(int first, int s, int part) {
        if (first == GATHERED) {
            batch.targets(gatheredY, s * samples.outputs());
        } else {
            batch.targets(samples.y(first + s, part), samples.yAt(first + s));
        }
    }

    @Override
    public void apply(float[] gradients, double learningRate) {
        if (search.isPresent()) {
            throw new IllegalStateException(
                    "a training that searches along lines has no update by gradients alone: expected a step");
        }
        useAverage(false);
        kernels.pack(gradients, update.gradients());
        update.apply(true, learningRate);
        update.stepped();
        addToAverage();
    }

    @Override
    public void restart() {
        update.restart();
        search.ifPresent(Lbfgs::restart);
        average.ifPresent(FloatAverage::restart);
    }

    @Override
    public List<StatePart> state() {
        List<StatePart> parts = new ArrayList<>(update.state(true));
        search.ifPresent(some -> parts.addAll(some.state()));
        average.ifPresent(some -> parts.add(some.state()));
        return parts;
    }

    @Override
    public void restored() {
        search.ifPresent(Lbfgs::restored);
        average.ifPresent(FloatAverage::restored);
    }

    /** Every step updates the parameters themselves. */
    @Override
    public void settle() {}

    @Override
    public FloatPredictions predictions(FloatSamples others) {
        return new FloatDirectPredictions(predicting, others);
    }

    /** Its steps are long, and soon compiled. */
    @Override
    public void rehearse(BooleanSupplier more) {}

    /** The cost of all samples, over the canonical parameters. */
    private final class Cost implements Objective {
        private final FloatPlaces places;

        Cost(int parameterCount) {
            this.places = new FloatPlaces(kernels, 0, parameterCount);
        }

        @Override
        public int size() {
            return places.count();
        }

        @Override
        public void position(double[] point) {
            places.read(kernels.parameters(), point, 0);
        }

        @Override
        public double evaluate(double[] point, double[] gradient) {
            places.write(point, 0, kernels.parameters());
            double cost = gradientsOfAll();
            places.read(update.gradients(), gradient, 0);
            return cost;
        }

        @Override
        public double product(double[] a, double[] b) {
            return Vectors.dot(a, 0, b, 0, a.length);
        }
    }
}
