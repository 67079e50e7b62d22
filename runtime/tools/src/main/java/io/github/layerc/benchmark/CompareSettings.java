package io.github.layerc.benchmark;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to compare, and how long.
 *
 * @param network name of the generated class
 * @param output folder of {@code compare.json}
 * @param samples batch of a training step and of the larger prediction
 * @param forks JVMs for each row
 * @param warmupIterations iterations of a JVM that are not counted
 * @param iterations iterations of a JVM that are counted
 * @param seconds of an iteration
 * @param training whether whole trainings are measured, too
 * @param verbose whether JMH prints to the console, not to {@code jmh.log}
 */
record CompareSettings(
        String network,
        Path output,
        int samples,
        int forks,
        int warmupIterations,
        int iterations,
        double seconds,
        boolean training,
        boolean verbose) {
    private static final List<String> KEYS = List.of(
            "network",
            "spec",
            "output",
            "samples",
            "forks",
            "warmupIterations",
            "iterations",
            "seconds",
            "training",
            "verbose");

    CompareSettings {
        require(samples >= 1, "samples must be at least 1", "samples", samples);
        require(forks >= 1, "forks must be at least 1", "forks", forks);
        require(warmupIterations >= 0, "warm-up iterations must be at least 0", "warmupIterations", warmupIterations);
        require(iterations >= 1, "iterations must be at least 1", "iterations", iterations);
        require(seconds > 0 && seconds <= 3600, "seconds must be above 0 and at most 3600", "seconds", seconds);
    }

    /**
     * Settings from {@code key=value}; {@code network} must be among them.
     *
     * @throws IllegalArgumentException if one is unknown or has a value that it cannot have
     */
    static CompareSettings parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            require(parts.length == 2, "expected key=value", "argument", argument);
            require(KEYS.contains(parts[0]), "expected one of " + String.join(", ", KEYS), "key", parts[0]);
            values.put(parts[0], parts[1]);
        }
        require(values.containsKey("network"), "expected network=name of a generated class", "arguments", values);
        return new CompareSettings(
                values.get("network"),
                Path.of(values.getOrDefault("output", ".")),
                wholeNumber(values, "samples", "209"),
                wholeNumber(values, "forks", "2"),
                wholeNumber(values, "warmupIterations", "4"),
                wholeNumber(values, "iterations", "5"),
                number(values, "seconds", "1"),
                Boolean.parseBoolean(values.getOrDefault("training", "false")),
                Boolean.parseBoolean(values.getOrDefault("verbose", "false")));
    }

    private static int wholeNumber(Map<String, String> values, String key, String otherwise) {
        String text = values.getOrDefault(key, otherwise);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number: " + key + "=" + text, e);
        }
    }

    private static double number(Map<String, String> values, String key, String otherwise) {
        String text = values.getOrDefault(key, otherwise);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number: " + key + "=" + text, e);
        }
    }

    private static void require(boolean holds, String rule, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + name + "=" + value);
        }
    }
}
