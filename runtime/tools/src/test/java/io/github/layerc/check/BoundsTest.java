package io.github.layerc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BoundsTest {
    /**
     * Bounds grow by the sizes of weights, values by their sums: behind some hundred layers a bound is infinite, and an
     * inactive relu a 0 beside it.
     */
    @Test
    void areNumbersBehindManyLayers() {
        Network.Builder builder = Network.builder("test", "Net").input(Input.flat(14));
        for (int layer = 0; layer < 400; layer++) {
            builder.layer(14, Activation.RELU);
        }
        Network network = builder.layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        Random random = new Random(1);
        double[] parameters = DoubleStream.generate(() -> 2 * random.nextDouble() - 1)
                .limit(network.parameterCount())
                .toArray();
        double[] samples =
                DoubleStream.generate(random::nextDouble).limit(3 * 14).toArray();
        Bounds bounds = new Bounds(network, parameters, Dataset.of(samples, 14, new double[] {0, 1, 2}, 1));
        assertThat(bounds.outputBounds()).doesNotContain(Double.NaN);
        assertThat(bounds.gradientBounds()).doesNotContain(Double.NaN).contains(Double.POSITIVE_INFINITY);
        assertThat(bounds.gradients()).doesNotContain(Double.NaN);
    }
}
