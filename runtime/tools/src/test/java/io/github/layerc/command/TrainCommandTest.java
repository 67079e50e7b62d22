package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.ChildJvm;
import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.pictures.SyntheticPictures;
import io.github.layerc.training.Accuracy;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
final class TrainCommandTest {
    private static final String[] FILES = {
        "costs.svg", "events.out.tfevents.layerc", "history.csv", "metrics.json", "model.h5", "report.html"
    };
    private static final String SPEC = "network: GeneratedCat\n";

    @TempDir
    private Path folder;

    private Path data;
    private Path output;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void files() throws IOException {
        data = folder.resolve("data");
        output = folder.resolve("target/layerc/GeneratedCat");
        PictureFiles.write(data, SyntheticPictures.draw(1, 12, 5), "a test");
        Files.writeString(folder.resolve("cat.yaml"), SPEC);
    }

    @Test
    void trainsAndWritesItsFiles() throws IOException {
        assertThat(run("iterations=5", "historyEvery=2", "learningRate=0.01", "engine=interpreter"))
                .isZero();

        assertThat(text(err)).isEmpty();
        assertThat(text(out).lines())
                .startsWith(
                        "data: " + data,
                        "number of training samples: 12",
                        "number of test samples: 5",
                        "size of a picture: (64, 64, 3)")
                .anyMatch(line -> line.startsWith("engine interpreter: precision double, threads 1, schedule: forward"))
                .anyMatch(line -> line.startsWith("form direct: 5 steps with 12 samples of 12288 inputs take "))
                .anyMatch(line -> line.matches("iteration 4: cost 0\\.\\d{6}"))
                .noneMatch(line -> line.startsWith("iteration 1:"))
                .noneMatch(line -> line.startsWith("training:"))
                .anyMatch(line -> line.matches("train accuracy: [01]\\.\\d{4} \\(\\d+ of 12\\)"))
                .anyMatch(line -> line.matches("test accuracy: [01]\\.\\d{4} \\([0-5] of 5\\)"))
                .anyMatch(line -> line.matches("trained in \\d+\\.\\d{3} s, \\d+\\.\\d{3} ms per step"))
                .endsWith(
                        "wrote " + output.resolve("history.csv"),
                        "wrote " + output.resolve("metrics.json"),
                        "wrote " + output.resolve("model.h5"),
                        "wrote " + output.resolve("report.html"),
                        "wrote " + output.resolve("costs.svg"),
                        "wrote " + output.resolve("events.out.tfevents.layerc"));
        assertThat(names(output)).containsExactly(FILES);
        requireResults(5, 0.01);
    }

    /** Trains once more by hand, and compares with what the command wrote. */
    private void requireResults(int iterations, double learningRate) throws IOException {
        PictureSet pictures = PictureFiles.read(data);
        try (DoubleEngine engine = Interpreter.createDouble(GeneratedCat.NETWORK, 12)) {
            engine.initialize();
            Trainer.Result result = new Trainer(
                            GeneratedCat.NETWORK
                                    .training()
                                    .withIterations(iterations)
                                    .withLearningRate(learningRate),
                            2)
                    .withTest(pictures.test())
                    .train(engine, pictures.train());

            assertThat(output.resolve("history.csv"))
                    .hasContent(result.history().csv());
            assertThat(Checkpoint.read(output.resolve("model.h5"), GeneratedCat.NETWORK))
                    .isEqualTo(engine.parameters());
            JsonObject metrics = JsonParser.parseString(Files.readString(output.resolve("metrics.json")))
                    .getAsJsonObject();
            assertThat(metrics.keySet())
                    .containsExactly(
                            "network",
                            "engine",
                            "form",
                            "precision",
                            "threads",
                            "iterations",
                            "final_cost",
                            "train_accuracy",
                            "test_accuracy",
                            "train_seconds",
                            "total_seconds",
                            "schedule",
                            "train",
                            "test");
            assertThat(metrics.get("network").getAsString()).isEqualTo("GeneratedCat");
            assertThat(metrics.get("engine").getAsString()).isEqualTo("interpreter");
            assertThat(metrics.get("form").getAsString())
                    .isEqualTo(result.form().keyword());
            assertThat(metrics.get("precision").getAsString()).isEqualTo("double");
            assertThat(metrics.get("threads").getAsInt()).isEqualTo(1);
            assertThat(metrics.get("iterations").getAsInt()).isEqualTo(iterations);
            assertThat(metrics.get("final_cost").getAsDouble())
                    .isEqualTo(result.history().finalCost());
            assertThat(metrics.get("train_accuracy").getAsDouble())
                    .isEqualTo(Accuracy.of(engine, pictures.train()).value());
            assertThat(metrics.get("test_accuracy").getAsDouble())
                    .isEqualTo(Accuracy.of(engine, pictures.test()).value());
            assertThat(metrics.get("train_seconds").getAsDouble()).isPositive();
            assertThat(metrics.get("total_seconds").getAsDouble())
                    .isGreaterThan(metrics.get("train_seconds").getAsDouble());
            assertThat(metrics.get("schedule").getAsString()).isEqualTo(engine.schedule());
        }
    }

