package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.check.Bounds;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that once were compiled wrongly, and others of their kind. */
@Tag("long")
class FaultsTest {
    private static final double[] NOT_NUMBERS = {
        Double.NaN,
        Double.longBitsToDouble(0x7ff00000000007a2L),
        Double.longBitsToDouble(0x7ff8000000000001L),
        Double.longBitsToDouble(0xffffffffffffffffL),
        Double.longBitsToDouble(0xfff0000000000401L)
    };

    private static Network.Builder network(int... dims) {
        return network(Activation.RELU, dims);
    }

    private static Network.Builder network(Activation hidden, int... dims) {
        Network.Builder builder = Network.builder("faults", "Net").input(Input.flat(dims[0]));
        for (int i = 1; i < dims.length; i++) {
            builder.layer(dims[i], i == dims.length - 1 ? Activation.SIGMOID : hidden);
        }
        return builder;
    }

    /** The padding of a row was shared out among the threads as if it were inputs. */
    @ParameterizedTest
    @MethodSource
    void threadsTakeTheInputsOfALayerAlone(Network network) {
        Generated generated = new Generated(network);
        Problem problem = new Problem(network, 256, 3);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        System.setProperty("layerc.flopsPerThread", "1");
        try {
            for (Target target : Target.values()) {
                EngineCheck.check(target.keyword(), problem, bounds, generated.create(256, target));
            }
        } finally {
            System.clearProperty("layerc.flopsPerThread");
        }
    }

    static Stream<Network> threadsTakeTheInputsOfALayerAlone() {
        List<Network> networks = new ArrayList<>();
        for (int threads = 2; threads <= 4; threads++) {
            networks.add(network(Activation.SIGMOID, 64, 100, 100, 10)
                    .precision(Precision.DOUBLE)
                    .threads(threads)
                    .build());
            networks.add(network(Activation.RELU, 30, 50, 200, 1)
                    .precision(Precision.DOUBLE)
                    .threads(threads)
                    .build());
            networks.add(network(Activation.TANH, 5, 54, 156).threads(threads).build());
        }
        return networks.stream();
    }

    /** A tile stored more vectors of sums than its scratch array held. */
    @ParameterizedTest
    @MethodSource
    void predictsEveryNumberOfSamples(Network network, Machine machine) {
        Generated generated =
                new Generated(Compiler.compile(network, "net.yaml", Options.DEFAULT.withMachine(machine)));
        Problem problem = new Problem(network, 64, 3);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        int[] counts = IntStream.rangeClosed(1, 64).toArray();
        for (Target target : Target.values()) {
            EngineCheck.checkOutputs(target.keyword(), problem, bounds, generated.create(64, target), counts);
        }
    }

    static Stream<Object[]> predictsEveryNumberOfSamples() {
        List<Object[]> cases = new ArrayList<>();
        for (Machine machine : Machine.named()) {
            for (int[] dims : new int[][] {{37, 33, 2}, {20, 16, 2}, {20, 32, 32, 2}, {20, 128, 2}, {20, 15, 1}}) {
                cases.add(new Object[] {network(dims).build(), machine});
            }
        }
        return cases.stream();
    }

    /** The gradients of a layer's weights and bias share a kernel, unless the list of calls was cut between them. */
    @ParameterizedTest
    @ValueSource(ints = {31, 34, 65, 129, 200})
    void compilesDeepNetworks(int layers) {
        Network.Builder builder = Network.builder("faults", "Net").input(Input.flat(8));
        for (int i = 0; i < layers; i++) {
            builder.layer(layers == 200 ? 1 : 8, Activation.TANH);
        }
        Network network = builder.loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        Problem problem = new Problem(network, 3, 1);
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        Generated generated = new Generated(network);
        EngineCheck.check("scalar", problem, bounds, generated.create(3, Target.SCALAR));
        EngineCheck.check("vector", problem, bounds, generated.create(3, Target.VECTOR));
    }

    /** The output keeps its pre-activations where the losses read them, and layers of its shape before it do not: one kernel all the same. */
    @ParameterizedTest
    @MethodSource("losses")
    void compilesDeepNetworksWithAnOutputLikeTheLayersBefore(Loss loss, Activation activation) {
        for (int units : new int[] {2, 9}) {
            Network.Builder builder = Network.builder("faults", "Net").input(Input.flat(units));
            for (int i = 0; i < 20; i++) {
                builder.layer(units, activation);
            }
            Network network = builder.loss(loss).precision(Precision.DOUBLE).build();
            Problem problem = new Problem(network, 3, 1);
            Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
            Generated generated = new Generated(network);
            for (Target target : Target.values()) {
                EngineCheck.check(target.keyword(), problem, bounds, generated.create(3, target));
            }
        }
    }

