package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.Dataset;
import io.github.layerc.emit.alone.Entries;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A class that stands alone trains as a class with the runtime does with rows in direct form, bit for bit; what it cannot do, it refuses. */
class StandaloneTrainingTest {
    private static final int COUNT = 19;

    private static Network.Builder network(Precision precision) {
        return Network.builder("some.place", "Net")
                .input(Input.flat(6))
                .layer(17, Activation.TANH)
                .precision(precision);
    }

    private static TrainingSettings settings(Optimizer optimizer) {
        return new TrainingSettings(optimizer, 0.01).withForm(Form.DIRECT);
    }

    static List<Optimizer> optimizers() {
        return Optimizer.all().stream().filter(each -> !each.searches()).toList();
    }

    /** By turns in float, and in double with a penalty. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void updatesToTheSameBits(Optimizer optimizer) {
        boolean penalized = optimizers().indexOf(optimizer) % 2 == 1;
        TrainingSettings settings = settings(optimizer);
        requireSameBits(network(penalized ? Precision.DOUBLE : Precision.FLOAT)
                .layer(3, Activation.SIGMOID)
                .training(penalized ? settings.withL1(0.01).withL2(0.1) : settings)
                .build());
    }

    static Stream<Network> networks() {
        return Stream.of(
                Network.builder("some.place", "Net")
                        .input(new Input(List.of(6), new Scale(1, 255)))
                        .layer(9, Activation.RELU)
                        .dropout(0.3)
                        .layer(70, Activation.GELU)
                        .normalization(Normalization.LAYER_NORM)
                        .layerL2(0.05)
                        .layer(3, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .training(settings(Optimizer.GRADIENT_DESCENT))
                        .build(),
                network(Precision.DOUBLE)
                        .layer(1, Activation.ELU)
                        .layer(3, Activation.IDENTITY)
                        .loss(Loss.HUBER)
                        .threads(2)
                        .training(settings(Optimizer.GRADIENT_DESCENT))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainsWhatNetworksHave(Network network) {
        requireSameBits(network);
    }

    /** Steps with all samples at once, with fewer than the workspace holds, and with more. */
    private static void requireSameBits(Network network) {
        Precision precision = network.precision();
        double[] samples = new Random(1)
                .doubles((long) COUNT * network.inputs(), -2, 2)
                .map(precision::rounded)
                .toArray();
        double[] targets = new double[COUNT * network.outputs()];
        IntStream.range(0, COUNT).forEach(s -> targets[s * network.outputs() + s % network.outputs()] = 1);
        double[] parameters = Arrays.stream(network.initializer().draw(network))
                .map(precision::rounded)
                .toArray();
        Generated generated = new Generated(network.withThreads(1));
        int[] rows = IntStream.range(0, COUNT).toArray();
        for (Target target : Target.values()) {
            Standalone alone = new Standalone(network, target, Entries.TRAIN, parameters);
            for (int batch : List.of(7, 20)) {
                alone.create(batch);
                try (Engine engine = generated.create(batch, target)) {
                    engine.setParametersFromDouble(parameters);
                    Dataset data = Dataset.of(samples, network.inputs(), targets, network.outputs());
                    try (Training training = engine.train(data, network.training())) {
                        for (int i = 0; i < 6; i++) {
                            int count = i % 2 == 0 ? COUNT : 5;
                            assertThat(alone.step(samples, targets, count, 0.01))
                                    .isEqualTo(training.step(rows, 0, count, 0.01));
                        }
                    }
                    assertThat(alone.parameters())
                            .isEqualTo(engine.parametersAsDouble())
                            .isNotEqualTo(parameters);
                    assertThat(alone.cost(samples, targets, COUNT)).isEqualTo(cost(engine, samples, targets));
                }
            }
            double[] once = alone.create(7).parameters();
            double first = alone.step(samples, targets, COUNT, 0.01);
            alone.step(samples, targets, COUNT, 0.01);
            alone.setParameters(once);
            assertThat(alone.step(samples, targets, COUNT, 0.01)).isEqualTo(first);
        }
    }

    private static double cost(Engine engine, double[] samples, double[] targets) {
        return engine instanceof FloatEngine floats
                ? floats.cost(Problem.narrow(samples), Problem.narrow(targets), COUNT)
                : ((DoubleEngine) engine).cost(samples, targets, COUNT);
    }

    /** The trained parameters are those of the text: steps of one instance leave them to the next one. */
    @Test
    void startsWithTheTrainedParameters() {
        Network network = network(Precision.FLOAT)
                .layer(1, Activation.SIGMOID)
                .training(settings(Optimizer.ADAM))
                .build();
        double[] parameters = Problem.widen(Problem.narrow(network.initializer().draw(network)));
        Standalone alone = new Standalone(network, Target.SCALAR, Entries.TRAIN, parameters).create(1);
        assertThat(alone.parameters()).isEqualTo(parameters);
        alone.step(new double[6], new double[1], 1, 0.1);
        assertThat(alone.parameters()).isNotEqualTo(parameters);
        assertThat(alone.create(1).parameters()).isEqualTo(parameters);
    }

    @Test
    void refusesToTrainWithWhatIsTheRuntimes() {
        TrainingSettings plain = settings(Optimizer.GRADIENT_DESCENT);
        refuses("optimizer=lbfgs", settings(Optimizer.LBFGS));
        refuses("clip=global_norm", plain.withClip(Clip.globalNorm(1)));
        refuses("averaging=0.9", plain.withAveraging(0.9));
        refuses("class_weights=balanced", plain.withClassWeights(ClassWeights.BALANCED));
        refuses("class_weights=[1.0, 2.0]", plain.withClassWeights(ClassWeights.of(1, 2)));
        Network normalized = network(Precision.FLOAT)
                .normalization(Normalization.BATCH_NORM)
                .layer(1, Activation.SIGMOID)
                .build();
        refuses("normalization=batch_norm", normalized);
        new Standalone(
                normalized,
                Target.SCALAR,
                Entries.PREDICT,
                normalized.initializer().draw(normalized));
    }

    private static void refuses(String what, TrainingSettings settings) {
        refuses(
                what,
                network(Precision.FLOAT)
                        .layer(1, Activation.SIGMOID)
                        .training(settings)
                        .build());
    }

    private static void refuses(String what, Network network) {
        double[] parameters = network.initializer().draw(network);
        assertThatThrownBy(() -> new Standalone(network, Target.SCALAR, Entries.TRAIN, parameters))
                .isInstanceOf(CompileException.class)
                .hasMessage("network Net: a class that stands alone cannot train with this, only predict: " + what);
    }
}
