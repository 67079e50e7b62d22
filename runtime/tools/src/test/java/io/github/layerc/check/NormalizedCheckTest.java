package io.github.layerc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link NetworkCheckTest}, of networks with normalised layers: one that is wrong in its normalisation alone fails where that is seen. */
class NormalizedCheckTest {
    /** What a check has to see. */
    private static double wrongBy(Precision precision) {
        return precision == Precision.FLOAT ? 1e-3 : 1e-4;
    }

    private static void scale(Object values, int i) {
        if (values instanceof float[] floats) {
            floats[i] *= (float) (1 + wrongBy(Precision.FLOAT));
        } else {
            ((double[]) values)[i] *= 1 + wrongBy(Precision.DOUBLE);
        }
    }

    private static Network network(Precision precision, Activation hidden, Normalization... kinds) {
        return network(precision, hidden, new TrainingSettings(Optimizer.MOMENTUM, 0.1), 0, kinds);
    }

    private static Network network(
            Precision precision, Activation hidden, TrainingSettings training, double dropout, Normalization... kinds) {
        Network.Builder builder = Network.builder("", "Net").input(Input.flat(9));
        int units = 7;
        for (Normalization kind : kinds) {
            builder.layer(units, hidden).normalization(kind).dropout(dropout);
            units -= 2;
        }
        return builder.layer(3, Activation.SIGMOID)
                .precision(precision)
                .training(training)
                .build();
    }

