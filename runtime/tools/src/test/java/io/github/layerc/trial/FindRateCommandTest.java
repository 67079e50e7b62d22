package io.github.layerc.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindRateCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Looks like a generated class. */
    public static final class Small {
        public static final Network NETWORK = Network.builder("", "Small")
                .input(Input.flat(5))
                .layer(4, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.25).withBatch(8))
                .build();

        private Small() {}

        public static FloatEngine create(int batch) {
            return Interpreter.createFloat(NETWORK, batch);
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String usual : List.of("network=" + Small.class.getName(), "output=" + folder.resolve("results"))) {
            String key = usual.substring(0, usual.indexOf('=') + 1);
            if (Stream.of(arguments).noneMatch(argument -> argument.startsWith(key))) {
                all.add(usual);
            }
        }
        return FindRateCommand.run(all, new PrintStream(out), new PrintStream(err));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhatItFoundAndWritesTheCurve() throws IOException {
        assertThat(run("samples=30", "from=0.001", "to=1000")).as(text(err)).isZero();

        assertThat(text(err)).isEmpty();
        Path results = folder.resolve("results");
        assertThat(text(out).lines())
                .hasSize(6)
                .startsWith("data: 30 random samples with random targets, since layerc.data is not given")
                .contains(
                        "wrote " + results.resolve("rates.csv"),
                        "wrote " + results.resolve("rates.svg"),
                        "wrote " + results.resolve("rates.html"))
                .anyMatch(line -> line.matches("largest learning rate that still falls: [\\d.]+"))
                .anyMatch(line -> line.matches("suggested learning rate: [\\d.]+; the spec's: 0\\.25"));
        List<String> csv = Files.readAllLines(results.resolve("rates.csv"));
        assertThat(csv.get(0)).isEqualTo("rate,cost,smoothed");
        assertThat(csv.get(1)).startsWith("0.001,");
        assertThat(results.resolve("rates.svg")).content().startsWith("<svg ").contains("suggested", "learning rate");
        assertThat(results.resolve("rates.html"))
                .content()
                .contains(
                        "<h1>Learning rates of Small</h1>", "400 steps of 8 samples at each rate", "rate of the spec");
        // a model is nobody's business here
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith("rates.")))
                    .isEmpty();
        }
    }

    @Test
    void saysThatTheLargestRateStillFalls() {
        assertThat(run("samples=8", "from=1e-4", "to=1e-2", "steps=3")).isZero();
        assertThat(text(out))
                .containsPattern("no rate comes below 0\\.\\d+, the cost of outputs that are the same for all samples: "
                        + "try more steps with -Dlayerc\\.rate\\.steps")
                .contains("largest learning rate that still falls: 0.01, the largest tried: "
                        + "try larger ones with -Dlayerc.rate.to");
    }

    @Test
    void saysThatNoRateFalls() {
        assertThat(run("samples=8", "from=1e5", "to=1e6")).isEqualTo(1);
        assertThat(text(err))
                .matches("Small: no learning rate from 100000\\.0 to 1000000\\.0 makes the cost fall: cost=0\\.\\d+: "
                        + "look at the labels, the scale of the input, and the activations\\R");
        assertThat(folder.resolve("results/rates.csv")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=0 | from must be a positive, finite number: from=0",
                "from=small | from must be a positive, finite number: from=small",
                "to=Infinity | to must be a positive, finite number: to=Infinity",
                "to=NaN | to must be a positive, finite number: to=NaN",
                "from=10 | the first rate must be below the last: from=10.0, to=10.0",
                "to=1e-7 | the first rate must be below the last: from=1.0E-6, to=1.0E-7",
                "from=1e-60 | Small: learning rate must be positive and finite in float: learning_rate=1.0E-60",
                "to=1e60 | Small: learning rate must be positive and finite in float: learning_rate=1.0E60",
                "steps=0 | steps must be an integer from 1 to 2147483647: steps=0",
                "samples=-1 | samples must be an integer from 1 to 2147483647: samples=-1",
                "network=no.Such | no.Such: no such class on the class path",
                "network= | missing argument: expected network",
                "rate=1 | unknown argument: expected key=value with one of network, spec, output, data, samples, "
                        + "from, to, steps: argument=rate=1"
            })
    void refusesBadInputInOneLine(String argument, String message) {
        assertThat(run(argument)).isEqualTo(1);
        assertThat(text(err)).isEqualTo(message + System.lineSeparator());
        assertThat(text(out)).isEmpty();
    }
}
