package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.pictures.RealPictures;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstCostsTest {

    /** The first costs that the notebook prints. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void trainsAsTheNotebookDoes(int layers) {
        PictureSet pictures = PictureFiles.read(RealPictures.folder());
        Network.Builder builder = Network.builder("", "CatNet" + layers)
                .input(new Input(List.of(64, 64, 3), new Scale(1, 255)))
                .precision(Precision.DOUBLE);
        double[] expected;
        if (layers == 2) {
            builder.initializer(Initializer.normal(0.01, 1)).layer(7, Activation.RELU);
            expected = new double[] {
                0.6930497356599891,
                0.6464320953428849,
                0.6325140647912677,
                0.6015024920354665,
                0.5601966311605748,
                0.515830477276473
            };
        } else {
            builder.layer(20, Activation.RELU).layer(7, Activation.RELU).layer(5, Activation.RELU);
            expected = new double[] {
                0.7717493284237688,
                0.6720534400822913,
                0.6482632048575212,
                0.6115068816101354,
                0.567047326836611,
                0.5401376634547801
            };
        }
        Network network = builder.layer(1, Activation.SIGMOID).build();
        try (Engine engine = Interpreter.create(network, pictures.train().count())) {
            engine.initialize();
            History history = new Trainer(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.0075, 501), 100)
                    .train(engine, pictures.train())
                    .history();

            assertThat(history.entries()).hasSize(6);
            for (int i = 0; i < 6; i++) {
                assertThat(history.entries().get(i).cost()).isCloseTo(expected[i], within(1e-6));
            }
        }
    }
}
