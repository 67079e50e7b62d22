package io.github.layerc.tune;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to tune, and how long.
 *
 * @param spec file of the network; the schedules are written beside it
 * @param target null for the vector target where this JVM runs it well, else the scalar one
 * @param precision instead of the spec's, or null
 * @param machine whose heuristic the candidates have to beat
 * @param batch samples of a training step and of the larger prediction
 * @param seconds that all measurements may take
 */
record TuneSettings(Path spec, Target target, Precision precision, String machine, int batch, double seconds) {
    private static final List<String> KEYS =
            List.of("network", "spec", "output", "target", "precision", "machine", "batch", "seconds");

    /**
     * Settings from {@code key=value}; {@code spec} must be among them.
     *
     * @throws IllegalArgumentException if one is unknown or has a value that it cannot have
     */
    static TuneSettings parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            require(parts.length == 2, "expected key=value", "argument", argument);
            require(KEYS.contains(parts[0]), "expected one of " + String.join(", ", KEYS), "key", parts[0]);
            values.put(parts[0], parts[1]);
        }
        require(values.containsKey("spec"), "expected spec=file", "arguments", values);
        int batch = (int) number(values, "batch", "64");
        require(batch >= 1, "batch must be at least 1", "batch", values.get("batch"));
        double seconds = number(values, "seconds", "120");
        require(seconds > 0 && seconds <= 86_400, "seconds must be above 0 and at most 86400", "seconds", seconds);
        String target = values.getOrDefault("target", "");
        String precision = values.getOrDefault("precision", "");
        return new TuneSettings(
                Path.of(values.get("spec")),
                Arrays.stream(Target.values())
                        .filter(each -> each.keyword().equals(target))
                        .findFirst()
                        .orElse(null),
                Arrays.stream(Precision.values())
                        .filter(each -> each.keyword().equals(precision))
                        .findFirst()
                        .orElse(null),
                values.getOrDefault("machine", "generic"),
                batch,
                seconds);
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
