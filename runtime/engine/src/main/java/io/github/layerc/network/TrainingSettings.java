package io.github.layerc.network;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;

/**
 * How the spec wants the network trained. It lasts so many updates, or so many epochs, sweeps over the training samples.
 *
 * @param learningRate positive and finite
 * @param schedule how the learning rate changes from update to update; a {@code Trainer} follows it
 * @param iterations number of updates, at least 1; 0 where {@code epochs} says how long
 * @param epochs number of epochs, at least 1; 0 where {@code iterations} says how long
 * @param batch samples of an update, or {@link #FULL_BATCH} for all of them
 * @param momentum at least 0 and below 1; 0 for an optimizer that has none
 * @param l1 of the {@link Penalty} of layers that say none of their own
 * @param l2 the same
 * @param classWeights empty where all classes count as they are
 * @param clip empty where gradients are taken as they are
 * @param averaging 0 for none, or the decay {@code d} of an exponential average of all parameters, {@code a = d a + (1 - d) p} after each update, below 1;
 *     see {@code Training.useAverage}
 * @param validation share of the samples that the training leaves out, to validate with, at least 0 and below 1
 * @param earlyStopping empty where the training goes on to its end
 * @param metrics names of what the history is to have beside costs and accuracies; whoever trains gives the functions, see {@code Trainer.withMetrics}
 */
