package io.github.layerc.source;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Trainer;
import java.util.List;

/** Trains with 60,000 pictures of 28 x 28 bytes, 47 MB of them, in a JVM whose heap is hardly larger. */
final class SmallHeap {
    private static final int COUNT = 60_000;
    private static final int INPUTS = 784;

    private SmallHeap() {}

    public static void main(String[] arguments) {
        byte[] bytes = new byte[COUNT * INPUTS];
        int[] labels = new int[COUNT];
        for (int s = 0; s < COUNT; s++) {
            labels[s] = s % 10;
            for (int i = 0; i < 28; i++) {
                bytes[s * INPUTS + 28 * (s % 10) + i] = (byte) 200;
            }
        }
        Dataset data = Dataset.ofBytes(bytes, INPUTS, labels, 10);
        Network network = Network.builder("", "Digits")
                .input(new Input(List.of(28, 28), new Scale(1, 255)))
                .layer(16, Activation.RELU)
                .layer(10, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .training(new TrainingSettings(Optimizer.ADAM, 0.01, 100).withBatch(128))
                .build();
        try (Engine engine = Interpreter.create(network, 128)) {
            engine.initialize();
            Trainer.Result result =
                    new Trainer(network.training(), 50).withTest(data).train(engine, data);
            System.out.println("cost " + result.history().finalCost());
        }
    }
}
