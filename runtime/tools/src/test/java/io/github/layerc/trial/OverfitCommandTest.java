package io.github.layerc.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.command.GeneratedCat;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.SyntheticPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverfitCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Looks like a generated class. */
    public static final class Small {
        public static final Network NETWORK = Network.builder("", "Small")
                .input(Input.flat(5))
                .layer(16, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .training(new TrainingSettings(Optimizer.ADAM, 0.02))
                .build();

        private Small() {}

        public static FloatEngine create(int batch) {
            return Interpreter.createFloat(NETWORK, batch);
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("network="))) {
            all.add("network=" + Small.class.getName());
        }
        return OverfitCommand.run(all, new PrintStream(out), new PrintStream(err));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatABatchCanBeLearnt() {
        assertThat(run("samples=8")).as(text(err)).isZero();
        assertThat(text(err)).isEmpty();
        assertThat(text(out))
                .matches("data: 8 random samples with random targets, since layerc\\.data is not given\\R"
                        + "Small: one batch of 8 samples can be learnt: cost 0\\.\\d+ at the start, 0\\.0\\d+ after "
                        + "[\\d,]+ iterations\\R");
    }

    @Test
    void saysInOneLineThatItCannot() {
        assertThat(run("samples=8", "iterations=2", "cost=0.001")).isEqualTo(1);
        assertThat(text(err))
                .matches("Small: one batch of 8 samples cannot be learnt: cost 0\\.\\d+ at the start, 0\\.\\d+ after "
                        + "2 iterations: expected at most 0\\.001: look at the learning rate and the number of "
                        + "iterations: the cost still falls\\R");
    }

    @Test
    void saysThatATrainingHasLeftAllNumbers() throws IOException {
        Path data = folder.resolve("data");
        PictureFiles.write(data, SyntheticPictures.draw(1, 12, 5), "a test");
        assertThat(run("network=" + GeneratedCat.class.getName(), "data=" + data, "samples=4", "learningRate=1e300"))
                .isEqualTo(1);
        assertThat(text(out)).startsWith("data: 4 of 12 training samples in " + data);
        assertThat(text(err))
                .matches(
                        "GeneratedCat: one batch of 4 samples cannot be learnt: cost \\S+ at the start, (infinite|not a "
                                + "number|\\S+) after \\d+ iterations?: expected at most \\S+: look at the learning rate, which is "
                                + "too large: layerc:find-rate suggests one: learning_rate=1\\.0E300\\R");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "samples=0 | samples must be an integer from 1 to 2147483647: samples=0",
                "iterations=0 | iterations must be an integer from 1 to 2147483647: iterations=0",
                "iterations=many | iterations must be an integer from 1 to 2147483647: iterations=many",
                "learningRate=0 | learningRate must be a positive, finite number: learningRate=0",
                "learningRate=1e60 | Small: learning rate must be positive and finite in float: learning_rate=1.0E60",
                "cost=-1 | cost must be a positive, finite number: cost=-1",
                "cost=low | cost must be a positive, finite number: cost=low",
                "network=no.Such | no.Such: no such class on the class path",
                "network= | missing argument: expected network",
                "epochs=1 | unknown argument: expected key=value with one of network, spec, output, data, samples, "
                        + "iterations, learningRate, cost: argument=epochs=1"
            })
    void refusesBadInputInOneLine(String argument, String message) {
        assertThat(run(argument)).isEqualTo(1);
        assertThat(text(err)).isEqualTo(message + System.lineSeparator());
        assertThat(text(out)).isEmpty();
    }
}
