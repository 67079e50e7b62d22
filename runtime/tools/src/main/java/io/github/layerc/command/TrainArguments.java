package io.github.layerc.command;

import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.TrainingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The arguments of {@link TrainCommand}, each {@code key=value}.
 *
 * @param network name of the generated class, with its package
 * @param spec file with the text of the spec, for the checkpoint
 * @param data folder or file of samples, see {@link io.github.layerc.source.DataSources}; absent: pictures are drawn
 * @param drawnData folder for the drawn pictures, where {@code data} is absent
 * @param output folder for the results
 * @param engine {@code vector}, {@code scalar}, {@code interpreter}, or empty for the class's own choice
 * @param iterations instead of the spec's
 * @param epochs instead of the spec's; not together with {@code iterations}
 * @param learningRate instead of the spec's
 * @param historyEvery distance of the recorded iterations; absent: 100, or a 25th of a training of less than 1000 iterations
 * @param validation share of the samples to validate with, instead of the spec's
 * @param validationData file or folder with samples to validate with; not together with {@code validation}
 * @param checkpointEvery distance of the iterations that leave a checkpoint; absent: only a training that is stopped leaves one
 * @param initialModel file of the model whose parameters the training starts from; absent: the initializer draws them
 * @param resume whether to go on from the last checkpoint
 * @param report whether a report is written
 */
record TrainArguments(
        String network,
        Path spec,
        Optional<Path> data,
        Optional<Path> drawnData,
        Path output,
        String engine,
        Optional<Integer> iterations,
        Optional<Integer> epochs,
        Optional<Double> learningRate,
        Optional<Integer> historyEvery,
        Optional<Double> validation,
        Optional<Path> validationData,
        Optional<Integer> checkpointEvery,
        Optional<Path> initialModel,
        boolean resume,
        boolean report) {

    private static final List<String> KEYS = List.of(
            "network",
            "spec",
            "data",
            "drawnData",
            "output",
            "engine",
            "iterations",
            "epochs",
            "learningRate",
            "historyEvery",
            "validation",
            "validationData",
            "checkpointEvery",
            "initialModel",
            "resume",
            "report");

    /**
     * An empty value counts as absent, so that a caller can pass all keys.
     *
     * @throws TrainingException at the first argument that is not as described above
     */
    static TrainArguments parse(List<String> arguments) {
        Map<String, String> values = Arguments.parse(arguments, KEYS);
        Optional<Path> data = optional(values, "data", Path::of);
        Optional<Path> drawnData = optional(values, "drawnData", Path::of);
        if (data.isEmpty() && drawnData.isEmpty()) {
            throw new TrainingException("missing argument: expected data or drawnData");
        }
        requireOne(values, "iterations", "epochs");
        requireOne(values, "validation", "validationData");
        return new TrainArguments(
                required(values, "network", value -> value),
                required(values, "spec", Path::of),
                data,
                drawnData,
                required(values, "output", Path::of),
                values.getOrDefault("engine", ""),
                optional(values, "iterations", TrainArguments::count),
                optional(values, "epochs", TrainArguments::count),
                optional(values, "learningRate", TrainArguments::rate),
                optional(values, "historyEvery", TrainArguments::count),
                optional(values, "validation", TrainArguments::share),
                optional(values, "validationData", Path::of),
                optional(values, "checkpointEvery", TrainArguments::count),
                optional(values, "initialModel", Path::of),
                optional(values, "resume", TrainArguments::yes).orElse(false),
                optional(values, "report", TrainArguments::yes).orElse(true));
    }

    private static void requireOne(Map<String, String> values, String one, String other) {
        if (values.containsKey(one) && values.containsKey(other)) {
            throw new TrainingException(one + " and " + other + " exclude each other: " + one + "=" + values.get(one)
                    + ", " + other + "=" + values.get(other));
        }
    }

    private static <T> T required(Map<String, String> values, String key, Function<String, T> convert) {
        return Arguments.required(values, key, convert, TrainArguments::rule);
    }

    private static <T> Optional<T> optional(Map<String, String> values, String key, Function<String, T> convert) {
        return Arguments.optional(values, key, convert, TrainArguments::rule);
    }

    private static String rule(String key) {
        return switch (key) {
            case "iterations", "epochs", "historyEvery", "checkpointEvery" ->
                key + " must be an integer from 1 to " + Integer.MAX_VALUE;
            case "learningRate" -> key + " must be a positive, finite number";
            case "validation" -> key + " must be a number above 0 and below 1";
            case "resume", "report" -> key + " must be true or false";
            default -> Arguments.pathRule(key);
        };
    }

    private static int count(String value) {
        int count = Integer.parseInt(value);
        if (count < 1) {
            throw new NumberFormatException(value);
        }
        return count;
    }

    private static double rate(String value) {
        double rate = Double.parseDouble(value);
        if (!Double.isFinite(rate) || rate <= 0) {
            throw new NumberFormatException(value);
        }
        return rate;
    }

    private static double share(String value) {
        double share = Double.parseDouble(value);
        if (!(share > 0 && TrainingSettings.acceptsValidation(share))) {
            throw new NumberFormatException(value);
        }
        return share;
    }

    private static boolean yes(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new NumberFormatException(value);
        }
        return value.equals("true");
    }
}
