package io.github.layerc.samples;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import java.util.List;

/** Networks that tests read samples for. */
final class SampleNetwork {
    private SampleNetwork() {}

    static Network classes(int outputs, Integer... shape) {
        return Network.builder("", "Net")
                .input(new Input(List.of(shape), Scale.ONE))
                .layer(outputs, outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX)
                .loss(outputs == 1 ? Loss.BINARY_CROSS_ENTROPY : Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
    }

    static Network regression(Integer... shape) {
        return Network.builder("", "Net")
                .input(new Input(List.of(shape), Scale.ONE))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
    }

    /** All values of all samples. */
    static double[] values(Samples samples) {
        int features = samples.data().features();
        double[] values = new double[samples.data().count() * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples.data().sample(i / features, i % features);
        }
        return values;
    }
}
