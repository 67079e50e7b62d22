package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.ChildJvm;
import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.SyntheticPictures;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that are stopped, killed, and gone on with, by the command. */
@Tag("long")
class ResumedTrainingTest {
    private static final int EVERY = 7;

    @TempDir
    private Path folder;

    private Path data;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void files() throws IOException {
        data = folder.resolve("data");
        PictureFiles.write(data, SyntheticPictures.draw(1, 12, 5), "a test");
        Files.writeString(folder.resolve("cat.yaml"), "network: Cat\n");
    }

    /** In Gram form, shuffled, with a velocity and early stopping. */
    public static final class Gram {
        public static final Network NETWORK =
                GeneratedCat.NETWORK.withTraining(new TrainingSettings(Optimizer.MOMENTUM, 0.002, 150)
                        .withBatch(3)
                        .withForm(Form.GRAM)
                        .withL2(0.001)
                        .withValidation(0.25)
                        .withEarlyStopping(new EarlyStopping(EarlyStopping.Monitor.VALIDATION_COST, 30, 0)));

        private Gram() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    /** In direct form, with two slots and a number of steps. */
    public static final class Direct {
        public static final Network NETWORK =
                GeneratedCat.NETWORK.withTraining(new TrainingSettings(Optimizer.ADAM, 0.0002, 60).withBatch(5));

        private Direct() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    /** Shows each iteration at once, and so that a test can stop it anywhere. */
    public static final class Shown {
        private Shown() {}

        public static void main(String[] arguments) {
            PrintStream now = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            System.exit(TrainCommand.run(List.of(arguments), now, System.err));
        }
    }

    private String[] arguments(Class<?> network, Path output, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("network=" + network.getName());
        all.add("spec=" + folder.resolve("cat.yaml"));
        all.add("data=" + data);
        all.add("output=" + output);
        return all.toArray(new String[0]);
    }

