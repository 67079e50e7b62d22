package io.github.layerc.trial;

import io.github.layerc.command.Arguments;
import io.github.layerc.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments of a program that tries a network out, each {@code key=value}: the class, its data, the folder for results, and numbers of its own. */
public final class TrialArguments {
    private static final List<String> COMMON = List.of("network", "spec", "output", "data", "samples");

    private final Map<String, String> values;

    private TrialArguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param more keys of this program
     * @throws TrainingException if an argument is not {@code key=value}, has no such key, or is given twice
     */
    public static TrialArguments parse(List<String> arguments, String... more) {
        List<String> keys = new ArrayList<>(COMMON);
        keys.addAll(List.of(more));
        return new TrialArguments(Arguments.parse(arguments, keys));
    }

    /** Name of the generated class, with its package. */
    public String network() {
        return Arguments.required(values, "network", value -> value, Arguments::pathRule);
    }

    /** Folder for the results. */
    public Path output() {
        return Arguments.required(values, "output", Path::of, Arguments::pathRule);
    }

    /** Folder of pictures; absent: samples are drawn at random. */
    public Optional<Path> data() {
        return Arguments.optional(values, "data", Path::of, Arguments::pathRule);
    }

    /** @throws TrainingException if it is no whole number from 1 on */
    public int count(String key, int usual) {
        return Arguments.optional(
                        values,
                        key,
                        TrialArguments::wholeNumber,
                        any -> key + " must be an integer from 1 to " + Integer.MAX_VALUE)
                .orElse(usual);
    }

    /** @throws TrainingException if it is not positive and finite */
    public Optional<Double> number(String key) {
        return Arguments.optional(
                values, key, TrialArguments::positive, any -> key + " must be a positive, finite number");
    }

    private static int wholeNumber(String value) {
        int count = Integer.parseInt(value);
        if (count < 1) {
            throw new NumberFormatException(value);
        }
        return count;
    }

    private static double positive(String value) {
        double number = Double.parseDouble(value);
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new NumberFormatException(value);
        }
        return number;
    }
}
