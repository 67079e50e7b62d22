package it;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Training;

/** Trains a generated class and prints what it has learned. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        double[] samples = {0, 0, 0, 1, 1, 0, 1, 1};
        double[] targets = {0, 1, 1, 0};
        try (Xor net = Xor.create(4)) {
            net.initialize();
            try (Training training = net.train(Dataset.of(samples, 2, targets, 1))) {
                for (int i = 0; i < 5000; i++) {
                    training.step(0.5);
                }
            }
            StringBuilder answers = new StringBuilder("xor:");
            for (double probability : net.predict(samples, 4)) {
                answers.append(' ').append(Math.round(probability));
            }
            System.out.println(answers);
        }
    }
}
