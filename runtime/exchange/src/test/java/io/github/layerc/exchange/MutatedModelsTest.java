package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged models and parameters, see {@link Mutations}. */
final class MutatedModelsTest {
    private static final Path FILES = Path.of("src/test/resources");

    /** One that the files of parameters are read for. */
    private static final Network NETWORK = ParameterImportTest.builder(Precision.DOUBLE)
            .layer(6, Activation.RELU)
            .layer(3, Activation.IDENTITY)
            .build();

    @TempDir
    private Path folder;

    private static List<Path> files(String part, String endings) throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve(part))) {
            return files.filter(file -> file.toString().matches(".*\\.(" + endings + ")"))
                    .sorted()
                    .toList();
        }
    }

    private static void readModel(Path file) {
        ImportedModel model = new ModelImport("", "Net", Optional.empty()).read(file);
        assertThat(model.parameters()).hasSize(model.network().parameterCount());
    }

    @Test
    void ofOnnxEndInANetworkOrInOneException() throws IOException {
        new Mutations(folder, MutatedModelsTest::readModel).read(files("models", "onnx"));
    }

    @Test
    void ofKerasEndInANetworkOrInOneException() throws IOException {
        new Mutations(folder, MutatedModelsTest::readModel).read(files("keras", "h5|keras"));
    }

    @Test
    void parametersEndInParametersOrInOneException() throws IOException {
        new Mutations(
                        folder,
                        file -> assertThat(ParameterImport.read(file, NETWORK)).hasSize(NETWORK.parameterCount()))
                .read(files("parameters", "safetensors|npz"));
    }
}
