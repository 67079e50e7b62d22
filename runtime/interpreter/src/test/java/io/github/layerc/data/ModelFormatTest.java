package io.github.layerc.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Engines without the artefact that has the format of models. */
final class ModelFormatTest {
    private static final String LINE =
            "model.h5: models are files of a library: expected io.github.layerc:layerc-tools: found no service"
                    + " io.github.layerc.data.ModelFormat: add the dependency";

    @Test
    void namesTheDependencyWhereThereIsNoFormat() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(1, Activation.SIGMOID)
                .build();
        Path file = Path.of("model.h5");
        try (Engine engine = Interpreter.create(network, 1)) {
            assertThatThrownBy(() -> engine.load(file))
                    .isInstanceOf(DataException.class)
                    .hasMessage(LINE);
            engine.initialize();
            assertThatThrownBy(() -> engine.save(file))
                    .isInstanceOf(DataException.class)
                    .hasMessage(LINE);
        }
    }
}
