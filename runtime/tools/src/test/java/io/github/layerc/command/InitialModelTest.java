package io.github.layerc.command;

import static io.github.layerc.array.ArrayFixture.npy;
import static io.github.layerc.array.ArrayFixture.npz;
import static io.github.layerc.array.ArrayFixture.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.array.ArrayFixture;
import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Split;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import io.github.layerc.training.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that start from a model. */
final class InitialModelTest {
    private static final int SAMPLES = 30;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final double[] x = new Random(3).doubles(2 * SAMPLES, -1, 1).toArray();
    private final int[] labels = new int[SAMPLES];

    /** With running means, an optimizer with a memory, and shuffled batches. */
    public static final class Corners {
        public static final Network NETWORK = Network.builder("", "Corners")
                .input(Input.flat(2))
                .layer(4, Activation.TANH)
                .normalization(Normalization.BATCH_NORM)
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(Precision.DOUBLE)
                .training(new TrainingSettings(Optimizer.ADAM, 0.05, 12).withBatch(7))
                .build();

        private Corners() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    /** Of pictures. */
    public static final class Seen {
        public static final Network NETWORK = Network.builder("", "Seen")
                .input(new Input(List.of(64, 64, 3), new Scale(1, 255)))
                .layer(1, Activation.SIGMOID)
                .loss(Loss.BINARY_CROSS_ENTROPY)
                .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1, 2))
                .build();

        private Seen() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** Of columns that learn a mean and a width. */
    public static final class Price {
        public static final Table TABLE = Table.builder()
                .column(Column.number("a").with(Transform.STANDARDIZE))
                .target("price", Transform.STANDARDIZE)
                .split(new Split(Split.Kind.TIME, "a", 0.2, 0))
                .build();

