package io.github.layerc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines that are right pass, and one that is wrong in one place fails in that row and no other. */
class NetworkCheckTest {
    /** What a check in double has to see. */
    private static final double WRONG_BY = 1e-4;

    /** In float that is within what the sums of three layers may be off by. */
    private static final double WRONG_BY_IN_FLOAT = 1e-3;

    static Stream<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (Activation hidden : Activation.all()) {
                if (hidden.elementwise()) {
                    networks.add(builder(hidden, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, precision)
                            .build());
                }
            }
            for (Loss loss : Loss.all()) {
                networks.add(builder(Activation.RELU, loss.usualOutput(), loss, precision)
                        .build());
            }
            networks.add(builder(Activation.TANH, Activation.SOFTMAX, Loss.MEAN_ABSOLUTE_ERROR, precision)
                    .build());
            for (Optimizer optimizer : Optimizer.all()) {
                TrainingSettings settings = new TrainingSettings(optimizer, 0.1).withL2(0.01);
                networks.add(network(precision, settings, optimizer.searches() ? 0 : 0.3));
            }
            for (ClassWeights weights : List.of(ClassWeights.BALANCED, ClassWeights.of(0, 4, 1))) {
                networks.add(builder(Activation.TANH, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY, precision)
                        .training(new TrainingSettings(Optimizer.MOMENTUM, 0.1)
                                .withL1(0.03)
                                .withClassWeights(weights))
                        .build());
            }
            for (Clip clip : List.of(Clip.value(0.01), Clip.norm(0.02), Clip.globalNorm(0.05))) {
                networks.add(network(precision, new TrainingSettings(Optimizer.ADAM, 0.1).withClip(clip)));
            }
        }
        return networks.stream();
    }

    private static Network network(Precision precision, TrainingSettings training) {
        return builder(Activation.TANH, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, precision)
                .training(training)
                .build();
    }

    private static Network network(Precision precision, TrainingSettings training, double dropout) {
        return builder(Activation.TANH, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, precision, dropout)
                .training(training)
                .build();
    }

    private static Network.Builder builder(Activation hidden, Activation output, Loss loss, Precision precision) {
        return builder(hidden, output, loss, precision, 0.3);
    }

    private static Network.Builder builder(
            Activation hidden, Activation output, Loss loss, Precision precision, double dropout) {
        return Network.builder("", "Net")
                .input(Input.flat(9))
                .layer(7, hidden)
                .dropout(dropout)
                .layer(5, hidden)
                .layer(3, output)
                .loss(loss)
                .precision(precision);
    }

    /** Clipped elements differ by the rounding of the limit alone: nothing of the gradient's own bound may hide it. */
    @Test
    void aClipThatIsWrongTurnsItsRowsRed() {
        Network network = network(
                Precision.FLOAT, new TrainingSettings(Optimizer.GRADIENT_DESCENT, 100).withClip(Clip.value(0.001)));
        Network other = network(
                Precision.FLOAT,
                new TrainingSettings(Optimizer.GRADIENT_DESCENT, 100).withClip(Clip.value(0.001 * (1 + WRONG_BY))));
        Engine engine = Interpreter.create(network, 17);
        Engine wrong = (Engine) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FloatEngine.class}, (self, method, arguments) -> {
                    if (method.getName().equals("train")) {
                        return engine.train((Dataset) arguments[0], other.training());
                    }
                    return invoke(engine, method, arguments);
                });
        assertThat(failures(network, wrong)).hasSize(9).allMatch(name -> name.contains(" of gradient_descent: layer "));
    }

    private static Dataset data(Network network) {
        return new Workload(network, 17).dataset();
    }

    static List<CheckRow> rows(Network network, Engine engine) {
        NetworkCheck check = new NetworkCheck(network, data(network));
        try (engine) {
            List<CheckRow> rows = new ArrayList<>(check.differences());
            rows.addAll(check.rows(engine));
            return rows;
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void rowsOfTheInterpreterPass(Network network) {
        List<CheckRow> rows = rows(network, Interpreter.create(network, 17));
        assertThat(rows).allSatisfy(row -> assertThat(row.verdict()).isNotEqualTo(Verdict.FAIL));
        int searches = network.training().optimizer().searches() ? 3 : 0;
        // differences of an array, outputs of a layer, cost, gradients, steps, costs of searches
        assertThat(rows).hasSize(2 * 3 + 3 + 1 + 2 * 3 + 3 * 3 + searches);
        if (network.precision() == Precision.DOUBLE) {
            assertThat(rows).allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.PASS));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aGradientThatIsWrongInOneLayerTurnsItsRowRed(Precision precision) {
        Network network = network(precision, TrainingSettings.DEFAULT);
        for (Layer layer : network.layers()) {
            Engine wrong = wrong(network, "gradients", arguments -> {
                for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                    scale(arguments[3], i);
                }
            });
            assertThat(failures(network, wrong)).containsExactly("interpreter: gradient W" + layer.number());
        }
    }

    @Test
    void anOutputThatIsWrongTurnsTheForwardPassesRed() {
        Network network = network(Precision.DOUBLE, TrainingSettings.DEFAULT);
        Engine wrong = Interpreter.create(network, 17);
        Engine proxy = proxy(wrong, (method, result) -> {
            if (method.equals("predict") && result instanceof double[] outputs) {
                scale(outputs, 1);
            }
            return result;
        });
        assertThat(failures(network, proxy))
                .containsExactly("interpreter: forward 1", "interpreter: forward 2", "interpreter: forward 3");
    }

    @Test
    void aStepThatIsWrongTurnsItsRowsRed() {
        Network network = network(Precision.DOUBLE, new TrainingSettings(Optimizer.MOMENTUM, 0.1));
        Engine engine = Interpreter.create(network, 17);
        Engine proxy = proxy(engine, (method, result) -> {
            if (!method.equals("train")) {
                return result;
            }
            Training training = (Training) result;
            return Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Training.class}, (self, called, arguments) -> {
                        if (called.getName().equals("step")) {
                            return training.step((Double) arguments[0] * (1 + WRONG_BY));
                        }
                        return called.invoke(training, arguments);
                    });
        });
        assertThat(failures(network, proxy)).hasSize(9).allMatch(name -> name.contains(" of momentum: layer "));
    }

    static List<String> failures(Network network, Engine engine) {
        return rows(network, engine).stream()
                .filter(row -> row.verdict() == Verdict.FAIL)
                .map(CheckRow::name)
                .toList();
    }

    /** An engine one of whose methods changes its arguments behind the call. */
    static Engine wrong(Network network, String name, Consumer<Object[]> change) {
        Engine engine = Interpreter.create(network, 17);
        return (Engine) Proxy.newProxyInstance(
                NetworkCheckTest.class.getClassLoader(),
                new Class<?>[] {engine instanceof FloatEngine ? FloatEngine.class : DoubleEngine.class},
                (self, method, arguments) -> {
                    Object result = method.invoke(engine, arguments);
                    if (method.getName().equals(name)) {
                        change.accept(arguments);
                    }
                    return result;
                });
    }

    private static Engine proxy(Engine engine, BiFunction<String, Object, Object> change) {
        return (Engine) Proxy.newProxyInstance(
                NetworkCheckTest.class.getClassLoader(),
                new Class<?>[] {DoubleEngine.class},
                (self, method, arguments) -> change.apply(method.getName(), invoke(engine, method, arguments)));
    }

    private static Object invoke(Engine engine, Method method, Object[] arguments) throws IllegalAccessException {
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static void scale(Object values, int i) {
        if (values instanceof float[] floats) {
            floats[i] *= (float) (1 + WRONG_BY_IN_FLOAT);
        } else {
            ((double[]) values)[i] *= 1 + WRONG_BY;
        }
    }
}
