package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader of generated classes is told, where it depends on the network: the corpus only says that it is what it was. */
class GeneratedTextTest {
    private static Network.Builder network() {
        return Network.builder("some.place", "Net").input(Input.flat(30));
    }

    private static List<String> texts(Network network) {
        return Compiler.compile(network, "net.yaml", Options.DEFAULT).files().stream()
                .map(SourceFile::text)
                .toList();
    }

    private static String text(Network network, Target target) {
        return texts(network).get(target == Target.SCALAR ? 1 : 2);
    }

    /** Text without the breaks of its lines. */
    private static String flowing(String text) {
        return text.replaceAll("\\s*\\n\\s*\\* ", " ");
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Optimizer#all")
    void onlyGradientDescentAddsToTheParameters(Optimizer optimizer) {
        Network network = network()
                .layer(4, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .training(new TrainingSettings(optimizer, 0.1, 10))
                .build();
        for (Target target : Target.values()) {
            String text = flowing(text(network, target));
            assertThat(text.contains("which is the update of gradient descent")).isEqualTo(optimizer.isAddition());
            assertThat(text.contains("updates the parameters, as {@code " + optimizer.keyword() + "} does"))
                    .isNotEqualTo(optimizer.isAddition());
            assertThat(text).contains("// into[W1] += factor * dz1^T x").doesNotContain("// W1 +=");
        }
    }

    /** The number behind "Layer" is that of the method. */
    @Test
    void kernelsNameTheirLayer() {
        Network network = network()
                .layer(40, Activation.TANH)
                .layer(33, Activation.SIGMOID)
                .layer(5, Activation.IDENTITY)
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        Pattern kernel = Pattern.compile(
                "/\\*\\*\\s+(?:\\* )?Layer (\\d+): (?:(?!\\*/).)*\\*/\\s+private \\w+ ([a-z]\\w*?)(\\d+)\\(",
                Pattern.DOTALL);
        for (Target target : Target.values()) {
            Matcher matcher = kernel.matcher(text(network, target));
            int deltas = 0;
            while (matcher.find()) {
                assertThat(matcher.group(1)).as(matcher.group(2)).isEqualTo(matcher.group(3));
                deltas += matcher.group(2).equals("delta") ? 1 : 0;
            }
            assertThat(deltas).isEqualTo(3);
        }
    }

    @Test
    void oneAccumulatorWaitsForItself() {
        Network network = network()
                .layer(4, Activation.RELU)
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        for (String text : texts(network)) {
            assertThat(text).doesNotContain("1 accumulators", "for 1 multiply-adds");
        }
    }

    @Test
    void seriesAndPlainJavaOfGeluAreExplained() {
        String text = text(
                network()
                        .layer(16, Activation.GELU)
                        .layer(1, Activation.SIGMOID)
                        .build(),
                Target.VECTOR);
        assertThat(flowing(text))
                .contains("{@code a1 = gelu(z1)}, in plain Java: as vectors it would be more calls of the Vector API");
        assertThat(text).containsPattern("// erfc\\(distance\\) = [^\\n]*\\n *float k27 = ");
    }

    @Test
    void plainJavaOfALogarithmIsExplained() {
        Network network = network()
                .layer(16, Activation.SOFTPLUS)
                .layer(1, Activation.SIGMOID)
                .build();
        String text = text(network, Target.VECTOR);
        assertThat(flowing(text)).contains("{@code a1 = softplus(a1)}, in plain Java: its logarithm is that of Math");
        assertThat(text).contains("float log = (float) Math.log1p(e);");
        assertThat(text(network.withPrecision(Precision.DOUBLE), Target.VECTOR))
                .contains("double log = Math.log1p(e);");
    }

    /** A comment behind the example's first lines stands in one column. */
    @Test
    void exampleIsAligned() {
        String text = texts(network().layer(1, Activation.SIGMOID).build()).get(0);
        List<Integer> columns = text.lines()
                .filter(line -> line.contains(" // workspace") || line.contains(" // or net.load"))
                .map(line -> line.indexOf("//"))
                .toList();
        assertThat(columns).hasSize(2);
        assertThat(columns.get(0)).isEqualTo(columns.get(1));
    }

    /** All but tables, for a network with every kind of kernel that has many operands. */
    @Test
    void linesFit() {
        Network.Builder networks = network()
                .layer(64, Activation.RELU)
                .layer(64, Activation.leakyRelu(0.1))
                .layer(7, Activation.SIGMOID)
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR);
        for (int threads : List.of(1, 2)) {
            for (String text : texts(networks.threads(threads).build())) {
                assertThat(text.replaceAll("(?s)<pre>.*?</pre>", "").lines().filter(line -> line.length() > 120))
                        .isEmpty();
            }
        }
    }
}
