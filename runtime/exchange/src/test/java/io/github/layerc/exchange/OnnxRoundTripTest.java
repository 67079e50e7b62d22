package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.exchange.onnx.write.OnnxWriter;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written as ONNX and read again is the same network with the same bits. */
final class OnnxRoundTripTest {
    @TempDir
    private Path folder;

    static Stream<Activation> elementwise() {
        return Stream.concat(
                Activation.all().stream().filter(Activation::elementwise),
                Stream.of(Activation.leakyRelu(0.25), Activation.elu(0.5), Activation.hardTanh(0, 6)));
    }

    private static Network.Builder builder(Precision precision) {
        return Network.builder("it", "Trip")
                .input(new Input(List.of(4, 3), new Scale(2, 255)))
                .precision(precision);
    }

    /** Which a float holds, so that they are the same in both precisions. */
    private static double[] parameters(Network network) {
        SplittableRandom random = new SplittableRandom(5);
        double[] parameters = new double[network.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextDouble(-1, 1);
        }
        return parameters;
    }

    private ImportedModel trip(Network network, double[] parameters, List<String> classes) throws IOException {
        Path file = folder.resolve("trip.onnx");
        Files.write(
                file,
                OnnxWriter.write(
                        network, parameters, classes, Optional.empty(), "1", Map.of("network", network.name())));
        return new ModelImport("it", "Trip", Optional.empty()).read(file);
    }

    private static void assertSame(Network found, Network network) {
        assertThat(found.layers()).isEqualTo(network.layers());
        assertThat(found.input()).isEqualTo(network.input());
        assertThat(found.loss()).isEqualTo(network.loss());
        assertThat(found.precision()).isEqualTo(network.precision());
    }

    @ParameterizedTest
    @MethodSource("elementwise")
    void keepsEveryActivation(Activation activation) throws IOException {
        for (Precision precision : Precision.values()) {
            Network network = builder(precision)
                    .layer(5, activation)
                    .layer(2, activation)
                    .layer(3, Activation.IDENTITY)
                    .loss(Loss.MEAN_SQUARED_ERROR)
                    .build();
            double[] parameters = parameters(network);

            ImportedModel found = trip(network, parameters, List.of());

            assertSame(found.network(), network);
            assertThat(found.parameters()).isEqualTo(parameters);
        }
    }

    @Test
    void keepsClassesOfManyOutputsAndOfOne() throws IOException {
        Network many = builder(Precision.FLOAT)
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        Network one = builder(Precision.FLOAT).layer(1, Activation.SIGMOID).build();

        ImportedModel ofMany = trip(many, parameters(many), List.of("a", "b\n", "\u00e9"));
        ImportedModel ofOne = trip(one, parameters(one), List.of("no", "yes"));

        assertSame(ofMany.network(), many);
        assertThat(ofMany.labels().classes()).containsExactly("a", "b\n", "\u00e9");
        assertSame(ofOne.network(), one);
        assertThat(ofOne.labels().classes()).containsExactly("no", "yes");
    }

    @Test
    void keepsLayerNormalization() throws IOException {
        Network network = builder(Precision.DOUBLE)
                .layer(5, Activation.TANH)
                .normalization(Normalization.layerNorm(0.25))
                .layer(1, Activation.SIGMOID)
                .build();

        ImportedModel found = trip(network, parameters(network), List.of());

        assertSame(found.network(), network);
        assertThat(found.parameters()).isEqualTo(parameters(network));
    }

    @Test
    void foldsBatchNormalization() throws IOException {
        Network network = builder(Precision.DOUBLE)
                .layer(5, Activation.TANH)
                .normalization(Normalization.batchNorm(0.9, 0.25))
                .layer(1, Activation.SIGMOID)
                .build();
        double[] parameters = parameters(network);
        Layer first = network.layers().get(0);
        Layer.Parameters variance = first.parameters().get(4);
        for (int i = 0; i < variance.rows(); i++) {
            parameters[variance.at() + i] = 0.5 + i;
        }

        ImportedModel found = trip(network, parameters, List.of());

        assertThat(found.network().layers().get(0).normalization()).isEmpty();
        double[] x = new double[7 * network.inputs()];
        for (int i = 0; i < x.length; i++) {
            x[i] = 255 * Math.sin(i);
        }
        double[] expected = predict(network, parameters, x);
        double[] predicted = predict(found.network(), found.parameters(), x);
        for (int i = 0; i < expected.length; i++) {
            assertThat(predicted[i]).isCloseTo(expected[i], within(1e-14));
        }
    }

    private static double[] predict(Network network, double[] parameters, double[] x) {
        try (DoubleEngine engine = Interpreter.createDouble(network, 7)) {
            engine.setParameters(parameters);
            return engine.predict(x, x.length / network.inputs());
        }
    }
}
