package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trainer follows the schedule of its learning rate. */
class RatesTest {
    private static final int COUNT = 9;
    private static final Dataset DATA = random(COUNT, 1);
    private static final Dataset OTHERS = random(5, 2);
    private static final Optional<EarlyStopping.Monitor> COST = Optional.of(EarlyStopping.Monitor.COST);

    private static Dataset random(int count, long seed) {
        Random random = new Random(seed);
        return Dataset.of(
                random.doubles(3L * count, -1, 1).toArray(),
                3,
                random.ints(count, 0, 2).asDoubleStream().toArray(),
                1);
    }

    private static Engine engine() {
        Engine engine = Interpreter.create(
                Network.builder("", "Net")
                        .input(Input.flat(3))
                        .layer(4, Activation.TANH)
                        .layer(1, Activation.SIGMOID)
                        .precision(Precision.DOUBLE)
                        .build(),
                COUNT);
        engine.initialize();
        return engine;
    }

    private static TrainingSettings settings(RateSchedule schedule) {
        return new TrainingSettings(Optimizer.MOMENTUM, 0.5, 40).withSchedule(schedule);
    }

    private static List<Double> rates(History history) {
        return history.entries().stream()
                .map(entry -> entry.learningRate().orElseThrow())
                .toList();
    }

    /** Each update has the rate that the history says. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.network.RateSchedule#all")
    void updatesHaveTheRatesOfTheHistory(RateSchedule schedule) {
        try (Engine engine = engine();
                Engine byHand = engine();
                Training training = byHand.train(DATA, settings(schedule))) {
            History history =
                    new Trainer(settings(schedule), 1).train(engine, DATA).history();
            for (History.Entry entry : history.entries()) {
                double rate = schedule.isConstant() ? 0.5 : entry.learningRate().orElseThrow();
                assertThat(training.step(rate)).isEqualTo(entry.cost());
            }
            assertThat(byHand.parametersAsDouble()).isEqualTo(engine.parametersAsDouble());
            assertThat(history.entries().get(0).learningRate().isPresent()).isNotEqualTo(schedule.isConstant());
        }
    }

    @Test
    void reducesOnAPlateauOfTheCost() {
        RateSchedule schedule = RateSchedule.reduceOnPlateau(0.5, 2, 0.01, 0, 0);
        Rates rates = new Rates(settings(schedule), 100, COST);
        double[] values = {1, 0.9, 0.895, 0.894, 0.85, 0.85, 0.845, 0.84, 0.84, 0.5};
        // 0.85 is better than 0.9; 0.845 and 0.84 are not better than 0.85 by more than 0.01
        double[] expected = {1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125};
        for (int i = 0; i < values.length; i++) {
            rates.check(i + 1, values[i]);
            assertThat(rates.at(i + 1)).as("after %d", i).isEqualTo(0.5 * expected[i]);
        }
        // those of the past stay what they were
        for (int i = 0; i < values.length; i++) {
            assertThat(rates.at(i + 1)).isEqualTo(0.5 * expected[i]);
        }
        Rates other = new Rates(settings(schedule), 100, COST);
        other.restore(rates.state());
        assertThat(other.at(10)).isEqualTo(rates.at(10));
        assertThat(other.at(4)).isEqualTo(rates.at(4));
        assertThat(new Rates(settings(RateSchedule.COSINE), 100, COST).state()).isEmpty();

        // an accuracy of 0.4 is better than none, and not compared with a cost
        Rates accuracies = new Rates(settings(schedule), 100, Optional.of(EarlyStopping.Monitor.VALIDATION_ACCURACY));
        accuracies.restore(rates.state());
        assertThat(accuracies.at(10)).isEqualTo(rates.at(10));
        for (int i = 10; i < 14; i++) {
            accuracies.check(i + 1, 0.1 + i / 40.0);
            assertThat(accuracies.at(i + 1)).isEqualTo(rates.at(10));
        }
    }

    /** Values of the warm-up are those of rates that are too small to say anything, and NaN is never better. */
    @Test
    void warmUpDoesNotCount() {
        Rates rates = new Rates(settings(RateSchedule.reduceOnPlateau(0.5, 1, 0, 0, 2)), 100, COST);
        double[] values = {0.1, 0.1, 3, Double.NaN, 2};
        double[] expected = {0.5, 0.5, 0.5, 0.25, 0.25};
        for (int i = 0; i < values.length; i++) {
            rates.check(i + 1, values[i]);
        }
        for (int i = 1; i < values.length; i++) {
            assertThat(rates.at(i + 1)).as("after %d", i).isEqualTo(expected[i]);
        }
    }

    /** What early stopping monitors, else the samples to validate with, else those of the training. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void monitorsWhatEarlyStoppingDoes(boolean validates) {
        TrainingSettings settings = settings(RateSchedule.reduceOnPlateau(0.5, 1, 0.005, 0, 0));
        Trainer trainer = new Trainer(settings, 1);
        EarlyStopping byCost = new EarlyStopping(EarlyStopping.Monitor.COST, 1000, 0);
        Trainer stops = new Trainer(settings.withEarlyStopping(byCost), 1);
        try (Engine engine = engine()) {
            List<Double> usual = rates((validates ? trainer.withValidation(OTHERS) : trainer)
                    .train(engine, DATA)
                    .history());
            assertThat(usual)
                    .isEqualTo(byHand(settings, validates ? OTHERS : DATA))
                    .contains(0.25);
            engine.initialize();
            List<Double> stopping = rates((validates ? stops.withValidation(OTHERS) : stops)
                    .train(engine, DATA)
                    .history());
            assertThat(stopping).isEqualTo(byHand(settings, DATA));
        }
    }

    private static List<Double> byHand(TrainingSettings settings, Dataset monitored) {
        Rates rates = new Rates(settings, settings.iterations(), COST);
        try (Engine engine = engine();
                Training training = engine.train(DATA, settings)) {
            Evaluation evaluation = training.evaluate(monitored);
            return IntStream.range(0, settings.iterations())
                    .mapToObj(i -> {
                        double rate = rates.at(i);
                        training.step(rate);
                        rates.check(i + 1, evaluation.cost());
                        return rate;
                    })
                    .toList();
        }
    }

    /** Steps that are done once more, to find the gradient to blame, have the rates that they had. */
    @Test
    void divergenceRepeatsTheRates() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        TrainingSettings settings = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 1e12, 1000)
                .withForm(Form.DIRECT)
                .withSchedule(RateSchedule.constant(30));
        try (Engine engine = Interpreter.create(network, COUNT)) {
            engine.initialize();
            String message = catchThrowableOfType(
                            TrainingException.class, () -> new Trainer(settings).train(engine, DATA))
                    .getMessage();
            Matcher found = Pattern.compile(
                            "Net: iteration \\d+: .*: the largest gradient of iteration (\\d+) is (\\S+), of .*")
                    .matcher(message);
            assertThat(found.matches()).as(message).isTrue();
            int last = Integer.parseInt(found.group(1));
            engine.initialize();
            double[] gradients = new double[network.parameterCount()];
            try (Training training = engine.train(DATA, settings)) {
                for (int i = 0; i < last; i++) {
                    training.step(settings.schedule().rate(1e12, i, 1000, 0));
                }
                int[] all = IntStream.range(0, COUNT).toArray();
                training.gradients(all, 0, COUNT, gradients);
            }
            double largest = 0;
            for (double gradient : gradients) {
                largest = Math.abs(gradient) > Math.abs(largest) ? gradient : largest;
            }
            assertThat(found.group(2)).isEqualTo(String.format(Locale.ROOT, "%.3g", largest));
        }
    }
}
