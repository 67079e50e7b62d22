package io.github.layerc.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.ChildJvm;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads a model of 16 MB in a heap that has room for the engine, but not for the file beside it. */
final class LargeModelTest {
    private static final Network NETWORK = Network.builder("", "Large")
            .input(Input.flat(2000))
            .layer(1000, Activation.IDENTITY)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .precision(Precision.DOUBLE)
            .build();

    @TempDir
    private Path folder;

    /** What runs out first is another thing in each of them. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xmx56m", "-Xmx64m", "-Xmx72m"})
    void saysInOneLineThatMemoryIsTooSmall(String heap) throws Exception {
        Path file = folder.resolve("model.h5");
        Checkpoint.write(file, NETWORK, new double[NETWORK.parameterCount()]);

        ChildJvm child = ChildJvm.run(List.of(heap, "-XX:+UseSerialGC"), Load.class, file.toString());
        assertThat(child.exit()).as(child.output()).isEqualTo(1);
        assertThat(child.output())
                .doesNotContain("\tat ")
                .containsPattern("(?m)^" + file + ": too little memory for this (file|model).*: expected room for .*: "
                        + "found a heap of at most \\d+ MB, which -Xmx raises$");
    }

    /** Exits with 1 where the model is refused. */
    public static final class Load {
        private Load() {}

        public static void main(String[] arguments) {
            try (DoubleEngine engine = Interpreter.createDouble(NETWORK, 1)) {
                engine.load(Path.of(arguments[0]));
            } catch (DataException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}
