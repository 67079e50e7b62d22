package io.github.layerc.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics against their definitions, written as they stand, and where there is nothing to compute them from. */
class MetricTest {
    /** Metrics of classes that NaN does not make undefined: such a sample is of no class. */
    private static final Set<Metric> COUNTING = EnumSet.of(
            Metric.ACCURACY,
            Metric.TOP_2_ACCURACY,
            Metric.TOP_3_ACCURACY,
            Metric.TOP_5_ACCURACY,
            Metric.PRECISION,
            Metric.RECALL,
            Metric.F1,
            Metric.MATTHEWS);

    private static Outcomes outcomes(int units, double[] targets, double... outputs) {
        return new Outcomes(
                outputs, Dataset.of(new double[targets.length / units], 1, targets, units), TargetRule.SHARES);
    }

    private static double[] numbers(double... numbers) {
        return numbers;
    }

    /** So few values that many are equal. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 1000})
    void comparesEachPositiveSampleWithEachOther(int values) {
        Random random = new Random(values);
        for (int time = 0; time < 50; time++) {
            int count = 2 + random.nextInt(40);
            double[] targets = new double[count];
            double[] outputs = new double[count];
            for (int s = 0; s < count; s++) {
                targets[s] = s < 2 ? s : random.nextInt(2);
                outputs[s] = random.nextInt(values) / (double) values;
            }
            double before = 0;
            int pairs = 0;
            double precisions = 0;
            int positives = 0;
            for (int p = 0; p < count; p++) {
                if (targets[p] == 1) {
                    int atLeast = 0;
                    int right = 0;
                    for (int n = 0; n < count; n++) {
                        if (targets[n] == 0) {
                            before += outputs[p] > outputs[n] ? 1 : outputs[p] == outputs[n] ? 0.5 : 0;
                            pairs++;
                        }
                        atLeast += outputs[n] >= outputs[p] ? 1 : 0;
                        right += outputs[n] >= outputs[p] && targets[n] == 1 ? 1 : 0;
                    }
                    precisions += right / (double) atLeast;
                    positives++;
                }
            }
            Outcomes outcomes = outcomes(1, targets, outputs);
            assertThat(Metric.ROC_AUC.of(outcomes)).isCloseTo(before / pairs, within(1e-14));
            assertThat(Metric.PR_AUC.of(outcomes)).isCloseTo(precisions / positives, within(1e-14));
            // the same read the other way round
            assertThat(Ranking.of(outcomes, 0).rocAuc()).isCloseTo(before / pairs, within(1e-14));
        }
    }

    /** What would be next to 1 as a probability of the other class is no less in order. */
    @Test
    void keepsOutputsApartThatAreFarBelowOne() {
        Outcomes outcomes = outcomes(1, numbers(0, 1, 0), 1e-30, 2e-30, 1.5e-30);
        assertThat(Ranking.of(outcomes, 1).rocAuc()).isEqualTo(1);
        assertThat(Ranking.of(outcomes, 0).rocAuc()).isEqualTo(1);
    }

    /** Matthews' coefficient of two classes is Pearson's of zeros and ones. */
    @Test
    void correlatesPredictionsWithTargets() {
        Random random = new Random(5);
        double[] targets = random.ints(50, 0, 2).asDoubleStream().toArray();
        double[] outputs = random.doubles(50).toArray();
        double[] predicted = IntStream.range(0, 50)
                .mapToDouble(s -> outputs[s] > 0.5 ? 1 : 0)
                .toArray();
        double both = 0;
        double x = 0;
        double y = 0;
        for (int s = 0; s < 50; s++) {
            both += targets[s] * predicted[s] / 50;
            x += targets[s] / 50;
            y += predicted[s] / 50;
        }
        assertThat(Metric.MATTHEWS.of(outcomes(1, targets, outputs)))
                .isCloseTo((both - x * y) / Math.sqrt(x * (1 - x) * y * (1 - y)), within(1e-14));
    }

