package io.github.layerc.command;

import static io.github.layerc.array.ArrayFixture.gzip;
import static io.github.layerc.array.ArrayFixture.idx;
import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.npz;
import static io.github.layerc.array.ArrayFixture.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.array.ArrayFixture;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As a user goes: arrays, a training, a prediction. */
final class ArrayTrainingTest {
    private static final TrainingSettings SETTINGS = new TrainingSettings(Optimizer.ADAM, 0.1, 300);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Points in three corners. */
    public static final class Corners {
        public static final Network NETWORK = Network.builder("", "Corners")
                .input(Input.flat(2))
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .training(SETTINGS)
                .build();

        private Corners() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** A plane through points. */
    public static final class Plane {
        public static final Network NETWORK = Network.builder("", "Plane")
                .input(Input.flat(2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .training(SETTINGS)
                .build();

        private Plane() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** Dark and bright pictures, in an input of one axis. */
    public static final class Brightness {
        public static final Network NETWORK = Network.builder("", "Brightness")
                .input(new Input(List.of(4), new Scale(1, 255)))
                .layer(1, Activation.SIGMOID)
                .training(SETTINGS)
                .build();

        private Brightness() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    @Test
    void trainsWithClassesAndPredictsTheirNames() throws IOException {
        double[] corners = {0, 0, 0, 9, 9, 0};
        String[] names = {"origin", "left", "right"};
        double[] x = new double[120];
        String[] y = new String[60];
        for (int s = 0; s < 60; s++) {
            y[s] = names[s % 3];
            x[2 * s] = corners[s % 3 * 2] + s % 7 * 0.1;
            x[2 * s + 1] = corners[s % 3 * 2 + 1] + s % 5 * 0.1;
        }
        Path data = write("a.npz", npz(true, Map.of("x", npy("<f4", "(60, 2)", x), "y", strings(y))));
        Path own = write(
                "own.npz", npz(true, Map.of("x", npy("<f4", "(2, 2)", 0, 9, 0, 0), "y", strings("left", "origin"))));
        train(Corners.class, data, "validationData=" + own);

        assertThat(text(out).lines())
                .startsWith(
                        "data: " + data,
                        "test set: 12 of 60 samples, a fifth of each class, drawn with seed 1",
                        "number of training samples: 48",
                        "number of test samples: 12",
                        "shape of a sample: (2)")
                .contains(
                        "classes: 0 = left, 1 = origin, 2 = right",
                        "validation accuracy: 1.0000 (2 of 2)",
                        "train accuracy: 1.0000 (48 of 48)",
                        "test accuracy: 1.0000 (12 of 12)");
        JsonObject test = metrics().getAsJsonObject("test");
        assertThat(test.getAsJsonArray("classes")
                        .get(1)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .isEqualTo("origin");
        assertThat(report()).contains("Right and wrong", "origin").doesNotContain("picture");

        predict(Corners.class, write("new.npy", npy("<f8", "(3, 2)", 0, 9, 9, 0, 0, 0)));
        assertThat(Files.readAllLines(output().resolve("predictions.csv")))
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("input,"),
                        line -> assertThat(line).startsWith("0,0,left,"),
                        line -> assertThat(line).startsWith("1,2,right,"),
                        line -> assertThat(line).startsWith("2,1,origin,"));
    }

    @Test
    void trainsARegressionWithoutAccuracies() throws IOException {
        double[] x = IntStream.range(0, 40).mapToDouble(i -> i % 7 - 3).toArray();
        double[] y = IntStream.range(0, 20)
                .mapToDouble(s -> 2 * x[2 * s] - x[2 * s + 1] + 1)
                .toArray();
        for (String part : List.of("train", "test")) {
            write("data/x_" + part + ".npy", npy("<f8", "(20, 2)", x));
            write("data/y_" + part + ".npy", npy("<f4", "(20, 1)", y));
        }
        train(Plane.class, folder.resolve("data"));

        assertThat(text(out).lines())
                .startsWith("data: " + folder.resolve("data"), "number of training samples: 20")
                .noneMatch(line -> line.contains("accuracy") || line.startsWith("classes"));
        assertThat(metrics().keySet()).doesNotContain("train_accuracy", "test_accuracy");
        assertThat(metrics().getAsJsonObject("test").get("r2").getAsDouble()).isGreaterThan(0.999);
        assertThat(report()).contains("Distance from the targets").doesNotContain("Right and wrong", "picture");
        predict(Plane.class, write("new.npy", npy("<f4", "(1, 2)", 2, 1)));
    }

    /** What of MNIST matters here: the report has its pictures, also for a network that takes their pixels in one axis. */
    @Test
    void trainsWithPicturesInIdx() throws IOException {
        int[] pixels = IntStream.range(0, 80)
                .map(i -> i / 4 % 2 == 0 ? i % 50 : 255 - i % 50)
                .toArray();
        int[] labels = IntStream.range(0, 20).map(s -> s % 2).toArray();
        for (String part : List.of("train", "t10k")) {
            write("data/" + part + "-images-idx3-ubyte.gz", gzip(idx(new int[] {20, 2, 2}, pixels)));
            write("data/" + part + "-labels-idx1-ubyte.gz", gzip(idx(new int[] {20}, labels)));
        }
        train(Brightness.class, folder.resolve("data"));

        assertThat(text(out).lines())
                .contains("size of a picture: (2, 2, 1)", "classes: 0 = 0, 1 = 1", "test accuracy: 1.0000 (20 of 20)");
        assertThat(report()).contains("What the network looked at", "Weights of the first layer");
        predict(Brightness.class, folder.resolve("data/t10k-images-idx3-ubyte.gz"));
        assertThat(Files.readAllLines(output().resolve("predictions.csv"))).hasSize(21);
    }

    private Path write(String name, byte[] bytes) {
        return ArrayFixture.write(folder.resolve(name), bytes);
    }

    private Path output() {
        return folder.resolve("out");
    }

    private void train(Class<?> network, Path data, String... more) throws IOException {
        Path spec = folder.resolve("net.yaml");
        Files.writeString(spec, "network: " + network.getSimpleName() + "\n");
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("network=" + network.getName(), "spec=" + spec, "data=" + data, "output=" + output()));
        int code = TrainCommand.run(arguments, stream(out), stream(err));
        assertThat(text(err)).isEmpty();
        assertThat(code).isZero();
    }

    private void predict(Class<?> network, Path input) {
        int code = PredictCommand.run(
                List.of("network=" + network.getName(), "input=" + input, "output=" + output()),
                stream(out),
                stream(err));
        assertThat(text(err)).isEmpty();
        assertThat(code).isZero();
    }

    private JsonObject metrics() throws IOException {
        return JsonParser.parseString(Files.readString(output().resolve("metrics.json")))
                .getAsJsonObject();
    }

    private String report() throws IOException {
        return Files.readString(output().resolve("report.html"));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
