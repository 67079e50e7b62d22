package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final TrainingSettings GRAM = TrainingSettings.DEFAULT.withForm(Form.GRAM);

    private static Network network(Precision precision, int outputs) {
        return Network.builder("", "Net")
                .input(Input.flat(40))
                .layer(5, Activation.RELU)
                .layer(outputs, outputs > 1 ? Activation.SOFTMAX : Activation.SIGMOID)
                .loss(outputs > 1 ? Loss.CATEGORICAL_CROSS_ENTROPY : Loss.BINARY_CROSS_ENTROPY)
                .precision(precision)
                .build();
    }

    @Test
    void rehearsesTheStepsOfTheGramForm() {
        for (Precision precision : Precision.values()) {
            for (int outputs : new int[] {1, 3}) {
                Network network = network(precision, outputs);
                WarmUp warmUp = new WarmUp(samples -> Interpreter.create(network, samples), GRAM);
                warmUp.run();
                assertThat(warmUp.steps()).isEqualTo(WarmUp.STEPS);
            }
        }
    }

    @Test
    void leavesOutTheDirectForm() {
        Network network = network(Precision.FLOAT, 1);
        WarmUp warmUp = new WarmUp(
                samples -> Interpreter.create(network, samples), TrainingSettings.DEFAULT.withForm(Form.DIRECT));
        warmUp.run();
        assertThat(warmUp.steps()).isZero();
    }

    @Test
    void endsWhenItIsClosed() {
        Network network = network(Precision.FLOAT, 1);
        List<WarmUp> itself = new ArrayList<>();
        WarmUp warmUp = new WarmUp(
                samples -> {
                    itself.forEach(WarmUp::close);
                    return Interpreter.create(network, samples);
                },
                GRAM);
        itself.add(warmUp);
        warmUp.run();
        assertThat(warmUp.steps()).isZero();
    }

    /** What is wrong with an engine or its settings is for the training to say. */
    @Test
    void saysNothing() {
        WarmUp noEngine = new WarmUp(
                samples -> {
                    throw new IllegalStateException("no such target");
                },
                GRAM);
        noEngine.run();
        assertThat(noEngine.steps()).isZero();
        WarmUp noClass = new WarmUp(
                samples -> {
                    throw new NoClassDefFoundError("Could not initialize class Update");
                },
                GRAM);
        noClass.run();
        assertThat(noClass.steps()).isZero();
    }

    @Test
    void runsOnAThreadOfItsOwn() throws InterruptedException {
        Network network = network(Precision.FLOAT, 1);
        Thread[] thread = new Thread[1];
        Object opened = new Object();
        WarmUp warmUp;
        synchronized (opened) {
            warmUp = WarmUp.start(
                    samples -> {
                        synchronized (opened) {
                            thread[0] = Thread.currentThread();
                            opened.notifyAll();
                        }
                        return Interpreter.create(network, samples);
                    },
                    GRAM);
            while (thread[0] == null) {
                opened.wait();
            }
        }
        assertThat(thread[0]).isNotSameAs(Thread.currentThread());
        assertThat(thread[0].isDaemon()).isTrue();
        thread[0].join();
        warmUp.close();
        assertThat(warmUp.steps()).isEqualTo(WarmUp.STEPS);
    }
}
