package io.github.layerc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.PictureSet;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Interpreter;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Accuracy;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cat / non-cat notebook on its real pictures: 2500 iterations of full-batch gradient descent, costs and accuracies as NumPy has them. In
 * double every cost agrees; in float the training of the four-layer network is chaotic (a unit's relu flips early, whatever the order of its
 * sums), so there only start and quality can be asked.
 */
class NotebookTest {
    private static final int ITERATIONS = 2500;
    private static final double RATE = 0.0075;

    private static PictureSet pictures;

    @BeforeAll
    static void readPictures() {
        pictures = RealPictures.read();
    }

    @ParameterizedTest
    @CsvSource({
        "cat2, VECTOR, 2500",
        "cat2, SCALAR, 500",
        "cat4, VECTOR, 2500",
        "cat4, SCALAR, 500",
        "cat4_small_init, VECTOR, 2500"
    })
    void generatedCodeInDoubleHasTheCostsOfTheNotebook(String name, Target target, int iterations) {
        Variant variant = new Variant(name + ".yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(target, pictures.train().count())) {
            checkDouble(name, engine, iterations);
        }
    }

    @ParameterizedTest
    @CsvSource({"cat2, 500", "cat4, 500"})
    void interpreterInDoubleHasTheCostsOfTheNotebook(String name, int iterations) {
        Network network = (name.equals("cat2") ? CatNet2.NETWORK : CatNet4.NETWORK).withPrecision(Precision.DOUBLE);
        try (Engine engine = Interpreter.create(network, pictures.train().count())) {
            checkDouble(name, engine, iterations);
        }
    }

    private static void checkDouble(String name, Engine engine, int iterations) {
        Reference reference = Reference.of(name);
        History history = train(engine, iterations);
        List<Double> expected = reference.doubleCosts();
        for (History.Entry entry : history.entries()) {
            if (entry.iteration() % 100 == 0) {
                assertThat(entry.cost())
                        .as("%s, %s: cost of iteration %d", name, engine.name(), entry.iteration())
                        .isCloseTo(expected.get(entry.iteration() / 100), within(1e-6));
            }
        }
        if (iterations == ITERATIONS) {
            assertThat(history.entries()).hasSize(26);
            if (reference.hasLastCost()) {
                assertThat(history.finalCost()).isCloseTo(reference.lastCost(), within(1e-6));
            }
            assertThat(Accuracy.of(engine, pictures.train()).value()).isEqualTo(reference.trainAccuracy());
            assertThat(Accuracy.of(engine, pictures.test()).value()).isEqualTo(reference.testAccuracy());
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoLayersInFloat(Target target) {
        try (Engine engine = CatNet2.create(pictures.train().count(), target)) {
            History history = train(engine, ITERATIONS);
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
    @EnumSource
    void fourLayersInFloat(Target target) {
        try (Engine engine = CatNet4.create(pictures.train().count(), target)) {
            History history = train(engine, ITERATIONS);
            assertThat(history.entries().get(0).cost())
                    .isCloseTo(Reference.of("cat4").floatCosts().get(0), within(1e-6));
            checkQuality(engine, history, 0.12, 0.74);
        }
    }

    private static void checkQuality(Engine engine, History history, double cost, double testAccuracy) {
        assertThat(history.finalCost()).isLessThanOrEqualTo(cost);
        assertThat(Accuracy.of(engine, pictures.train()).value()).isGreaterThanOrEqualTo(0.98);
        assertThat(Accuracy.of(engine, pictures.test()).value()).isGreaterThanOrEqualTo(testAccuracy);
    }

    /** The second training starts where the JIT compiler has done its work: the bits must not depend on it. */
    @ParameterizedTest
    @EnumSource
    void repeatedTrainingGivesTheSameBits(Target target) {
        try (Engine first = CatNet4.create(pictures.train().count(), target);
                Engine second = CatNet4.create(pictures.train().count(), target)) {
            History once = train(first, 150);
            History again = train(second, 150);
            assertThat(again).isEqualTo(once);
            assertThat(second.parametersAsDouble()).isEqualTo(first.parametersAsDouble());
        }
    }

    /** The costs do not depend on how many samples the workspace takes at a time. */
    @Test
    void splitStepsTrainTheSameNetwork() {
        Variant variant = new Variant("cat2.yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(Target.VECTOR, 64)) {
            checkDouble("cat2", engine, 201);
        }
    }

    private static History train(Engine engine, int iterations) {
        engine.initialize();
        return new Trainer(new TrainingSettings(Optimizer.GRADIENT_DESCENT, RATE, iterations), 100)
                .train(engine, pictures.train(), (iteration, cost, recorded) -> {})
                .history();
    }
}
