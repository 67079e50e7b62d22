package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.image.PictureFixture;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PredictCommandTest {
    @TempDir
    private Path folder;

    private Path output;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void folders() {
        output = folder.resolve("target/layerc/Net");
    }

    /** Pictures of two classes. */
    public static final class Redness {
        public static final Network NETWORK = Network.builder("", "Redness")
                .input(new Input(List.of(2, 2, 3), new Scale(1, 255)))
                .layer(1, Activation.SIGMOID)
                .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 1, 300))
                .build();

        private Redness() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** Two inputs, three classes: the first, the second, none of both. */
    public static final class Three {
        public static final Network NETWORK = Network.builder("", "Three")
                .input(Input.flat(2))
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(Precision.DOUBLE)
                .build();

        private Three() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** A margin: the first input less the second one. */
    public static final class Side {
        public static final Network NETWORK = Network.builder("", "Side")
                .input(Input.flat(2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.HINGE)
                .build();

        private Side() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** Two outputs that are the inputs, turned round. */
    public static final class Swap {
        public static final Network NETWORK = Network.builder("", "Swap")
                .input(Input.flat(2))
                .layer(2, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();

        private Swap() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    private static final double[] TO_THREE = {5, 0, 0, 5, 0, 0, 0, 0, 2};
    private static final double[] TO_SWAP = {0, 1, 1, 0, 0, 0};

    /** As a user goes: pictures in folders, a training, a prediction. */
    @Test
    void predictsPicturesWithTheNamesOfTheTraining() throws IOException {
        for (int i = 0; i < 10; i++) {
            PictureFixture.write(folder.resolve("data/sky, blue/" + i + ".png"), new Color(i, i, 200 + 2 * i));
            PictureFixture.write(folder.resolve("data/\u001b[31mred/" + i + ".jpg"), new Color(200 + 2 * i, i, i));
        }
        Files.writeString(folder.resolve("net.yaml"), "network: Redness\n");
        PrintStream printed = stream(out);
        assertThat(TrainCommand.run(
                        List.of(
                                "network=" + Redness.class.getName(),
                                "spec=" + folder.resolve("net.yaml"),
                                "data=" + folder.resolve("data"),
                                "output=" + output),
                        printed,
                        stream(err)))
                .as(text(err))
                .isZero();
        assertThat(text(out).lines())
                .startsWith("data: " + folder.resolve("data"))
                .contains(
                        "test set: 4 of 20 pictures, a fifth of each class, drawn with seed 1",
                        "classes: 0 = \\u001b[31mred, 1 = sky, blue",
                        "test accuracy: 1.0000 (4 of 4)");

        PictureFixture.write(folder.resolve("mine/b\n\u001b[2J.png"), new Color(0, 0, 255));
        PictureFixture.write(folder.resolve("mine/a.gif"), new Color(255, 0, 0));
        PictureFixture.write(folder.resolve("mine/notes.txt"), new byte[0]);
        assertThat(predict(Redness.class, "input=" + folder.resolve("mine")))
                .as(text(err))
                .isZero();
        assertThat(text(err)).isEmpty();
        assertThat(text(out).lines())
                .hasSize(6)
                .startsWith(
                        "model: " + output.resolve("model.h5"),
                        "skipped: 1 file or folder that is no picture (.jpg, .jpeg, .png, .gif)",
                        "input                 class          probability")
                .anyMatch(line -> line.matches("a\\.gif {17}\\\\u001b\\[31mred       0\\.9\\d\\d\\d"))
                .anyMatch(line -> line.matches("b\\\\u000a\\\\u001b\\[2J\\.png  sky, blue {11}0\\.9\\d\\d\\d"))
                .endsWith("wrote " + output.resolve("predictions.csv"));
        List<String> csv = Files.readAllLines(output.resolve("predictions.csv"));
        assertThat(csv).hasSize(4).startsWith("input,class,class_name,p_0,p_1");
        assertThat(csv.get(1)).matches("a\\.gif,0,\u001b\\[31mred,0\\.9\\d+,[0-9.E-]+");
        assertThat(csv.get(2)).isEqualTo("\"b");
        assertThat(csv.get(3)).matches("\u001b\\[2J\\.png\",1,\"sky, blue\",[0-9.E-]+,0\\.9\\d+");

        assertThat(predict(Redness.class, "input=" + folder.resolve("mine/a.gif"), "engine=interpreter"))
                .isZero();
        assertThat(text(out)).contains("input  class          probability", "a.gif  \\u001b[31mred       0.9");
    }

    @Test
    void predictsATableOfManyRows() throws IOException {
        model(Three.NETWORK, TO_THREE, new ModelLabels(List.of("first", "second", "neither"), ""));
        StringBuilder table = new StringBuilder("x,y\n");
        for (int i = 0; i < 500; i++) {
            table.append(i % 3 == 0 ? "1,0\n" : i % 3 == 1 ? "0,1\n" : "0,0\n");
        }
        Path file = Files.writeString(folder.resolve("many.csv"), table);
        assertThat(predict(Three.class, "input=" + file)).as(text(err)).isZero();

        double p = Math.exp(5) / (Math.exp(5) + 1 + Math.exp(2));
        assertThat(text(out).lines())
                .hasSize(24)
                .contains("input  class    probability", String.format(Locale.ROOT, "0      first         %.4f", p))
                .contains(String.format(Locale.ROOT, "19     second        %.4f", p), "... and 480 more");
        List<String> lines = Files.readAllLines(output.resolve("predictions.csv"));
        assertThat(lines).hasSize(501).startsWith("input,class,class_name,p_0,p_1,p_2");
        String[] fields = lines.get(500).split(",");
        assertThat(fields).startsWith("499", "1", "second");
        assertThat(Double.parseDouble(fields[4])).isCloseTo(p, within(1e-15));
    }

    @Test
    void givesNumbersWhereClassesHaveNoNames() throws IOException {
        model(Three.NETWORK, TO_THREE, ModelLabels.NONE);
        Path file = Files.writeString(folder.resolve("x.csv"), "0,0\n");
        assertThat(predict(Three.class, "input=" + file)).isZero();
        assertThat(text(out)).contains("0      2           0.7");
        assertThat(Files.readString(output.resolve("predictions.csv"))).contains("\n0,2,2,");
    }

    @Test
    void countsWhatIsRightWhereThatIsKnown() {
        model(Three.NETWORK, TO_THREE, ModelLabels.NONE);
        Path file = new HdfFixture()
                .with("part_x", new double[][] {{1, 0}, {0, 1}, {0, 0}, {Double.NaN, 0}})
                .with("part_y", new int[] {0, 2, 2, 0})
                .write(folder.resolve("x.h5"));
        assertThat(predict(Three.class, "input=" + file, "dataset=part_x"))
                .as(text(err))
                .isZero();
        assertThat(text(out)).contains("accuracy: 0.5000 (2 of 4)", "3      none           NaN");
        assertThat(output.resolve("predictions.csv")).content().contains("\n3,-1,,NaN,NaN,NaN\n");
    }

    @Test
    void givesMarginsWhereOutputsAreNoProbabilities() throws IOException {
        model(Side.NETWORK, new double[] {1, -1, 0}, ModelLabels.NONE);
        Path file = Files.writeString(folder.resolve("x.csv"), "2.5,0\n0,0.25\n1,1\n");
        assertThat(predict(Side.class, "input=" + file)).as(text(err)).isZero();
        assertThat(text(out).lines())
                .contains(
                        "input  class  margin", "0      1      2.5000", "1      0      0.2500", "2      0      0.0000");
        assertThat(output.resolve("predictions.csv"))
                .content()
                .isEqualTo(
                        "input,class,class_name,margin_0,margin_1\n0,1,1,-2.5,2.5\n1,0,0,0.25,-0.25\n2,0,0,0.0,0.0\n");
    }

    @Test
    void givesTheOutputsOfARegression() throws IOException {
        model(Swap.NETWORK, TO_SWAP, ModelLabels.NONE);
        Path file = Files.writeString(folder.resolve("x.csv"), "1,-2.5\n1000000,0.1\n");
        assertThat(predict(Swap.class, "input=" + file)).as(text(err)).isZero();
        assertThat(text(out).lines())
                .contains(
                        "input  output_0     output_1", "0      -2.50000      1.00000", "1      0.100000  1.00000e+06");
        assertThat(output.resolve("predictions.csv"))
                .content()
                .isEqualTo("input,output_0,output_1\n0,-2.5,1.0\n1,0.1,1000000.0\n");
    }

    @Test
    void predictsWithAModelThatIsNamed() throws IOException {
        model(Swap.NETWORK, TO_SWAP, ModelLabels.NONE);
        Path model = Files.move(output.resolve("model.h5"), folder.resolve("mine.h5"));
        Path file = Files.writeString(folder.resolve("x.csv"), "1,2\n");
        assertThat(predict(Swap.class, "input=" + file, "model=" + model)).isZero();
        assertThat(text(out)).startsWith("model: " + model);
    }

    /** Nothing half: the predictions of before stay. */
    @Test
    void namesAllThatCannotBeReadAndWritesNothing() throws IOException {
        model(Redness.NETWORK, new double[13], ModelLabels.NONE);
        Path mine = folder.resolve("mine");
        PictureFixture.write(mine.resolve("a.png"), Color.RED);
        assertThat(predict(Redness.class, "input=" + mine)).isZero();
        byte[] before = Files.readAllBytes(output.resolve("predictions.csv"));

        PictureFixture.write(mine.resolve("b.png"), new byte[0]);
        PictureFixture.write(mine.resolve("c.jpg"), new byte[] {'h', 'i'});
        assertThat(predict(Redness.class, "input=" + mine)).isEqualTo(1);
        assertThat(text(out)).isEmpty();
        assertThat(text(err).lines())
                .containsExactly(
                        mine + "/b.png: empty file: expected a picture, PNG, JPEG or GIF: found 0 bytes",
                        mine + "/c.jpg: not a picture: expected PNG, JPEG or GIF: found a file that starts with 68 69",
                        "2 errors in " + mine);
        assertThat(output.resolve("predictions.csv")).hasBinaryContent(before);
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(List<String> arguments, String message) throws IOException {
        PictureFixture.write(folder.resolve("a.png"), Color.RED);
        Files.writeString(folder.resolve("x.csv"), "1,2\n1e300,0\n");
        model(Redness.NETWORK, new double[13], new ModelLabels(List.of(), "nearest"));
        Files.move(output.resolve("model.h5"), folder.resolve("nearest.h5"));
        model(Swap.NETWORK, TO_SWAP, ModelLabels.NONE);
        Files.move(output.resolve("model.h5"), folder.resolve("swap.h5"));
        List<String> all = new ArrayList<>(arguments.stream()
                .map(argument -> argument.replace("FOLDER", folder.toString()))
                .toList());
        all.add("output=" + output);
        assertThat(PredictCommand.run(all, stream(out), stream(err))).isEqualTo(1);
        assertThat(text(err)).isEqualTo(message.replace("FOLDER", folder.toString()) + System.lineSeparator());
        assertThat(output.resolve("predictions.csv")).doesNotExist();
    }

    static Stream<Arguments> refusesInOneLine() {
        String redness = "network=" + Redness.class.getName();
        String swap = "network=" + Swap.class.getName();
        return Stream.of(
                Arguments.of(
                        List.of(redness, "input=FOLDER/a.png"),
                        "FOLDER/target/layerc/Net/model.h5: no model: expected that of a training: found nothing: run"
                                + " layerc:train -Dlayerc.network=Redness first, or name a model with -Dlayerc.model"),
                Arguments.of(
                        List.of(redness, "input=FOLDER/a.png", "model=FOLDER/none.h5"),
                        "FOLDER/none.h5: no such file: expected an HDF5 file: found nothing"),
                Arguments.of(
                        List.of(redness, "input=FOLDER/a.png", "model=FOLDER/nearest.h5"),
                        "FOLDER/nearest.h5: unknown scaling of pictures: expected area_or_bilinear: found nearest"),
                Arguments.of(
                        List.of(swap, "input=FOLDER/x.csv", "model=FOLDER/swap.h5"),
                        "FOLDER/x.csv: sample 1, feature 0: samples must be finite in float: value=1.0E300"),
                Arguments.of(
                        List.of(swap, "input=FOLDER/x.csv", "model=FOLDER/swap.h5", "engine=gpu"),
                        "unknown engine: expected one of vector, scalar, interpreter: engine=gpu"),
                Arguments.of(
                        List.of(swap, "input=FOLDER/none.csv"),
                        "FOLDER/none.csv: no such input: expected a folder of pictures, .jpg, .jpeg, .png, .gif, .h5, .hdf5,"
                                + " .csv, .npy, .npz, IDX: found nothing"),
                Arguments.of(List.of(swap), "missing argument: expected input"),
                Arguments.of(List.of("input=FOLDER/a.png"), "missing argument: expected network"),
                Arguments.of(List.of("network=no.Net", "input=x"), "no.Net: no such class on the class path"),
                Arguments.of(
                        List.of(swap, "picture=x"),
                        "unknown argument: expected key=value with one of network, spec, input, dataset, model, output,"
                                + " engine: argument=picture=x"));
    }

    private void model(Network network, double[] parameters, ModelLabels labels) {
        Path file = output.resolve("model.h5");
        OutputFolder.open(output)
                .write(Map.of("model.h5", Checkpoint.content(file, network, parameters, "", 1, labels)));
    }

    private int predict(Class<?> network, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("network=" + network.getName());
        all.add("output=" + output);
        return PredictCommand.run(all, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        bytes.reset();
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