    /** The class that {@code OutputClass} names is the first of the largest. */
    @Test
    void takesTheFirstOfEqualOutputs() {
        double[] targets = {0, 0, 1, 0, 0, 0, 0, 1};
        Outcomes outcomes = outcomes(4, targets, 0.3, 0.3, 0.3, 0.1, 0.1, 0.3, 0.3, 0.3);
        assertThat(Metric.ACCURACY.of(outcomes)).isZero();
        assertThat(Metric.TOP_2_ACCURACY.of(outcomes)).isZero();
        assertThat(Metric.TOP_3_ACCURACY.of(outcomes)).isEqualTo(1);
        assertThat(Metric.TOP_5_ACCURACY.of(outcomes)).isEqualTo(1);
    }

    @Test
    void makesProbabilitiesOfOutputsThatAreNone() {
        Outcomes outcomes = outcomes(2, numbers(1, 0), 0.9, 0.9);
        assertThat(Metric.LOG_LOSS.of(outcomes)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(Metric.BRIER.of(outcomes)).isCloseTo(0.5, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource
    void isNotDefinedByNaN(Metric metric) {
        boolean classes = metric.goesWith(Loss.BINARY_CROSS_ENTROPY);
        Outcomes one = outcomes(1, numbers(0, 1, 1), 0.25, 0.75, Double.NaN);
        Outcomes two = outcomes(2, numbers(1, 0, 0, 1, 0, 1), 0.75, 0.25, 0.25, 0.75, Double.NaN, 1);
        for (Outcomes outcomes : List.of(one, two)) {
            double value = metric.of(outcomes);
            if (classes && COUNTING.contains(metric)) {
                assertThat(value).isBetween(0.0, 1.0);
            } else if (!(outcomes == two && (metric == Metric.ROC_AUC || metric == Metric.PR_AUC))) {
                assertThat(value).isNaN();
            }
        }
        assertThat(Metric.ACCURACY.of(one)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(Metric.TOP_2_ACCURACY.of(one)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(Metric.TOP_2_ACCURACY.of(two)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(Metric.ROC_AUC.of(one)).isNaN();
        // the second output of all samples is a number
        assertThat(Metric.ROC_AUC.of(two)).isEqualTo(1);
        assertThat(Ranking.of(one, 1).roc()).isEmpty();
        assertThat(Calibration.of(one).points())
                .containsExactly(new Calibration.Point(0.25, 0, 1), new Calibration.Point(0.75, 1, 1));
    }

    /** Areas are those of the classes that have samples, and others beside them. */
    @Test
    void isDefinedForOneClassWhereItCanBe() {
        Outcomes positive = outcomes(1, numbers(1, 1), 0.25, 0.75);
        assertThat(Metric.ROC_AUC.of(positive)).isNaN();
        assertThat(Ranking.of(positive, 1).roc()).isEmpty();
        assertThat(Metric.PR_AUC.of(positive)).isEqualTo(1);
        assertThat(Metric.PRECISION.of(positive)).isEqualTo(1);
        assertThat(Metric.RECALL.of(positive)).isEqualTo(0.5);
        assertThat(Metric.LOG_LOSS.of(positive)).isCloseTo(-Math.log(0.25 * 0.75) / 2, within(1e-15));

        Outcomes negative = outcomes(1, numbers(0, 0), 0.25, 0.75);
        assertThat(Metric.ROC_AUC.of(negative)).isNaN();
        assertThat(Metric.PR_AUC.of(negative)).isNaN();
        assertThat(Metric.RECALL.of(negative)).isZero();
        assertThat(Metric.F1.of(negative)).isZero();

        // nothing is of class 2
        Outcomes two = outcomes(3, numbers(1, 0, 0, 0, 1, 0), 0.7, 0.2, 0.1, 0.3, 0.6, 0.1);
        assertThat(Ranking.of(two, 2).rocAuc()).isNaN();
        assertThat(Metric.ROC_AUC.of(two)).isEqualTo(1);
        assertThat(Metric.PR_AUC.of(two)).isEqualTo(1);
    }

    /** The mean of 0.1, 0.1 and 0.1 is not 0.1 in binary. */
    @Test
    void explainsNothingOfEqualTargets() {
        for (double target : new double[] {0, 0.1, 1 / 3.0, 1e9 + 0.3}) {
            double[] targets = {target, target, target};
            assertThat(Metric.R2.of(outcomes(1, targets, targets))).isEqualTo(1);
            assertThat(Metric.R2.of(outcomes(1, targets, target, target, target + 1)))
                    .isZero();
            assertThat(Metric.EXPLAINED_VARIANCE.of(outcomes(1, targets, target + 1, target, target)))
                    .isZero();
            assertThat(Metric.EXPLAINED_VARIANCE.of(outcomes(1, targets, target, target, target)))
                    .isEqualTo(1);
        }
    }

    /** A margin is on one side of 0 or the other, and no probability. */
    @Test
    void ordersMargins() {
        Dataset sides = Dataset.of(new double[4], 1, numbers(-1, 1, 1, -1), 1);
        Dataset labels = Dataset.of(new double[4], 1, new int[] {0, 1, 1, 0}, 1);
        for (Dataset data : List.of(sides, labels)) {
            Outcomes outcomes = new Outcomes(numbers(-3, 0.25, 7, 0.1), data, TargetRule.SIDES);
            assertThat(Metric.ACCURACY.of(outcomes)).isEqualTo(0.75);
            assertThat(Metric.ROC_AUC.of(outcomes)).isEqualTo(1);
            assertThat(Metric.RECALL.of(outcomes)).isEqualTo(1);
            assertThat(Metric.LOG_LOSS.of(outcomes)).isNaN();
            assertThat(Metric.BRIER.of(outcomes)).isNaN();
            assertThat(Calibration.of(outcomes).points()).isEmpty();
        }
        assertThat(Metric.F1.goesWith(Loss.HINGE)).isTrue();
        assertThat(Metric.LOG_LOSS.goesWith(Loss.HINGE)).isFalse();
        assertThat(Metric.MAE.goesWith(Loss.HINGE)).isFalse();
    }

    @Test
    void goesWithNetworksThatItSaysSomethingAbout() {
        Network.Builder builder = Network.builder("", "N").input(Input.flat(2));
        assertThat(Metric.all(builder.layer(1, Activation.SIGMOID).build()))
                .contains(Metric.ACCURACY, Metric.BRIER)
                .doesNotContain(Metric.TOP_2_ACCURACY, Metric.MAE);
        Network.Builder classes = builder.loss(Loss.CATEGORICAL_CROSS_ENTROPY);
        assertThat(Metric.all(classes.layer(3, Activation.SOFTMAX).build()))
                .contains(Metric.TOP_2_ACCURACY)
                .doesNotContain(Metric.TOP_3_ACCURACY, Metric.TOP_5_ACCURACY);
        assertThat(Metric.all(Network.builder("", "N")
                        .input(Input.flat(2))
                        .layer(1, Activation.IDENTITY)
                        .loss(Loss.HUBER)
                        .build()))
                .containsExactly(Metric.MAE, Metric.RMSE, Metric.MAPE, Metric.R2, Metric.EXPLAINED_VARIANCE);
    }

    @Test
    void refusesOutputsWithoutTargets() {
        Dataset data = Dataset.of(new double[2], 1, numbers(0, Double.NaN), 1);
        assertThatThrownBy(() -> new Outcomes(new double[3], data, TargetRule.SHARES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputs must be as many as targets, 2: outputs=3");
        assertThatThrownBy(() -> new Outcomes(new double[2], data, TargetRule.SHARES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("targets must be finite: sample=1, output=0, target=NaN");
        assertThatThrownBy(() -> new Outcomes(new double[0], Dataset.of(new double[2], 1), TargetRule.SHARES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputs must be as many as targets, 0: outputs=0");
    }
}
