package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

final class TrainerTest {
    /** y = 1 where the first value is larger. */
    private static final Dataset DATA =
            Dataset.of(new double[] {1, 0, 0, 1, 2, 1, 1, 3}, 2, new double[] {1, 0, 1, 0}, 1);

    /** An interpreter whose parameters are all 0. */
    private static Engine zeros(Network network, int batch) {
        Engine engine = Interpreter.create(network, batch);
        engine.setParametersFromDouble(new double[network.parameterCount()]);
        return engine;
    }

    @Test
    void recordsTheCostBeforeTheUpdate() {
        try (Engine engine = zeros(network(), 4)) {
            List<String> calls = new ArrayList<>();
            Trainer.Result result = trainer(6, 0.5, 2)
                    .withListener((iteration, cost, recorded) -> calls.add(iteration + " " + recorded))
                    .train(engine, DATA);

            assertThat(result.history().entries())
                    .extracting(History.Entry::iteration)
                    .containsExactly(0, 2, 4, 5);
            // all parameters are 0, so every output is one half
            assertThat(result.history().entries().get(0).cost()).isCloseTo(Math.log(2), within(1e-15));
            assertThat(result.history().entries().get(1).cost()).isLessThan(0.69);
            assertThat(result.history().finalCost())
                    .isEqualTo(result.history().entries().get(3).cost());
            assertThat(calls).containsExactly("0 true", "1 false", "2 true", "3 false", "4 true", "5 true");
            assertThat(result.seconds())
                    .isGreaterThanOrEqualTo(result.stepSeconds())
                    .isPositive();
        }
    }

    @Test
    void leavesTheTrainedParametersInTheEngine() {
        try (Engine engine = zeros(network(), 4)) {
            trainer(1, 0.5, 1).train(engine, DATA);

            // dz = 0.5 - y; dW = 1/4 sum of dz x, db = 1/4 sum of dz
            assertThat(engine.parametersAsDouble()).containsExactly(0.125, -0.1875, 0);
        }
    }

    @Test
    void recordsTheLastIterationOnce() {
        try (Engine engine = zeros(network(), 4)) {
            assertThat(trainer(5, 0.5, 2).train(engine, DATA).history().entries())
                    .extracting(History.Entry::iteration)
                    .containsExactly(0, 2, 4);
        }
    }

    @Test
    void writesAllDigits() {
        History history = new History(
                List.of(new History.Entry(0, 0.1), new History.Entry(100, 1.0 / 3), new History.Entry(2499, 1e-5)));

        assertThat(history.csv()).isEqualTo("iteration,cost\n0,0.1\n100,0.3333333333333333\n2499,1.0E-5\n");
        History tested = new History(List.of(
                new History.Entry(0, 0.5, test(0.75, 1), Optional.empty()),
                new History.Entry(1, 0.25, test(0.5, 4), Optional.empty())));
        assertThat(tested.csv()).isEqualTo("iteration,cost,test_cost,test_accuracy\n0,0.5,0.75,0.25\n1,0.25,0.5,1.0\n");
        Optional<History.Test> regression = Optional.of(new History.Test(3, Optional.empty()));
        History both =
                new History(List.of(new History.Entry(0, 0.5, regression, test(1, 2)), new History.Entry(7, 0.25)));
        assertThat(both.csv())
                .isEqualTo(
                        "iteration,cost,test_cost,validation_cost,validation_accuracy\n0,0.5,3.0,1.0,0.5\n7,0.25,,,\n");
    }

    /** The rates are the last column, so that those before it stay where they are. */
    @Test
    void writesRatesThatChange() {
        History history = new History(List.of(
                new History.Entry(0, 0.5, test(0.75, 1), Optional.empty()),
                new History.Entry(1, 0.25, Optional.empty(), Optional.empty(), Optional.of(0.1))));
        assertThat(history.csv())
                .isEqualTo("iteration,cost,test_cost,test_accuracy,learning_rate\n0,0.5,0.75,0.25,\n1,0.25,,,0.1\n");
        assertThat(History.hasDiverged(history.csv())).isFalse();
    }