public record TrainingSettings(
        Optimizer optimizer,
        double learningRate,
        RateSchedule schedule,
        int iterations,
        int epochs,
        int batch,
        double momentum,
        double l1,
        double l2,
        Optional<ClassWeights> classWeights,
        Optional<Clip> clip,
        double averaging,
        Form form,
        double validation,
        Optional<EarlyStopping> earlyStopping,
        List<String> metrics) {

    /** The {@link #batch()} that stands for all samples. */
    public static final int FULL_BATCH = 0;

    private static final double USUAL_MOMENTUM = 0.9;
    private static final int USUAL_ITERATIONS = 1000;

    /** Gradient descent with learning rate 0.01, 1000 iterations over all samples. */
    public static final TrainingSettings DEFAULT = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.01);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public TrainingSettings {
        requireNumbers(learningRate, momentum, value -> value, "");
        // it refuses what it must
        new Penalty(l1, l2);
        metrics = List.copyOf(metrics);
        if (iterations < 0 || epochs < 0 || (iterations > 0) == (epochs > 0)) {
            throw new IllegalArgumentException(
                    "either iterations or epochs must be at least 1, the other 0: iterations=" + iterations
                            + ", epochs=" + epochs);
        }
        if (batch < 0) {
            throw new IllegalArgumentException("batch must be at least 1, or 0 for all samples: batch=" + batch);
        }
        if (momentum > 0 && !optimizer.hasMomentum()) {
            throw new IllegalArgumentException(
                    "optimizer " + optimizer.keyword() + " has no momentum: momentum=" + momentum);
        }
        if (!form.accepts(optimizer.linear())) {
            throw new IllegalArgumentException("form " + form.keyword()
                    + " needs an optimizer whose update is linear: optimizer=" + optimizer.keyword());
        }
        if (!form.accepts(clip.isEmpty())) {
            throw new IllegalArgumentException("form " + form.keyword()
                    + " needs gradients that are not clipped: clip="
                    + clip.get().keyword());
        }
        if (!acceptsAveraging(averaging)) {
            throw new IllegalArgumentException("averaging must be at least 0 and below 1: averaging=" + averaging);
        }
        if (!form.accepts(averaging == 0)) {
            throw new IllegalArgumentException(
                    "form " + form.keyword() + " needs parameters that are not averaged: averaging=" + averaging);
        }
        if (optimizer.searches() && batch != FULL_BATCH) {
            throw new IllegalArgumentException(
                    "optimizer " + optimizer.keyword() + " needs all samples in every update: batch=" + batch);
        }
        if (optimizer.searches() && clip.isPresent()) {
            throw new IllegalArgumentException("optimizer " + optimizer.keyword()
                    + " needs gradients that are not clipped: clip="
                    + clip.get().keyword());
        }
        if (optimizer.searches() && l1 > 0) {
            throw new IllegalArgumentException(withoutL1(optimizer, l1));
        }
        if (!acceptsValidation(validation)) {
            throw new IllegalArgumentException("validation must be at least 0 and below 1: validation=" + validation);
        }
        boolean named = metrics.stream().allMatch(name -> NAME.matcher(name).matches());
        if (!named || metrics.stream().distinct().count() < metrics.size()) {
            throw new IllegalArgumentException(
                    "metrics must be different names of lower-case letters, digits and underscores: metrics="
                            + metrics);
        }
    }

    /** Gradient descent and the like: all samples in every update, 1000 of them, the usual momentum of the optimizer, no penalty, the form that is faster. */
    public TrainingSettings(Optimizer optimizer, double learningRate) {
        this(optimizer, learningRate, USUAL_ITERATIONS);
    }

    /** The same with so many updates. */
    public TrainingSettings(Optimizer optimizer, double learningRate, int iterations) {
        this(
                optimizer,
                learningRate,
                RateSchedule.CONSTANT,
                iterations,
                0,
                FULL_BATCH,
                usualMomentum(optimizer),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Form.AUTO,
                0,
                Optional.empty(),
                List.of());
    }

    /** @throws IllegalArgumentException if a number is not what it has to be any more once it is rounded to this precision */
    public void requireFits(Precision precision) {
        requireNumbers(learningRate, momentum, precision::rounded, " in " + precision.keyword());
        new Penalty(l1, l2).requireFits(precision);
        precision.requireFits(optimizer);
        clip.ifPresent(precision::requireFits);
    }

    private static String withoutL1(Optimizer optimizer, double l1) {
        return "optimizer " + optimizer.keyword() + " needs a cost without kinks, and l1 has one at 0: l1=" + l1;
    }

    /** @throws IllegalArgumentException if layers have what the optimizer cannot do with */
    public void requireFits(List<Layer> layers) {
        for (Layer layer : layers) {
            double l1 = penaltyOf(layer).l1();
            if (optimizer.searches() && l1 > 0) {
                throw new IllegalArgumentException("layer " + layer.number() + ": " + withoutL1(optimizer, l1));
            }
            if (optimizer.searches() && layer.dropout() > 0) {
                throw new IllegalArgumentException("layer " + layer.number() + ": optimizer " + optimizer.keyword()
                        + " needs a cost that is the same whenever it looks, without dropout: dropout="
                        + layer.dropout());
            }
            if (optimizer.searches() && layer.batchNorm().isPresent()) {
                throw new IllegalArgumentException("layer " + layer.number() + ": optimizer " + optimizer.keyword()
                        + " needs layers without batch_norm, whose running mean every look at the cost would move: normalization="
                        + layer.normalization().get().text());
            }
        }
    }

    private static void requireNumbers(double learningRate, double momentum, DoubleUnaryOperator rounded, String in) {
        if (!acceptsLearningRate(rounded.applyAsDouble(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate must be positive and finite" + in + ": learning_rate=" + learningRate);
        }
        if (!acceptsMomentum(rounded.applyAsDouble(momentum))) {
            throw new IllegalArgumentException(
                    "momentum must be at least 0 and below 1" + in + ": momentum=" + momentum);
        }
    }

    private static boolean acceptsLearningRate(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private static boolean acceptsMomentum(double value) {
        return value >= 0 && value < 1;
    }

    /** Whether it can be the decay of an average, or 0 for none. */
    public static boolean acceptsAveraging(double decay) {
        return decay >= 0 && decay < 1;
    }

    /** Whether it can be the share of samples that a training leaves out. */
    public static boolean acceptsValidation(double share) {
        return share >= 0 && share < 1;
    }

    /** What the weights of a layer add to the cost: each number is the layer's own, if it says one. */
    public Penalty penaltyOf(Layer layer) {
        return new Penalty(layer.l1().orElse(l1), layer.l2().orElse(l2));
    }

    /**
     * Whether an update is a linear combination of gradients and weights, with the same factors for all weights of a layer: see {@link
     * Optimizer#linear()}. With {@code l1} it is not: that looks at the sign of each weight.
     */
    public boolean linearIn(Layer layer) {
        return optimizer.linear()
                && clip.isEmpty()
                && averaging == 0
                && penaltyOf(layer).l1() == 0;
    }

    /** The momentum of a spec that names none: 0.9, or 0 for an optimizer that has none. */
    public static double usualMomentum(Optimizer optimizer) {
        return optimizer.hasMomentum() ? USUAL_MOMENTUM : 0;
    }

    /** The learning rate of a spec that names none: 0.01, or 1 for an optimizer that searches along lines, whose first try it is. */
    public static double usualLearningRate(Optimizer optimizer) {
        return optimizer.searches() ? 1 : DEFAULT.learningRate();
    }

    /** Samples of an update, where a data set has so many. */
    public int batchOf(int samples) {
        return batch == FULL_BATCH ? samples : Math.min(batch, samples);
    }

    /** Updates of an epoch with so many samples; the last one has what is left. */
    public int updatesPerEpoch(int samples) {
        int size = batchOf(samples);
        return (samples + size - 1) / size;
    }

    /**
     * How many updates a training with so many samples has.
     *
     * @throws IllegalArgumentException if they are more than 2^31 - 1
     */
    public int updates(int samples) {
        long updates = epochs == 0 ? iterations : (long) epochs * updatesPerEpoch(samples);
        if (updates > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a training must have at most " + Integer.MAX_VALUE + " updates: epochs="
                    + epochs + ", updates of an epoch=" + updatesPerEpoch(samples));
        }
        return (int) updates;
    }

    /** With another optimizer and its usual momentum. */
    public TrainingSettings withOptimizer(Optimizer other) {
        return with(change -> {
            change.optimizer = other;
            change.momentum = usualMomentum(other);
        });
    }

    public TrainingSettings withLearningRate(double other) {
        return with(change -> change.learningRate = other);
    }

    public TrainingSettings withSchedule(RateSchedule other) {
        return with(change -> change.schedule = other);
    }

    /** Instead of epochs, too. */
    public TrainingSettings withIterations(int other) {
        return with(change -> {
            change.iterations = other;
            change.epochs = 0;
        });
    }

    /** Instead of iterations, too. */
    public TrainingSettings withEpochs(int other) {
        return with(change -> {
            change.iterations = 0;
            change.epochs = other;
        });
    }

    public TrainingSettings withBatch(int other) {
        return with(change -> change.batch = other);
    }

    public TrainingSettings withMomentum(double other) {
        return with(change -> change.momentum = other);
    }

    public TrainingSettings withL1(double other) {
        return with(change -> change.l1 = other);
    }

    public TrainingSettings withL2(double other) {
        return with(change -> change.l2 = other);
    }

    public TrainingSettings withClassWeights(ClassWeights other) {
        return with(change -> change.classWeights = Optional.of(other));
    }

    public TrainingSettings withClip(Clip other) {
        return with(change -> change.clip = Optional.of(other));
    }

    public TrainingSettings withAveraging(double decay) {
        return with(change -> change.averaging = decay);
    }

    public TrainingSettings withForm(Form other) {
        return with(change -> change.form = other);
    }

    public TrainingSettings withValidation(double share) {
        return with(change -> change.validation = share);
    }

    public TrainingSettings withEarlyStopping(EarlyStopping other) {
        return with(change -> change.earlyStopping = Optional.of(other));
    }

    public TrainingSettings withMetrics(List<String> names) {
        return with(change -> change.metrics = names);
    }

    private TrainingSettings with(Consumer<Change> some) {
        Change change = new Change(this);
        some.accept(change);
        return change.made();
    }

    /** All components, so that each {@code with} names only its own. */
    private static final class Change {
        private Optimizer optimizer;
        private double learningRate;
        private RateSchedule schedule;
        private int iterations;
        private int epochs;
        private int batch;
        private double momentum;
        private double l1;
        private double l2;
        private Optional<ClassWeights> classWeights;
        private Optional<Clip> clip;
        private double averaging;
        private Form form;
        private double validation;
        private Optional<EarlyStopping> earlyStopping;
        private List<String> metrics;

        Change(TrainingSettings of) {
            optimizer = of.optimizer;
            learningRate = of.learningRate;
            schedule = of.schedule;
            iterations = of.iterations;
            epochs = of.epochs;
            batch = of.batch;
            momentum = of.momentum;
            l1 = of.l1;
            l2 = of.l2;
            classWeights = of.classWeights;
            clip = of.clip;
            averaging = of.averaging;
            form = of.form;
            validation = of.validation;
            earlyStopping = of.earlyStopping;
            metrics = of.metrics;
        }

        TrainingSettings made() {
            return new TrainingSettings(
                    optimizer,
                    learningRate,
                    schedule,
                    iterations,
                    epochs,
                    batch,
                    momentum,
                    l1,
                    l2,
                    classWeights,
                    clip,
                    averaging,
                    form,
                    validation,
                    earlyStopping,
                    metrics);
        }
    }
}