    @Test
    void reportsWhatBecameOfTheTraining() throws IOException {
        assertThat(run("iterations=5", "historyEvery=2", "learningRate=0.01", "engine=interpreter"))
                .isZero();

        JsonObject metrics = JsonParser.parseString(Files.readString(output.resolve("metrics.json")))
                .getAsJsonObject();
        long right = Math.round(5 * metrics.get("test_accuracy").getAsDouble());
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("<h1>GeneratedCat</h1>", "network: GeneratedCat", "test set: " + right + " of 5 right")
                .contains("<th scope=\"row\">learning rate</th><td>0.01</td>")
                .contains("<th scope=\"row\">iterations</th><td>5</td>")
                .contains("<th scope=\"row\">seed</th><td>1</td>")
                .contains("<th scope=\"row\">schedule</th><td>"
                        + metrics.get("schedule").getAsString() + "</td>")
                .contains("y = 1, cat", "All 3 units");
        assertThat(Files.readString(output.resolve("costs.svg")))
                .startsWith("<svg xmlns=")
                .contains("training set", "test set");
    }

    /** {@link GeneratedCat} with metrics in its history. */
    public static final class Curious {
        public static final Network NETWORK = GeneratedCat.NETWORK.withTraining(
                GeneratedCat.NETWORK.training().withMetrics(List.of("f1", "accuracy", "log_loss")));

        private Curious() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    @Test
    void recordsTheMetricsOfTheSpec() throws IOException {
        assertThat(run("network=" + Curious.class.getName(), "iterations=3"))
                .as(text(err))
                .isZero();
        assertThat(output.resolve("history.csv"))
                .content()
                .startsWith("iteration,cost,test_cost,test_accuracy,test_f1,test_log_loss\n0,");
    }

    /** {@link GeneratedCat} with a training that may stop early. */
    public static final class Choosy {
        public static final Network NETWORK = GeneratedCat.NETWORK.withTraining(GeneratedCat.NETWORK
                .training()
                .withValidation(0.25)
                .withEarlyStopping(new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 2, 0)));

        private Choosy() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    @Test
    void reportsWhatTheValidationHasChosen() throws IOException {
        assertThat(run("network=" + Choosy.class.getName(), "historyEvery=1"))
                .as(text(err))
                .isZero();

        JsonObject metrics = JsonParser.parseString(Files.readString(output.resolve("metrics.json")))
                .getAsJsonObject();
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("chosen: iteration " + metrics.get("best_iteration").getAsInt())
                .contains("The training set", "The validation set", "The test set")
                .contains(
                        "training set: ", " of 9 right", "validation set: ", " of 3 right", "test set: ", " of 5 right")
                .contains("<th scope=\"row\">early stopping</th><td>by validation_cost, patience 2, min_delta 0.0</td>")
                .contains("<th scope=\"row\">validation</th><td>0.25</td>");
        assertThat(Files.readString(output.resolve("costs.svg")))
                .contains("training set", "test set", "validation set", "class=\"mark\"");
    }

    /** Also that of an earlier training goes: it would speak of another model. */
    @Test
    void leavesTheReportOut() {
        assertThat(run("iterations=1", "engine=interpreter")).isZero();
        assertThat(names(output)).containsExactly(FILES);
        assertThat(run("iterations=1", "engine=interpreter", "report=false")).isZero();
        assertThat(text(out)).doesNotContain("report.html", "costs.svg");
        assertThat(names(output)).containsExactly("history.csv", "metrics.json", "model.h5");
    }

