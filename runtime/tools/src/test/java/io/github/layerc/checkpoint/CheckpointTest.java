package io.github.layerc.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
    private static final String SPEC = "network: Net   # größer\nlayer_dims: [3, 4, 1]\n";

    /** As {@code sha256sum} prints it. */
    private static final String SPEC_SHA256 = "ee3cae0ac5fadea9552f77d999375f2c6de92fc8d8749f527726f53934c31fda";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void readsTheBitsThatWereWritten(Precision precision) {
        Network network = network(precision);
        double[] parameters = parameters(network);
        Path file = folder.resolve("made/model.h5");
        Checkpoint.write(file, network, parameters, SPEC, 2500);

        assertThat(Checkpoint.read(file, network)).isEqualTo(parameters);
        assertThat(Checkpoint.read(file, network(Precision.DOUBLE))).isEqualTo(parameters);
        assertThat(names(file.getParent())).isEqualTo("model.h5");
    }

    @ParameterizedTest
    @EnumSource
    void describesItself(Precision precision) {
        Network network = network(precision);
        Path file = folder.resolve("model.h5");
        Checkpoint.write(file, network, parameters(network), SPEC, 2500);

        try (HdfFile hdf = new HdfFile(file)) {
            Map<String, Class<?>> types = Map.of("float", float.class, "double", double.class);
            assertThat(hdf.getChildren().keySet()).containsExactlyInAnyOrder("W1", "b1", "W2", "b2");
            assertThat(hdf.getDatasetByPath("W1").getDimensions()).containsExactly(4, 3);
            assertThat(hdf.getDatasetByPath("b1").getDimensions()).containsExactly(4, 1);
            assertThat(hdf.getDatasetByPath("W2").getDimensions()).containsExactly(1, 4);
            assertThat(hdf.getDatasetByPath("b2").getDimensions()).containsExactly(1, 1);
            assertThat(hdf.getDatasetByPath("W2").getJavaType()).isEqualTo(types.get(precision.keyword()));
            assertThat(hdf.getAttribute("layerc_version").getData()).asString().isNotEmpty();
            assertThat(hdf.getAttribute("spec").getData()).isEqualTo(SPEC);
            assertThat(hdf.getAttribute("spec_sha256").getData()).isEqualTo(SPEC_SHA256);
            assertThat(hdf.getAttribute("iterations").getData()).isEqualTo(2500);
            assertThat(hdf.getAttribute("precision").getData()).isEqualTo(precision.keyword());
        }
    }

    @Test
    void readsDoublesForANetworkInFloat() {
        Path file = folder.resolve("model.h5");
        double[] parameters = parameters(network(Precision.DOUBLE));
        Checkpoint.write(file, network(Precision.DOUBLE), parameters);
        assertThat(Checkpoint.read(file, network(Precision.FLOAT))).isEqualTo(parameters);
    }

    /** What a model is for may change, and how it was trained; so may the name of its class. */
    @Test
    void readsAModelWithOtherTraining() {
        Path file = folder.resolve("model.h5");
        double[] parameters = parameters(network(Precision.FLOAT));
        Network other = Network.builder("elsewhere", "Other")
                .input(Input.flat(3))
                .layer(4, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .training(TrainingSettings.DEFAULT.withLearningRate(3))
                .build();
        Checkpoint.write(file, other, parameters);
        assertThat(Checkpoint.read(file, network(Precision.FLOAT))).isEqualTo(parameters);
    }

    @ParameterizedTest
    @MethodSource
    void refusesAModelOfAnotherNetwork(Network other, String message) {
        Path file = folder.resolve("model.h5");
        Checkpoint.write(file, other, parameters(other));
        assertThatThrownBy(() -> Checkpoint.read(file, PICTURES))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": model of another network: " + message);
    }

    static Stream<Arguments> refusesAModelOfAnotherNetwork() {
        return Stream.of(
                Arguments.of(
                        pictures(List.of(2, 2, 3), SCALE, Activation.TANH, Activation.RELU),
                        "expected layer 1: activation=relu: found layer 1: activation=tanh"),
                Arguments.of(
                        pictures(List.of(2, 2, 3), SCALE, Activation.leakyRelu(0.2), Activation.RELU),
                        "expected layer 1: activation=relu: found layer 1: activation=leaky_relu(alpha=0.2)"),
                Arguments.of(
                        pictures(List.of(2, 2, 3), SCALE, Activation.RELU, Activation.SIGMOID),
                        "expected layer 2: activation=relu: found layer 2: activation=sigmoid"),
                Arguments.of(
                        pictures(List.of(2, 2, 3), Scale.ONE, Activation.RELU, Activation.RELU),
                        "expected input_scale=1/255: found input_scale=1"),
                Arguments.of(
                        pictures(List.of(3, 2, 2), SCALE, Activation.RELU, Activation.RELU),
                        "expected input_shape=2, 2, 3: found input_shape=3, 2, 2"));
    }

    /** However a spec writes it. */
    @ParameterizedTest
    @CsvSource({"2, 510", "0.00392156862745098, 1"})
    void takesAnEqualScaleForTheSame(double numerator, double denominator) {
        Path file = folder.resolve("model.h5");
        Scale scale = new Scale(numerator, denominator);
        Network other = pictures(List.of(2, 2, 3), scale, Activation.RELU, Activation.RELU);
        Checkpoint.write(file, other, parameters(other));
        assertThat(Checkpoint.read(file, PICTURES)).isEqualTo(parameters(other));
    }

    @Test
    void roundsToThePrecisionOfTheNetwork() {
        Path file = folder.resolve("model.h5");
        double[] parameters = new double[21];
        Arrays.fill(parameters, 0.1);
        Checkpoint.write(file, network(Precision.FLOAT), parameters);
        assertThat(Checkpoint.read(file, network(Precision.FLOAT))).containsOnly(0.1f);
    }

    @Test
    void takesAFlatSampleForOneWithAxes() {
        Path file = folder.resolve("model.h5");
        Network flat = pictures(List.of(12), SCALE, Activation.RELU, Activation.RELU);
        double[] parameters = parameters(flat);
        Checkpoint.write(file, flat, parameters);
        assertThat(Checkpoint.read(file, PICTURES)).isEqualTo(parameters);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 99})
    void refusesAnotherFormat(int format) {
        Path file = valid().attribute("format", format).write(folder.resolve("model.h5"));
        assertThatThrownBy(() -> Checkpoint.read(file, network(Precision.FLOAT)))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": unsupported format of a checkpoint: expected format 2: found format " + format);
    }

    @Test
    void refusesAFileWithoutFormat() {
        Path file = new HdfFixture().with("W1", new float[4][3]).write(folder.resolve("model.h5"));
        assertThatThrownBy(() -> Checkpoint.read(file, network(Precision.FLOAT)))
                .hasMessage(file + ": unsupported format of a checkpoint: expected format 2: found none, as in files of"
                        + " older versions");
    }

    /** Whatever byte is damaged: the right parameters, where it means nothing, or one line; never others. */
    @Test
    void noticesEveryDamagedByte() throws IOException {
        Network network = network(Precision.FLOAT);
        double[] parameters = parameters(network);
        Path file = folder.resolve("model.h5");
        Checkpoint.write(file, network, parameters, SPEC, 2500);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, damaged);
            try {
                assertThat(Checkpoint.read(file, network)).as("byte " + at).isEqualTo(parameters);
            } catch (DataException e) {
                assertThat(e).hasMessageStartingWith(file + ": ").hasMessageNotContainingAny("\n", "\r");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(21 * Float.BYTES + SPEC.length());
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoCheckpointOfTheNetwork(HdfFixture fixture, String message) {
        Path file = fixture.write(folder.resolve("model.h5"));
        assertThatThrownBy(() -> Checkpoint.read(file, network(Precision.FLOAT)))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + message);
    }

    static Stream<Arguments> refusesWhatIsNoCheckpointOfTheNetwork() {
        return Stream.of(
                Arguments.of(valid().without("b2"), "missing dataset: expected b2: found W1, W2, b1"),
                Arguments.of(valid().with("W1", new float[3][4]), "W1: wrong shape: expected (4, 3): found (3, 4)"),
                Arguments.of(valid().with("b1", new float[4]), "b1: wrong shape: expected (4, 1): found (4)"),
                Arguments.of(
                        valid().with("W2", new long[1][4]), "W2: wrong type: expected float32 or float64: found int64"),
                Arguments.of(
                        valid().with("W2", new float[][] {{0, 0, Float.NaN, 0}}),
                        "W2: parameters must be finite: expected a finite W2[0, 2]: found NaN"),
                Arguments.of(
                        valid().with("W3", new float[1][1]),
                        "checkpoint of a deeper network: expected 2 layers of network Net: found dataset W3"));
    }

    @Test
    void refusesTruncations() throws IOException {
        Network network = network(Precision.FLOAT);
        Path file = folder.resolve("model.h5");
        Checkpoint.write(file, network, parameters(network), SPEC, 1);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.read(file, network))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + ": " + (length == 0 ? "not an HDF5 file" : "truncated HDF5 file"));
        }
    }

    @Test
    void namesAMissingFile() {
        Path file = folder.resolve("model.h5");
        assertThatThrownBy(() -> Checkpoint.read(file, network(Precision.FLOAT)))
                .hasMessage(file + ": no such file: expected an HDF5 file: found nothing");
    }

    @Test
    void leavesAnOldFileWhereItCannotWrite() throws IOException {
        Network network = network(Precision.FLOAT);
        Path file = folder.resolve("model.h5");
        Files.createDirectories(file.resolve("inside"));

        assertThatThrownBy(() -> Checkpoint.write(file, network, parameters(network), SPEC, 1))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": cannot write this file: expected a file or nothing of this name: found a folder");
        assertThat(names(folder)).isEqualTo("model.h5");
    }

    /** What cannot be loaded replaces no model that can be. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e39})
    void replacesNoModelByParametersThatAreNotFinite(double value) {
        Network network = network(Precision.FLOAT);
        Path file = folder.resolve("model.h5");
        double[] parameters = parameters(network);
        Checkpoint.write(file, network, parameters);
        double[] broken = parameters.clone();
        broken[network.layers().get(0).weightsAt() + 5] = value;
        assertThatThrownBy(() -> Checkpoint.write(file, network, broken))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": W1: parameters must be finite: expected a finite W1[1, 2]: found "
                        + Precision.FLOAT.rounded(value));
        assertThat(Checkpoint.read(file, network)).isEqualTo(parameters);
    }

    /** jhdf would write a file that nobody can read. */
    @Test
    void refusesTextsThatDoNotFit() {
        Network.Builder builder = Network.builder("", "Deep").input(Input.flat(1));
        for (int layer = 0; layer < 9000; layer++) {
            builder.layer(1, Activation.RELU);
        }
        Network network = builder.layer(1, Activation.SIGMOID).build();
        Path file = folder.resolve("model.h5");
        assertThatThrownBy(() -> Checkpoint.write(file, network, new double[network.parameterCount()]))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        file + ": activations is too long for a checkpoint: expected at most 50000 bytes: found 54007");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesARootInPlaceOfAFile() {
        Network network = network(Precision.FLOAT);
        assertThatThrownBy(() -> Checkpoint.write(Path.of("/"), network, parameters(network)))
                .isInstanceOf(DataException.class)
                .hasMessage("/: cannot write this file: expected a file or nothing of this name: found a folder");
    }

    /** A text in HDF5 ends there. */
    @Test
    void refusesASpecWithACharacter0() {
        assertThatThrownBy(() -> Checkpoint.requireSpec(Path.of("model.h5"), "ab\0c"))
                .isInstanceOf(DataException.class)
                .hasMessage("model.h5: spec is no text: expected characters above 0: found 0 at character 2");
    }

    @Test
    void refusesASpecThatDoesNotFit() {
        Network network = network(Precision.FLOAT);
        Path file = folder.resolve("model.h5");
        String longest = "ä".repeat(25_000);
        Checkpoint.write(file, network, parameters(network), longest, 1);
        try (HdfFile hdf = new HdfFile(file)) {
            assertThat(hdf.getAttribute("spec").getData()).isEqualTo(longest);
        }
        assertThatThrownBy(() -> Checkpoint.write(file, network, parameters(network), longest + "#", 1))
                .hasMessage(file + ": spec is too long for a checkpoint: expected at most 50000 bytes: found 50001");
    }

    private static final Scale SCALE = new Scale(1, 255);

    private static final Network PICTURES = pictures(List.of(2, 2, 3), SCALE, Activation.RELU, Activation.RELU);

    private static Network pictures(List<Integer> shape, Scale scale, Activation hidden, Activation output) {
        return Network.builder("", "Net")
                .input(new Input(shape, scale))
                .layer(2, hidden)
                .layer(1, output)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
    }

    private static HdfFixture valid() {
        return new HdfFixture()
                .attribute("format", 2)
                .with("W1", new float[4][3])
                .with("b1", new float[4][1])
                .with("W2", new float[1][4])
                .with("b2", new float[1][1]);
    }

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(4, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
    }

    /** All of the mantissa is in use, and the extremes of the type are there. */
    private static double[] parameters(Network network) {
        Random random = new Random(1);
        boolean floats = network.precision() == Precision.FLOAT;
        double[] parameters = random.doubles(network.parameterCount(), -1, 1)
                .map(value -> floats ? (float) value : value)
                .toArray();
        parameters[0] = floats ? Float.MIN_VALUE : Double.MIN_VALUE;
        parameters[1] = floats ? -Float.MAX_VALUE : -Double.MAX_VALUE;
        parameters[2] = -0.0;
        return parameters;
    }

    private static String names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
