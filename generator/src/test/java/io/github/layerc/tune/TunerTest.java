package io.github.layerc.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.tuned.Tuning;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TunerTest {
    private static final Tuning.Origin ORIGIN = new Tuning.Origin("any", "17", 1, 70);

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private static Network network(TrainingSettings settings) {
        return Network.builder("", "Net")
                .input(Input.flat(40))
                .layer(6, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .training(settings)
                .build();
    }

    @Test
    void measuresTheGramFormInStepsOfItsOwn() {
        Tuner tuner = tuner(TrainingSettings.DEFAULT.withForm(Form.GRAM));
        Tuning start = start();
        Tuning tuned = tuner.gramForm(start);
        assertThat(console.toString(StandardCharsets.UTF_8))
                .matches(
                        "gramUpdate1: form=rows lanes=none mr=[0-9]+ nr=[0-9] block=[0-9]+, .* \\([1-9][0-9]* tried\\)\\R");
        assertThat(tuner.tried()).isPositive();
        assertThat(tuner.leftOut()).isTrue();
        assertThat(tuned.kernels()).containsOnlyKeys(Products.GRAM_UPDATE);
    }

    @Test
    void leavesOutTheGramFormWhereThereIsNone() {
        for (TrainingSettings settings : new TrainingSettings[] {
            TrainingSettings.DEFAULT.withForm(Form.DIRECT), TrainingSettings.DEFAULT.withOptimizer(Optimizer.ADAM)
        }) {
            Tuner tuner = tuner(settings);
            assertThat(tuner.gramForm(start())).isEqualTo(start());
            assertThat(tuner.tried()).isZero();
        }
        assertThat(console.size()).isZero();
    }

    private static Tuning start() {
        Heuristic heuristic = new Heuristic(Target.SCALAR, Precision.FLOAT, Machine.GENERIC);
        Network network = network(TrainingSettings.DEFAULT);
        return new Tuning(Target.SCALAR, Precision.FLOAT, ORIGIN, heuristic.storage(network), new TreeMap<>())
                .with(Products.GRAM_UPDATE, new Tuning.Choice(heuristic.gram(6), 1));
    }

    /** Of six parts of the time, each question for it takes one: so a slow machine tries as many candidates as a fast one. */
    private Tuner tuner(TrainingSettings settings) {
        return new Tuner(
                network(settings),
                Target.SCALAR,
                Machine.GENERIC,
                Machine.GENERIC,
                ORIGIN,
                0.6,
                new PrintStream(console, true, StandardCharsets.UTF_8),
                () -> clock.addAndGet(100_000_000));
    }
}