    @Test
    void takesSettingsFromTheNetwork() throws IOException {
        assertThat(run()).isZero();

        assertThat(text(out)).contains("engine own choice: precision double");
        assertThat(Files.readString(output.resolve("history.csv")).lines().skip(1))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("0", "1", "2", "3", "4", "5", "6");
    }

    /** 100, or a 25th of a training that is too short for that. */
    @ParameterizedTest
    @CsvSource({"60, 2", "999, 39", "1000, 100"})
    void recordsEnoughOfAShortTraining(int iterations, int distance) throws IOException {
        assertThat(run("iterations=" + iterations, "report=false")).isZero();
        assertThat(Files.readString(output.resolve("history.csv"))
                        .lines()
                        .skip(2)
                        .findFirst()
                        .orElseThrow())
                .startsWith(distance + ",");
    }

    @Test
    void refusesMoreUpdatesThanCanBeCounted() {
        assertThat(run("network=" + Restless.class.getName(), "epochs=2147483647"))
                .isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(
                        "GeneratedCat: a training must have at most 2147483647 updates: epochs=2147483647, updates of an "
                                + "epoch=3" + System.lineSeparator());
    }

    @Test
    void drawsPicturesWhereThereAreNone() {
        Path drawn = folder.resolve("target/layerc/data");
        assertThat(run("data=", "drawnData=" + drawn, "iterations=1")).isZero();

        assertThat(text(out)).contains("data: " + drawn + ", drawn by layerc", "number of training samples: 209");
        assertThat(names(drawn)).containsExactly("test_catvnoncat.h5", "train_catvnoncat.h5");
    }

