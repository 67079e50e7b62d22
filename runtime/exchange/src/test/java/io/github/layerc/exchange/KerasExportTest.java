package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.files.DataErrors;
import io.github.layerc.hdf5.HdfGroup;
import io.github.layerc.hdf5.HdfSource;
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
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written for Keras and read again is the same network with the same bits. */
final class KerasExportTest {
    private static final ExportFormat KERAS = ExportFormat.of("keras").orElseThrow();

    @TempDir
    private Path folder;

    private static Network.Builder builder(Precision precision) {
        return Network.builder("it", "Trip")
                .input(new Input(List.of(2, 3), new Scale(2, 255)))
                .precision(precision)
                .loss(Loss.MEAN_SQUARED_ERROR);
    }

    private static Stream<Activation> written() {
        return Stream.concat(
                Activation.all().stream()
                        .filter(each -> each.elementwise()
                                && !each.equals(Activation.GELU_TANH)
                                && !each.equals(Activation.HARD_TANH)),
                Stream.of(Activation.leakyRelu(0.25), Activation.elu(0.5), Activation.hardTanh(0, 6)));
    }

    private ExportedModel model(Network network) {
        double[] parameters = new SplittableRandom(3)
                .doubles(network.parameterCount(), 0.1, 1)
                .toArray();
        return new ExportedModel(network, parameters, ModelLabels.NONE, "network: Trip");
    }

    private ImportedModel trip(ExportedModel model) {
        Path file = folder.resolve("trip.h5");
        KERAS.write(file, model);
        return KerasImportTest.read(file);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void keepsEveryActivationAndBit(Precision precision) {
        Network.Builder builder = builder(precision);
        written().forEach(activation -> builder.layer(4, activation));
        ExportedModel model = model(builder.layer(1, Activation.IDENTITY).build());

        ImportedModel read = trip(model);

        assertThat(read.network().layers()).isEqualTo(model.network().layers());
        assertThat(read.network().input()).isEqualTo(model.network().input());
        assertThat(read.network().precision()).isEqualTo(precision);
        assertThat(read.parameters()).isEqualTo(model.parameters());
    }

    @Test
    void keepsLayerNormalizationAndSoftmax() {
        ExportedModel model = model(builder(Precision.FLOAT)
                .layer(5, Activation.HARD_SIGMOID)
                .normalization(Normalization.layerNorm(0.01))
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build());

        ImportedModel read = trip(model);

        assertThat(read.network().layers()).isEqualTo(model.network().layers());
        assertThat(read.network().loss()).isEqualTo(Loss.CATEGORICAL_CROSS_ENTROPY);
        assertThat(read.parameters()).isEqualTo(model.parameters());
    }

    /** Behind the last group jhdf writes its own name, which must not lie on a part of the file. */
    @Test
    void namesGroupsThatCanBeRead() {
        Path file = folder.resolve("trip.h5");
        KERAS.write(
                file,
                model(builder(Precision.FLOAT)
                        .layer(2, Activation.LEAKY_RELU)
                        .layer(1, Activation.ELU)
                        .build()));

        try (HdfSource source = HdfSource.open(file)) {
            HdfGroup weights = source.root().group("model_weights");
            assertThat(weights.texts("layer_names")).contains(List.of("dense_1", "dense_2"));
            assertThat(weights.names()).containsExactly("dense_1", "dense_2");
            assertThat(weights.group("dense_2").texts("weight_names"))
                    .contains(List.of("dense_2/kernel:0", "dense_2/bias:0"));
            assertThat(weights.group("dense_2/dense_2").array("kernel:0").shape())
                    .containsExactly(2, 1);
        }
    }

    @Test
    void predictsTheSameWithBatchNormalization() {
        ExportedModel model = model(builder(Precision.DOUBLE)
                .layer(5, Activation.leakyRelu(0.3))
                .normalization(Normalization.BATCH_NORM)
                .layer(3, Activation.TANH)
                .normalization(Normalization.BATCH_NORM)
                .layer(2, Activation.IDENTITY)
                .build());
        double[] x = {10, 200, 30, 4, 0, 255};

        ImportedModel read = trip(model);

        assertThat(read.network().layers()).extracting(Layer::units).containsExactly(5, 3, 2);
        assertThat(predict(read.network(), read.parameters(), x))
                .containsExactly(predict(model.network(), model.parameters(), x), within(1e-13));
    }

    private static double[] predict(Network network, double[] parameters, double[] x) {
        try (DoubleEngine interpreter = Interpreter.createDouble(network, 1)) {
            interpreter.setParameters(parameters);
            return interpreter.predict(x, 1);
        }
    }

    @Test
    void tellsEveryActivationThatKerasHasNot() {
        Network network = builder(Precision.FLOAT)
                .layer(3, Activation.GELU_TANH)
                .layer(2, Activation.RELU)
                .layer(1, Activation.HARD_TANH)
                .build();
        Path file = folder.resolve("trip.h5");

        assertThatThrownBy(() -> KERAS.write(file, model(network)))
                .isInstanceOf(DataErrors.class)
                .hasMessageContaining("layer 1: Keras 2 has no such activation: expected one of ")
                .hasMessageContaining("found gelu_tanh")
                .hasMessageContaining("layer 3: Keras 2 has no such activation");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesWhatAnAttributeCannotHold() {
        Network.Builder many = builder(Precision.FLOAT);
        for (int i = 0; i < 400; i++) {
            many.layer(1, Activation.RELU);
        }
        Network network = many.build();

        assertThatThrownBy(() -> KERAS.write(folder.resolve("many.h5"), model(network)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("model_config is too long for an attribute of HDF5");
    }

    @Test
    void refusesParametersThatAreNotFinite() {
        Network network = builder(Precision.FLOAT).layer(1, Activation.RELU).build();
        double[] parameters = new double[network.parameterCount()];
        parameters[2] = 1e300;
        ExportedModel model = new ExportedModel(network, parameters, ModelLabels.NONE, "");

        for (ExportFormat format : ExportFormat.ALL) {
            assertThatThrownBy(() -> format.write(folder.resolve("x" + format.ending()), model))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("parameters must be finite: expected a finite W1[0, 2]: found Infinity");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void drawsTheNetwork() throws IOException {
        Network network = builder(Precision.FLOAT)
                .layer(3, Activation.leakyRelu(0.2))
                .normalization(Normalization.BATCH_NORM)
                .layer(2, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        ModelLabels labels = new ModelLabels(List.of("a \"cat\"", "dog"), "");
        Path file = folder.resolve("trip.dot");

        ExportFormat.of("dot")
                .orElseThrow()
                .write(file, new ExportedModel(network, new double[network.parameterCount()], labels, ""));

        assertThat(Files.readString(file))
                .contains("digraph \"Trip\" {")
                .contains("input [label=\"input\\n2 x 3\\nscale 2/255\"];")
                .contains("layer1 [label=\"layer 1: 3\\nbatch_norm\\nleaky_relu(alpha=0.2)\\n30 parameters\"];")
                .contains("input -> layer1 [label=\"6 x 3\"];")
                .contains("output [label=\"output\\ncategorical_cross_entropy\\na \\\"cat\\\"\\ndog\"];");
    }
}