        public static final Network NETWORK = Network.builder("", "Price")
                .input(Input.flat(1))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1, 3))
                .build();

        private Price() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    @BeforeEach
    void files() throws IOException {
        for (int s = 0; s < SAMPLES; s++) {
            labels[s] = x[2 * s] > 0 ? 0 : x[2 * s + 1] > 0 ? 1 : 2;
        }
        Files.writeString(folder.resolve("net.yaml"), "network: Net\n");
    }

    private Path data(String... names) {
        String[] texts = new String[SAMPLES];
        double[] numbers = new double[SAMPLES];
        for (int s = 0; s < SAMPLES; s++) {
            texts[s] = names.length == 0 ? "" : names[labels[s]];
            numbers[s] = labels[s];
        }
        byte[] y = names.length == 0 ? npy("<i8", "(" + SAMPLES + ",)", numbers) : strings(texts);
        byte[] samples = npy("<f8", "(" + SAMPLES + ", 2)", x);
        return ArrayFixture.write(
                folder.resolve("data.npz"),
                npz(true, Map.of("x_train", samples, "y_train", y, "x_test", samples, "y_test", y)));
    }

    /** Parameters that no initializer draws. */
    private Path model(Network network, ModelLabels remembered) {
        double[] parameters =
                new Random(4).doubles(network.parameterCount(), 0.1, 1).toArray();
        Path file = folder.resolve("imported/model.h5");
        OutputFolder.open(file.getParent())
                .write(Map.of(
                        "model.h5", Checkpoint.content(file, network, parameters, "network: Net", 0, remembered)));
        return file;
    }

    private int run(Class<?> network, Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("data=" + data);
        return run(network, arguments);
    }

    private int run(Class<?> network, List<String> more) {
        out.reset();
        err.reset();
        List<String> arguments = new ArrayList<>(more);
        arguments.addAll(List.of(
                "network=" + network.getName(),
                "spec=" + folder.resolve("net.yaml"),
                "output=" + folder.resolve("out")));
        return TrainCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Path trained() {
        return folder.resolve("out/model.h5");
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void requireRefused(int code, String message) {
        assertThat(code).isEqualTo(1);
        assertThat(text(err)).isEqualTo(message + System.lineSeparator());
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void trainsAsAProgramThatLoadsTheModel(int iterations) throws IOException {
        Path model = model(Corners.NETWORK, ModelLabels.NONE);

        int code = run(Corners.class, data(), "initialModel=" + model, "iterations=" + iterations);

        assertThat(code).as(text(err)).isZero();
        assertThat(text(out).lines()).contains("initial model: " + model);
        try (DoubleEngine engine = Corners.create(SAMPLES)) {
            engine.load(model);
            new Trainer(Corners.NETWORK.training().withIterations(iterations))
                    .train(engine, Dataset.of(x, 2).withLabels(labels, 3));
            assertThat(Checkpoint.read(trained(), Corners.NETWORK)).isEqualTo(engine.parameters());
        }
        assertThat(JsonParser.parseString(Files.readString(folder.resolve("out/metrics.json")))
                        .getAsJsonObject()
                        .get("initial_model")
                        .getAsString())
                .isEqualTo(model.toString());
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains("<th scope=\"row\">initial model</th><td>" + model + "</td>");
    }

    /** That of the folder of the results, which the training replaces. */
    @Test
    void goesOnFromTheTrainingBefore() {
        assertThat(run(Corners.class, data())).as(text(err)).isZero();
        double[] before = Checkpoint.read(trained(), Corners.NETWORK);

        assertThat(run(Corners.class, data(), "initialModel=" + trained(), "learningRate=0.02"))
                .as(text(err))
                .isZero();

        try (DoubleEngine engine = Corners.create(SAMPLES)) {
            engine.setParameters(before);
            new Trainer(Corners.NETWORK.training().withLearningRate(0.02))
                    .train(engine, Dataset.of(x, 2).withLabels(labels, 3));
            assertThat(Checkpoint.read(trained(), Corners.NETWORK)).isEqualTo(engine.parameters());
        }
    }

    @Test
    void resumesWithTheSameModelOnly() throws IOException {
        Path model = model(Corners.NETWORK, ModelLabels.NONE);
        Path data = data();
        assertThat(run(Corners.class, data, "initialModel=" + model))
                .as(text(err))
                .isZero();
        double[] whole = Checkpoint.read(trained(), Corners.NETWORK);

        run(Corners.class, data, "initialModel=" + model, "iterations=5", "checkpointEvery=5");
        String place =
                folder.resolve("out/training.checkpoint") + ": checkpoint of another training: layerc.initialModel: ";
        assertThat(run(Corners.class, data, "resume=true")).isEqualTo(1);
        assertThat(text(err)).startsWith(place + "expected nothing: found parameters with the CRC-32 ");
        assertThat(run(Corners.class, data, "resume=true", "initialModel=" + trained()))
                .isEqualTo(1);
        assertThat(text(err)).startsWith(place + "expected parameters with the CRC-32 ");
        assertThat(run(Corners.class, data, "resume=true", "initialModel=" + model))
                .as(text(err))
                .isZero();
        assertThat(Checkpoint.read(trained(), Corners.NETWORK)).isEqualTo(whole);
    }

    @Test
    void classesKeepTheNamesOfTheModel() {
        ModelLabels names = new ModelLabels(List.of("right", "left", "below"), "");
        String model = "initialModel=" + model(Corners.NETWORK, names);

        assertThat(run(Corners.class, data(), model)).as(text(err)).isZero();
        assertThat(Checkpoint.readLabels(trained(), Corners.NETWORK)).isEqualTo(names);
    }

    /** Metrics, report and the files that validate know the classes by the same names as the model. */
    @Test
    void everythingHasTheNamesOfTheModel() throws IOException {
        ModelLabels names = new ModelLabels(List.of("right", "left", "below"), "");
        String model = "initialModel=" + model(Corners.NETWORK, names);
        Path numbers = data();
        String[] texts = new String[SAMPLES];
        for (int s = 0; s < SAMPLES; s++) {
            texts[s] = names.classes().get(labels[s]);
        }
        Path named = ArrayFixture.write(
                folder.resolve("named.npz"),
                npz(true, Map.of("x", npy("<f8", "(" + SAMPLES + ", 2)", x), "y", strings(texts))));
        Path numbered = ArrayFixture.write(
                folder.resolve("numbered.npz"),
                npz(
                        true,
                        Map.of(
                                "x",
                                npy("<f8", "(" + SAMPLES + ", 2)", x),
                                "y",
                                npy(
                                        "<i8",
                                        "(" + SAMPLES + ",)",
                                        Arrays.stream(labels).asDoubleStream().toArray()))));
        for (Path validation : List.of(named, numbered)) {
            assertThat(run(Corners.class, numbers, model, "validationData=" + validation))
                    .as(text(err))
                    .isZero();
            JsonObject metrics = JsonParser.parseString(Files.readString(folder.resolve("out/metrics.json")))
                    .getAsJsonObject();
            // the same samples
            assertThat(metrics.get("validation_accuracy")).isEqualTo(metrics.get("train_accuracy"));
            assertThat(metrics.toString()).contains("\"name\":\"below\"").doesNotContain("\"name\":\"0\"");
            assertThat(folder.resolve("out/report.html")).content().contains("below");
        }
    }

    /** An import writes over the model of a training that has diverged: the next one that does must not lose it. */
    @Test
    void anotherModelThatTookThePlaceOfADivergedOneIsKept() throws IOException {
        Path data = data();
        assertThat(run(Corners.class, data, "learningRate=1e6", "iterations=40"))
                .isZero();
        assertThat(text(err)).contains("cost ended far above its start");
        Path imported = model(Corners.NETWORK, ModelLabels.NONE);
        Files.copy(imported, trained(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(ResultFiles.removeOfEarlierModel(folder.resolve("out")))
                .extracting(file -> file.getFileName().toString())
                .contains("history.csv", "metrics.json", "report.html")
                .doesNotContain("model.h5");

        assertThat(run(Corners.class, data, "initialModel=" + trained(), "learningRate=1e6", "iterations=40"))
                .isZero();

        assertThat(text(err)).contains(": the model of before is " + trained() + ".previous");
        assertThat(folder.resolve("out/model.h5.previous")).hasSameBinaryContentAs(imported);
    }

    /** A kill behind the commit leaves the new files in a folder of their own. */
    @Test
    void finishesAWriteOfTheModelThatWasInterrupted() throws IOException {
        Path model = model(Corners.NETWORK, ModelLabels.NONE);
        Path committed = Files.createDirectories(model.resolveSibling(".layerc-commit/new"));
        Files.move(model, committed.resolve("model.h5"));

        assertThat(run(Corners.class, data(), "initialModel=" + model, "iterations=1"))
                .as(text(err))
                .isZero();

        assertThat(model).exists();
        assertThat(committed).doesNotExist();
    }

    @Test
    void refusesPicturesThatWereScaledInAnotherWay() {
        Path model = model(Seen.NETWORK, new ModelLabels(List.of("other", "cat"), "nearest"));
        requireRefused(
                run(Seen.class, List.of("drawnData=" + folder.resolve("drawn"), "initialModel=" + model)),
                model + ": unknown scaling of pictures: expected area_or_bilinear: found nearest");
    }

    @Test
    void refusesWhatItCannotStartFrom() throws IOException {
        Path model = model(Corners.NETWORK, new ModelLabels(List.of("right", "left", "below"), ""));
        // sorted, as the labels of samples are, they are in another order
        requireRefused(
                run(Corners.class, data("right", "left", "below"), "initialModel=" + model),
                model + ": model of other classes: expected below, left, right: found right, left, below");
        Path none = folder.resolve("none.h5");
        requireRefused(
                run(Corners.class, data(), "initialModel=" + none),
                none + ": no such file: expected an HDF5 file: found nothing");
        Files.writeString(none, "no HDF5");
        assertThat(run(Corners.class, data(), "initialModel=" + none)).isEqualTo(1);
        assertThat(text(err)).startsWith(none + ": ").hasLineCount(1);
        assertThat(folder.resolve("out")).isEmptyDirectory();
        Path other = model(
                Network.builder("", "Wide")
                        .input(Input.flat(2))
                        .layer(5, Activation.TANH)
                        .normalization(Normalization.BATCH_NORM)
                        .layer(3, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build(),
                ModelLabels.NONE);
        assertThat(run(Corners.class, data(), "initialModel=" + other)).isEqualTo(1);
        assertThat(text(err))
                .startsWith(other + ": W1: ")
                .contains("(4, 2)", "(5, 2)")
                .hasLineCount(1);
    }

    /** Rows of another kind must not move what the weights are the weights of. */
    @Test
    void columnsStayTransformedAsInTheModel() throws IOException {
        Fitted fitted = Price.TABLE.fit(new double[][] {{-3, 1}}, new double[][] {{10, 30}});
        Path model = model(Price.NETWORK, Checkpoint.labels(fitted));
        Path rows = folder.resolve("rows.csv");
        StringBuilder csv = new StringBuilder("a,price\n");
        double[] a = new Random(1).doubles(40, 100, 200).sorted().toArray();
        Arrays.stream(a).forEach(each -> csv.append(each + "," + (2 * each + 1) + "\n"));
        Files.writeString(rows, csv);

        assertThat(run(Price.class, rows, "initialModel=" + model, "learningRate=1e-6"))
                .as(text(err))
                .isZero();

        assertThat(text(out).lines())
                .contains("initial model: " + model + ", columns are transformed by what it learned of its own rows");
        assertThat(Checkpoint.readLabels(trained(), Price.NETWORK)).isEqualTo(Checkpoint.labels(fitted));
        // all but the largest fifth, which the split keeps for the test, transformed by what the model learned
        double[] inputs = Arrays.stream(a).limit(32).map(each -> (each + 1) / 2).toArray();
        double[] targets =
                Arrays.stream(a).limit(32).map(each -> (2 * each + 1 - 20) / 10).toArray();
        try (Engine engine = Price.create(inputs.length)) {
            engine.load(model);
            new Trainer(Price.NETWORK.training().withLearningRate(1e-6))
                    .train(engine, Dataset.of(inputs, 1, targets, 1));
            assertThat(Checkpoint.read(trained(), Price.NETWORK))
                    .containsExactly(engine.parametersAsDouble(), Offset.offset(1e-12));
        }
    }

    @Test
    void refusesAModelOfOtherColumns() throws IOException {
        Path rows = folder.resolve("rows.csv");
        Files.writeString(rows, "a,price\n1,2\n");
        Path model = model(Price.NETWORK, ModelLabels.NONE);
        requireRefused(
                run(Price.class, rows, "initialModel=" + model),
                model + ": model of another network: expected one with columns of a table: found none");
        Table other = Table.builder()
                .column(Column.number("b").with(Transform.STANDARDIZE))
                .target("price", Transform.STANDARDIZE)
                .split(Split.usual(false))
                .build();
        model(Price.NETWORK, Checkpoint.labels(other.fit(new double[][] {{-3, 1}}, new double[][] {{10, 30}})));
        assertThat(run(Price.class, rows, "initialModel=" + model)).isEqualTo(1);
        assertThat(text(err)).startsWith(model + ": model of another table: expected columns 1 {\"name\":\"a\"");
    }
}
