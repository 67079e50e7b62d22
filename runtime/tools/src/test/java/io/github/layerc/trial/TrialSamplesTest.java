package io.github.layerc.trial;

import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.npz;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.array.ArrayFixture;
import io.github.layerc.command.Engines;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials with arrays; those with pictures are met by the commands. */
final class TrialSamplesTest {
    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    /** Looks like a generated class. */
    public static final class Amount {
        public static final Network NETWORK = network(Activation.IDENTITY, Loss.MEAN_SQUARED_ERROR);

        private Amount() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    public static final class Chance {
        public static final Network NETWORK = network(Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY);

        private Chance() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    public static final class Side {
        public static final Network NETWORK = network(Activation.IDENTITY, Loss.HINGE);

        private Side() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    private static Network network(Activation output, Loss loss) {
        return Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, output)
                .loss(loss)
                .build();
    }

    @Test
    void takesSomeOfTheTargetsOfARegression() {
        double[] values = IntStream.range(0, 10).mapToDouble(i -> i + 0.5).toArray();
        Path file = write(npy("<f4", "(10, 1)", values), npy("<f8", "(10,)", values));
        Dataset some = read(file, Amount.class);
        assertThat(some.count()).isEqualTo(3);
        for (int s = 0; s < 3; s++) {
            assertThat(some.target(s, 0)).isEqualTo(some.sample(s, 0));
        }
        assertThat(lines)
                .containsExactly(
                        "test set: 2 of 10 samples, a fifth, drawn with seed 1",
                        "data: 3 of 8 training samples in " + file);
    }

    /** As their loss wants them. */
    @Test
    void takesClassesAsTargets() {
        double[] values = {3, 8, 8, 3, 8, 3, 3, 8, 8, 3};
        Path file = write(npy("<i4", "(10, 1)", values), npy("<i8", "(10,)", values));
        for (Class<?> network : List.of(Chance.class, Side.class)) {
            Dataset some = read(file, network);
            for (int s = 0; s < 3; s++) {
                double other = network == Side.class ? -1 : 0;
                assertThat(some.target(s, 0)).isEqualTo(some.sample(s, 0) == 8 ? 1 : other);
            }
        }
    }

    private Path write(byte[] x, byte[] y) {
        return ArrayFixture.write(folder.resolve("a.npz"), npz(true, Map.of("x", x, "y", y)));
    }

    private Dataset read(Path file, Class<?> network) {
        return TrialSamples.read(Optional.of(file), Engines.of(network.getName()), 3, lines::add);
    }
}