    static Stream<Network> networks() {
        List<Network> networks = new ArrayList<>();
        Normalization batch = Normalization.BATCH_NORM;
        Normalization layer = Normalization.LAYER_NORM;
        for (Precision precision : Precision.values()) {
            for (Activation hidden : List.of(Activation.TANH, Activation.RELU, Activation.GELU)) {
                networks.add(network(precision, hidden, batch, batch));
                networks.add(network(precision, hidden, layer, layer));
                networks.add(network(precision, hidden, batch, layer));
                networks.add(network(precision, hidden, layer, batch));
            }
            for (Optimizer optimizer : Optimizer.all()) {
                TrainingSettings training = new TrainingSettings(optimizer, 0.1).withL2(0.01);
                if (optimizer.searches()) {
                    networks.add(network(precision, Activation.TANH, training, 0, layer));
                } else {
                    networks.add(network(precision, Activation.TANH, training, 0.3, batch, layer));
                }
            }
            TrainingSettings clipped = new TrainingSettings(Optimizer.ADAM, 0.1).withClip(Clip.norm(0.02));
            networks.add(network(precision, Activation.TANH, clipped, 0, layer, batch));
        }
        return networks.stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void rowsOfTheInterpreterPass(Network network) {
        List<CheckRow> rows = NetworkCheckTest.rows(network, Interpreter.create(network, 17));
        assertThat(rows).allSatisfy(row -> assertThat(row.verdict()).isNotEqualTo(Verdict.FAIL));
        List<Layer.Parameters> arrays = network.layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        int trained = (int) arrays.stream().filter(Layer.Parameters::trained).count();
        int layers = network.layers().size();
        int costs = network.batchNorm().isPresent() ? 2 : 1;
        int searches = network.training().optimizer().searches() ? 3 : 0;
        // differences of an array, outputs of a layer, costs, gradients, steps, costs of searches
        assertThat(rows).hasSize(trained + layers + costs + arrays.size() + 3 * layers + searches);
        if (network.precision() == Precision.DOUBLE) {
            assertThat(rows).allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.PASS));
        }
    }

    /**
     * Two normalised layers behind each other; in float, one. It divides by the deviation of its products, a third or so here, and what they may be off by with them: a second one
     * hides a thousandth.
     */
    static Stream<Arguments> kinds() {
        return Stream.of(Precision.values())
                .flatMap(precision -> Normalization.all().stream()
                        .map(kind -> Arguments.of(
                                precision, precision == Precision.FLOAT ? List.of(kind) : List.of(kind, kind))));
    }

    private static Network network(Precision precision, List<Normalization> kinds) {
        return network(precision, Activation.TANH, kinds.toArray(Normalization[]::new));
    }

    /** The same network, one of whose normalisations is wrong. */
    private static Network wrong(Precision precision, List<Normalization> kinds, int at) {
        List<Normalization> other = new ArrayList<>(kinds);
        other.set(at, wrong(kinds.get(at), precision));
        return network(precision, other);
    }

    /** The factor {@code 1 / sqrt(variance + epsilon)} of a normalisation, wrong by a share; variances are about 1 here. */
    private static Normalization wrong(Normalization kind, Precision precision) {
        double epsilon = kind.epsilon() + 2 * wrongBy(precision);
        return kind.runs() ? Normalization.batchNorm(kind.momentum(), epsilon) : Normalization.layerNorm(epsilon);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aForwardPassThatIsWrongTurnsItsRowsRed(Precision precision, List<Normalization> kinds) {
        for (int at = 0; at < kinds.size(); at++) {
            assertThat(failures(network(precision, kinds), wrong(precision, kinds, at), "predict"))
                    .contains("interpreter: forward " + (at + 1))
                    .allMatch(name -> name.contains(": forward "));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aGradientThatIsWrongTurnsItsRowsRed(Precision precision, List<Normalization> kinds) {
        int last = kinds.size();
        assertThat(failures(network(precision, kinds), wrong(precision, kinds, last - 1), "gradients"))
                .contains("interpreter: gradient W" + last, "interpreter: gradient b" + last)
                .allMatch(name -> name.contains(": gradient ") || name.endsWith(": cost of a step"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aGradientOfGammaThatIsWrongTurnsItsRowRed(Precision precision, List<Normalization> kinds) {
        Network network = network(precision, kinds);
        for (Layer layer : network.layers().subList(0, kinds.size())) {
            Engine wrong = NetworkCheckTest.wrong(network, "gradients", arguments -> {
                for (int u = 0; u < layer.units(); u++) {
                    scale(arguments[3], layer.gammaAt() + u);
                }
            });
            assertThat(NetworkCheckTest.failures(network, wrong))
                    .containsExactly("interpreter: gradient gamma" + layer.number());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aStepThatIsWrongTurnsItsRowsRed(Precision precision, List<Normalization> kinds) {
        int last = kinds.size();
        assertThat(failures(network(precision, kinds), wrong(precision, kinds, last - 1), "train"))
                .contains("interpreter: step 1 of momentum: layer " + last)
                .allMatch(name -> name.contains(" of momentum: layer "));
    }

    /** Mean and variance that a step leaves behind. */
    @Test
    void aMomentumThatIsWrongTurnsTheStepsOfItsLayerRed() {
        for (Precision precision : Precision.values()) {
            Normalization kind = Normalization.BATCH_NORM;
            double share = wrongBy(precision);
            Normalization wrong =
                    Normalization.batchNorm(kind.momentum() - share * (1 - kind.momentum()), kind.epsilon());
            Network network = network(precision, Activation.TANH, kind, kind);
            Network other = network(precision, Activation.TANH, kind, wrong);
            assertThat(failures(network, other, "train"))
                    .containsExactly(
                            "interpreter: step 1 of momentum: layer 2",
                            "interpreter: step 2 of momentum: layer 2",
                            "interpreter: step 3 of momentum: layer 2");
        }
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    /** Rows that fail where an engine does what this method does as the engine of another network, of the same parameters. */
    private static List<String> failures(Network network, Network other, String name) {
        Engine engine = Interpreter.create(network, 17);
        Engine wrong = Interpreter.create(other, 17);
        return NetworkCheckTest.failures(network, proxy(engine, (method, arguments) -> {
            boolean takes = method.getName().equals("setParametersFromDouble");
            boolean steps = name.equals("train") && method.getName().equals("parametersAsDouble");
            if (takes) {
                method.invoke(wrong, arguments);
            }
            return method.invoke(method.getName().equals(name) || steps ? wrong : engine, arguments);
        }));
    }

    private static Engine proxy(Engine engine, Call call) {
        return (Engine) Proxy.newProxyInstance(
                NormalizedCheckTest.class.getClassLoader(),
                new Class<?>[] {engine instanceof FloatEngine ? FloatEngine.class : DoubleEngine.class},
                (self, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw new AssertionError(e.getCause());
                    }
                });
    }
}