    private int run(Class<?> network, Path output, String... more) {
        return TrainCommand.run(List.of(arguments(network, output, more)), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        bytes.reset();
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void requireSame(Path found, Path expected, Network network) throws IOException {
        assertThat(found.resolve("history.csv")).hasContent(Files.readString(expected.resolve("history.csv")));
        assertThat(Checkpoint.read(found.resolve("model.h5"), network))
                .isEqualTo(Checkpoint.read(expected.resolve("model.h5"), network));
    }

    @ParameterizedTest
    @ValueSource(classes = {Gram.class, Direct.class})
    void goesOnWhereAShorterOneHasEnded(Class<?> network) throws Exception {
        Network trained = (Network) network.getField("NETWORK").get(null);
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        // the last iteration is recorded, which an iteration of the whole training need not be
        assertThat(run(network, whole, "historyEvery=1")).as(text(err)).isZero();
        assertThat(run(network, parts, "historyEvery=1", "iterations=20", "checkpointEvery=" + EVERY))
                .isZero();
        assertThat(run(
                        network,
                        parts,
                        "historyEvery=1",
                        "resume=true",
                        "iterations=" + trained.training().iterations()))
                .as(text(err))
                .isZero();
        requireSame(parts, whole, trained);
        // once more: there is nothing left to do
        assertThat(run(network, parts, "historyEvery=1", "resume=true", "checkpointEvery=" + EVERY))
                .isZero();
        assertThat(run(network, parts, "historyEvery=1", "resume=true")).isZero();
        requireSame(parts, whole, trained);
    }

    @Test
    void refusesToGoOnWithAnotherTraining() throws IOException {
        Path output = folder.resolve("output");
        assertThat(run(Direct.class, output, "iterations=20", "checkpointEvery=" + EVERY))
                .isZero();
        String place = output.resolve("training.checkpoint") + ": checkpoint of another training: ";

        assertThat(run(Direct.class, output, "resume=true", "validation=0.25")).isEqualTo(1);
        assertThat(text(err)).isEqualTo(place + "validation: expected 0.25: found 0.0" + System.lineSeparator());
        assertThat(run(Gram.class, output, "resume=true")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(place
                        + "optimizer: expected momentum: found adam(beta1=0.9 beta2=0.999 epsilon=1.0E-8)"
                        + System.lineSeparator());
        assertThat(run(Direct.class, output, "resume=true", "iterations=6")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(
                        "GeneratedCat: the training is to be shorter than it has been: expected at least 20 iterations: "
                                + "iterations=6: the last checkpoint, of 20 iterations, is "
                                + output.resolve("training.checkpoint") + System.lineSeparator());
        PictureFiles.write(data, SyntheticPictures.draw(2, 12, 5), "other pictures");
        assertThat(run(Direct.class, output, "resume=true")).isEqualTo(1);
        assertThat(text(err))
                .matches(Pattern.quote(place) + "samples: expected 12, CRC-32 \\w+: found 12, CRC-32 \\w+\\R");
    }

    /** The initializer of another spec draws other weights, which the checkpoint only names. */
    public static final class OtherStart {
        public static final Network NETWORK = Network.builder("io.github.layerc.training", "GeneratedCat")
                .input(GeneratedCat.NETWORK.input())
                .layer(3, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .initializer(Initializer.normal(0.5, 1))
                .training(Gram.NETWORK.training())
                .precision(Precision.DOUBLE)
                .build();

        private OtherStart() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    /** With a number that a layer says for itself, and the training does not. */
    public static final class OtherPenalty {
        public static final Network NETWORK = Network.builder("io.github.layerc.training", "GeneratedCat")
                .input(GeneratedCat.NETWORK.input())
                .layer(3, Activation.RELU)
                .layerL2(0.5)
                .layer(1, Activation.SIGMOID)
                .layerL1(0.25)
                .training(Gram.NETWORK.training())
                .precision(Precision.DOUBLE)
                .build();

        private OtherPenalty() {}

        public static DoubleEngine create(int batch) {
            return Interpreter.createDouble(NETWORK, batch);
        }
    }

    @Test
    void refusesToGoOnFromAnotherStart() {
        Path output = folder.resolve("output");
        assertThat(run(Gram.class, output, "iterations=20", "checkpointEvery=" + EVERY))
                .isZero();
        assertThat(run(OtherStart.class, output, "resume=true")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(output.resolve("training.checkpoint")
                        + ": checkpoint of another training: initializer: expected normal(scale=0.5), seed 1: found "
                        + "scaled_normal, seed 1" + System.lineSeparator());
        assertThat(run(OtherPenalty.class, output, "resume=true")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(output.resolve("training.checkpoint")
                        + ": checkpoint of another training: layers: expected 12288, 3 relu l2 0.5, 1 sigmoid l1 0.25: found "
                        + "12288, 3 relu, 1 sigmoid" + System.lineSeparator());
    }

    @Test
    void refusesToGoOnWithOtherSamplesToValidateWith() {
        Path output = folder.resolve("output");
        String file = "validationData=" + data.resolve("test_catvnoncat.h5");
        assertThat(run(Direct.class, output, "iterations=20", "checkpointEvery=" + EVERY, file))
                .isZero();
        assertThat(run(Direct.class, output, "resume=true", file)).as(text(err)).isZero();
        assertThat(run(Direct.class, output, "resume=true", file.replace("test", "train")))
                .isEqualTo(1);
        assertThat(text(err)).contains("checkpoint of another training: validation: expected 12, CRC-32 ");
    }

    /** A misspelt name would let nothing be free. */
    @Test
    void freeSettingsAreSettings() {
        assertThat(Stream.of(TrainingSettings.class.getRecordComponents()).map(RecordComponent::getName))
                .containsAll(Checkpoints.FREE);
    }

    /** Whoever resumes by mistake must not replace the model of a later training by one of an earlier. */
    @Test
    void completeTrainingRemovesTheCheckpointOfAnEarlierOne() {
        Path output = folder.resolve("output");
        Path checkpoint = output.resolve("training.checkpoint");
        assertThat(run(Direct.class, output, "iterations=20", "checkpointEvery=" + EVERY))
                .isZero();
        assertThat(checkpoint).exists();
        assertThat(run(Direct.class, output, "iterations=25", "resume=true")).isZero();
        assertThat(text(out)).contains("goes on after 20 iterations, with learning rate 2.0E-4");
        assertThat(checkpoint).exists();
        assertThat(run(Direct.class, output, "iterations=25")).isZero();
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void saysBeforeTheTrainingThatACheckpointCannotBeWritten() throws IOException {
        Path output = folder.resolve("output");
        Path checkpoint = output.resolve("training.checkpoint");
        Files.createDirectories(checkpoint);
        assertThat(run(Direct.class, output, "checkpointEvery=1")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo(
                        checkpoint + ": cannot write this file: expected a file or nothing of this name: found a folder"
                                + System.lineSeparator());
    }

    /** The checkpoint before stays where the cost is not finite any more. */
    @Test
    void keepsTheLastGoodCheckpoint() {
        Path output = folder.resolve("output");
        Class<?> network = GeneratedCat.class;
        assertThat(run(network, output, "iterations=14", "checkpointEvery=" + EVERY))
                .isZero();
        assertThat(run(network, output, "resume=true", "iterations=1000", "learningRate=1e308", "checkpointEvery=1"))
                .isEqualTo(1);
        assertThat(text(err))
                .matches(
                        "GeneratedCat: iteration \\d+: cost must be finite: .*: try learning rate 0.100 instead of "
                                + "learningRate=1.0E308: the last checkpoint, of \\d+ iterations, is \\S+training.checkpoint\\R");
        assertThat(run(network, output, "resume=true", "iterations=30"))
                .as(text(err))
                .isZero();
    }

    @Test
    void endsWithACheckpointWhenItIsTold() throws Exception {
        Path output = folder.resolve("output");
        Process process = start(output, "iterations=1000000");
        try (BufferedReader lines = lines(process)) {
            waitFor(lines, 5);
            process.toHandle().destroy();
            List<String> rest = lines.lines().toList();
            assertThat(process.waitFor()).isEqualTo(143);
            String last = rest.get(rest.size() - 1);
            Matcher stopped = Pattern.compile(
                            "stopped after (\\d+) of 1000000 iterations: the last checkpoint, of (\\d+) iterations, is "
                                    + Pattern.quote(output.resolve("training.checkpoint")
                                            .toString())
                                    + ": go on with -Dlayerc\\.resume=true")
                    .matcher(last);
            assertThat(stopped.matches()).as(last).isTrue();
            assertThat(stopped.group(1)).isEqualTo(stopped.group(2));
            // results of a training that is not at its end would take the place of others
            assertThat(output.resolve("model.h5")).doesNotExist();
            int iterations = Integer.parseInt(stopped.group(1)) + 10;
            Path whole = folder.resolve("whole");
            assertThat(run(Direct.class, whole, "historyEvery=1", "iterations=" + iterations))
                    .isZero();
            assertThat(run(Direct.class, output, "historyEvery=1", "resume=true", "iterations=" + iterations))
                    .as(text(err))
                    .isZero();
            requireSame(output, whole, Direct.NETWORK);
        }
    }

    /** {@code -Dlayerc.kills=200} for more of them. */
    @Test
    void losesNoMoreThanWhatIsBehindACheckpoint() throws Exception {
        int kills = Integer.getInteger("layerc.kills", 6);
        Path output = folder.resolve("output");
        Random random = new Random(1);
        int at = 0;
        for (int kill = 0; kill < kills; kill++) {
            Process process = at == 0
                    ? start(output, "iterations=1000000", "checkpointEvery=" + EVERY)
                    : start(output, "iterations=1000000", "checkpointEvery=" + EVERY, "resume=true");
            int seen;
            try (BufferedReader lines = lines(process)) {
                seen = waitFor(lines, at + EVERY + random.nextInt(3 * EVERY));
                Thread.sleep(random.nextInt(5));
                process.toHandle().destroyForcibly();
                seen = Math.max(seen, last(lines));
                process.waitFor();
            }
            at = iterations(output);
            assertThat(at).as("kill %d", kill).isGreaterThanOrEqualTo(seen + 1 - EVERY);
        }
        Path whole = folder.resolve("whole");
        int iterations = at + 10;
        assertThat(run(Direct.class, output, "historyEvery=1", "resume=true", "iterations=" + iterations))
                .isZero();
        assertThat(run(Direct.class, whole, "historyEvery=1", "iterations=" + iterations))
                .isZero();
        requireSame(output, whole, Direct.NETWORK);
    }

    /** Of the checkpoint, by the message of a training that cannot go on with it. */
    private int iterations(Path output) {
        assertThat(run(Direct.class, output, "resume=true", "iterations=1")).isEqualTo(1);
        Matcher found = Pattern.compile("expected at least (\\d+) iterations").matcher(text(err));
        assertThat(found.find()).as(text(err)).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private Process start(Path output, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("historyEvery=1");
        return ChildJvm.start(List.of(), Shown.class, arguments(Direct.class, output, all.toArray(new String[0])));
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Reads until an iteration has ended, and returns its number. */
    private static int waitFor(BufferedReader lines, int iteration) throws IOException {
        List<String> before = new ArrayList<>();
        String line = lines.readLine();
        while (line != null) {
            before.add(line);
            if (number(line) >= iteration) {
                return number(line);
            }
            line = lines.readLine();
        }
        throw new AssertionError("no iteration " + iteration + ": " + before);
    }

    /** The last iteration that it has told of, -1 for none. */
    private static int last(BufferedReader lines) throws IOException {
        int last = -1;
        try {
            String line = lines.readLine();
            while (line != null) {
                last = Math.max(last, number(line));
                line = lines.readLine();
            }
        } catch (IOException e) {
            // closed by the kill
        }
        return last;
    }

    private static int number(String line) {
        Matcher matcher = Pattern.compile("iteration (\\d+): cost .*").matcher(line);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
