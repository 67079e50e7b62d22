package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every engine writes its parameters, and every other engine of the network takes them. */
class SaveAndLoadTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyEngineTakesWhatAnotherOneHasWritten(Precision precision) {
        Network network = network(precision, Activation.RELU);
        Generated generated = new Generated(network);
        List<Engine> engines = List.of(
                Interpreter.create(network, 2), generated.create(2, Target.SCALAR), generated.create(2, Target.VECTOR));
        Path file = folder.resolve("model.h5");
        for (Engine from : engines) {
            from.initialize();
            from.save(file);
            for (Engine to : engines) {
                to.setParametersFromDouble(new double[network.parameterCount()]);
                to.load(file);
                assertThat(to.parametersAsDouble())
                        .isEqualTo(
                                network.precision() == Precision.FLOAT
                                        ? Problem.widen(Problem.narrow(
                                                network.initializer().draw(network)))
                                        : network.initializer().draw(network));
            }
        }
        engines.forEach(Engine::close);
        assertThatIllegalStateException().isThrownBy(() -> engines.get(1).save(file));
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void keepsItsParametersWhenItRefusesAModel(Target target) {
        Path file = folder.resolve("model.h5");
        try (Engine other = Interpreter.create(network(Precision.FLOAT, Activation.TANH), 1);
                Engine engine = new Generated(network(Precision.FLOAT, Activation.RELU)).create(1, target)) {
            assertThatIllegalStateException().isThrownBy(() -> engine.save(file));
            other.initialize();
            other.save(file);
            engine.initialize();
            double[] before = engine.parametersAsDouble();
            assertThatThrownBy(() -> engine.load(file))
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + ": model of another network: expected layer 1: activation=relu: found layer 1:"
                            + " activation=tanh");
            assertThat(engine.parametersAsDouble()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void refusesAModelInDoubleWithANumberThatIsNoFloat(Target target) {
        Path file = folder.resolve("model.h5");
        Network wide = network(Precision.DOUBLE, Activation.RELU);
        double[] parameters = new double[wide.parameterCount()];
        parameters[7] = 1e39;
        try (Engine other = Interpreter.create(wide, 1);
                Engine engine = new Generated(network(Precision.FLOAT, Activation.RELU)).create(1, target)) {
            other.setParametersFromDouble(parameters);
            other.save(file);
            assertThatThrownBy(() -> engine.load(file))
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + ": network Net: parameters must be finite in float: parameters[7]=1.0E39");
        }
    }

    private static Network network(Precision precision, Activation hidden) {
        return Network.builder("test", "Net")
                .input(Input.flat(5))
                .layer(20, hidden)
                .layer(3, Activation.SIGMOID)
                .precision(precision)
                .build();
    }
}
