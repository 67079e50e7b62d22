package io.github.layerc.exchange.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module of a {@code state_dict} becomes which layer. */
final class PairingTest {
    private static final int WIDTH = 2;

    private static Network network(int layers, boolean normalized) {
        Network.Builder builder =
                Network.builder("it", "Square").input(Input.flat(WIDTH)).loss(Loss.MEAN_SQUARED_ERROR);
        for (int layer = 1; layer < layers; layer++) {
            builder.layer(WIDTH, Activation.TANH);
            if (normalized) {
                builder.normalization(Normalization.LAYER_NORM);
            }
        }
        return builder.layer(WIDTH, Activation.IDENTITY).build();
    }

    private static Tensor weights(int value) {
        return tensor(List.of(WIDTH, WIDTH), value);
    }

    private static Tensor tensor(List<Integer> shape, int value) {
        double[] values = Collections.nCopies(Tensor.size(shape), value).stream()
                .mapToDouble(x -> x)
                .toArray();
        return Tensor.of(Element.FLOAT, shape, values);
    }

    /** What the layers got: each module has its own number in all its weights. */
    private static List<Integer> order(Network network, List<String> modules) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (int i = 0; i < modules.size(); i++) {
            arrays.put(modules.get(i) + ".weight", weights(i + 1));
        }
        double[] parameters = Pairing.parameters("file", network, arrays);
        return network.layers().stream()
                .map(layer -> (int) parameters[layer.parameters().get(0).at()])
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer%d", "net.%d", "body.%d.linear", "block1.%d"})
    void numbersOrderLayersOfOneShape(String name) {
        List<String> modules =
                IntStream.of(10, 2, 9, 1, 11).mapToObj(name::formatted).toList();
        assertThat(order(network(5, false), modules)).containsExactly(4, 2, 3, 1, 5);
    }

    @Test
    void severalNumbersDoSo() {
        assertThat(order(network(3, false), List.of("b10.fc1", "b2.fc2", "b2.fc1")))
                .containsExactly(3, 2, 1);
    }

    /** A library sorts names before it writes them, so that the order of the file says nothing. */
    @Test
    void namesWithoutNumbersDoNot() {
        assertThatThrownBy(() -> order(network(3, false), List.of("up", "hidden", "fc_out")))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "file: layers of one shape in an unknown order: expected names that differ in numbers alone, as"
                                + " fc1 and fc2, of [2, 2]: found fc_out, hidden, up");
        assertThatThrownBy(() -> order(network(4, false), List.of("encoder.0", "encoder.2", "decoder.0", "decoder.2")))
                .hasMessageEndingWith("of [2, 2]: found decoder.0, decoder.2, encoder.0, encoder.2");
        assertThatThrownBy(() -> order(network(2, false), List.of("fc", "fc2"))).hasMessageContaining("unknown order");
    }

    @Test
    void shapesDoSoWithoutNumbers() {
        Network network = Network.builder("it", "Narrow")
                .input(Input.flat(3))
                .layer(WIDTH, Activation.TANH)
                .layer(WIDTH, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        Map<String, Tensor> arrays = Map.of(
                "a.weight", weights(2), "a.bias", tensor(List.of(WIDTH), 3), "b.weight", tensor(List.of(2, 3), 1));
        assertThat(Pairing.parameters("file", network, arrays))
                .containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 2, 2, 2, 2, 3, 3);
    }

    @Test
    void normalisationsNeedNumbersToo() {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            arrays.put("fc" + i + ".weight", weights(i));
        }
        arrays.put("outer.weight", tensor(List.of(WIDTH), 1));
        arrays.put("inner.weight", tensor(List.of(WIDTH), 2));
        assertThatThrownBy(() -> Pairing.parameters("file", network(3, true), arrays))
                .hasMessage(
                        "file: layers of one shape in an unknown order: expected names that differ in numbers alone, as"
                                + " fc1 and fc2, of [2]: found inner, outer");
    }
}