    @Test
    void recordsMetricsOfTestAndValidation() {
        try (Engine engine = zeros(network(), 4)) {
            Map<String, ToDoubleBiFunction<double[], Dataset>> metrics = new LinkedHashMap<>();
            metrics.put("first", (outputs, data) -> outputs[0]);
            metrics.put("count", (outputs, data) -> data.count());
            metrics.put("none", (outputs, data) -> Double.NaN);
            History history = trainer(3, 0.5, 2)
                    .withTest(DATA.rows(0, 1))
                    .withValidation(DATA.rows(1, 2, 3))
                    .withMetrics(metrics)
                    .train(engine, DATA)
                    .history();

            // all parameters are 0, so every output is one half
            assertThat(history.entries().get(0).test().orElseThrow().metrics())
                    .containsExactly(Map.entry("first", 0.5), Map.entry("count", 2.0), Map.entry("none", Double.NaN));
            List<String> lines = history.csv().lines().toList();
            assertThat(lines.get(0))
                    .isEqualTo("iteration,cost,test_cost,test_accuracy,test_first,test_count,test_none,"
                            + "validation_cost,validation_accuracy,validation_first,validation_count,validation_none");
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1)).matches("0,[^,]+,[^,]+,0.5,0.5,2.0,NaN,[^,]+,[^,]+,0.5,3.0,NaN");
        }
    }

    /** However slow a machine is, what the metrics have slept is missing from the time of the training. */
    @Test
    void metricsAreNoTimeOfTheTraining() {
        long[] slept = {0};
        try (Engine engine = zeros(network(), 4)) {
            long start = System.nanoTime();
            Trainer.Result result = trainer(3, 0.5, 1)
                    .withTest(DATA)
                    .withMetrics(Map.of("sleep", (outputs, data) -> {
                        long before = System.nanoTime();
                        LockSupport.parkNanos(5_000_000);
                        slept[0] += System.nanoTime() - before;
                        return 0;
                    }))
                    .train(engine, DATA);
            double all = (System.nanoTime() - start) * 1e-9;

            assertThat(slept[0]).isPositive();
            assertThat(all - result.seconds()).isGreaterThanOrEqualTo(slept[0] * 1e-9);
            assertThat(all - result.stepSeconds()).isGreaterThanOrEqualTo(slept[0] * 1e-9);
        }
    }

    /** An entry of a training that has ended unforeseen has none. */
    @Test
    void leavesMetricsEmptyThatWereNotComputed() {
        Optional<History.Test> test = Optional.of(new History.Test(0.5, Optional.empty(), Map.of("r2", 0.25)));
        History history =
                new History(List.of(new History.Entry(0, 0.5, test, Optional.empty()), new History.Entry(7, 0.25)));
        assertThat(history.csv()).isEqualTo("iteration,cost,test_cost,test_r2\n0,0.5,0.5,0.25\n7,0.25,,\n");
        assertThat(History.hasDiverged(history.csv())).isFalse();
    }

    private static Optional<History.Test> test(double cost, int correct) {
        return Optional.of(new History.Test(cost, Optional.of(new Accuracy(correct, 4))));
    }

    @Test
    void refusesACostThatIsNotFinite() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        try (Engine engine = zeros(network, 4)) {
            assertThatThrownBy(() -> trainer(1000, 1e6, 100).train(engine, DATA))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageMatching(
                            "Net: iteration (\\d+): cost must be finite: cost=Infinity: the largest gradient of "
                                    + "iteration \\d+ is -?[\\d.]+e\\+1\\d\\d, of W1\\[0, \\d\\], for all 4 samples: try "
                                    + "learning rate 0.100 instead of learningRate=1000000\\.0");
        }
    }

    @Test
    void refusesParametersThatTheLastUpdateSpoiled() {
        Network network = network();
        Dataset large = Dataset.of(new double[] {10, 0}, 2, new double[] {1}, 1);
        try (Engine engine = zeros(network.withPrecision(Precision.FLOAT), 4)) {
            assertThatThrownBy(() -> trainer(1, 3e38, 1).train(engine, large))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage(
                            "Net: after iteration 0: parameters must be finite: parameters[0]=Infinity: the largest gradient of "
                                    + "iteration 0 is -5.00, of W1[0, 0], for all 1 samples: try learning rate 0.100 instead of "
                                    + "learningRate=3.0E38");
        }
    }

    /** What is finite in double, and a number to the spec, is infinite or 0 to the network. */
    @Test
    void refusesALearningRateThatIsNoneInThePrecision() {
        try (Engine engine = zeros(network().withPrecision(Precision.FLOAT), 4)) {
            for (double rate : new double[] {1e300, 1e40, 1e-60}) {
                assertThatThrownBy(() -> trainer(1, rate, 1).train(engine, DATA))
                        .isInstanceOf(TrainingException.class)
                        .hasMessage("Net: learning rate must be positive and finite in float: learning_rate=" + rate);
            }
            assertThat(engine.parametersAsDouble()).containsOnly(0);
        }
    }

    @Test
    void refusesATestSetThatDoesNotFit() {
        Dataset other = Dataset.of(new double[] {1, Double.NaN}, 2, new double[] {1}, 1);
        try (Engine engine = zeros(network(), 4)) {
            assertThatThrownBy(() -> trainer(1, 1, 1).withTest(other).train(engine, DATA))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage(
                            "test data do not fit the network: sample 0, feature 1: samples must be finite: value=NaN");
        }
    }

    private static Network regression(int outputs) {
        return Network.builder("", "Line")
                .input(Input.flat(2))
                .layer(outputs, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
    }

    /** Whatever its outputs are, they are no classes. */
    @Test
    void regressionHasNoAccuracy() {
        try (Engine engine = zeros(regression(1), 4)) {
            assertThatThrownBy(() -> Accuracy.of(engine, DATA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Line has no accuracy: its outputs are not classes: loss=mean_squared_error");
            History history =
                    trainer(2, 0.01, 1).withTest(DATA).train(engine, DATA).history();
            assertThat(history.entries().get(0).test().orElseThrow().accuracy()).isEmpty();
            assertThat(history.csv()).startsWith("iteration,cost,test_cost\n0,0.5,0.5\n");
        }
    }

    @Test
    void accuracyNeedsTargetsThatFitTheOutputs() {
        Dataset twoTargets = Dataset.of(new double[] {1, 2}, 2, new double[] {1, 0}, 2);
        Dataset threeInputs = Dataset.of(new double[] {1, 2, 3}, 3, new double[] {1}, 1);
        try (Engine engine = zeros(network(), 4)) {
            assertThatThrownBy(() -> Accuracy.of(engine, twoTargets))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Net has 1 outputs: targets of a sample=2");
            assertThatThrownBy(() -> Accuracy.of(engine, threeInputs))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Net has 2 inputs: values of a sample=3");
        }
    }

    /** By its sign: targets are -1 and 1, of an output as of several. */
    @Test
    void hingeHasItsOwnTargetsAndThreshold() {
        float[] samples = {1, 0, 0.9f, 0.2f, 0, 1, -0.1f, 0.8f};
        int[] labels = {1, 1, 0, 0};
        for (int outputs : new int[] {1, 2}) {
            Network margins = Network.builder("", "Margins")
                    .input(Input.flat(2))
                    .layer(outputs, Activation.IDENTITY)
                    .loss(Loss.HINGE)
                    .build();
            Dataset data = Dataset.of(samples, 2, labels, outputs);
            try (Engine engine = zeros(margins, 4)) {
                History history = trainer(200, 0.1, 200).train(engine, data).history();
                assertThat(history.entries().get(0).cost()).isEqualTo(1);
                assertThat(Accuracy.of(engine, data).value()).isEqualTo(1);
                assertThat(engine.predictClass(data)).containsExactly(labels);
                ValidationSplit split = ValidationSplit.of(data, margins, 0.5, 1);
                assertThat(engine.predictClass(split.validation())).containsExactly(1, 0);
                double[] sides = outputs == 1 ? new double[] {1, 1, -1, -1} : new double[] {-1, 1, -1, 1, 1, -1, 1, -1};
                Dataset same = Dataset.of(samples, 2, sides, outputs);
                assertThat(Accuracy.of(engine, same).value()).isEqualTo(1);
                try (Training training = engine.train(data)) {
                    assertThat(training.evaluate(same).cost())
                            .isEqualTo(training.evaluate(data).cost());
                }
            }
        }
    }

    /** NaN is no class, so not the one that a comparison with it happens to leave. */
    @Test
    void outputsThatAreNoNumbersAreWrong() {
        Dataset data = Dataset.of(new double[] {1, Double.NaN, 0, 1}, 2, new double[] {0, 0}, 1);
        Dataset classes = Dataset.of(new double[] {1, Double.NaN, 0, 1}, 2, new double[] {1, 0, 1, 0}, 2);
        Network softmax = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(2, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        try (Engine one = zeros(network(), 2);
                Engine two = zeros(softmax, 2)) {
            assertThat(Accuracy.of(one, data)).isEqualTo(new Accuracy(1, 2));
            assertThat(Accuracy.of(two, classes)).isEqualTo(new Accuracy(1, 2));
        }
    }

    @Test
    void refusesDataThatDoNotFit() {
        Dataset other = Dataset.of(new double[3], 3, new double[] {1}, 1);
        try (Engine engine = zeros(network(), 4)) {
            assertThatThrownBy(() -> trainer(1, 1, 1).train(engine, other))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage("data do not fit the network: network Net has 2 inputs: values of a sample=3");
        }
    }

    @Test
    void refusesAHistoryOfNothing() {
        assertThatThrownBy(() -> trainer(1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("history interval must be at least 1: historyEvery=0");
    }

    /** Batches of 3 of 7 samples, in NumPy's order for the seed of the initializer; each has a cost of its own. */
    @Test
    void trainsWithShuffledBatches() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .initializer(Initializer.scaledNormal(3))
                .precision(Precision.DOUBLE)
                .build();
        double[] values = {1, 2, 3, 4, 5, 6, 7};
        Dataset data = Dataset.of(values, 1, new double[] {2, 4, 6, 8, 10, 12, 14}, 1);
        int[][] batches = {{4, 6, 5}, {3, 1, 0}, {2}, {6, 4, 1}, {2, 3, 5}, {0}};
        TrainingSettings settings = new TrainingSettings(Optimizer.MOMENTUM, 0.001, 6).withBatch(3);
        try (Engine engine = zeros(network, 7)) {
            History history = new Trainer(settings, 1).train(engine, data).history();

            double w = 0;
            double b = 0;
            double wVelocity = 0;
            double bVelocity = 0;
            for (int i = 0; i < batches.length; i++) {
                double cost = 0;
                double wGradient = 0;
                double bGradient = 0;
                for (int row : batches[i]) {
                    double difference = w * values[row] + b - 2 * values[row];
                    cost += difference * difference / batches[i].length;
                    wGradient += 2 * difference * values[row] / batches[i].length;
                    bGradient += 2 * difference / batches[i].length;
                }
                assertThat(history.entries().get(i).cost()).isCloseTo(cost, within(1e-13 * cost));
                wVelocity = 0.9 * wVelocity + wGradient;
                bVelocity = 0.9 * bVelocity + bGradient;
                w -= 0.001 * wVelocity;
                b -= 0.001 * bVelocity;
            }
            assertThat(engine.parametersAsDouble()[0]).isCloseTo(w, within(1e-14));
            assertThat(engine.parametersAsDouble()[1]).isCloseTo(b, within(1e-14));
        }
    }

    @Test
    void countsAnOutputOfOneHalfAsClassZero() {
        Dataset oneOfFour = Dataset.of(new double[] {1, 0, 0, 1, 2, 3, 1, 3}, 2, new double[] {1, 0, 0, 0}, 1);
        try (Engine engine = zeros(network(), 3)) {
            assertThat(Accuracy.of(engine, oneOfFour)).isEqualTo(new Accuracy(3, 4));
            engine.setParametersFromDouble(new double[] {0, 0, 1e-9});
            assertThat(Accuracy.of(engine, oneOfFour).value()).isEqualTo(0.25);
            engine.setParametersFromDouble(new double[] {1, -1, 0});
            assertThat(Accuracy.of(engine, oneOfFour).value()).isEqualTo(1);
        }
    }

    @Test
    void takesTheLargestOfSeveralOutputs() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(Precision.DOUBLE)
                .build();
        Dataset data = Dataset.of(
                new double[] {3, 1, 2, 1, 2, 3, 1, 3, 2, 2, 2, 1},
                3,
                new double[] {1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0},
                3);
        try (Engine engine = zeros(network, 2)) {
            engine.setParametersFromDouble(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0});
            assertThat(Accuracy.of(engine, data)).isEqualTo(new Accuracy(3, 4));
        }
    }

    /** Whoever takes checkpoints is told of the start where there will be some from time to time, and none of that changes the training. */
    @Test
    void preparesForCheckpoints() {
        List<String> calls = new ArrayList<>();
        CheckpointSink sink = new CheckpointSink() {
            @Override
            public void prepare(TrainingCheckpoint start) {
                calls.add("start " + start.iterations());
            }

            @Override
            public void take(TrainingCheckpoint checkpoint) {
                calls.add("" + checkpoint.iterations());
            }
        };
        try (Engine engine = zeros(network(), 4);
                Engine same = zeros(network(), 4)) {
            trainer(5, 0.5, 1).withCheckpoints(2, sink).train(engine, DATA);
            assertThat(calls).containsExactly("start 0", "2", "4", "5");
            trainer(5, 0.5, 1).withCheckpoints(0, sink).train(same, DATA);
            assertThat(calls).hasSize(4);
            assertThat(engine.parametersAsDouble()).isEqualTo(same.parametersAsDouble());
        }
    }

    private static Network network() {
        return Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .precision(Precision.DOUBLE)
                .build();
    }

    private static Trainer trainer(int iterations, double learningRate, int historyEvery) {
        return new Trainer(new TrainingSettings(Optimizer.GRADIENT_DESCENT, learningRate, iterations), historyEvery);
    }
}
