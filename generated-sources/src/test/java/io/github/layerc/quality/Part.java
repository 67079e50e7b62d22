package io.github.layerc.quality;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a split, as sklearn-mlp.py leaves it. */
final class Part {
    private Part() {}

    static Path file(Path folder, String table, int seed, String part) {
        return folder.resolve(table + "-" + seed + "-" + part + ".f64");
    }

    /** Samples with their labels, or with their targets where the network is a regression. */
    static Dataset read(Path file, Network network) throws IOException {
        DoubleBuffer values = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
        int features = network.inputs();
        int count = values.capacity() / (features + 1);
        double[] samples = new double[count * features];
        double[] targets = new double[count];
        int[] labels = new int[count];
        for (int s = 0; s < count; s++) {
            values.get(samples, s * features, features);
            targets[s] = values.get();
            labels[s] = (int) targets[s];
        }
        return network.loss().classifies()
                ? Dataset.of(samples, features, labels, network.outputs())
                : Dataset.of(samples, features, targets, 1);
    }
}