    /** With activations that hidden layers can have, too. */
    static Stream<Arguments> losses() {
        return OutputPair.all().stream()
                .filter(pair -> pair.activation().elementwise())
                .map(pair -> Arguments.of(pair.loss(), pair.activation()));
    }

    /** What a number that is not one says in its low bits came out as a power of 2. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.compiler.OutputPair#all")
    void whatIsNotANumberStaysSo(OutputPair pair) {
        Activation hidden = pair.activation().elementwise() ? pair.activation() : Activation.TANH;
        for (Precision precision : Precision.values()) {
            Network network = Network.builder("faults", "Net")
                    .input(Input.flat(3))
                    .layer(20, hidden)
                    .layer(3, pair.activation())
                    .loss(pair.loss())
                    .precision(precision)
                    .build();
            for (Engine engine : engines(new Generated(network), network, 21)) {
                staysSo(network, engine);
            }
        }
    }

    private static void staysSo(Network network, Engine engine) {
        int count = 21;
        int outputs = network.outputs();
        double[] samples = new double[3 * count];
        for (int bad = 0; bad < NOT_NUMBERS.length; bad++) {
            samples[3 * (4 * bad + 1) + bad % 3] = NOT_NUMBERS[bad];
        }
        double[] targets = new double[outputs * count];
        for (int s = 0; s < count; s++) {
            targets[s * outputs] = 1;
        }
        try (engine) {
            engine.setParametersFromDouble(network.initializer().draw(network));
            for (int number : new int[] {2, count}) {
                double[] found = predict(engine, samples, number);
                for (int i = 0; i < number * outputs; i++) {
                    boolean bad = i / outputs % 4 == 1 && i / outputs < 4 * NOT_NUMBERS.length;
                    assertThat(Double.isNaN(found[i]))
                            .as(engine.name() + " " + network.layers() + " output " + i + "=" + found[i])
                            .isEqualTo(bad);
                }
            }
            assertThat(predict(engine, Arrays.copyOfRange(samples, 3, 6), 1)).containsOnly(Double.NaN);
            assertThat(cost(engine, samples, targets, count)).as(engine.name()).isNaN();
        }
    }

    /** 0 times infinity in the lanes behind a layer's units is no part of a sum. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void infinityStaysInItsUnits(Precision precision) {
        for (int units : new int[] {2, 8, 20, 33}) {
            for (int outputs : new int[] {1, 3}) {
                Network network =
                        network(2, units, outputs).precision(precision).build();
                double[] parameters = new double[network.parameterCount()];
                Arrays.fill(parameters, 0, 2 * units, -1);
                Layer second = network.output();
                Arrays.fill(parameters, second.weightsAt(), second.biasAt(), 1);
                Generated generated = new Generated(network);
                for (double large : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
                    double[] samples = {0.5, large, large, 0.5, 0.5, 0.25};
                    List<double[]> found = new ArrayList<>();
                    for (Engine engine : engines(generated, network, 3)) {
                        try (engine) {
                            engine.setParametersFromDouble(parameters);
                            found.add(predict(engine, samples, 3));
                        }
                    }
                    for (double[] other : found.subList(1, found.size())) {
                        assertThat(other).as(network.layers().toString()).containsExactly(found.get(0), within());
                    }
                }
            }
        }
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }

    private static List<Engine> engines(Generated generated, Network network, int batch) {
        return List.of(
                Interpreter.create(network, batch),
                generated.create(batch, Target.SCALAR),
                generated.create(batch, Target.VECTOR));
    }

    private static double[] predict(Engine engine, double[] samples, int count) {
        if (engine instanceof DoubleEngine doubles) {
            return doubles.predict(samples, count);
        }
        return Problem.widen(((FloatEngine) engine).predict(Problem.narrow(samples), count));
    }

    private static double cost(Engine engine, double[] samples, double[] targets, int count) {
        return engine instanceof DoubleEngine doubles
                ? doubles.cost(samples, targets, count)
                : ((FloatEngine) engine).cost(Problem.narrow(samples), Problem.narrow(targets), count);
    }
}