    @Test
    void replacesTheFilesOfAnEarlierRun() throws IOException {
        assertThat(run("iterations=5", "historyEvery=2", "engine=interpreter")).isZero();
        assertThat(run("iterations=3", "historyEvery=2", "engine=interpreter", "learningRate=0.02"))
                .isZero();

        assertThat(names(output)).containsExactly(FILES);
        requireResults(3, 0.02);
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(List<String> arguments, String message) {
        assertThat(run(arguments.stream()
                        .map(argument -> argument.replace("FOLDER", folder.toString()))
                        .toArray(String[]::new)))
                .isEqualTo(1);

        assertThat(text(err)).isEqualTo(message.replace("FOLDER", folder.toString()) + System.lineSeparator());
        if (Files.isDirectory(output)) {
            assertThat(names(output)).isEmpty();
        }
    }

    static Stream<Arguments> refusesInOneLine() {
        return Stream.of(
                Arguments.of(
                        List.of("data=FOLDER/none"),
                        "FOLDER/none: no such data: expected a folder with train_catvnoncat.h5 and "
                                + "test_catvnoncat.h5; or <class>/*.jpg, .jpeg, .png or .gif; or train/<class>/* and "
                                + "test/<class>/*; or train-images-idx3-ubyte and train-labels-idx1-ubyte, .gz or not; "
                                + "or x_train.npy and y_train.npy, or x.npy and y.npy; or a file .npz, .h5, .hdf5: found nothing"),
                Arguments.of(List.of("data="), "missing argument: expected data or drawnData"),
                Arguments.of(
                        List.of("output=FOLDER/cat.yaml"),
                        "FOLDER/cat.yaml: not a folder: expected a folder for results: found a file at FOLDER/cat.yaml"),
                Arguments.of(
                        List.of("spec=FOLDER/none.yaml"),
                        "FOLDER/none.yaml: cannot read the spec: expected a text file: "
                                + "found java.nio.file.NoSuchFileException: FOLDER/none.yaml"),
                Arguments.of(List.of("network=no.Net"), "no.Net: no such class on the class path"),
                Arguments.of(List.of("network="), "missing argument: expected network"),
                Arguments.of(
                        List.of("engine=gpu"),
                        "unknown engine: expected one of vector, scalar, interpreter: engine=gpu"),
                Arguments.of(
                        List.of("iterations=0"), "iterations must be an integer from 1 to 2147483647: iterations=0"),
                Arguments.of(
                        List.of("iterations=many"),
                        "iterations must be an integer from 1 to 2147483647: iterations=many"),
                Arguments.of(
                        List.of("historyEvery=-1"),
                        "historyEvery must be an integer from 1 to 2147483647: historyEvery=-1"),
                Arguments.of(
                        List.of("learningRate=0"), "learningRate must be a positive, finite number: learningRate=0"),
                Arguments.of(
                        List.of("learningRate=NaN"),
                        "learningRate must be a positive, finite number: learningRate=NaN"),
                Arguments.of(
                        List.of("learningRate=fast"),
                        "learningRate must be a positive, finite number: learningRate=fast"),
                Arguments.of(List.of("epochs=0"), "epochs must be an integer from 1 to 2147483647: epochs=0"),
                Arguments.of(
                        List.of("iterations=3", "epochs=2"),
                        "iterations and epochs exclude each other: iterations=3, epochs=2"),
                Arguments.of(List.of("validation=1"), "validation must be a number above 0 and below 1: validation=1"),
                Arguments.of(
                        List.of("validation=some"), "validation must be a number above 0 and below 1: validation=some"),
                Arguments.of(
                        List.of("validation=0.5", "validationData=FOLDER/x.h5"),
                        "validation and validationData exclude each other: validation=0.5, validationData=FOLDER/x.h5"),
                Arguments.of(
                        List.of("validationData=FOLDER/x.h5"),
                        "FOLDER/x.h5: no such file: expected an HDF5 file: found nothing"),
                Arguments.of(
                        List.of("checkpointEvery=0"),
                        "checkpointEvery must be an integer from 1 to 2147483647: checkpointEvery=0"),
                Arguments.of(List.of("resume=yes"), "resume must be true or false: resume=yes"),
                Arguments.of(
                        List.of("resume=true"),
                        "FOLDER/target/layerc/GeneratedCat/training.checkpoint: no checkpoint: expected one of a "
                                + "training with -Dlayerc.checkpointEvery, or that was stopped: found none"),
                Arguments.of(List.of("report=maybe"), "report must be true or false: report=maybe"),
                Arguments.of(
                        List.of("rate=1"),
                        "unknown argument: expected key=value with one of network, spec, data, drawnData, output, "
                                + "engine, iterations, epochs, learningRate, historyEvery, validation, validationData, "
                                + "checkpointEvery, initialModel, resume, report: argument=rate=1"),
                Arguments.of(
                        List.of("--help"),
                        "unknown argument: expected key=value with one of network, spec, data, drawnData, output, "
                                + "engine, iterations, epochs, learningRate, historyEvery, validation, validationData, "
                                + "checkpointEvery, initialModel, resume, report: argument=--help"),
                Arguments.of(
                        List.of("iterations=2", "iterations=3"),
                        "an argument must be given once: argument=iterations=3"));
    }

    @Test
    void refusesPicturesOfAnotherSize() {
        assertThat(run("network=" + SmallInput.class.getName())).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(data.resolve("train_catvnoncat.h5")
                        + ": pictures do not fit network SmallInput: expected 4 values = 2x2: found 12288 = 64x64x3"
                        + System.lineSeparator());
    }

    /** Instead of drawing cats for a network that cannot see them. */
    @Test
    void drawsNothingForANetworkOfOtherThings() {
        Path drawn = folder.resolve("target/layerc/data");
        assertThat(run("network=" + SmallInput.class.getName(), "data=", "drawnData=" + drawn))
                .isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("network SmallInput: no network for the pictures that are drawn where layerc.data names no"
                        + " others: expected 12288 inputs and 1 output: found 4 and 1" + System.lineSeparator());
        assertThat(drawn).doesNotExist();
    }

    /** A network that does not take pictures of 64x64x3. */
    public static final class SmallInput {
        public static final Network NETWORK = Network.builder("", "SmallInput")
                .input(new Input(List.of(2, 2), Scale.ONE))
                .layer(1, Activation.SIGMOID)
                .build();

        private SmallInput() {}
    }

    @Test
    void keepsEarlierResultsWhereATrainingFails() throws IOException {
        assertThat(run("iterations=2", "historyEvery=2", "engine=interpreter", "learningRate=0.01"))
                .isZero();
        assertThat(run("iterations=50", "historyEvery=2", "learningRate=1e308")).isEqualTo(1);

        assertThat(text(err))
                .matches(
                        "GeneratedCat: iteration \\d+: cost must be finite: cost=(NaN|Infinity): the largest gradient of "
                                + "iteration \\d+ is \\S+, of [Wb]\\d\\[[\\d, ]+\\], for all 12 samples: try learning rate 0\\.100 "
                                + "instead of learningRate=1\\.0E308\\R");
        assertThat(names(output)).containsExactly(FILES);
        requireResults(2, 0.01);
    }

    /** A network whose cost grows without a bound, but not to infinity within some steps. */
    @Test
    void warnsOfACostThatEndsFarAboveItsStartAndKeepsTheModel() throws IOException {
        String[] good = {"network=" + Regression.class.getName(), "iterations=2", "learningRate=1e-6"};
        String[] bad = {"network=" + Regression.class.getName(), "iterations=4", "learningRate=0.1"};
        assertThat(run(good)).isZero();
        byte[] model = Files.readAllBytes(output.resolve("model.h5"));
        Path previous = output.resolve("model.h5.previous");
        assertThat(previous).doesNotExist();

        assertThat(run(bad)).isZero();
        assertThat(text(err))
                .matches(
                        "warning: Regression: cost ended far above its start: start=\\S+, end=\\S+, learningRate=0\\.1: "
                                + "the model of before is " + Pattern.quote(previous.toString()) + "\\R");
        assertThat(text(out)).contains("wrote " + previous);
        assertThat(previous).hasBinaryContent(model);
        assertThat(Files.readAllBytes(output.resolve("model.h5"))).isNotEqualTo(model);

        // once more: what diverged does not take its place
        assertThat(run(bad)).isZero();
        assertThat(previous).hasBinaryContent(model);
        assertThat(names(output)).contains(FILES).contains("model.h5.previous").hasSize(FILES.length + 1);
    }

    @Test
    void warnsOfDivergenceWhereThereIsNoModelToKeep() {
        assertThat(run("network=" + Regression.class.getName(), "iterations=4", "learningRate=0.1"))
                .isZero();
        assertThat(text(err))
                .matches("warning: Regression: cost ended far above its start: start=\\S+, end=\\S+, "
                        + "learningRate=0\\.1\\R");
        assertThat(names(output)).containsExactly(FILES);
    }

    @ParameterizedTest
    @CsvSource({
        "'iteration,cost\n0,0.5\n9,5.01\n', true",
        "'iteration,cost,test_cost\n0,0.5,1\n9,5.0,100\n', false",
        "'iteration,cost\n0,0.5\n', false",
        "'iteration,cost\n0,0.0\n9,1.0\n', false",
        "'iteration,cost\n', false",
        "'', false",
        "'<html>\n<html>\n', false",
        "'a\nb,c\n', false"
    })
    void knowsFromAHistoryThatACostEndedFarAboveItsStart(String csv, boolean diverged) {
        assertThat(History.hasDiverged(csv.replace("\\n", "\n"))).isEqualTo(diverged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx12m", "-Xmx24m", "-Xmx48m"})
    void saysInOneLineThatMemoryIsTooSmall(String heap) throws Exception {
        PictureFiles.write(data, SyntheticPictures.draw(1, 400, 5), "a test");
        ChildJvm child = ChildJvm.run(
                List.of(heap),
                TrainCommand.class,
                "network=" + GeneratedCat.class.getName(),
                "engine=interpreter",
                "spec=" + folder.resolve("cat.yaml"),
                "data=" + data,
                "output=" + output);
        assertThat(child.exit()).as(child.output()).isEqualTo(1);
        assertThat(child.output())
                .doesNotContain("\tat ")
                .containsPattern("too little memory.*: expected room for .*found a heap of at most \\d+ MB.*-Xmx");
        assertThat(names(output)).isEmpty();
    }

    @Test
    void refusesBeforeTheTrainingWhatItCouldNotWrite() throws IOException {
        Files.createDirectories(output.resolve("model.h5/inside"));
        assertThat(run("iterations=1")).isEqualTo(1);

        assertThat(text(err))
                .isEqualTo(output.resolve("model.h5")
                        + ": cannot write this file: expected a file or nothing of this name: found a folder"
                        + System.lineSeparator());
        assertThat(names(output)).containsExactly("model.h5");
        assertThat(text(out)).isEmpty();
    }

    /** {@link GeneratedCat} with another training. */
    public static final class Restless {
        public static final Network NETWORK = Network.builder("io.github.layerc.training", "GeneratedCat")
                .input(GeneratedCat.NETWORK.input())
                .layer(3, Activation.RELU)
                .layerL1(0.125)
                .layer(1, Activation.SIGMOID)
                .layerL2(0)
                .training(new TrainingSettings(Optimizer.NESTEROV, 0.001, 6)
                        .withBatch(5)
                        .withL1(0.5)
                        .withL2(0.25)
                        .withClassWeights(ClassWeights.of(0.5, 3))
                        .withClip(Clip.GLOBAL_NORM)
                        .withAveraging(0.5)
                        .withSchedule(RateSchedule.COSINE))
                .precision(Precision.DOUBLE)
                .build();

        private Restless() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    @Test
    void trainsAsTheNetworkSays() throws IOException {
        assertThat(run("network=" + Restless.class.getName(), "historyEvery=1", "learningRate=0.01"))
                .isZero();

        assertThat(text(out).lines())
                .contains(
                        "training: optimizer nesterov, momentum 0.9, l1 0.5, l2 0.25, l1 of layer 1 0.125, l2 of layer 2 0.0, class weights [0.5, 3.0], clip global_norm(at=1.0), averaging 0.5, schedule cosine(last=0.0 warm_up=0.0), batch 5 of 12 samples");
        PictureSet pictures = PictureFiles.read(data);
        try (DoubleEngine engine = Interpreter.createDouble(Restless.NETWORK, 12)) {
            engine.initialize();
            Trainer.Result result = new Trainer(Restless.NETWORK.training().withLearningRate(0.01), 1)
                    .withTest(pictures.test())
                    .train(engine, pictures.train());

            assertThat(output.resolve("history.csv"))
                    .hasContent(result.history().csv());
            assertThat(Checkpoint.read(output.resolve("model.h5"), Restless.NETWORK))
                    .isEqualTo(engine.parameters());
        }
    }

    /** A network whose output is a number, not a class. */
    public static final class Regression {
        public static final Network NETWORK = Network.builder("", "Regression")
                .input(GeneratedCat.NETWORK.input())
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 1e-6, 2))
                .build();

        private Regression() {}

        public static FloatEngine create(int batch) {
            return Interpreter.createFloat(NETWORK, batch);
        }
    }

    @Test
    void givesNoAccuracyForARegression() throws IOException {
        assertThat(run("network=" + Regression.class.getName())).as(text(err)).isZero();

        assertThat(text(out))
                .doesNotContain("accuracy")
                .containsPattern("train R2: \\S+, RMSE: \\S+\\Rtest R2: \\S+, RMSE: \\S+\\R");
        assertThat(output.resolve("history.csv")).content().startsWith("iteration,cost,test_cost\n0,");
        assertThat(Files.readString(output.resolve("metrics.json"))).doesNotContain("accuracy");
    }

    @Test
    void refusesALearningRateThatFloatCannotHold() throws IOException {
        for (String rate : List.of("1e40", "1e300", "1e-60")) {
            assertThat(run("network=" + Regression.class.getName(), "learningRate=" + rate))
                    .isEqualTo(1);
            assertThat(text(err))
                    .isEqualTo("Regression: learning rate must be positive and finite in float: learning_rate="
                            + Double.parseDouble(rate) + System.lineSeparator());
            assertThat(text(out)).isEmpty();
        }
        assertThat(names(output)).isEmpty();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        addUnlessGiven(all, "network=", GeneratedCat.class.getName());
        addUnlessGiven(all, "spec=", folder.resolve("cat.yaml"));
        addUnlessGiven(all, "data=", data);
        addUnlessGiven(all, "output=", output);
        return TrainCommand.run(all, stream(out), stream(err));
    }

    private static void addUnlessGiven(List<String> arguments, String key, Object value) {
        if (arguments.stream().noneMatch(argument -> argument.startsWith(key))) {
            arguments.add(key + value);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        bytes.reset();
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
