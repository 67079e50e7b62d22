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
    LAYERS_1000(deep(1000));

    private final String dims;

    Extreme(int... dims) {
        this.dims = IntStream.of(dims).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A network of as many layers, all of 16 units but the output. */
    private static int[] deep(int layers) {
        return IntStream.rangeClosed(0, layers)
                .map(layer -> layer == layers ? 1 : 16)
                .toArray();
    }

    /** The text of the spec. */
    String text() {
        return "network: Net\npackage: extreme\nlayer_dims: [" + dims + "]\n";
    }

    Network network() {
        return SpecReader.read("net.yaml", text()).network();
    }
}
