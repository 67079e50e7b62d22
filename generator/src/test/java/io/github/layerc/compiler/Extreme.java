package io.github.layerc.compiler;

import io.github.layerc.network.Network;
import io.github.layerc.spec.SpecReader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The sizes that the compiler must cope with, as specs. */
public enum Extreme {
    INPUTS_100000(100_000, 1),
    UNIT_1(1, 1),
    UNITS_5000(64, 5000, 1),
    CAT_4(12_288, 20, 7, 5, 1),
    DIGITS(784, 128, 64, 10),
    LAYERS_60(deep(60)),
    LAYERS_1000(deep(1000)),
    NORMALIZED_1000(layers(999, "units: 16, activation: relu, normalization: batch_norm, dropout: 0.1"));

    /** What follows name and package in a spec. */
    private final String layers;

    Extreme(int... dims) {
        this("layer_dims: "
                + IntStream.of(dims).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]\n")));
    }

    Extreme(String layers) {
        this.layers = layers;
    }

    /** A network of as many layers alike, and an output. */
    private static String layers(int number, String layer) {
        return "input: {shape: [16]}\nloss: binary_cross_entropy\nlayers:\n" + ("- {" + layer + "}\n").repeat(number)
                + "- {units: 1, activation: sigmoid}\n";
    }

    /** A network of as many layers, all of 16 units but the output. */
    private static int[] deep(int layers) {
        return IntStream.rangeClosed(0, layers)
                .map(layer -> layer == layers ? 1 : 16)
                .toArray();
    }

    /** The text of the spec. */
    String text() {
        return "network: Net\npackage: extreme\n" + layers;
    }

    Network network() {
        return SpecReader.read("net.yaml", text()).network();
    }
}
