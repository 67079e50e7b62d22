package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.network.Initializer.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of all initializers: those of NumPy, see {@code initializer-reference.py}, and what their formulas say about many of them. */
final class InitializerTest {
    private static final int FAN_IN = 300;
    private static final int UNITS = 200;

    static Stream<String> references() throws IOException {
        try (InputStream in = InitializerTest.class.getResourceAsStream("initializer-reference.txt")) {
            return new String(Objects.requireNonNull(in, "reference").readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void drawsAsNumpyDoes(String reference) {
        List<String> parts = List.of(reference.split(" ", -1));
        String[] kinds = parts.get(0).split(",", -1);
        String[] dims = parts.get(2).split(",", -1);
        Network.Builder builder = Network.builder("", "N")
                .input(Input.flat(Integer.parseInt(dims[0])))
                .initializer(new Initializer(Kind.ZEROS, Long.parseLong(parts.get(1))))
                .loss(Loss.MEAN_SQUARED_ERROR);
        for (int l = 0; l < kinds.length; l++) {
            builder.layer(Integer.parseInt(dims[l + 1]), Activation.TANH, kind(kinds[l]));
        }
        double[] expected =
                parts.stream().skip(3).mapToDouble(Double::parseDouble).toArray();

        double[] weights = weights(builder.build());

        assertThat(weights).hasSameSizeAs(expected);
        for (int i = 0; i < weights.length; i++) {
            // uniform numbers are NumPy's to the last bit; logarithms may differ there, and so do the sums of a
            // decomposition
            double tolerance = reference.contains("orthogonal") ? 1e-14 : 2 * Math.ulp(expected[i]);
            assertThat(weights[i])
                    .as("weight %d", i)
                    .isCloseTo(expected[i], within(kinds[0].endsWith("_uniform") ? 0 : tolerance));
        }
    }

    @Test
    void hasAReferenceOfEach() throws IOException {
        List<String> first =
                references().map(line -> line.substring(0, line.indexOf(','))).toList();

        assertThat(first).containsAll(Kind.all().stream().map(Kind::keyword).toList());
    }

    /** 60,000 weights: a mean is off by 4 deviations / sqrt(60,000) with probability 6e-5, a variance by 4 sqrt(2 / 60,000) of it. */
    @ParameterizedTest
    @CsvSource({
        "scaled_normal, 1, 0",
        "he_normal, 2, 0",
        "he_uniform, 2, 0",
        "glorot_normal, 2, 1",
        "glorot_uniform, 2, 1",
        "lecun_normal, 1, 0",
        "lecun_uniform, 1, 0"
    })
    void hasTheVarianceOfItsFormula(String keyword, double numerator, int timesUnits) {
        double[] weights = drawn(kind(keyword), UNITS, FAN_IN);
        double variance = numerator / (FAN_IN + timesUnits * UNITS);

        double mean = DoubleStream.of(weights).average().orElseThrow();
        double squares = DoubleStream.of(weights)
                .map(weight -> weight * weight)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(variance / weights.length)));
        assertThat(squares).isCloseTo(variance, within(4 * Math.sqrt(2.0 / weights.length) * variance));
        double largest = DoubleStream.of(weights).map(Math::abs).max().orElseThrow();
        double bound = Math.sqrt(3 * variance);
        if (keyword.endsWith("_uniform")) {
            assertThat(largest).isBetween(0.999 * bound, bound);
        } else {
            assertThat(largest).isGreaterThan(2 * bound);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "5, 1", "7, 7", "30, 100", "100, 30", "64, 64"})
    void makesTheShorterSideOrthogonal(int units, int fanIn) {
        double gain = 1.5;
        double[] weights = drawn(Kind.orthogonal(gain), units, fanIn);
        boolean rows = units <= fanIn;
        int count = Math.min(units, fanIn);

        for (int a = 0; a < count; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < Math.max(units, fanIn); i++) {
                    product += rows
                            ? weights[a * fanIn + i] * weights[b * fanIn + i]
                            : weights[i * fanIn + a] * weights[i * fanIn + b];
                }
                assertThat(product).as("vectors %d and %d", a, b).isCloseTo(a == b ? gain * gain : 0, within(1e-13));
            }
        }
    }

    @Test
    void takesNumbers() {
        assertThat(drawn(Kind.constant(-0.25), 2, 3)).containsOnly(-0.25);
        double[] small = drawn(Kind.normal(0.5), 2, 3);
        double[] large = drawn(Kind.normal(2), 2, 3);
        for (int i = 0; i < small.length; i++) {
            assertThat(large[i]).isEqualTo(4 * small[i]);
        }
    }

    /** The network's says what a layer does not. */
    @Test
    void belongsToALayerFirst() {
        Network network = Network.builder("", "N")
                .input(Input.flat(2))
                .initializer(new Initializer(Kind.constant(3), 1))
                .layer(2, Activation.RELU, Kind.ZEROS)
                .layer(1, Activation.SIGMOID)
                .build();

        assertThat(network.initializer().draw(network)).containsExactly(0, 0, 0, 0, 0, 0, 3, 3, 0);
    }

    @Test
    void keepsTheNumberOfAKindThatTakesOne() {
        assertThat(new Initializer(Kind.NORMAL, 0.25, 5)).isEqualTo(Initializer.normal(0.25, 5));
        assertThat(new Initializer(Kind.SCALED_NORMAL, 1, 5)).isEqualTo(Initializer.scaledNormal(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void refusesSeedsThatNumpyRefuses(long seed) {
        assertThatThrownBy(() -> Initializer.scaledNormal(seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seed must be from 0 to 4294967295: seed=" + seed);
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() -> Kind.normal(0)).hasMessage("scale must be positive and finite: scale=0.0");
        assertThatThrownBy(() -> Kind.orthogonal(-1)).hasMessage("gain must be positive and finite: gain=-1.0");
        assertThatThrownBy(() -> Kind.constant(Double.NaN)).hasMessage("value must be finite: value=NaN");
    }

    @Test
    void refusesNumbersThatThePrecisionDoesNotHold() {
        Network.Builder whole = Network.builder("", "N")
                .input(Input.flat(1))
                .initializer(new Initializer(Kind.constant(1e39), 1))
                .layer(1, Activation.SIGMOID);
        Network.Builder layer =
                Network.builder("", "N").input(Input.flat(1)).layer(1, Activation.SIGMOID, Kind.orthogonal(1e-50));

        assertThatThrownBy(whole::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("constant: value must be finite in float: value=1.0E39");
        assertThatThrownBy(layer::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orthogonal: gain must be positive and finite in float: gain=1.0E-50");
    }

    private static Kind kind(String keyword) {
        return Kind.all().stream()
                .filter(kind -> kind.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
    }

    private static double[] drawn(Kind kind, int units, int fanIn) {
        return weights(Network.builder("", "N")
                .input(Input.flat(fanIn))
                .initializer(new Initializer(kind, 1))
                .layer(units, Activation.SIGMOID)
                .build());
    }

    /** All weights of a network, whose biases are 0. */
    private static double[] weights(Network network) {
        double[] parameters = network.initializer().draw(network);
        return network.layers().stream()
                .flatMapToDouble(layer -> {
                    assertThat(Arrays.copyOfRange(parameters, layer.biasAt(), layer.end()))
                            .containsOnly(0);
                    return Arrays.stream(parameters, layer.weightsAt(), layer.biasAt());
                })
                .toArray();
    }
}
