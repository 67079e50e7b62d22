package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.Gson;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.files.DataErrors;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of files that {@code make-parameters.py} made with PyTorch and NumPy, and of those that layerc writes. */
final class ParameterImportTest {
    private static final Path FILES = Path.of("src/test/resources/parameters");

    @TempDir
    private Path folder;

    static Network.Builder builder(Precision precision) {
        return Network.builder("it", "Known")
                .input(Input.flat(4))
                .precision(precision)
                .loss(Loss.MEAN_SQUARED_ERROR);
    }

    private static Network plain() {
        return builder(Precision.DOUBLE)
                .layer(6, Activation.RELU)
                .layer(3, Activation.IDENTITY)
                .build();
    }

    private static Network network(String name) {
        return switch (name) {
            case "pt_batchnorm.safetensors" ->
                builder(Precision.DOUBLE)
                        .layer(6, Activation.RELU)
                        .normalization(Normalization.BATCH_NORM)
                        .layer(5, Activation.TANH)
                        .normalization(Normalization.BATCH_NORM)
                        .layer(3, Activation.IDENTITY)
                        .build();
            case "pt_layernorm.safetensors" ->
                builder(Precision.DOUBLE)
                        .layer(6, Activation.SILU)
                        .normalization(Normalization.LAYER_NORM)
                        .layer(3, Activation.IDENTITY)
                        .build();
            default -> plain();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pt_sequential.safetensors",
                "pt_double.safetensors",
                "pt_half.safetensors",
                "pt_batchnorm.safetensors",
                "pt_layernorm.safetensors",
                "numpy.npz",
                "numpy_turned.npz"
            })
    void predictsAsItsMakerDoes(String name) throws IOException {
        Network network = network(name);

        double[] parameters = ParameterImport.read(FILES.resolve(name), network);

        double[][][] expected = new Gson()
                .fromJson(Files.readString(FILES.resolve("parameters.json")), Cases.class)
                .get(name);
        try (DoubleEngine interpreter = Interpreter.createDouble(network, 1)) {
            interpreter.setParameters(parameters);
            for (int i = 0; i < expected[0].length; i++) {
                assertThat(interpreter.predict(expected[0][i], 1)).containsExactly(expected[1][i], offset(1e-12));
            }
        }
    }

    private static final class Cases extends java.util.TreeMap<String, double[][][]> {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @CsvSource({"npz, FLOAT", "npz, DOUBLE", "safetensors, FLOAT", "safetensors, DOUBLE"})
    void readsWhatItWrites(String keyword, Precision precision) {
        Network network = builder(precision)
                .layer(6, Activation.RELU)
                .normalization(Normalization.BATCH_NORM)
                .layer(6, Activation.SILU)
                .normalization(Normalization.LAYER_NORM)
                .layer(1, Activation.IDENTITY)
                .build();
        SplittableRandom random = new SplittableRandom(1);
        double[] parameters = random.doubles(network.parameterCount(), 0.1, 1).toArray();
        ExportFormat format = ExportFormat.of(keyword).orElseThrow();
        Path file = folder.resolve("known" + format.ending());
        ExportedModel model = new ExportedModel(network, parameters, ModelLabels.NONE, "network: Known");

        format.write(file, model);

        assertThat(ParameterImport.read(file, network)).isEqualTo(model.parameters());
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void tellsAllThatDoesNotFit() {
        Network wider = builder(Precision.FLOAT)
                .layer(7, Activation.RELU)
                .layer(3, Activation.IDENTITY)
                .build();

        assertThatThrownBy(() -> ParameterImport.read(FILES.resolve("numpy.npz"), wider))
                .isInstanceOf(DataErrors.class)
                .hasMessageContaining("W1: wrong shape: expected [7, 4] for W1: found [6, 4]")
                .hasMessageContaining("b1: wrong shape")
                .hasMessageContaining("W2: wrong shape")
                .hasMessageEndingWith("3 errors in " + FILES.resolve("numpy.npz"));
        assertThatThrownBy(() -> ParameterImport.read(FILES.resolve("pt_sequential.safetensors"), wider))
                .isInstanceOf(DataErrors.class)
                .hasMessageContaining("missing array: expected W1 of [7, 4]")
                .hasMessageContaining("missing array: expected b2 of [3, 1]")
                .hasMessageContaining(
                        "array is left over: expected no more than network Known has: found 0.weight[6, 4]")
                .hasMessageContaining("found 2.bias[3]");
        Network shallower = builder(Precision.FLOAT).layer(6, Activation.RELU).build();
        assertThatThrownBy(() -> ParameterImport.read(FILES.resolve("numpy.npz"), shallower))
                .hasMessageContaining("array is left over")
                .hasMessageContaining("found W2[3, 6]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 0 | missing array: expected W1 of [1, 4]",
                "[1] | 0 | damaged header of safetensors",
                "{'a': {}} | 0 | damaged header of safetensors",
                "{'a': {'dtype': 'F4', 'shape': [1], 'data_offsets': [0, 4]}} | 4 | a: unsupported type",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 4]}} | 4 | a: damaged data_offsets",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}} | 8 | a: damaged data_offsets: expected values from 0 on",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}, 'b': {'dtype': 'F32', 'shape': [1], 'data_offsets': [2, 6]}} | 6 | b: damaged data_offsets: expected values from 4 on",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}} | 3 | truncated or damaged safetensors file",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}} | 5 | truncated or damaged safetensors file",
                "{'a': {'dtype': 'F32', 'shape': [-1], 'data_offsets': [0, -4]}} | 0 | a: damaged data_offsets",
                "{'a': {'dtype': 'F32', 'shape': [1e999999999], 'data_offsets': [0, 4]}} | 4 | damaged header",
                "{'a': {'dtype': 'F32', 'shape': [65536, 65536, 65536], 'data_offsets': [0, 4]}} | 4 | a: damaged data_offsets"
            })
    void saysWhatIsWrongWithSafetensors(String header, int values, String message) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("a.safetensors");
        Files.write(file, bytes(json.length, json, values));

        assertThatThrownBy(() -> ParameterImport.read(file, one())).hasMessageContaining(message);
    }

    private static Network one() {
        return builder(Precision.FLOAT).layer(1, Activation.IDENTITY).build();
    }

    private static byte[] bytes(long length, byte[] json, int values) {
        return ByteBuffer.allocate(Long.BYTES + json.length + values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .array();
    }

    @Test
    void refusesHeadersThatAreNotThere() throws IOException {
        Path file = folder.resolve("a.safetensors");
        for (long length : new long[] {-1, 0, 3, 1L << 40}) {
            Files.write(file, bytes(length, new byte[] {'{', '}'}, 0));
            assertThatThrownBy(() -> ParameterImport.read(file, one()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("damaged or no safetensors file");
        }
        Files.write(file, new byte[7]);
        assertThatThrownBy(() -> ParameterImport.read(file, one())).hasMessageContaining("8 bytes of a length");
    }

    @Test
    void refusesFilesOfOtherNames() {
        assertThatThrownBy(() -> ParameterImport.read(FILES.resolve("parameters.json"), one()))
                .hasMessageContaining("unknown format: expected a name that ends in .safetensors, .npz");
        assertThatThrownBy(() -> ParameterImport.read(folder.resolve("none.npz"), one()))
                .hasMessageContaining("no such file");
        assertThat(ParameterImport.reads(Path.of("a.NPZ"))).isTrue();
        assertThat(ParameterImport.reads(Path.of("a.onnx"))).isFalse();
    }
}
