package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.network.random.NumpyRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** First parameters against those that NumPy drew for the notebook. */
final class NumpyDrawTest {

    @Test
    void startsAsNumpyDoes() {
        NumpyRandom one = new NumpyRandom(1);
        requireClose(one.nextGaussian(), 1.6243453636632417);
        requireClose(one.nextGaussian(), -0.6117564136500754);
        requireClose(one.nextGaussian(), -0.5281717522634557);

        NumpyRandom three = new NumpyRandom(3);
        requireClose(three.nextGaussian(), 1.7886284734303186);
        requireClose(three.nextGaussian(), 0.43650985051198943);
    }

    @Test
    void drawsUniformNumbersExactly() {
        NumpyRandom random = new NumpyRandom(1);
        assertThat(random.nextDouble()).isEqualTo(0.417022004702574);
        assertThat(random.nextDouble()).isEqualTo(0.7203244934421581);
        for (int i = 2; i < 9_999; i++) {
            random.nextDouble();
        }
        assertThat(random.nextDouble()).isEqualTo(0.7627937776432221);
        assertThat(new NumpyRandom(0xFFFF_FFFFL).nextDouble()).isEqualTo(0.0976320289940138);
    }

    /** Those of {@code RandomState(seed).permutation(n)}. */
    @Test
    void shufflesAsNumpyDoes() {
        NumpyRandom three = new NumpyRandom(3);
        int[] seven = new int[7];
        three.permutation(seven);
        assertThat(seven).containsExactly(4, 6, 5, 3, 1, 0, 2);
        three.permutation(seven);
        assertThat(seven).containsExactly(6, 4, 1, 2, 3, 5, 0);
        three.permutation(seven);
        assertThat(seven).containsExactly(6, 1, 3, 4, 0, 5, 2);

        int[] many = new int[100_000];
        new NumpyRandom(0xFFFF_FFFFL).permutation(many);
        assertThat(many).startsWith(85117, 19600, 4648, 56853, 35772).endsWith(65088, 14260, 44103, 16674, 27043);
        long sum = 0;
        for (int i = 0; i < many.length; i++) {
            sum += (long) i * many[i];
        }
        assertThat(sum % 1_000_003).isEqualTo(555_991);

        int[] one = {5};
        three.permutation(one);
        assertThat(one).containsExactly(0);
        three.permutation(new int[0]);
    }

    @Test
    void drawsTheTwoLayerNetwork() {
        Network network = network(Initializer.normal(0.01, 1), 7, 1);
        double[] parameters = network.initializer().draw(network);

        requireWeights(
                parameters,
                network.layers().get(0),
                List.of(
                        0.01624345363663242,
                        -0.006117564136500754,
                        -0.005281717522634557,
                        -0.010729686221561705,
                        0.008654076293246785),
                0.003597947274769761,
                2.421608176704326);
        requireWeights(
                parameters,
                network.layers().get(1),
                List.of(
                        -0.008533065088761125,
                        0.026267755393225116,
                        0.00144462274133704,
                        0.02815821542661361,
                        -4.482470369058102e-05),
                -0.0029008464298936926,
                0.06005021105542286);
    }

    @Test
    void drawsTheFourLayerNetwork() {
        Network network = network(Initializer.scaledNormal(1), 20, 7, 5, 1);
        double[] parameters = network.initializer().draw(network);

        requireWeights(
                parameters,
                network.layers().get(0),
                List.of(
                        0.014653378640123333,
                        -0.005518714532802361,
                        -0.004764689114807227,
                        -0.009679355044279483,
                        0.007806926996083736),
                0.0067351896627092,
                7.3735096100890125);
        requireWeights(
                parameters,
                network.layers().get(1),
                List.of(
                        0.20259018442992266,
                        -0.3085417042876024,
                        -0.3774661225565801,
                        -0.04024358212644451,
                        0.059400781060930115),
                -0.11263982826267017,
                -1.4662016707038943);
        requireWeights(
                parameters,
                network.layers().get(2),
                List.of(
                        0.2093063448394052,
                        0.36232545412104544,
                        0.8664853156880872,
                        -1.0724775553673849,
                        -0.6399912617835507),
                -0.5886395877769633,
                1.6281275311147776);
        requireWeights(
                parameters,
                network.layers().get(3),
                List.of(
                        -0.38423553330727866,
                        -0.019751508080455768,
                        0.5008105331955379,
                        0.8976636752163728,
                        0.018698163198335283),
                0.018698163198335283,
                1.0131853302225116);
    }

    private static Network network(Initializer initializer, int... units) {
        Network.Builder builder =
                Network.builder("", "Cat").input(Input.flat(12_288)).initializer(initializer);
        for (int l = 0; l < units.length; l++) {
            builder.layer(units[l], l == units.length - 1 ? Activation.SIGMOID : Activation.RELU);
        }
        return builder.build();
    }

    private static void requireWeights(
            double[] parameters, Layer layer, List<Double> first, double last, double expectedSum) {
        for (int i = 0; i < first.size(); i++) {
            requireClose(parameters[layer.weightsAt() + i], first.get(i));
        }
        requireClose(parameters[layer.biasAt() - 1], last);
        double sum = 0;
        for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
            sum += parameters[i];
        }
        assertThat(sum).isCloseTo(expectedSum, within(1e-9));
        for (int i = layer.biasAt(); i < layer.end(); i++) {
            assertThat(parameters[i]).isZero();
        }
    }

    /** Logarithms of Java and C may differ in the last bit. */
    private static void requireClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(2 * Math.ulp(expected)));
    }
}
