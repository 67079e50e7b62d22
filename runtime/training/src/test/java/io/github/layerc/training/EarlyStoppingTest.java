package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EarlyStoppingTest {
    private static final int COUNT = 14;
    private static final Dataset DATA = random(COUNT, 1);

    /** Labels without any rule: what is learnt of others does not help. */
    private static final Dataset OTHERS = random(9, 2);

    private static Dataset random(int count, long seed) {
        Random random = new Random(seed);
        double[] samples = random.doubles(6L * count, -1, 1).toArray();
        double[] targets = random.ints(count, 0, 2).asDoubleStream().toArray();
        return Dataset.of(samples, 6, targets, 1);
    }

    private static Network network(Precision precision, Form form) {
        return Network.builder("", "Net")
                .input(Input.flat(6))
                .layer(8, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .training(new TrainingSettings(Optimizer.MOMENTUM, 0.3, 400).withForm(form))
                .build();
    }

    private static Engine engine(Network network) {
        Engine engine = Interpreter.create(network, COUNT);
        engine.initialize();
        return engine;
    }

    /** Values after each epoch by hand. */
    private static List<Double> values(Network network, TrainingSettings settings, EarlyStopping.Monitor monitor) {
        List<Double> values = new ArrayList<>();
        try (Engine engine = engine(network);
                Training training = engine.train(DATA, settings)) {
            Dataset samples = monitor.needsValidation() ? OTHERS : DATA;
            Evaluation evaluation = training.evaluate(samples);
            Batches batches =
                    new Batches(COUNT, settings.batch(), network.initializer().seed());
            for (int i = 1; i <= settings.iterations(); i++) {
                batches.step(training, settings.learningRate());
                if (batches.isEndOfEpoch() || i == settings.iterations()) {
                    values.add(
                            monitor.isCost()
                                    ? evaluation.cost()
                                    : Accuracy.of(
                                                    evaluation.outputs(),
                                                    samples,
                                                    network.loss().targets())
                                            .value());
                }
            }
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, DIRECT, 0, VALIDATION_COST, 5",
        "FLOAT, GRAM, 0, VALIDATION_COST, 5",
        "DOUBLE, GRAM, 4, VALIDATION_COST, 3",
        "DOUBLE, DIRECT, 4, VALIDATION_ACCURACY, 20",
        "DOUBLE, DIRECT, 0, COST, 1"
    })
    void leavesTheBestParameters(
            Precision precision, Form form, int batch, EarlyStopping.Monitor monitor, int patience) {
        Network network = network(precision, form);
        TrainingSettings settings = network.training().withBatch(batch);
        EarlyStopping rule = new EarlyStopping(monitor, patience, 0);
        List<Double> values = values(network, settings, monitor);
        int best = 0;
        for (int epoch = 1; epoch < values.size() && epoch - 1 - best < patience; epoch++) {
            best = rule.isBetter(values.get(epoch), values.get(best)) ? epoch : best;
        }
        int perEpoch = settings.updatesPerEpoch(COUNT);
        int expected = Math.min(settings.iterations(), (best + 1) * perEpoch);

        try (Engine stopped = engine(network);
                Engine shorter = engine(network)) {
            Trainer.Result result = new Trainer(settings.withEarlyStopping(rule))
                    .withValidation(OTHERS)
                    .train(stopped, DATA);
            new Trainer(settings.withIterations(expected)).train(shorter, DATA);

            assertThat(result.chosen()).isEqualTo(expected);
            assertThat(result.best()).contains(values.get(best));
            assertThat(stopped.parametersAsDouble()).isEqualTo(shorter.parametersAsDouble());
            boolean early = result.iterations() < settings.iterations();
            assertThat(result.end()).isEqualTo(early ? Trainer.End.EARLY : Trainer.End.COMPLETE);
            if (early) {
                assertThat(result.iterations()).isEqualTo((best + 1 + patience) * perEpoch);
                History history = result.history();
                assertThat(history.entries().get(history.entries().size() - 1).iteration())
                        .isEqualTo(result.iterations() - 1);
            }
        }
    }

    /** Also where nothing ends it: the last epoch need not be the best. */
    @Test
    void leavesTheBestParametersWhereItGoesOnToTheEnd() {
        Network network = network(Precision.DOUBLE, Form.DIRECT);
        EarlyStopping never = new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 10_000, 0);
        try (Engine engine = engine(network)) {
            Trainer.Result result = new Trainer(network.training().withEarlyStopping(never))
                    .withValidation(OTHERS)
                    .train(engine, DATA);
            assertThat(result.end()).isEqualTo(Trainer.End.COMPLETE);
            assertThat(result.iterations()).isEqualTo(400);
            assertThat(result.chosen()).isLessThan(400);
            try (Training training = engine.train(DATA)) {
                assertThat(training.evaluate(OTHERS).cost())
                        .isCloseTo(result.best().orElseThrow(), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATION_COST", "VALIDATION_ACCURACY"})
    void refusesToMonitorSamplesThatThereAreNot(EarlyStopping.Monitor monitor) {
        Network network = network(Precision.DOUBLE, Form.DIRECT);
        TrainingSettings settings = network.training().withEarlyStopping(new EarlyStopping(monitor, 1, 0));
        try (Engine engine = engine(network)) {
            assertThatThrownBy(() -> new Trainer(settings).train(engine, DATA))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage(
                            "Net: early stopping needs samples to validate with: expected a validation part or file: monitor="
                                    + monitor.keyword());
        }
    }

    @Test
    void refusesTheAccuracyOfARegression() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(6))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .training(TrainingSettings.DEFAULT
                        .withValidation(0.5)
                        .withEarlyStopping(new EarlyStopping(EarlyStopping.Monitor.VALIDATION_ACCURACY, 1, 0)))
                .build();
        try (Engine engine = engine(network)) {
            assertThatThrownBy(() -> Trainer.fit(engine, DATA))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage("Net: early stopping needs an accuracy, and the outputs are not classes: "
                            + "monitor=validation_accuracy, loss=mean_squared_error");
        }
    }

    /** Batch, rate, epochs, validation and early stopping of the network. */
    @Test
    void fitsAsTheNetworkSays() {
        TrainingSettings settings = new TrainingSettings(Optimizer.ADAM, 0.01)
                .withEpochs(30)
                .withBatch(4)
                .withValidation(0.3)
                .withEarlyStopping(new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 4, 0));
        Network network = network(Precision.DOUBLE, Form.DIRECT).withTraining(settings);
        try (Engine fitted = engine(network);
                Engine byHand = engine(network)) {
            Trainer.Result result = Trainer.fit(fitted, DATA);
            ValidationSplit split =
                    ValidationSplit.of(DATA, network, 0.3, network.initializer().seed());
            new Trainer(settings.withValidation(0))
                    .withValidation(split.validation())
                    .train(byHand, split.train());
            assertThat(fitted.parametersAsDouble()).isEqualTo(byHand.parametersAsDouble());
            assertThat(result.train().count()
                            + result.validation().orElseThrow().count())
                    .isEqualTo(COUNT);
            assertThat(result.history().entries())
                    .allMatch(entry -> entry.validation().isPresent() || entry.iteration() == result.iterations() - 1);
        }
    }

    /** Also from the end of a shorter training that was not at the end of an epoch, where it has looked once more than a longer one does. */
    @Test
    void goesOnInTheSameWayFromEveryIteration() {
        TrainingSettings settings = network(Precision.DOUBLE, Form.DIRECT)
                .training()
                .withBatch(4)
                .withEarlyStopping(new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 3, 0));
        Network network = network(Precision.DOUBLE, Form.DIRECT).withTraining(settings);
        try (Engine whole = engine(network);
                Engine parts = engine(network)) {
            Trainer trainer = new Trainer(settings).withValidation(OTHERS);
            Trainer.Result expected = trainer.train(whole, DATA);
            assertThat(expected.end()).isEqualTo(Trainer.End.EARLY);
            for (int first = 1; first < expected.iterations(); first++) {
                List<TrainingCheckpoint> checkpoints = new ArrayList<>();
                parts.initialize();
                new Trainer(settings.withIterations(first))
                        .withValidation(OTHERS)
                        .withCheckpoints(first, checkpoints::add)
                        .train(parts, DATA);
                Trainer.Result result = trainer.from(checkpoints.get(0)).train(parts, DATA);
                assertThat(result.iterations()).as("from %d", first).isEqualTo(expected.iterations());
                assertThat(result.best()).isEqualTo(expected.best());
                assertThat(parts.parametersAsDouble()).isEqualTo(whole.parametersAsDouble());
            }
        }
    }

    /** What was best of something else is of no use. */
    @Test
    void startsAnewWhereSomethingElseIsMonitored() {
        Network network = network(Precision.DOUBLE, Form.DIRECT);
        EarlyStopping cost = new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 1000, 0);
        EarlyStopping accuracy = new EarlyStopping(EarlyStopping.Monitor.VALIDATION_ACCURACY, 1000, 0);
        List<TrainingCheckpoint> checkpoints = new ArrayList<>();
        try (Engine engine = engine(network)) {
            TrainingSettings settings = network.training().withIterations(20);
            new Trainer(settings.withEarlyStopping(cost))
                    .withValidation(OTHERS)
                    .withCheckpoints(10, checkpoints::add)
                    .train(engine, DATA);
            Trainer.Result result = new Trainer(settings.withEarlyStopping(accuracy))
                    .withValidation(OTHERS)
                    .from(checkpoints.get(0))
                    .train(engine, DATA);
            assertThat(result.chosen()).isGreaterThan(10);
            assertThat(result.best().orElseThrow()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void listenerEndsATraining() {
        Network network = network(Precision.DOUBLE, Form.DIRECT);
        try (Engine engine = engine(network);
                Engine shorter = engine(network)) {
            Trainer.Result result = new Trainer(network.training(), 100)
                    .withListener(new Trainer.Listener() {
                        private int last;

                        @Override
                        public void iteration(int iteration, double cost, boolean recorded) {
                            last = iteration;
                        }

                        @Override
                        public boolean isDone() {
                            return last == 16;
                        }
                    })
                    .train(engine, DATA);
            assertThat(result.end()).isEqualTo(Trainer.End.STOPPED);
            assertThat(result.iterations()).isEqualTo(17);
            assertThat(result.history().entries())
                    .extracting(History.Entry::iteration)
                    .containsExactly(0, 16);
            new Trainer(network.training().withIterations(17)).train(shorter, DATA);
            assertThat(engine.parametersAsDouble()).isEqualTo(shorter.parametersAsDouble());
        }
    }
}
