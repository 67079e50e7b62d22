package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules of the Gram form change speed, never results: all that the tuner may try, for awkward numbers of units and samples. */
@Tag("long")
class GramScheduleTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.DEFAULT.withForm(Form.GRAM);

    /** Padded rows of them are one and a half of the smallest blocks, and vectors of any length have several tiles of them. */
    private static final int SAMPLES = 70;

    /** More than are added up in the network's precision. */
    private static final int STEPS = 20;

    /** So large that a unit without its change is off by far more than roundings. */
    private static final double RATE = 0.5;

    /** A layer alone has the least code to compile. */
    private static Network network(Precision precision, int units) {
        return Network.builder("", "Net")
                .input(Input.flat(40))
                .layer(units, Activation.SIGMOID)
                .precision(precision)
                .training(SETTINGS)
                .build();
    }

    /** Both targets in one compilation. One candidate goes in float and the next one in double, with the next number of units the other way round. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 20})
    void agreesWithTheDirectForm(int units) {
        List<Schedule> vector = candidates(Target.VECTOR, units);
        List<Schedule> scalar = candidates(Target.SCALAR, units);
        List<Reference> references = Arrays.stream(Precision.values())
                .map(precision -> Reference.of(network(precision, units)))
                .toList();
        for (int i = 0; i < Math.max(vector.size(), scalar.size()); i++) {
            Reference reference = references.get((i + units) % references.size());
            Network network = reference.problem().network();
            Tuning ofVector = tuning(network, Target.VECTOR, vector.get(i % vector.size()), i);
            Tuning ofScalar = tuning(network, Target.SCALAR, scalar.get(i % scalar.size()), i);
            Generated generated = new Generated(compile(network, ofVector, ofScalar));
            for (Tuning each : List.of(ofVector, ofScalar)) {
                reference.check(generated.create(SAMPLES, each.target()), each);
            }
        }
    }

    /** What the interpreter computes in direct form. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Reference(Problem problem, double[] expected) {
        static Reference of(Network network) {
            Problem problem = new Problem(network, SAMPLES, 1);
            return new Reference(problem, train(problem, Interpreter.create(network, SAMPLES), Form.DIRECT));
        }

        void check(Engine engine, Tuning tuning) {
            double[] actual = train(problem, engine, Form.GRAM);
            double allowed = tuning.precision() == Precision.FLOAT ? 1e-5 : 1e-12;
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).as("%s, value %s", tuning, i).isCloseTo(expected[i], within(allowed));
            }
        }
    }

    private static List<Schedule> candidates(Target target, int units) {
        Candidates candidates = new Candidates(target, Precision.FLOAT, Machine.AVX512);
        List<Schedule> all = new ArrayList<>(candidates.gramTiles(units));
        all.addAll(candidates.gramBlocks(units, all.get(0), SAMPLES));
        return all;
    }

    /** Costs and then parameters: steps of all samples, and of some out of their order. */
    private static double[] train(Problem problem, Engine engine, Form form) {
        int[] rows = {3, 1, 60, 2, 33};
        double[] costs = new double[STEPS];
        try (Engine given = problem.give(engine);
                Training training = given.train(problem.dataset(), SETTINGS.withForm(form))) {
            for (int i = 0; i < STEPS; i++) {
                costs[i] = i % 3 == 2 ? training.step(rows, 0, rows.length, RATE) : training.step(RATE);
            }
            double[] parameters = given.parametersAsDouble();
            double[] all = Arrays.copyOf(costs, STEPS + parameters.length);
            System.arraycopy(parameters, 0, all, STEPS, parameters.length);
            return all;
        }
    }

    @Test
    void aTuningReplacesTheTile() {
        Network network = network(Precision.FLOAT, 20);
        Schedule tile = Schedule.tile(Lanes.COLUMNS, 7, 1, 0);
        Compilation plain = compile(network);
        Compilation tuned = compile(network, tuning(network, Target.VECTOR, tile, 0));
        assertThat(plain.methodBytes())
                .containsKey("NetVector.gramUpdate1Tile5")
                .doesNotContainKey("NetVector.gramUpdate1Tile7");
        assertThat(tuned.methodBytes())
                .containsKeys("NetVector.gramUpdate1Tile7", "NetVector.gramUpdate1Tile6")
                .doesNotContainKey("NetVector.gramUpdate1Tile5");
        assertThat(tuned.files().get(2).text()).contains("tile 7 units x 1 vectors");
        // the other target has its own
        assertThat(tuned.files().get(1)).isEqualTo(plain.files().get(1));
    }

    @Test
    void refusesWhatCannotBeEmitted() {
        Network network = network(Precision.FLOAT, 20);
        Tuning wrong = tuning(network, Target.VECTOR, Schedule.tile(Lanes.COLUMNS, 5, 4, 0), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(network, wrong))
                .withMessage("gramUpdate1: expected a divisor of 2, the vectors that rows are padded for: nr=4");
    }

    /** Layouts by turns. */
    private static Tuning tuning(Network network, Target target, Schedule gram, int turn) {
        List<Storage> storages = new Candidates(target, network.precision(), Machine.GENERIC).storages(network);
        Storage storage = storages.get(turn % storages.size());
        Tuning.Origin origin = new Tuning.Origin("any", "17", 1, 1);
        return new Tuning(target, network.precision(), origin, storage, new TreeMap<>())
                .with(Products.GRAM_UPDATE, new Tuning.Choice(gram, 1));
    }

    private static Compilation compile(Network network, Tuning... tunings) {
        return Compiler.compile(network, "test.yaml", Options.DEFAULT.withTuned(new TunedSchedules(List.of(tunings))));
    }
}
