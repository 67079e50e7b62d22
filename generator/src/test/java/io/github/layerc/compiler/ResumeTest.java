package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Trainer;
import io.github.layerc.training.TrainingCheckpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that goes on from a state ends in the bits of one that has never stopped. */
class ResumeTest {
    private static final int COUNT = 21;

    /** More steps than those after which the Gram form rounds, and no multiple of them. */
    private static final int STEPS = 39;

    private static Network network(Precision precision, int threads) {
        return Network.builder("", "Net")
                .input(Input.flat(35))
                .layer(9, Activation.TANH)
                .dropout(0.25)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .threads(threads)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .build();
    }

    /** Workspaces that hold all samples of a step, and not. */
    private static List<Engine> engines(Generated generated, Network network) {
        List<Engine> engines = new ArrayList<>();
        for (int capacity : new int[] {COUNT, 4}) {
            engines.add(Interpreter.create(network, capacity));
            for (Target target : Target.values()) {
                engines.add(generated.create(capacity, target));
            }
        }
        return engines;
    }

    private static List<TrainingSettings> settings() {
        List<TrainingSettings> all = new ArrayList<>();
        for (Optimizer optimizer : ExpectedUpdate.optimizers()) {
            for (double l2 : new double[] {0, 0.1}) {
                for (int batch : new int[] {TrainingSettings.FULL_BATCH, 5}) {
                    TrainingSettings direct = new TrainingSettings(optimizer, 0.05, STEPS)
                            .withL2(l2)
                            .withBatch(batch)
                            .withForm(Form.DIRECT);
                    all.add(direct);
                    if (optimizer.linear()) {
                        all.add(direct.withForm(Form.GRAM));
                    }
                }
            }
        }
        TrainingSettings momentum = new TrainingSettings(Optimizer.MOMENTUM, 0.05, STEPS).withBatch(5);
        for (RateSchedule schedule : RateSchedule.all()) {
            all.add(momentum.withForm(Form.DIRECT).withSchedule(schedule));
        }
        for (Clip clip : Clip.all()) {
            all.add(momentum.withForm(Form.DIRECT).withClip(clip.with(List.of(0.01))));
        }
        all.add(momentum.withForm(Form.DIRECT).withL1(0.01));
        all.add(momentum.withForm(Form.DIRECT).withAveraging(0.9));
        all.add(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.05, STEPS).withAveraging(0.5));
        for (Form form : List.of(Form.DIRECT, Form.GRAM)) {
            all.add(momentum.withForm(form).withClassWeights(ClassWeights.of(0.5, 2)));
        }
        // an epoch has 5 updates: reduced several times, also between two checkpoints
        all.add(momentum.withForm(Form.GRAM).withSchedule(RateSchedule.reduceOnPlateau(0.5, 1, 0.1, 0, 0)));
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void endsInTheSameBits(Precision precision) {
        Network network = network(precision, 2);
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, COUNT, 7);
        List<Engine> wholes = engines(generated, network);
        List<Engine> resumeds = engines(generated, network);
        for (int i = 0; i < wholes.size(); i++) {
            try (Engine whole = wholes.get(i);
                    Engine resumed = resumeds.get(i)) {
                for (TrainingSettings settings : settings()) {
                    problem.give(whole);
                    List<TrainingCheckpoint> checkpoints = new ArrayList<>();
                    Trainer.Result expected = new Trainer(settings, 4)
                            .withTest(problem.dataset())
                            .withCheckpoints(7, checkpoints::add)
                            .train(whole, problem.dataset());
                    assertThat(checkpoints)
                            .extracting(TrainingCheckpoint::iterations)
                            .containsExactly(7, 14, 21, 28, 35, STEPS);
                    double[] parameters = whole.parametersAsDouble();
                    problem.give(whole);
                    new Trainer(settings).train(whole, problem.dataset());
                    assertThat(whole.parametersAsDouble())
                            .as("checkpoints change nothing")
                            .isEqualTo(parameters);
                    for (TrainingCheckpoint checkpoint : checkpoints) {
                        resumed.initialize();
                        Trainer.Result result = new Trainer(settings, 4)
                                .withTest(problem.dataset())
                                .from(checkpoint)
                                .train(resumed, problem.dataset());
                        assertThat(resumed.parametersAsDouble())
                                .as("%s, %s, from %d", resumed.name(), settings, checkpoint.iterations())
                                .isEqualTo(parameters);
                        assertThat(result.history()).isEqualTo(expected.history());
                        assertThat(result.steps()).isEqualTo(STEPS - checkpoint.iterations());
                    }
                }
            }
        }
    }

    /** A state is what it was, however the training goes on, and can be taken back to. */
    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "GRAM"})
    void stateStaysAsItWas(Form form) {
        Network network = network(Precision.FLOAT, 1);
        Problem problem = new Problem(network, COUNT, 7);
        TrainingSettings settings =
                new TrainingSettings(Optimizer.NESTEROV, 0.05).withForm(form).withL2(0.1);
        try (Engine engine = problem.give(Interpreter.create(network, COUNT));
                Training training = engine.train(problem.dataset(), settings)) {
            training.step(0.1);
            TrainingState state = training.state();
            double cost = training.step(0.1);
            training.step(0.1);
            double[] parameters = engine.parametersAsDouble();
            training.restore(state);
            assertThat(training.step(0.1)).isEqualTo(cost);
            training.step(0.1);
            assertThat(engine.parametersAsDouble()).isEqualTo(parameters);
            // also where something else has set the parameters meanwhile
            engine.initialize();
            training.restore(state);
            training.step(0.1);
            training.step(0.1);
            assertThat(engine.parametersAsDouble()).isEqualTo(parameters);
        }
    }

    /** Form auto takes the other form for the whole length. */
    @Test
    void keepsItsFormWhereItIsToLastLonger() {
        Network network = network(Precision.DOUBLE, 1);
        Problem problem = new Problem(network, COUNT, 7);
        TrainingSettings shorter = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.05, 1);
        TrainingSettings longer = shorter.withIterations(1_000_000);
        List<TrainingCheckpoint> checkpoints = new ArrayList<>();
        try (Engine engine = problem.give(Interpreter.create(network, COUNT))) {
            try (Training training = engine.train(problem.dataset(), longer)) {
                assertThat(training.form()).isEqualTo(Form.GRAM);
            }
            Trainer.Result first =
                    new Trainer(shorter).withCheckpoints(1, checkpoints::add).train(engine, problem.dataset());
            assertThat(first.form()).isEqualTo(Form.DIRECT);
            Trainer.Result result = new Trainer(longer)
                    .from(checkpoints.get(0))
                    .withListener(new Trainer.Listener() {
                        @Override
                        public void iteration(int iteration, double cost, boolean recorded) {}

                        @Override
                        public boolean isDone() {
                            return true;
                        }
                    })
                    .train(engine, problem.dataset());
            assertThat(result.form()).isEqualTo(Form.DIRECT);
            assertThat(result.iterations()).isEqualTo(2);
        }
    }

    @Test
    void refusesTheStateOfAnotherTraining() {
        Network network = network(Precision.FLOAT, 1);
        Problem problem = new Problem(network, COUNT, 7);
        TrainingSettings momentum = new TrainingSettings(Optimizer.MOMENTUM, 0.1).withForm(Form.DIRECT);
        try (Engine engine = problem.give(Interpreter.create(network, COUNT));
                Training direct = engine.train(problem.dataset(), momentum);
                Training gram = engine.train(problem.dataset(), momentum.withForm(Form.GRAM));
                Training adam = engine.train(problem.dataset(), momentum.withOptimizer(Optimizer.ADAM))) {
            direct.step(0.1);
            TrainingState state = direct.state();
            double[] before = engine.parametersAsDouble();
            int parameters = network.parameterCount();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gram.restore(state))
                    .withMessage("state must be of form gram: form=direct");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> adam.restore(state))
                    .withMessage(
                            "state must be of this network, optimizer and number of samples: expected arrays {parameters="
                                    + parameters + ", mean=" + parameters + ", square=" + parameters
                                    + ", steps=1, masks=1}: arrays={parameters=" + parameters + ", velocity="
                                    + parameters
                                    + ", steps=1, masks=1}");
            Map<String, double[]> arrays = new LinkedHashMap<>(state.arrays());
            double[] large = arrays.get("velocity").clone();
            large[3] = 1e39;
            arrays.put("velocity", large);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> direct.restore(new TrainingState(Form.DIRECT, arrays)))
                    .withMessage("state must be finite in float: velocity[3]=1.0E39");
            assertThat(engine.parametersAsDouble()).isEqualTo(before);
            // the velocity is still there, too
            double[] velocity = direct.state().arrays().get("velocity");
            assertThat(velocity).isEqualTo(state.arrays().get("velocity"));
        }
    }
}
