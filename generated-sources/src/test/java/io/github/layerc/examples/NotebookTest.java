package io.github.layerc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.training.Accuracy;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cat / non-cat notebook on its real pictures: 2500 iterations of full-batch gradient descent, costs and accuracies
 * as NumPy has them. In double every cost agrees, in both forms of the first layer; in float the training of the
 * four-layer network is chaotic (a unit's relu flips early, whatever the order of its sums), so there only start and
 * quality can be asked.
 */
class NotebookTest {
    private static final int ITERATIONS = 2500;
    private static final double RATE = 0.0075;

    /** Set by .ci/run, for what takes minutes. */
    private static final String WHOLE = "layerc.whole";

    private static PictureSet pictures;

    @BeforeAll
    static void readPictures() {
        pictures = RealPictures.read();
    }

    @ParameterizedTest
    @CsvSource({
        "cat2, SCALAR, DIRECT, 201",
        "cat2, SCALAR, GRAM, 2500",
        "cat4, SCALAR, DIRECT, 201",
        "cat4, SCALAR, GRAM, 2500",
        "cat4_small_init, VECTOR, DIRECT, 201",
        "cat4_small_init, VECTOR, GRAM, 2500"
    })
    void generatedCodeInDoubleHasTheCostsOfTheNotebook(String name, Target target, Form form, int iterations) {
        checkDouble(name, trained(name, target, form, iterations));
    }

    /** What a training left. */
    private static final class Trained {
        private final String engine;
        private final Form form;
        private final History history;
        private final double[] parameters;
        private final double trainAccuracy;
        private final double testAccuracy;

        Trained(Engine engine, Form form, int iterations) {
            this.engine = engine.name();
            this.form = form;
            this.history = train(engine, form, iterations);
            this.parameters = engine.parametersAsDouble();
            this.trainAccuracy = Accuracy.of(engine, pictures.train()).value();
            this.testAccuracy = Accuracy.of(engine, pictures.test()).value();
        }

        boolean isWhole() {
            return history.entries().get(history.entries().size() - 1).iteration() == ITERATIONS - 1;
        }
    }

    private static Trained trained(String name, Target target, Form form, int iterations) {
        Variant variant = new Variant(name + ".yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(target, pictures.train().count())) {
            return new Trained(engine, form, iterations);
        }
    }

    /** The vector target, and what the costs do not show: the weights of the first layer, which the Gram form makes at the end. */
    @ParameterizedTest
    @CsvSource({"cat4, 201", "cat2, 201"})
    void bothFormsHaveTheCostsOfTheNotebookAndTheSameWeights(String name, int iterations) {
        Trained direct = trained(name, Target.VECTOR, Form.DIRECT, iterations);
        checkDouble(name, direct);
        Trained gram = trained(name, Target.VECTOR, Form.GRAM, iterations);
        checkDouble(name, gram);
        double[] expected = direct.parameters;
        double[] found = gram.parameters;
        Network network = name.equals("cat2") ? CatNet2.NETWORK : CatNet4.NETWORK;
        int weights = network.layers().get(0).weightCount();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < weights; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        assertThat(difference / largest).as("difference by the largest weight").isLessThan(1e-9);
    }

    @ParameterizedTest
    @CsvSource({"cat2, DIRECT, 201", "cat4, DIRECT, 101", "cat2, GRAM, 2500", "cat4, GRAM, 2500"})
    void interpreterInDoubleHasTheCostsOfTheNotebook(String name, Form form, int iterations) {
        Network network = (name.equals("cat2") ? CatNet2.NETWORK : CatNet4.NETWORK).withPrecision(Precision.DOUBLE);
        try (Engine engine = Interpreter.create(network, pictures.train().count())) {
            checkDouble(name, new Trained(engine, form, iterations));
        }
    }

    private static void checkDouble(String name, Trained trained) {
        Reference reference = Reference.of(name);
        History history = trained.history;
        List<Double> expected = reference.doubleCosts();
        for (History.Entry entry : history.entries()) {
            if (entry.iteration() % 100 == 0) {
                assertThat(entry.cost())
                        .as("%s, %s, %s: cost of iteration %d", name, trained.engine, trained.form, entry.iteration())
                        .isCloseTo(expected.get(entry.iteration() / 100), within(1e-6));
            }
        }
        if (trained.isWhole()) {
            assertThat(history.entries()).hasSize(26);
            if (reference.hasLastCost()) {
                assertThat(history.finalCost()).isCloseTo(reference.lastCost(), within(1e-6));
            }
            assertThat(trained.trainAccuracy).isEqualTo(reference.trainAccuracy());
            assertThat(trained.testAccuracy).isEqualTo(reference.testAccuracy());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = WHOLE, matches = "true")
    void slowestTrainingsInDoubleHaveTheCostsOfTheNotebook() {
        bothFormsHaveTheCostsOfTheNotebookAndTheSameWeights("cat4", ITERATIONS);
        bothFormsHaveTheCostsOfTheNotebookAndTheSameWeights("cat2", ITERATIONS);
        checkDouble("cat4_small_init", trained("cat4_small_init", Target.VECTOR, Form.DIRECT, ITERATIONS));
        for (String name : new String[] {"cat2", "cat4"}) {
            checkDouble(name, trained(name, Target.SCALAR, Form.DIRECT, 500));
            interpreterInDoubleHasTheCostsOfTheNotebook(name, Form.DIRECT, 500);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = WHOLE, matches = "true")
    void plainJavaInTheDirectFormInFloat() {
        twoLayersInFloat(Target.SCALAR, Form.DIRECT);
        fourLayersInFloat(Target.SCALAR, Form.DIRECT);
    }

    /** Plain Java in the direct form: {@link #plainJavaInTheDirectFormInFloat}. */
    @ParameterizedTest
    @CsvSource({"VECTOR, DIRECT", "VECTOR, GRAM", "SCALAR, GRAM"})
    void twoLayersInFloat(Target target, Form form) {
        try (Engine engine = CatNet2.create(pictures.train().count(), target)) {
            History history = train(engine, form, ITERATIONS);
            List<Double> expected = Reference.of("cat2").floatCosts();
            for (History.Entry entry : history.entries().subList(0, 9)) {
                assertThat(entry.cost())
                        .as("cost of iteration %d", entry.iteration())
                        .isCloseTo(expected.get(entry.iteration() / 100), within(1e-4));
            }
            checkQuality(engine, history, 0.06, 0.70);
        }
    }

    @ParameterizedTest
    @CsvSource({"VECTOR, DIRECT", "VECTOR, GRAM", "SCALAR, GRAM"})
    void fourLayersInFloat(Target target, Form form) {
        try (Engine engine = CatNet4.create(pictures.train().count(), target)) {
            History history = train(engine, form, ITERATIONS);
            assertThat(history.entries().get(0).cost())
                    .isCloseTo(Reference.of("cat4").floatCosts().get(0), within(1e-6));
            checkQuality(engine, history, 0.12, 0.74);
        }
    }

    /** Until a relu flips: later, float is chaotic. */
    @ParameterizedTest
    @EnumSource
    void bothFormsStartAlikeInFloat(Target target) {
        TrainingSettings settings = settings(51);
        try (Engine direct = CatNet4.create(pictures.train().count(), target);
                Engine gram = CatNet4.create(pictures.train().count(), target)) {
            History expected = train(direct, settings.withForm(Form.DIRECT), 1);
            History found = train(gram, settings.withForm(Form.GRAM), 1);
            assertThat(found.entries()).hasSize(51);
            for (int i = 0; i <= 50; i++) {
                assertThat(found.entries().get(i).cost())
                        .as("cost of iteration %d", i)
                        .isCloseTo(expected.entries().get(i).cost(), within(1e-4));
            }
        }
    }

    /** The test set is followed without the weights of the first layer, and so without a change of anything. */
    @ParameterizedTest
    @EnumSource
    void theTestSetIsFollowed(Form form) {
        try (Engine engine = CatNet4.create(pictures.train().count());
                Engine alone = CatNet4.create(pictures.train().count())) {
            engine.initialize();
            TrainingSettings settings = settings(301).withForm(form);
            Trainer.Result result =
                    new Trainer(settings, 100).withTest(pictures.test()).train(engine, pictures.train());
            List<History.Entry> entries = result.history().entries();
            assertThat(entries).hasSize(4).allMatch(entry -> entry.test().isPresent());
            train(alone, settings.withIterations(300), 100);
            assertThat(entries.get(3).test().orElseThrow().accuracy()).contains(Accuracy.of(alone, pictures.test()));
            History history = train(alone, settings, 100);
            assertThat(result.history().entries())
                    .extracting(History.Entry::cost)
                    .isEqualTo(
                            history.entries().stream().map(History.Entry::cost).toList());
            assertThat(engine.parametersAsDouble()).isEqualTo(alone.parametersAsDouble());
        }
    }

    /** The notebook prints ten mislabelled pictures of the four-layer network. */
    @Test
    void tenPicturesAreMislabelled() {
        Variant variant = new Variant("cat4.yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(Target.VECTOR, pictures.train().count())) {
            train(engine, Form.GRAM, ITERATIONS);
            Accuracy accuracy = Accuracy.of(engine, pictures.test());
            assertThat(accuracy.count() - accuracy.correct()).isEqualTo(10);
        }
    }

    /** The notebook remarks that the two-layer network is better on the test set where it is trained for a shorter time. */
    @Test
    void shorterTrainingCanBeBetter() {
        EarlyStopping never = new EarlyStopping(EarlyStopping.Monitor.VALIDATION_ACCURACY, ITERATIONS, 0);
        Variant variant = new Variant("cat2.yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(Target.VECTOR, pictures.train().count())) {
            engine.initialize();
            Trainer.Result result = new Trainer(settings(ITERATIONS).withEarlyStopping(never))
                    .withValidation(pictures.test())
                    .train(engine, pictures.train());
            assertThat(result.chosen()).isEqualTo(919);
            assertThat(Accuracy.of(engine, pictures.test())).isEqualTo(new Accuracy(40, 50));
            train(engine, Form.AUTO, ITERATIONS);
            assertThat(Accuracy.of(engine, pictures.test())).isEqualTo(new Accuracy(36, 50));
        }
    }

    private static void checkQuality(Engine engine, History history, double cost, double testAccuracy) {
        assertThat(history.finalCost()).isLessThanOrEqualTo(cost);
        assertThat(Accuracy.of(engine, pictures.train()).value()).isGreaterThanOrEqualTo(0.98);
        assertThat(Accuracy.of(engine, pictures.test()).value()).isGreaterThanOrEqualTo(testAccuracy);
    }

    /** The second training starts where the JIT compiler has done its work: the bits must not depend on it. */
    @ParameterizedTest
    @CsvSource({"VECTOR, DIRECT", "SCALAR, DIRECT", "VECTOR, GRAM", "SCALAR, GRAM"})
    void repeatedTrainingGivesTheSameBits(Target target, Form form) {
        try (Engine first = CatNet4.create(pictures.train().count(), target);
                Engine second = CatNet4.create(pictures.train().count(), target)) {
            History once = train(first, form, 150);
            History again = train(second, form, 150);
            assertThat(again).isEqualTo(once);
            assertThat(second.parametersAsDouble()).isEqualTo(first.parametersAsDouble());
        }
    }

    /** The costs do not depend on how many samples the workspace takes at a time. */
    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void splitStepsTrainTheSameNetwork(Form form) {
        Variant variant = new Variant("cat2.yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(Target.VECTOR, 64)) {
            checkDouble("cat2", new Trained(engine, form, 201));
        }
    }

    private static TrainingSettings settings(int iterations) {
        return new TrainingSettings(Optimizer.GRADIENT_DESCENT, RATE, iterations);
    }

    private static History train(Engine engine, Form form, int iterations) {
        return train(engine, settings(iterations).withForm(form), 100);
    }

    private static History train(Engine engine, TrainingSettings settings, int historyEvery) {
        engine.initialize();
        Trainer.Result result = new Trainer(settings, historyEvery).train(engine, pictures.train());
        assertThat(settings.form()).isIn(Form.AUTO, result.form());
        return result.history();
    }
}
