package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many bytes, which a training in parts leaves as they are, train to the same bits as the same numbers in floats, which it copies. */
class StoredBytesTest {
    private static final int INPUTS = 784;

    /** As floats more than what is copied anyway, 64 MB. */
    private static final int COUNT = 22_000;

    private static final int CAPACITY = 50;

    private static final Network NETWORK = Network.builder("", "Net")
            .input(new Input(List.of(28, 28), new Scale(1, 255)))
            .layer(4, Activation.TANH)
            .layer(3, Activation.SOFTMAX)
            .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
            .training(new TrainingSettings(Optimizer.ADAM, 0.01, 10).withBatch(64))
            .build();

    private final byte[] bytes = new byte[COUNT * INPUTS];
    private final int[] labels = new int[COUNT];

    StoredBytesTest() {
        Random random = new Random(9);
        random.nextBytes(bytes);
        for (int s = 0; s < COUNT; s++) {
            labels[s] = random.nextInt(3);
        }
    }

    private double[] trained(Dataset data, ToDoubleFunction<Training> steps) {
        try (Engine engine = Interpreter.create(NETWORK, CAPACITY)) {
            engine.initialize();
            try (Training training = engine.train(data)) {
                double cost = steps.applyAsDouble(training);
                double evaluated = training.evaluate(data.rows(1, 5, 7)).cost();
                double whole = training.evaluate(data).cost();
                double[] parameters = engine.parametersAsDouble();
                double[] all = Arrays.copyOf(parameters, parameters.length + 3);
                all[parameters.length] = cost;
                all[parameters.length + 1] = evaluated;
                all[parameters.length + 2] = whole;
                return all;
            }
        }
    }

    /** Rows by chance and in a row, fewer and more than a call of the kernels takes, gradients, and all. */
    private static double steps(Training training) {
        int[] rows = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            rows[i] = (int) ((i * 7919L) % COUNT);
        }
        int[] inOrder = IntStream.range(0, COUNT).toArray();
        double cost = training.step(rows, 0, 30, 0.01);
        cost += training.step(rows, 30, 200, 0.01);
        cost += training.step(inOrder, 100, 130, 0.01);
        cost += training.step(inOrder, 110, 300, 0.01);
        double[] gradients = new double[NETWORK.parameterCount()];
        cost += training.gradients(inOrder, 10, 120, gradients);
        training.apply(gradients, 0.01);
        return cost + training.step(0.01);
    }

    @Test
    void trainToTheSameBits() {
        float[] floats = new float[bytes.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = bytes[i] & 0xff;
        }
        double[] weights = new double[COUNT];
        for (int s = 0; s < COUNT; s++) {
            weights[s] = 1 + s % 2;
        }
        Dataset stored = Dataset.ofBytes(bytes, INPUTS, labels, 3);
        Dataset copied = Dataset.of(floats, INPUTS, labels, 3);

        assertThat(trained(stored, StoredBytesTest::steps)).isEqualTo(trained(copied, StoredBytesTest::steps));
        assertThat(trained(stored.withWeights(weights), StoredBytesTest::steps))
                .isEqualTo(trained(copied.withWeights(weights), StoredBytesTest::steps));
    }
}
