package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.WeightLayout;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The emitted exponential, seen through networks of weights 1 and biases 0, so that the output is the activation of the sample: its error over the
 * whole range, and what happens at the ends.
 */
@Tag("long")
class ExponentialTest {
    private static final int COUNT = 20_001;

    /** How the activation is computed: of how many equal units, and where they lie. */
    private enum Way {
        /** One unit: in numbers, in a loop over samples that C2 may make vectors of. */
        NUMBERS(1, false),
        /** One output in padded rows: in numbers, with branches. */
        ONE_OUTPUT(1, true),
        /** Several in padded rows: in vectors. */
        VECTORS(5, true);

        private final int units;
        private final boolean padded;

        Way(int units, boolean padded) {
            this.units = units;
            this.padded = padded;
        }
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (Activation activation : List.of(Activation.SIGMOID, Activation.TANH)) {
                cases.add(Arguments.of(activation, precision, Target.SCALAR, Way.NUMBERS));
                for (Way way : Way.values()) {
                    cases.add(Arguments.of(activation, precision, Target.VECTOR, way));
                }
            }
        }
        return cases.stream();
    }

    /** Sigmoid and tanh take two roundings more than the exponential, whose error is below 2 ulp: 4 ulp in all. */
    @ParameterizedTest
    @MethodSource("cases")
    void errorIsBelowFourUlp(Activation activation, Precision precision, Target target, Way way) {
        double limit = activation.equals(Activation.TANH) ? 22 : precision == Precision.FLOAT ? 80 : 700;
        for (double range : new double[] {limit, 1, 1e-3}) {
            double[] samples = new double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                double z = range * (2.0 * i / (COUNT - 1) - 1);
                samples[i] = precision == Precision.FLOAT ? (float) z : z;
            }
            double[] outputs = run(activation, precision, target, way, samples);
            for (int i = 0; i < COUNT; i++) {
                double exact = apply(activation, samples[i]);
                double ulp = precision == Precision.FLOAT ? Math.ulp((float) exact) : Math.ulp(exact);
                assertThat(Math.abs(outputs[i] - exact) / ulp)
                        .as("%s(%s)", activation, samples[i])
                        .isLessThanOrEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAreFiniteAndSaturated(Activation activation, Precision precision, Target target, Way way) {
        double[] outputs = run(activation, precision, target, way, new double[] {-1e30, -1000, 0, 1000, 1e30});
        double low = activation.equals(Activation.TANH) ? -1 : 0;
        assertThat(outputs[0]).isBetween(low, low + 1e-37);
        assertThat(outputs[1]).isBetween(low, low + 1e-37);
        assertThat(outputs[2]).isEqualTo(apply(activation, 0));
        assertThat(outputs[3]).isEqualTo(1);
        assertThat(outputs[4]).isEqualTo(1);
    }

    /** A diverged network must not look like a trained one. */
    @ParameterizedTest
    @MethodSource("cases")
    void notANumberStaysNotANumber(Activation activation, Precision precision, Target target, Way way) {
        assertThat(run(activation, precision, target, way, new double[] {Double.NaN})[0])
                .isNaN();
    }

    private static double apply(Activation activation, double z) {
        return activation.equals(Activation.TANH) ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
    }

    private static double[] run(Activation activation, Precision precision, Target target, Way way, double[] samples) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(way.units, activation)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(precision)
                .build();
        Options options = way.padded ? Options.DEFAULT.withTuned(padded(precision)) : Options.DEFAULT;
        Generated generated = new Generated(Compiler.compile(network, "test.yaml", options));
        double[] parameters = new double[2 * way.units];
        Arrays.fill(parameters, 0, way.units, 1);
        try (Engine engine = generated.create(samples.length, target)) {
            engine.setParametersFromDouble(parameters);
            double[] outputs = engine.predict(Dataset.of(samples, 1, new double[samples.length], 1));
            return IntStream.range(0, samples.length)
                    .mapToDouble(s -> outputs[s * way.units + way.units - 1])
                    .toArray();
        }
    }

    private static TunedSchedules padded(Precision precision) {
        Storage storage = new Storage(Layout.PADDED_SAMPLE_MAJOR, List.of(WeightLayout.INPUT_ROWS));
        return new TunedSchedules(List.of(
                new Tuning(Target.VECTOR, precision, new Tuning.Origin("any", "17", 1, 1), storage, new TreeMap<>())));
    }
}
