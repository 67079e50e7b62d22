package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingSettingsTest {
    private static final TrainingSettings ALL = new TrainingSettings(Optimizer.NESTEROV, 0.1, 20)
            .withBatch(30)
            .withSchedule(RateSchedule.STEP)
            .withMomentum(0.4)
            .withL1(0.75)
            .withL2(0.5)
            .withClassWeights(ClassWeights.BALANCED)
            .withClip(Clip.NORM)
            .withAveraging(0.5)
            .withForm(Form.DIRECT)
            .withValidation(0.25)
            .withEarlyStopping(EarlyStopping.DEFAULT)
            .withMetrics(List.of("f1"));

    /** A change, and the components that it is one of. */
    static Stream<Arguments> changes() {
        EarlyStopping other = new EarlyStopping(EarlyStopping.Monitor.COST, 3, 0.5);
        return Stream.of(
                change(ALL.withLearningRate(1), "learningRate"),
                change(ALL.withSchedule(RateSchedule.COSINE), "schedule"),
                change(ALL.withIterations(1), "iterations"),
                change(ALL.withEpochs(3), "iterations", "epochs"),
                change(ALL.withBatch(0), "batch"),
                change(ALL.withMomentum(0), "momentum"),
                change(ALL.withL1(0), "l1"),
                change(ALL.withL2(0), "l2"),
                change(ALL.withClassWeights(ClassWeights.of(1, 2)), "classWeights"),
                change(ALL.withClip(Clip.VALUE), "clip"),
                change(ALL.withAveraging(0), "averaging"),
                change(ALL.withForm(Form.AUTO), "form"),
                change(ALL.withValidation(0), "validation"),
                change(ALL.withEarlyStopping(other), "earlyStopping"),
                change(ALL.withMetrics(List.of()), "metrics"),
                change(ALL.withOptimizer(Optimizer.MOMENTUM), "optimizer", "momentum"));
    }

    private static Arguments change(TrainingSettings settings, String... components) {
        return Arguments.of(settings, List.of(components));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesOneThingAtATime(TrainingSettings changed, List<String> components) throws Exception {
        for (RecordComponent component : TrainingSettings.class.getRecordComponents()) {
            Object now = component.getAccessor().invoke(changed);
            Object before = component.getAccessor().invoke(ALL);
            assertThat(!now.equals(before)).as(component.getName()).isEqualTo(components.contains(component.getName()));
        }
    }

    /** Every component can be changed. */
    @Test
    void changesEverything() {
        assertThat(changes().flatMap(each -> ((List<?>) each.get()[1]).stream()).map(String::valueOf))
                .containsAll(Stream.of(TrainingSettings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(ALL.withOptimizer(Optimizer.GRADIENT_DESCENT).momentum()).isZero();
        assertThat(ALL.withEpochs(2).withIterations(5).epochs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 10", "3, 4", "9, 2", "10, 1", "2147483647, 1"})
    void epochsAreSweeps(int batch, int updates) {
        TrainingSettings settings = ALL.withEpochs(7).withBatch(batch);
        assertThat(settings.updatesPerEpoch(10)).isEqualTo(updates);
        assertThat(settings.updates(10)).isEqualTo(7 * updates);
        assertThat(ALL.updates(10)).isEqualTo(20);
    }

    @Test
    void refusesMoreUpdatesThanCanBeCounted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withEpochs(Integer.MAX_VALUE).withBatch(1).updates(2))
                .withMessage(
                        "a training must have at most 2147483647 updates: epochs=2147483647, updates of an epoch=2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
    void refusesAValidationThatIsNoShare(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withValidation(share))
                .withMessage("validation must be at least 0 and below 1: validation=" + share);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
    void refusesAnAveragingThatIsNone(double decay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withAveraging(decay))
                .withMessage("averaging must be at least 0 and below 1: averaging=" + decay);
    }

    @Test
    void refusesAPatienceThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EarlyStopping(EarlyStopping.Monitor.COST, 0, 0))
                .withMessage("patience must be at least 1: patience=0");
        for (double delta : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EarlyStopping(EarlyStopping.Monitor.COST, 1, delta))
                    .withMessage("min_delta must be at least 0 and finite: min_delta=" + delta);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COST, 0, 1, 2, true",
        "COST, 0, 1, 1, false",
        "COST, 0.5, 1, 1.5, false",
        "COST, 0.25, 1, 1.5, true",
        "COST, 0, NaN, 1, false",
        "COST, 0, 1, NaN, true",
        "VALIDATION_ACCURACY, 0, 0.5, 0.25, true",
        "VALIDATION_ACCURACY, 0.25, 0.5, 0.25, false"
    })
    void tellsWhatIsBetter(EarlyStopping.Monitor monitor, double delta, double value, double best, boolean better) {
        assertThat(new EarlyStopping(monitor, 1, delta).isBetter(value, best)).isEqualTo(better);
    }

    @ParameterizedTest
    @CsvSource({
        "momentum, 0, 1, 0, 0, 0, learning rate must be positive and finite: learning_rate=0.0",
        "momentum, NaN, 1, 0, 0, 0, learning rate must be positive and finite: learning_rate=NaN",
        "momentum, 1, 0, 0, 0, 0, 'either iterations or epochs must be at least 1, the other 0: iterations=0, epochs=0'",
        "momentum, 1, 1, -1, 0, 0, 'batch must be at least 1, or 0 for all samples: batch=-1'",
        "momentum, 1, 1, 0, 1, 0, momentum must be at least 0 and below 1: momentum=1.0",
        "momentum, 1, 1, 0, -0.5, 0, momentum must be at least 0 and below 1: momentum=-0.5",
        "momentum, 1, 1, 0, NaN, 0, momentum must be at least 0 and below 1: momentum=NaN",
        "gradient_descent, 1, 1, 0, 0.5, 0, optimizer gradient_descent has no momentum: momentum=0.5",
        "momentum, 1, 1, 0, 0, -1, l2 must be at least 0 and finite: l2=-1.0",
        "momentum, 1, 1, 0, 0, Infinity, l2 must be at least 0 and finite: l2=Infinity",
        "momentum, 1, 1, 0, 0, NaN, l2 must be at least 0 and finite: l2=NaN"
    })
    void refusesWhatIsOutOfRange(
            String keyword, double rate, int iterations, int batch, double momentum, double l2, String message) {
        Optimizer optimizer = Optimizer.all().stream()
                .filter(each -> each.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSettings(optimizer, rate, iterations)
                        .withBatch(batch)
                        .withMomentum(momentum)
                        .withL2(l2))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.POSITIVE_INFINITY, Double.NaN})
    void refusesAPenaltyThatIsNone(double number) {
        String message = "l1 must be at least 0 and finite: l1=" + number;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withL1(number))
                .withMessage(message);
        Network.Builder network =
                Network.builder("", "Net").input(Input.flat(2)).layer(2, Activation.TANH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.layer(1, Activation.SIGMOID).layerL1(number))
                .withMessage("layer 2: " + message);
    }

    @Test
    void layersHaveNumbersOfTheirOwn() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(2, Activation.TANH)
                .layerL1(0)
                .layer(2, Activation.TANH)
                .layerL1(3)
                .layerL2(0)
                .layer(1, Activation.SIGMOID)
                .build();
        assertThat(network.layers())
                .extracting(ALL::penaltyOf)
                .containsExactly(new Penalty(0, 0.5), new Penalty(3, 0), new Penalty(0.75, 0.5));
    }

    @Test
    void saysNothingOfALayerThatIsNotThere() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> Network.builder("", "Net").input(Input.flat(2)).layerL2(1))
                .withMessage("a layer must be there before what is said of it");
    }

    @Test
    void penaltiesFitThePrecision() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withL1(1e39).requireFits(Precision.FLOAT))
                .withMessage("l1 must be at least 0 and finite in float: l1=1.0E39");
        Network.Builder network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .layerL2(1e39);
        assertThatIllegalArgumentException()
                .isThrownBy(network::build)
                .withMessage("layer 1: l2 must be at least 0 and finite in float: l2=1.0E39");
        assertThat(network.precision(Precision.DOUBLE).build().layers()).hasSize(1);
    }

    @Test
    void gramFormHasNoL1InTheFirstLayer() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(2, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .layerL1(3)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withTraining(network.training().withL1(0.5)))
                .withMessage(
                        "layer 1: form gram needs a first layer without l1, which looks at the sign of each weight: l1=0.5");
        assertThat(network.training().linearIn(network.layers().get(0))).isTrue();
        assertThat(network.training().linearIn(network.layers().get(1))).isFalse();
    }

    @Test
    void refusesToClipInGramForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withForm(Form.GRAM))
                .withMessage("form gram needs gradients that are not clipped: clip=norm");
        Layer layer = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .build()
                .output();
        assertThat(ALL.withL1(0).withAveraging(0).linearIn(layer)).isFalse();
        TrainingSettings averaged = TrainingSettings.DEFAULT.withAveraging(0.5);
        assertThat(averaged.linearIn(layer)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> averaged.withForm(Form.GRAM))
                .withMessage("form gram needs parameters that are not averaged: averaging=0.5");
        assertThat(new TrainingSettings(Optimizer.NESTEROV, 1).linearIn(layer)).isTrue();
        assertThat(new TrainingSettings(Optimizer.ADAM, 1).linearIn(layer)).isFalse();
    }

    @Test
    void searchesTheCostOfAllSamplesAsItIs() {
        TrainingSettings lbfgs = new TrainingSettings(Optimizer.LBFGS, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lbfgs.withBatch(5))
                .withMessage("optimizer lbfgs needs all samples in every update: batch=5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lbfgs.withClip(Clip.NORM))
                .withMessage("optimizer lbfgs needs gradients that are not clipped: clip=norm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lbfgs.withL1(0.5))
                .withMessage("optimizer lbfgs needs a cost without kinks, and l1 has one at 0: l1=0.5");
        Network.Builder network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .training(lbfgs);
        assertThat(network.build().training()).isEqualTo(lbfgs);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.layerL1(0.25).build())
                .withMessage("layer 1: optimizer lbfgs needs a cost without kinks, and l1 has one at 0: l1=0.25");
        network.layerL1(0).dropout(0.5).layer(1, Activation.SIGMOID);
        assertThatIllegalArgumentException()
                .isThrownBy(network::build)
                .withMessage(
                        "layer 1: optimizer lbfgs needs a cost that is the same whenever it looks, without dropout: dropout=0.5");
        Network.Builder normalized = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(2, Activation.TANH)
                .normalization(Normalization.BATCH_NORM)
                .layer(1, Activation.SIGMOID)
                .training(lbfgs);
        assertThatIllegalArgumentException()
                .isThrownBy(normalized::build)
                .withMessageStartingWith("layer 1: optimizer lbfgs needs layers without batch_norm, whose running mean"
                        + " every look at the cost would move: normalization=batch_norm(");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1e-4, 0.9, 20, history must be a whole number from 1 to 1000: history=0.0",
        "1001, 1e-4, 0.9, 20, history must be a whole number from 1 to 1000: history=1001.0",
        "2.5, 1e-4, 0.9, 20, history must be a whole number from 1 to 1000: history=2.5",
        "5, 0, 0.9, 20, c1 must be above 0 and below 0.1: c1=0.0",
        "5, 0.1, 0.9, 20, c1 must be above 0 and below 0.1: c1=0.1",
        "5, 1e-4, 0.05, 20, c2 must be at least 0.1 and below 1: c2=0.05",
        "5, 1e-4, 1, 20, c2 must be at least 0.1 and below 1: c2=1.0",
        "5, 1e-4, 0.9, 0, evaluations must be a whole number from 1 to 1000: evaluations=0.0"
    })
    void refusesSearchesThatAreNone(double history, double c1, double c2, double evaluations, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizer.lbfgs(history, c1, c2, evaluations))
                .withMessage(message);
    }

    @Test
    void refusesToClipAtWhatIsNoNumber() {
        for (double at : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Clip.globalNorm(at))
                    .withMessage("at must be positive and finite: at=" + at);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withClip(Clip.norm(1e-60)).requireFits(Precision.FLOAT))
                .withMessage("norm: at must be positive and finite in float: at=1.0E-60");
    }

    /** They are the heads of columns. */
    @Test
    void refusesMetricsThatAreNoNames() {
        for (List<String> metrics : List.of(List.of("F1"), List.of("a,b"), List.of(""), List.of("f1", "f1"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ALL.withMetrics(metrics))
                    .withMessage("metrics must be different names of lower-case letters, digits and underscores: "
                            + "metrics=" + metrics);
        }
    }

    @ParameterizedTest
    @EnumSource
    void gramFormIsForLinearUpdatesOnly(Form form) {
        assertThat(form.accepts(true)).isTrue();
        assertThat(form.accepts(false)).isEqualTo(form != Form.GRAM);
    }
}
