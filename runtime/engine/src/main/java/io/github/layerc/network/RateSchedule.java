package io.github.layerc.network;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.List;
import java.util.Optional;

/**
 * How the learning rate changes from update to update: {@code rate = base * factor}, where the base is the rate of the settings and {@code t} counts updates from 0
 * on, of {@code n} that the training has. Everything is counted in updates, not in epochs, as in Keras; PyTorch leaves it to whoever calls its schedulers. It is computed in double, whatever the
 * precision of the network, and with {@link StrictMath}, so that every machine, and a training that goes on from a checkpoint, has the same rates.
 *
 * <p>Each but {@link #oneCycle}, which has a rise of its own, can warm up: its first {@code warm_up} updates have the rate {@code base * (t + 1) / warm_up} (Goyal et al. 2017), and
 * {@code t} and {@code n} of the formulas are those of the updates after them.
 *
 * <p>To add one: a constant and a method here, its name in {@link #all()}, and its words in the schema. Two with the same keyword and settings are equal.
 */
public final class RateSchedule extends Kind<RateSchedule> {
    /** The rate of the settings. */
    public static final RateSchedule CONSTANT = constant(0);

    /** {@link #step} that halves the rate every 100 updates; there is no paper that says how often. */
    public static final RateSchedule STEP = step(100, 0.5, 0);

    /** {@link #exponential} that leaves a third of the rate after 1000 updates; there is no paper that says how much. */
    public static final RateSchedule EXPONENTIAL = exponential(0.999, 0);

    /** {@link #cosine} down to 0, as in its paper. */
    public static final RateSchedule COSINE = cosine(0, 0);

    /** {@link #polynomial}: a line down to 0. */
    public static final RateSchedule POLYNOMIAL = polynomial(1, 0, 0);

    /** {@link #oneCycle} with the numbers of PyTorch, whose paper finds its own for each network. */
    public static final RateSchedule ONE_CYCLE = oneCycle(0.3, 0.04, 4e-6);

    /** {@link #reduceOnPlateau} with the factor of PyTorch and Keras, and half of their patience: that of early stopping has to be longer. */
    public static final RateSchedule REDUCE_ON_PLATEAU = reduceOnPlateau(0.1, 5, 0, 0, 0);

    /** The factor on the rate after the warm-up. */
    private interface Course {
        double factor(int update, int updates, int reductions);
    }

    /** What a plateau is. */
    private record Plateau(int patience, double minDelta) {}

    private final int warmUp;
    private final Optional<Plateau> plateau;
    private final Course course;

    private RateSchedule(Definition<RateSchedule> definition, double warmUp, Optional<Plateau> plateau, Course course) {
        super(definition);
        this.warmUp = (int) warmUp;
        this.plateau = plateau;
        this.course = course;
    }

    private RateSchedule(Definition<RateSchedule> definition, double warmUp, Course course) {
        this(definition, warmUp, Optional.empty(), course);
    }

    /**
     * {@code factor = 1}.
     *
     * @param warmUp updates, a whole number
     */
    public static RateSchedule constant(double warmUp) {
        return new RateSchedule(
                Definition.of("constant", values -> constant(values.get(0)), warmUpSetting(warmUp)),
                warmUp,
                (t, n, reductions) -> 1);
    }

    /**
     * {@code factor ^ floor(t / every)}.
     *
     * @param every updates, a whole number, at least 1
     * @param factor positive and at most 1
     */
    public static RateSchedule step(double every, double factor, double warmUp) {
        return new RateSchedule(
                Definition.of(
                        "step",
                        values -> step(values.get(0), values.get(1), values.get(2)),
                        whole("every", every, 1),
                        factorSetting(factor),
                        warmUpSetting(warmUp)),
                warmUp,
                (t, n, reductions) -> StrictMath.pow(factor, Math.floor(t / every)));
    }

    /**
     * {@code factor ^ t}.
     *
     * @param factor positive and at most 1
     */
    public static RateSchedule exponential(double factor, double warmUp) {
        return new RateSchedule(
                Definition.of(
                        "exponential",
                        values -> exponential(values.get(0), values.get(1)),
                        factorSetting(factor),
                        warmUpSetting(warmUp)),
                warmUp,
                (t, n, reductions) -> StrictMath.pow(factor, t));
    }

    /**
     * {@code last + (1 - last) (1 + cos(pi t / n)) / 2} (Loshchilov and Hutter 2017, without restarts).
     *
     * @param last share of the rate to which it falls, from 0 to 1
     */
    public static RateSchedule cosine(double last, double warmUp) {
        return new RateSchedule(
                Definition.of(
                        "cosine",
                        values -> cosine(values.get(0), values.get(1)),
                        share("last", last),
                        warmUpSetting(warmUp)),
                warmUp,
                (t, n, reductions) -> between(1, last, (double) t / n));
    }

    /**
     * {@code last + (1 - last) (1 - t / n)^power}.
     *
     * @param power positive and finite
     * @param last share of the rate to which it falls, from 0 to 1
     */
    public static RateSchedule polynomial(double power, double last, double warmUp) {
        return new RateSchedule(
                Definition.of(
                        "polynomial",
                        values -> polynomial(values.get(0), values.get(1), values.get(2)),
                        new Setting(
                                "power",
                                power,
                                value -> value > 0 && Double.isFinite(value),
                                "must be positive and finite"),
                        share("last", last),
                        warmUpSetting(warmUp)),
                warmUp,
                (t, n, reductions) -> last + (1 - last) * StrictMath.pow(1 - (double) t / n, power));
    }

