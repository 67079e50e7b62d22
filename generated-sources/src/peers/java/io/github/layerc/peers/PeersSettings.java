package io.github.layerc.peers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What to measure, and how long.
 *
 * @param output folder of {@code peers.json}
 * @param smile folder of jars that Smile alone has on its class path, since another library needs other versions of them; may be empty
 * @param only beginnings of the names of engines; empty for all
 * @param networks {@code CatNet4} or sizes; empty for all
 * @param sweep whether the sweep over widths and batches is measured, too
 * @param forks JVMs for each row
 * @param warmupIterations iterations of a JVM that are not counted; more for some libraries, see {@link PeerKind#warmups()}
 * @param iterations iterations of a JVM that are counted
 * @param seconds of an iteration
 */
record PeersSettings(
        Path output,
        String smile,
        List<String> only,
        List<String> networks,
        boolean sweep,
        int forks,
        int warmupIterations,
        int iterations,
        double seconds) {
    private static final List<String> KEYS = List.of(
            "output", "smile", "only", "networks", "sweep", "forks", "warmupIterations", "iterations", "seconds");

    PeersSettings {
        only = List.copyOf(only);
        networks = List.copyOf(networks);
        for (String engine : only) {
            require(
                    PeerKind.keywords().stream().anyMatch(keyword -> keyword.startsWith(engine)),
                    "unknown engine: expected some of " + String.join(", ", PeerKind.keywords()),
                    "only",
                    engine);
        }
        require(forks >= 1, "forks must be at least 1", "forks", forks);
        require(warmupIterations >= 0, "warm-up iterations must be at least 0", "warmupIterations", warmupIterations);
        require(iterations >= 1, "iterations must be at least 1", "iterations", iterations);
        require(seconds > 0 && seconds <= 3600, "seconds must be above 0 and at most 3600", "seconds", seconds);
    }

    /**
     * Settings from {@code key=value}; an empty value stands for the default.
     *
     * @throws IllegalArgumentException if one is unknown or has a value that it cannot have
     */
    static PeersSettings parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            require(parts.length == 2, "expected key=value", "argument", argument);
            require(KEYS.contains(parts[0]), "expected one of " + String.join(", ", KEYS), "key", parts[0]);
            if (!parts[1].isBlank()) {
                values.put(parts[0], parts[1].trim());
            }
        }
        return new PeersSettings(
                Path.of(values.getOrDefault("output", ".")),
                values.getOrDefault("smile", ""),
                words(values.getOrDefault("only", "")),
                words(values.getOrDefault("networks", "")),
                flag(values),
                wholeNumber(values, "forks", "1"),
                wholeNumber(values, "warmupIterations", "3"),
                wholeNumber(values, "iterations", "5"),
                number(values));
    }

    boolean wantsEngine(String keyword) {
        return only.isEmpty() || only.stream().anyMatch(keyword::startsWith);
    }

    /** @param label {@code CatNet4}, or the sizes as {@code [16,32,32,1]} */
    boolean wantsNetwork(String label) {
        return networks.isEmpty() || networks.contains(label);
    }

    /** What lies between commas; those within brackets belong to a list of sizes. */
    private static List<String> words(String text) {
        return Stream.of(text.replace(" ", "").split(",(?![^\\[]*])"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean flag(Map<String, String> values) {
        String text = values.getOrDefault("sweep", "false");
        require(text.equals("true") || text.equals("false"), "expected true or false", "sweep", text);
        return text.equals("true");
    }

    private static int wholeNumber(Map<String, String> values, String key, String otherwise) {
        String text = values.getOrDefault(key, otherwise);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number: " + key + "=" + text, e);
        }
    }

    private static double number(Map<String, String> values) {
        String text = values.getOrDefault("seconds", "1");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number: seconds=" + text, e);
        }
    }

    private static void require(boolean holds, String rule, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + name + "=" + value);
        }
    }
}
