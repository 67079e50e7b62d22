package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
    private static final String PACKAGE = "io.github.layerc.examples";
    private static final Input PICTURE = new Input(List.of(64, 64, 3), new Scale(1, 255));
    private static final TrainingSettings CAT_TRAINING = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.0075, 2500);

    @Test
    void readsTheFourLayerCatNetwork() throws Exception {
        Path file = ExampleSpecs.file("cat4.yaml");

        Spec spec = SpecReader.read(file);

        assertThat(spec.fileName()).isEqualTo("cat4.yaml");
        assertThat(spec.text()).isEqualTo(Files.readString(file));
        assertThat(spec.network())
                .isEqualTo(Network.builder(PACKAGE, "CatNet4")
                        .input(PICTURE)
                        .layer(20, Activation.RELU)
                        .layer(7, Activation.RELU)
                        .layer(5, Activation.RELU)
                        .layer(1, Activation.SIGMOID)
                        .training(CAT_TRAINING)
                        .build());
    }

    @Test
    void readsTheTwoLayerCatNetwork() throws Exception {
        assertThat(SpecReader.read(ExampleSpecs.file("cat2.yaml")).network())
                .isEqualTo(Network.builder(PACKAGE, "CatNet2")
                        .input(PICTURE)
                        .layer(7, Activation.RELU)
                        .layer(1, Activation.SIGMOID)
                        .initializer(Initializer.normal(0.01, 1))
                        .training(CAT_TRAINING)
                        .build());
    }

    @Test
    void refusesAFolder(@TempDir Path folder) {
        assertThatThrownBy(() -> SpecReader.read(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SpecReader.read(folder.getRoot())).isInstanceOf(IOException.class);
    }

    @Test
    void readsBlockStyle() throws Exception {
        Network network =
                SpecReader.read(ExampleSpecs.file("cat4_small_init.yaml")).network();

        assertThat(network.layerDims()).containsExactly(12288, 20, 7, 5, 1);
        assertThat(network.input()).isEqualTo(PICTURE);
        assertThat(network.initializer()).isEqualTo(Initializer.normal(0.01, 3));
        assertThat(network.training()).isEqualTo(TrainingSettings.DEFAULT);
    }

    @Test
    void readsTheLongForm() throws Exception {
        assertThat(SpecReader.read(ExampleSpecs.file("xor.yaml")).network())
                .isEqualTo(Network.builder("", "Xor")
                        .input(Input.flat(2))
                        .layer(4, Activation.TANH)
                        .layer(1, Activation.SIGMOID)
                        .loss(Loss.BINARY_CROSS_ENTROPY)
                        .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.5, 5000))
                        .precision(Precision.DOUBLE)
                        .build());
        assertThat(SpecReader.read(ExampleSpecs.file("digits.yaml")).network())
                .isEqualTo(Network.builder("", "Digits")
                        .input(new Input(List.of(28, 28), new Scale(1, 255)))
                        .layer(128, Activation.RELU)
                        .layer(10, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build());
    }

    @Test
    void hasTheDefaultsOfTheNetworkPackage() {
        assertThat(network("network: N\nlayer_dims: [3, 2]\n"))
                .isEqualTo(Network.builder("", "N")
                        .input(Input.flat(3))
                        .layer(2, Activation.SIGMOID)
                        .build());
        assertThat(network("network: N\nlayer_dims: [3, 2]\ninput: {}\ninitializer: {}\ntraining: {}\n"))
                .isEqualTo(network("network: N\nlayer_dims: [3, 2]\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "1/255, 1, 255",
        "'\"1/255\"', 1, 255",
        "-1/2, -1, 2",
        "0.5/1e2, 0.5, 100",
        "0.00392, 0.00392, 1",
        ".5, 0.5, 1",
        "2., 2, 1",
        "+1E-3, 0.001, 1",
        "7, 7, 1"
    })
    void readsScalesAsFractionsAndNumbers(String text, double numerator, double denominator) {
        assertThat(network("network: N\nlayer_dims: [3, 2]\ninput: {scale: " + text + "}\n")
                        .input()
                        .scale())
                .isEqualTo(new Scale(numerator, denominator));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFnetwork: N\nlayer_dims: [3, 2]\n",
                "network: N\r\nlayer_dims: [3, 2]\r\n",
                "network: N\rlayer_dims: [3, 2]",
                "%YAML 1.2\n---\nnetwork: N # name\nlayer_dims: [3, 2]\n...\n# end\n",
                "{\"network\": \"N\", \"layer_dims\": [3, 2]}",
                "'network': 'N'\n\"layer_dims\":\n- 3\n- +2\n",
                "? network\n: N\n? layer_dims\n: [3, 2,]\n",
                "network: >-\n  N\nlayer_dims: [3,\n 2]\n"
            })
    void acceptsOtherWaysToWriteIt(String text) {
        assertThat(network(text)).isEqualTo(network("network: N\nlayer_dims: [3, 2]\n"));
    }

    @Test
    void readsFilesWithAByteOrderMark(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("n.yaml");
        Files.writeString(file, "\uFEFFnetwork: N\nlayer_dims: [3, 2] # \u00fc \uD83D\uDE00\n");

        assertThat(SpecReader.read(file).text()).startsWith("network: N\n").endsWith("\u00fc \uD83D\uDE00\n");
    }

    @Test
    void acceptsTheBoundsOfEveryRange() {
        Network network = network("""
                network: _N1
                package: record.var_1._a
                input: {shape: [1, 2147483615, 1]}
                layer_dims: [2147483615, 1]
                initializer: {seed: 4294967295}
                training: {iterations: 2147483647, learning_rate: 4.9e-324}
                precision: double
                """);
        assertThat(network.parameterCount()).isEqualTo(2147483616);
        assertThat(network.initializer().seed()).isEqualTo(4294967295L);
        assertThat(network.training().iterations()).isEqualTo(Integer.MAX_VALUE);
        assertThat(network("network: N\nlayer_dims: [1, 1]\ninitializer: {seed: 0}\ntraining: {iterations: 1}")
                        .initializer()
                        .seed())
                .isZero();
    }

    @Test
    void readsInitializersOfAllLayersAndOfOne() {
        for (Initializer.Kind kind : Initializer.Kind.all()) {
            Network network = network("network: N\nlayer_dims: [3, 2]\ninitializer: " + kind.keyword() + "\n");
            assertThat(network.initializer()).isEqualTo(new Initializer(kind, 1));
        }
        Network network = network("""
                network: N
                input: {shape: [2]}
                layers:
                  - {units: 2, activation: relu, initializer: he_normal}
                  - {units: 2, activation: relu, initializer: {kind: orthogonal, gain: 2}}
                  - {units: 1, activation: sigmoid}
                loss: binary_cross_entropy
                initializer: {kind: constant, value: -0.5, seed: 7}
                """);

        assertThat(network.initializer()).isEqualTo(new Initializer(Initializer.Kind.constant(-0.5), 7));
        assertThat(network.layers())
                .extracting(Layer::initializer)
                .containsExactly(
                        Optional.of(Initializer.Kind.HE_NORMAL),
                        Optional.of(Initializer.Kind.orthogonal(2)),
                        Optional.empty());
    }

    @Test
    void readsPenaltiesOfAllLayersAndOfOne() {
        Network network = network("""
                network: N
                input: {shape: [2]}
                layers:
                  - {units: 2, activation: relu, l1: 0}
                  - {units: 2, activation: relu, l1: 1e-5, l2: 0.25}
                  - {units: 1, activation: sigmoid}
                loss: binary_cross_entropy
                training: {l1: 0.5, l2: 0.125, form: gram}
                """);

        assertThat(network.layers())
                .extracting(network.training()::penaltyOf)
                .containsExactly(new Penalty(0, 0.125), new Penalty(1e-5, 0.25), new Penalty(0.5, 0.125));
        assertThat(network.layers().get(2).l1()).isEmpty();
    }

    @Test
    void readsMetrics() {
        assertThat(training("{metrics: [roc_auc, f1]}"))
                .isEqualTo(TrainingSettings.DEFAULT.withMetrics(List.of("roc_auc", "f1")));
        assertThat(network("""
                network: N
                input: {shape: [2]}
                layers: [{units: 4, activation: softmax}]
                loss: categorical_cross_entropy
                training: {metrics: [top_3_accuracy]}
                """).training().metrics()).containsExactly("top_3_accuracy");
        assertThat(network("""
                network: N
                input: {shape: [2]}
                layers: [{units: 1, activation: relu}]
                loss: huber
                training: {metrics: [r2, mae]}
                """).training().metrics()).containsExactly("r2", "mae");
    }

    @Test
    void readsHowToTrain() {
        assertThat(training("{optimizer: momentum}"))
                .isEqualTo(TrainingSettings.DEFAULT
                        .withOptimizer(Optimizer.MOMENTUM)
                        .withMomentum(0.9));
        assertThat(training("{momentum: 0, optimizer: nesterov, l2: 1e-4, batch: 64, form: gram}"))
                .isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 0.01)
                        .withBatch(64)
                        .withMomentum(0)
                        .withL2(1e-4)
                        .withForm(Form.GRAM));
        for (String weights : List.of("[0.5, 3]", "{1: 3, 0: 0.5}")) {
            assertThat(training("{class_weights: " + weights + "}"))
                    .isEqualTo(TrainingSettings.DEFAULT.withClassWeights(ClassWeights.of(0.5, 3)));
        }
        assertThat(training("{class_weights: balanced}"))
                .isEqualTo(TrainingSettings.DEFAULT.withClassWeights(ClassWeights.BALANCED));
        assertThat(training("{averaging: 0.999}")).isEqualTo(TrainingSettings.DEFAULT.withAveraging(0.999));
        assertThat(training("{optimizer: lbfgs, l1: 0, l2: 0.1, batch: full, form: gram}"))
                .isEqualTo(new TrainingSettings(Optimizer.LBFGS, 1).withL2(0.1).withForm(Form.GRAM));
        assertThat(training("{optimizer: {kind: lbfgs, history: 5}, learning_rate: 0.5}"))
                .isEqualTo(new TrainingSettings(Optimizer.lbfgs(5, 1e-4, 0.9, 20), 0.5));
        assertThat(training("{l1: 0, l2: 0, batch: full, form: auto}")).isEqualTo(TrainingSettings.DEFAULT);
        assertThat(training("{epochs: 20, batch: 32, validation: 0.25}"))
                .isEqualTo(TrainingSettings.DEFAULT.withEpochs(20).withBatch(32).withValidation(0.25));
        assertThat(training("{clip: {kind: norm, at: 5}, form: direct}"))
                .isEqualTo(TrainingSettings.DEFAULT.withClip(Clip.norm(5)).withForm(Form.DIRECT));
        assertThat(training("{schedule: cosine}"))
                .isEqualTo(TrainingSettings.DEFAULT.withSchedule(RateSchedule.COSINE));
        assertThat(training("{schedule: {kind: step, every: 30, warm_up: 5}}"))
                .isEqualTo(TrainingSettings.DEFAULT.withSchedule(RateSchedule.step(30, 0.5, 5)));
        assertThat(training("{schedule: {kind: one_cycle, rise: 0.99999999999}}"))
                .isEqualTo(TrainingSettings.DEFAULT.withSchedule(RateSchedule.oneCycle(0.99999999999, 0.04, 4e-6)));
        assertThat(training("{early_stopping: {}}"))
                .isEqualTo(TrainingSettings.DEFAULT.withEarlyStopping(EarlyStopping.DEFAULT));
        assertThat(training("{early_stopping: {monitor: validation_accuracy, patience: 3, min_delta: 1e-4}}"))
                .isEqualTo(TrainingSettings.DEFAULT.withEarlyStopping(
                        new EarlyStopping(EarlyStopping.Monitor.VALIDATION_ACCURACY, 3, 1e-4)));
        assertThat(training("{form: direct, batch: 2147483647, l2: 3}"))
                .isEqualTo(TrainingSettings.DEFAULT
                        .withForm(Form.DIRECT)
                        .withBatch(Integer.MAX_VALUE)
                        .withL2(3));
    }

    private static TrainingSettings training(String section) {
        return network("network: N\nlayer_dims: [3, 2]\ntraining: " + section).training();
    }

    @Test
    void readsASpecOfManyLayersQuickly() {
        String dims = "1, ".repeat(100_000);
        assertThat(network("network: N\nlayer_dims: [" + dims + "1]\n").layers())
                .hasSize(100_000);
    }

    private static Network network(String text) {
        return SpecReader.read("n.yaml", text).network();
    }
}
