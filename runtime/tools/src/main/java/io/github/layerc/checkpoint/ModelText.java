package io.github.layerc.checkpoint;

import io.github.layerc.data.DataException;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a checkpoint says of its network besides the shapes of its parameters: texts by the name of their attribute. Those of
 * {@link #DECIDING} are what the parameters mean, and must be those of the network that loads them; the others are for people.
 */
record ModelText(Map<String, String> texts) {
    private static final String INPUT_SHAPE = "input_shape";
    private static final String INPUT_SCALE = "input_scale";
    private static final String ACTIVATIONS = "activations";

    /** In the order in which they are compared. */
    private static final List<String> DECIDING = List.of(INPUT_SHAPE, INPUT_SCALE, ACTIVATIONS);

    private static final String BETWEEN = ", ";

    ModelText {
        texts = Map.copyOf(texts);
    }

    static ModelText of(Network network) {
        return new ModelText(Map.of(
                "network",
                network.name(),
                "precision",
                network.precision().keyword(),
                "loss",
                network.loss().text(),
                INPUT_SHAPE,
                network.input().shape().stream().map(String::valueOf).collect(Collectors.joining(BETWEEN)),
                INPUT_SCALE,
                network.input().scale().toString(),
                ACTIVATIONS,
                network.layers().stream().map(ModelText::activation).collect(Collectors.joining(BETWEEN))));
    }

    /** With what is normalised before it: by its epsilon, since the momentum of a training is none of a prediction's business. */
    private static String activation(Layer layer) {
        return layer.activation().text()
                + layer.normalization()
                        .map(some -> " of " + some.keyword() + "(epsilon=" + some.epsilon() + ")")
                        .orElse("");
    }

    /** The same attributes as they stand in a file. */
    static ModelText read(HdfSource source, Network like) {
        Map<String, String> found = new LinkedHashMap<>();
        of(like).texts.keySet().forEach(name -> found.put(name, source.text(name)));
        return new ModelText(found);
    }

    /** @throws DataException if this, found in a file, is not what its parameters must be for a network */
    void requireFits(Path file, Network network) {
        ModelText expected = of(network);
        for (String name : DECIDING) {
            boolean same = texts.get(name).equals(expected.texts.get(name))
                    || (name.equals(INPUT_SHAPE) && sameOrder(expected))
                    || (name.equals(INPUT_SCALE) && factor() == expected.factor());
            if (!same) {
                throw differs(file, name, expected.texts.get(name), network);
            }
        }
    }

    /** A sample without axes has its values in the order of any axes. */
    private boolean sameOrder(ModelText other) {
        return !texts.get(INPUT_SHAPE).contains(BETWEEN)
                || !other.texts.get(INPUT_SHAPE).contains(BETWEEN);
    }

    /** The factor on samples, which a spec can write in several ways; NaN, which equals nothing, where a file has something else. */
    private double factor() {
        String[] parts = texts.get(INPUT_SCALE).split("/", -1);
        try {
            double denominator = parts.length == 2 ? Double.parseDouble(parts[1]) : 1;
            return parts.length > 2 ? Double.NaN : Double.parseDouble(parts[0]) / denominator;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private DataException differs(Path file, String name, String expected, Network network) {
        String found = texts.get(name);
        if (name.equals(ACTIVATIONS)) {
            List<String> activations = Arrays.asList(found.split(BETWEEN, -1));
            for (Layer layer : network.layers()) {
                String activation = activation(layer);
                String other = layer.number() <= activations.size() ? activations.get(layer.number() - 1) : "none";
                if (!activation.equals(other)) {
                    String place = "layer " + layer.number() + ": activation=";
                    return DataException.of(file, "model of another network", place + activation, place + other);
                }
            }
        }
        return DataException.of(file, "model of another network", name + "=" + expected, name + "=" + found);
    }

    /**
     * SHA-256, in hexadecimal, of lines {@code name=value} in the order of the names, each ending in a line feed, in UTF-8, and behind them the
     * parameters in the canonical layout as doubles, the most significant byte first.
     *
     * @param more lines besides those of the network
     */
    String digest(Map<String, String> more, double[] parameters) {
        Map<String, String> all = new TreeMap<>(texts);
        all.putAll(more);
        MessageDigest digest = sha256();
        all.forEach((name, value) -> digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        int chunk = 1024;
        ByteBuffer buffer = ByteBuffer.allocate(chunk * Double.BYTES);
        for (int from = 0; from < parameters.length; from += chunk) {
            buffer.clear();
            for (int i = from; i < Math.min(from + chunk, parameters.length); i++) {
                buffer.putDouble(parameters[i]);
            }
            digest.update(buffer.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}
