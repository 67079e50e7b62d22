package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.emit.code.Names;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.tune.Bounds;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings of activations, losses and optimizers go from the spec into the class, and what it computes. */
class KindSettingsTest {
    private static Network read(Precision precision) {
        return SpecReader.read("net.yaml", """
                        network: Net
                        input: {shape: [5]}
                        layers:
                          - {units: 9, activation: {kind: leaky_relu, alpha: 0.25}}
                          - {units: 7, activation: gelu}
                          - {units: 3, activation: {kind: identity}}
                        loss: {kind: huber, delta: 0.5}
                        training: {optimizer: {kind: adam, beta1: 0.8}}
                        precision: %s
                        """.formatted(precision.keyword())).network();
    }

    @Test
    void specSaysThem() {
        Network network = read(Precision.FLOAT);
        assertThat(network.layers().get(0).activation()).isEqualTo(Activation.leakyRelu(0.25));
        assertThat(network.layers().get(1).activation()).isEqualTo(Activation.GELU);
        assertThat(network.layers().get(2).activation()).isEqualTo(Activation.IDENTITY);
        assertThat(network.loss()).isEqualTo(Loss.huber(0.5));
        assertThat(network.training().optimizer()).isEqualTo(Optimizer.adam(0.8, 0.999, 1e-8));
    }

    @ParameterizedTest
    @EnumSource
    void classHasThem(Precision precision) {
        Network network = read(precision);
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, 19, 3);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        for (Target target : Target.values()) {
            try (Engine engine = generated.create(19, target)) {
                assertThat(engine.network()).isEqualTo(network);
            }
            EngineCheck.check(target.keyword(), problem, bounds, generated.create(19, target));
        }
        EngineCheck.check("interpreter", problem, bounds, Interpreter.create(network, 19));
        assertThat(generated.compilation().files().get(0).text())
                .contains("Activation.leakyRelu(0.25)", "Activation.GELU", "Loss.huber(0.5)")
                .contains("Optimizer.adam(0.8, 0.999, 1.0E-8)");
    }

    /** So many inputs that the vector class keeps its activations unit-major, and adds up rows in loops without a branch. */
    @ParameterizedTest
    @EnumSource
    void layersMayHaveOthers(Precision precision) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3000))
                .layer(6, Activation.leakyRelu(0.1))
                .layer(6, Activation.leakyRelu(0.3))
                .layer(6, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .precision(precision)
                .build();
        Generated generated = new Generated(network);
        assertThat(generated.compilation().methodBytes())
                .containsKeys("NetVector.leakyReluDerivative0_1", "NetVector.leakyReluDerivative0_3");
        Problem problem = new Problem(network, 21, 3);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        for (Target target : Target.values()) {
            EngineCheck.check(target.keyword(), problem, bounds, generated.create(21, target));
        }
    }

    /** A class says by name what it was made of: each kind has a constant, and a method where it has settings. */
    @Test
    void everyKindIsFoundByItsName() throws ReflectiveOperationException {
        for (var kinds : List.of(Activation.all(), Loss.all(), Optimizer.all())) {
            for (var kind : kinds) {
                Class<?> type = kind.getClass();
                assertThat(type.getField(kind.keyword().toUpperCase(Locale.ROOT))
                                .get(null))
                        .isEqualTo(kind);
                if (!kind.settings().isEmpty()) {
                    String name = Names.camelCase(kind.keyword());
                    Class<?>[] numbers = kind.settings().stream()
                            .map(setting -> double.class)
                            .toArray(Class<?>[]::new);
                    assertThat(type.getMethod(name, numbers).getReturnType()).isEqualTo(type);
                }
            }
        }
    }
}
