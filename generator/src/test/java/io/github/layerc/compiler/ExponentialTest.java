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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The emitted exponential, seen through networks of one weight 1 and bias 0, so that the output is the activation of the sample: its error over the
 * whole range, and what happens at the ends.
 */
class ExponentialTest {
    private static final int COUNT = 20_001;

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (Target target : Target.values()) {
                cases.add(Arguments.of(Activation.SIGMOID, precision, target));
                cases.add(Arguments.of(Activation.TANH, precision, target));
            }
        }
        return cases.stream();
    }

    /** Sigmoid and tanh take two roundings more than the exponential, whose error is below 2 ulp: 4 ulp in all. */
    @ParameterizedTest
    @MethodSource("cases")
    void errorIsBelowFourUlp(Activation activation, Precision precision, Target target) {
        double limit = activation == Activation.TANH ? 22 : precision == Precision.FLOAT ? 80 : 700;
        for (double range : new double[] {limit, 1, 1e-3}) {
            double[] samples = new double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                double z = range * (2.0 * i / (COUNT - 1) - 1);
                samples[i] = precision == Precision.FLOAT ? (float) z : z;
            }
            double[] outputs = run(activation, precision, target, samples);
            for (int i = 0; i < COUNT; i++) {
                double exact = activation.apply(samples[i]);
                double ulp = precision == Precision.FLOAT ? Math.ulp((float) exact) : Math.ulp(exact);
                assertThat(Math.abs(outputs[i] - exact) / ulp)
                        .as("%s(%s)", activation, samples[i])
                        .isLessThanOrEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAreFiniteAndSaturated(Activation activation, Precision precision, Target target) {
        double[] outputs = run(activation, precision, target, new double[] {-1e30, -1000, 0, 1000, 1e30});
        double low = activation == Activation.TANH ? -1 : 0;
        assertThat(outputs[0]).isBetween(low, low + 1e-37);
        assertThat(outputs[1]).isBetween(low, low + 1e-37);
        assertThat(outputs[2]).isEqualTo(activation.apply(0));
        assertThat(outputs[3]).isEqualTo(1);
        assertThat(outputs[4]).isEqualTo(1);
    }

    /** A diverged network must not look like a trained one. */
    @ParameterizedTest
    @MethodSource("cases")
    void notANumberStaysNotANumber(Activation activation, Precision precision, Target target) {
        assertThat(run(activation, precision, target, new double[] {Double.NaN})[0])
                .isNaN();
    }

    private static double[] run(Activation activation, Precision precision, Target target, double[] samples) {
        Network network = Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, activation)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(precision)
                .build();
        try (Engine engine = new Generated(network).create(samples.length, target)) {
            engine.setParametersFromDouble(new double[] {1, 0});
            return engine.predict(Dataset.of(samples, 1, new double[samples.length], 1));
        }
    }
}
