package io.github.layerc.command;

import io.github.layerc.training.TrainingException;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Arguments of a program, each {@code key=value}. */
public final class Arguments {
    private Arguments() {}

    /**
     * The values by their keys. An empty value counts as absent, so that a caller can pass all keys.
     *
     * @throws TrainingException if an argument has another form or key, or one key has two values
     */
    public static Map<String, String> parse(List<String> arguments, List<String> keys) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 || !keys.contains(key)) {
                throw new TrainingException("unknown argument: expected key=value with one of "
                        + String.join(", ", keys) + ": argument=" + argument);
            }
            if (values.put(key, argument.substring(equals + 1)) != null) {
                throw new TrainingException("an argument must be given once: argument=" + argument);
            }
        }
        values.values().removeIf(String::isEmpty);
        return values;
    }

    /**
     * @param rule of the values of a key, for the message
     * @throws TrainingException if there is no value, or one that cannot be converted
     */
    public static <T> T required(
            Map<String, String> values, String key, Function<String, T> convert, UnaryOperator<String> rule) {
        return optional(values, key, convert, rule)
                .orElseThrow(() -> new TrainingException("missing argument: expected " + key));
    }

    /** The same of a value that can be absent. */
    public static <T> Optional<T> optional(
            Map<String, String> values, String key, Function<String, T> convert, UnaryOperator<String> rule) {
        String value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(convert.apply(value));
        } catch (NumberFormatException | InvalidPathException e) {
            throw new TrainingException(rule.apply(key) + ": " + key + "=" + value, e);
        }
    }

    public static String pathRule(String key) {
        return key + " must be a path";
    }
}
