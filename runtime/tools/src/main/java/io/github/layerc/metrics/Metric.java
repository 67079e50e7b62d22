package io.github.layerc.metrics;

import io.github.layerc.metrics.ConfusionMatrix.Average;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A number that says how good outputs are; NaN where it is not defined. Precision, recall and F1 are those of class 1 where the network has one output, else the mean over the classes, see {@link
 * Average#MACRO}; areas likewise, over the classes that have one. Those of a regression are means over the outputs; {@code a} is an output and {@code y} its target.
 *
 * <p>To add one: a constant here, its word in the schema, its value in {@code metrics-reference.py} where scikit-learn has it, and a line in {@code generator/doc/training.md}.
 */
public enum Metric {
    /** The share of samples in the right class. */
    ACCURACY(Task.CLASSES, outcomes -> ConfusionMatrix.of(outcomes).accuracy()),
    /** The share of samples whose class is among the 2 largest outputs, the first ones of equal ones; a sample with a NaN is not right. */
    TOP_2_ACCURACY(Task.CLASSES, 2, outcomes -> Probabilities.topK(outcomes, 2)),
    TOP_3_ACCURACY(Task.CLASSES, 3, outcomes -> Probabilities.topK(outcomes, 3)),
    TOP_5_ACCURACY(Task.CLASSES, 5, outcomes -> Probabilities.topK(outcomes, 5)),
    /** See {@link ConfusionMatrix#precision(int)}. */
    PRECISION(
            Task.CLASSES,
            outcomes -> usual(outcomes, matrix -> matrix.precision(1), matrix -> matrix.precision(Average.MACRO))),
    /** See {@link ConfusionMatrix#recall(int)}. */
    RECALL(
            Task.CLASSES,
            outcomes -> usual(outcomes, matrix -> matrix.recall(1), matrix -> matrix.recall(Average.MACRO))),
    /** See {@link ConfusionMatrix#f1(int)}. */
    F1(Task.CLASSES, outcomes -> usual(outcomes, matrix -> matrix.f1(1), matrix -> matrix.f1(Average.MACRO))),
    /** See {@link ConfusionMatrix#matthews()}. */
    MATTHEWS(Task.CLASSES, outcomes -> ConfusionMatrix.of(outcomes).matthews()),
    /** See {@link Ranking#rocAuc()}. */
    ROC_AUC(Task.CLASSES, outcomes -> Ranking.mean(outcomes, Ranking::rocAuc)),
    /** See {@link Ranking#averagePrecision()}. */
    PR_AUC(Task.CLASSES, outcomes -> Ranking.mean(outcomes, Ranking::averagePrecision)),
    /** The mean of {@code -ln p}, {@code p} the probability of the right class, from 2^-52 to 1 - 2^-52. */
    LOG_LOSS(Task.PROBABILITIES, Probabilities::logLoss),
    /** The mean of {@code (p - y)^2} for one output; for more the mean of its sum over the classes. */
    BRIER(Task.PROBABILITIES, Probabilities::brier),
    /** The mean of {@code |a - y|}. */
    MAE(Task.REGRESSION, Deviations::meanAbsolute),
    /** The root of the mean of {@code (a - y)^2}; of more outputs the mean of the roots. */
    RMSE(Task.REGRESSION, Deviations::rootMeanSquare),
    /** The mean of {@code |a - y| / |y|}, as a share, in which {@code |y|} is at least 2^-52. */
    MAPE(Task.REGRESSION, Deviations::meanAbsoluteShare),
    /** {@code 1 - sum of (a - y)^2 / sum of (y - mean of y)^2}; for targets that are all equal 1 if the outputs are these, else 0. */
    R2(Task.REGRESSION, Deviations::determination),
    /** {@code 1 - variance of (a - y) / variance of y}; for targets that are all equal 1 if the outputs are wrong by the same everywhere, else 0. */
    EXPLAINED_VARIANCE(Task.REGRESSION, Deviations::explainedVariance);

    private enum Task {
        CLASSES,
        /** Of classes. */
        PROBABILITIES,
        REGRESSION
    }

    private final Task task;
    private final int tooFew;

    /** A function of its argument alone. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToDoubleFunction<Outcomes> value;

    Metric(Task task, ToDoubleFunction<Outcomes> value) {
        this(task, 0, value);
    }

    /** @param tooFew outputs with which it would always be the same */
    Metric(Task task, int tooFew, ToDoubleFunction<Outcomes> value) {
        this.task = task;
        this.tooFew = tooFew;
        this.value = value;
    }

    private static double usual(
            Outcomes outcomes, ToDoubleFunction<ConfusionMatrix> ofOne, ToDoubleFunction<ConfusionMatrix> ofAll) {
        return (outcomes.units() == 1 ? ofOne : ofAll).applyAsDouble(ConfusionMatrix.of(outcomes));
    }

    /** The word in the spec and in files. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it says something about a network with this loss: there are metrics of classes, of their probabilities and of regressions. */
    public boolean goesWith(Loss loss) {
        return switch (task) {
            case CLASSES -> loss.classifies();
            case PROBABILITIES -> loss.targets().probabilities();
            case REGRESSION -> !loss.classifies();
        };
    }

    /** Whether it says something about so many outputs: with two there are no others than the 2 largest. */
    public boolean goesWith(int outputs) {
        return outputs > tooFew;
    }

    /** The largest number of outputs that it does not go with. */
    public int tooFew() {
        return tooFew;
    }

    /** Those that go with a network. */
    public static List<Metric> all(Network network) {
        return Stream.of(values())
                .filter(metric -> metric.goesWith(network.loss()) && metric.goesWith(network.outputs()))
                .toList();
    }

    public double of(Outcomes outcomes) {
        return value.applyAsDouble(outcomes);
    }
}