    /**
     * Up from {@code first} to the rate of the settings, its largest one, at {@code t = rise n - 1}, then down to {@code last} at {@code t = n - 1}, both along half a
     * cosine: the cycle of Smith and Topin (2018) as PyTorch has it, where {@code first} is 1 / div_factor and {@code last} is 1 / (div_factor final_div_factor). The momentum does not change.
     *
     * @param rise share of the updates, above 0 and below 1
     * @param first share of the rate, from 0 to 1
     * @param last share of the rate, from 0 to 1
     */
    public static RateSchedule oneCycle(double rise, double first, double last) {
        return new RateSchedule(
                Definition.of(
                        "one_cycle",
                        values -> oneCycle(values.get(0), values.get(1), values.get(2)),
                        new Setting("rise", rise, value -> value > 0 && value < 1, "must be above 0 and below 1"),
                        share("first", first),
                        share("last", last)),
                0,
                (t, n, reductions) -> {
                    double top = rise * n - 1;
                    return t < top ? between(first, 1, t / top) : between(1, last, (t - top) / (n - 1 - top));
                });
    }

    /**
     * {@code factor ^ r}, but at least {@code lowest}, after {@code r} reductions: one whenever {@code patience} epochs in a row have not made the monitored value better, counted anew after each;
     * as in Keras - PyTorch waits for one epoch more. What is monitored is what {@link EarlyStopping} monitors; without it the cost of the samples that the training validates with, or of the
     * training samples where there are none.
     *
     * @param factor positive and below 1
     * @param patience epochs, a whole number, at least 1
     * @param minDelta a value is better only if it is so by more than this, at least 0 and finite
     * @param lowest share of the rate, from 0 to 1
     */
    public static RateSchedule reduceOnPlateau(
            double factor, double patience, double minDelta, double lowest, double warmUp) {
        return new RateSchedule(
                Definition.of(
                        "reduce_on_plateau",
                        values -> reduceOnPlateau(
                                values.get(0), values.get(1), values.get(2), values.get(3), values.get(4)),
                        new Setting("factor", factor, value -> value > 0 && value < 1, "must be above 0 and below 1"),
                        whole("patience", patience, 1),
                        new Setting(
                                "min_delta",
                                minDelta,
                                value -> value >= 0 && Double.isFinite(value),
                                "must be at least 0 and finite"),
                        share("lowest", lowest),
                        warmUpSetting(warmUp)),
                warmUp,
                Optional.of(new Plateau((int) patience, minDelta)),
                (t, n, reductions) -> Math.max(lowest, StrictMath.pow(factor, reductions)));
    }

    private static Setting whole(String name, double value, int least) {
        return new Setting(
                name,
                value,
                number -> number >= least && number <= Integer.MAX_VALUE && number == Math.rint(number),
                "must be a whole number from " + least + " to " + Integer.MAX_VALUE);
    }

    private static Setting share(String name, double value) {
        return new Setting(name, value, share -> share >= 0 && share <= 1, "must be at least 0 and at most 1");
    }

    private static Setting warmUpSetting(double updates) {
        return whole("warm_up", updates, 0);
    }

    private static Setting factorSetting(double factor) {
        return new Setting("factor", factor, value -> value > 0 && value <= 1, "must be above 0 and at most 1");
    }

    /** Along half a cosine, from place 0 to place 1. */
    private static double between(double start, double end, double place) {
        return end + (start - end) * (1 + StrictMath.cos(Math.PI * place)) / 2;
    }

    /** All that there are, with their usual settings. */
    public static List<RateSchedule> all() {
        return List.of(CONSTANT, STEP, EXPONENTIAL, COSINE, POLYNOMIAL, ONE_CYCLE, REDUCE_ON_PLATEAU);
    }

    /**
     * The learning rate of an update: nothing but its arguments matters.
     *
     * @param base rate of the settings
     * @param update from 0
     * @param updates of the whole training, at least 1
     * @param reductions that plateaus have led to before this update; only {@link #reduceOnPlateau} has any
     */
    public double rate(double base, int update, int updates, int reductions) {
        if (update < warmUp) {
            return base * ((update + 1.0) / warmUp);
        }
        return base * course.factor(update - warmUp, Math.max(1, updates - warmUp), reductions);
    }

    /** The updates of its warm-up. */
    public int warmUp() {
        return warmUp;
    }

    /** Whether the rate never changes. */
    public boolean isConstant() {
        return equals(CONSTANT);
    }

    /**
     * When a plateau has lasted long enough: the rule by which a training would stop. Empty where the number of the update alone decides.
     *
     * @param monitor what is monitored
     */
    public Optional<EarlyStopping> plateau(EarlyStopping.Monitor monitor) {
        return plateau.map(one -> new EarlyStopping(monitor, one.patience(), one.minDelta()));
    }

    /** Whether the rate depends on a monitored value. */
    public boolean waitsForPlateau() {
        return plateau.isPresent();
    }
}
