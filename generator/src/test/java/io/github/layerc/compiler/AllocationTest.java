package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps do not allocate, not even the first ones. The vector target is left out: the Vector API does, until C2 has compiled it. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int[] ROWS = {4, 1, 3};

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Optimizer#all")
    void stepsDoNotAllocate(Optimizer optimizer) {
        TrainingSettings full = new TrainingSettings(optimizer, 0.1, 1);
        TrainingSettings plain = optimizer.searches() ? full : full.withBatch(ROWS.length);
        for (Precision precision : Precision.values()) {
            Network network = Network.builder("", "Net")
                    .input(Input.flat(2))
                    .layer(3, Activation.TANH)
                    .layer(1, Activation.SIGMOID)
                    .precision(precision)
                    .build();
            Generated generated = new Generated(network);
            for (TrainingSettings settings : Stream.concat(
                            Stream.of(plain, plain.withL2(0.1), plain.withAveraging(0.9)),
                            Clip.all().stream()
                                    .filter(any -> !optimizer.searches())
                                    .map(plain::withClip))
                    .toList()) {
                for (int capacity : new int[] {2, 5}) {
                    requireNoAllocation(Interpreter.create(network, capacity), settings);
                    requireNoAllocation(generated.create(capacity, Target.SCALAR), settings);
                }
            }
        }
    }

    /** Benchmarks begin each iteration with it. */
    @ParameterizedTest
    @EnumSource
    void settingParametersAllocatesOnce(Precision precision) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(300, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
        for (Engine engine : List.of(Interpreter.create(network, 1), new Generated(network).create(1, Target.SCALAR))) {
            double[] parameters = network.initializer().draw(network);
            engine.setParametersFromDouble(parameters);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long ofMeasuring = THREADS.getCurrentThreadAllocatedBytes() - before;
            before = THREADS.getCurrentThreadAllocatedBytes();
            engine.setParametersFromDouble(parameters);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before - ofMeasuring)
                    .as(engine.name())
                    .isZero();
        }
    }

    private static void requireNoAllocation(Engine engine, TrainingSettings settings) {
        Dataset data = Dataset.of(new double[] {1, 0, 0, 1, 2, 1, 1, 3, -1, 2}, 2, new double[] {1, 0, 1, 0, 1}, 1);
        try (engine) {
            engine.initialize();
            try (Training warm = engine.train(data, settings)) {
                allocatedBySteps(warm, settings); // loads classes
            }
            // each time the first steps of a training: what these allocate they allocate every time
            long least = Long.MAX_VALUE;
            for (int turn = 0; turn < 3; turn++) {
                try (Training training = engine.train(data, settings)) {
                    least = Math.min(least, allocatedBySteps(training, settings));
                }
            }
            assertThat(least)
                    .as(engine.name() + ", " + engine.network().precision() + ", capacity " + engine.batch() + ", "
                            + settings)
                    .isZero();
        }
    }

    private static long allocatedBySteps(Training training, TrainingSettings settings) {
        boolean some = !settings.optimizer().searches();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long ofMeasuring = THREADS.getCurrentThreadAllocatedBytes() - before;
        before = THREADS.getCurrentThreadAllocatedBytes();
        if (some) {
            training.step(ROWS, 0, 3, 0.1);
            training.step(ROWS, 1, 3, 0.1);
        } else {
            // pairs, and what comes behind the first search
            training.step(0.1);
            training.step(1);
        }
        training.step(0.1);
        return THREADS.getCurrentThreadAllocatedBytes() - before - ofMeasuring;
    }
}
